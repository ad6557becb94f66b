//! The participants' link, to be shown again.

use candour_shared::http::board_path;
use candour_shared::policy::Role;
use leptos::prelude::*;

use super::replacing::Replacing;
use crate::board::Board;
use crate::browser;
use crate::components::links::{CopyLink, LargeQr};
use crate::components::part::Part;

/// The participants' link and its code.
#[component]
pub fn Invite() -> impl IntoView {
    let board = expect_context::<Board>();
    let secret = Memo::new(move |_| board.queue.with(|queue| queue.participant_secret.clone()));
    let organises = Memo::new(move |_| board.role.get() == Role::Organiser);
    let link = move || {
        let secret = secret.get()?;
        let path = board_path(board.id, Role::Participant);
        let url = format!("{}{path}#{secret}", browser::origin());
        Some(view! {
            <CopyLink label="Participants' link" url=url.clone()/>
            <LargeQr url/>
        })
    };
    view! {
        <Part title="Invite" open=RwSignal::new(false)>
            <p class="hint">"Whoever has this link can take part. It never opens these controls."</p>
            {link}
            <Show when=move || organises.get()>
                <Replacing/>
            </Show>
        </Part>
    }
}
