//! How participants get in: their link, or their codes.

use candour_shared::http::board_path;
use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use leptos::prelude::*;

use super::codes::{Batches, MakeCodes};
use super::replacing::Replacing;
use crate::board::Board;
use crate::browser;
use crate::components::links::{CopyLink, LargeQr};
use crate::components::part::Part;
use crate::text::{invite as text, links};

/// How participants get in, and how links are replaced.
#[component]
pub fn Invite() -> impl IntoView {
    let board = expect_context::<Board>();
    let organises = Memo::new(move |_| board.role.get() == Role::Organiser);
    // Fixed when the board was opened.
    let admission = board
        .settings
        .with_untracked(|settings| settings.privacy.admission);
    let way_in = match admission {
        Admission::SharedLink => view! { <ByLink/> }.into_any(),
        Admission::Codes => view! { <ByCodes organises/> }.into_any(),
    };
    let open = admission == Admission::Codes && organises.get_untracked();
    view! {
        <Part title=text::title() open=RwSignal::new(open)>
            {way_in}
            <ForProjector/>
            <Show when=move || organises.get()>
                <Replacing/>
            </Show>
        </Part>
    }
}

/// The link for a screen that everybody looks at.
#[component]
fn ForProjector() -> impl IntoView {
    let board = expect_context::<Board>();
    let secret = Memo::new(move |_| board.invite.with(|invite| invite.projector_secret.clone()));
    let link = move || {
        let secret = secret.get()?;
        let path = board_path(board.id, Role::Projector);
        let url = format!("{}{path}#{secret}", browser::origin());
        Some(view! { <CopyLink label=text::projector_link() url/> })
    };
    view! {
        <h3>{text::projector()}</h3>
        <p class="hint">{text::projector_hint()}</p>
        {link}
    }
}

/// The participants' link and its code.
#[component]
fn ByLink() -> impl IntoView {
    let board = expect_context::<Board>();
    let secret = Memo::new(move |_| {
        board
            .invite
            .with(|invite| invite.participant_secret.clone())
    });
    let link = move || {
        let secret = secret.get()?;
        let path = board_path(board.id, Role::Participant);
        let url = format!("{}{path}#{secret}", browser::origin());
        Some(view! {
            <CopyLink label=links::participants_link() url=url.clone()/>
            <LargeQr label=links::qr_of_participants() url/>
        })
    };
    view! {
        <p class="hint">{text::whoever()}</p>
        {link}
    }
}

/// The codes, and where they are typed.
#[component]
fn ByCodes(
    /// Whether the person can make codes.
    organises: Memo<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let url = format!(
        "{}{}",
        browser::origin(),
        board_path(board.id, Role::Participant)
    );
    view! {
        <p class="hint">
            {text::by_codes()}
        </p>
        <Show when=move || organises.get()>
            <MakeCodes/>
        </Show>
        <Batches organises/>
        <h3>{text::where_typed()}</h3>
        <p class="hint">{text::on_paper()}</p>
        <CopyLink label=text::address() url=url.clone()/>
        <LargeQr label=text::qr_of_address() url/>
    }
}
