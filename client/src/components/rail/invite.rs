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
use crate::text::invite as text;

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
        <Part title="Invite" open=RwSignal::new(open)>
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
            <CopyLink label="Participants' link" url=url.clone()/>
            <LargeQr label="QR code of the participants' link" url/>
        })
    };
    view! {
        <p class="hint">"Whoever has this link can take part. It never opens these controls."</p>
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
            "Each participant comes in by a code of their own, and only one person can take part with it.
            The organiser makes the codes and hands them out. Nobody is shown which codes were used."
        </p>
        <Show when=move || organises.get()>
            <MakeCodes/>
        </Show>
        <Batches organises/>
        <h3>"Where codes are typed"</h3>
        <p class="hint">"For who has a code on paper: open this address, then type the code."</p>
        <CopyLink label="Address of the board" url=url.clone()/>
        <LargeQr label="QR code of the board's address" url/>
    }
}
