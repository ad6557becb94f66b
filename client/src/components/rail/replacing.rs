//! Replacing a link that got into the wrong hands, or was lost. Only organisers can.

use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::{Board, Tone};
use crate::browser;
use crate::components::dialog::Dialog;
use crate::components::links::CopyLink;

/// A button for each link.
#[component]
pub fn Replacing() -> impl IntoView {
    let board = expect_context::<Board>();
    let role = RwSignal::new(Role::Organiser);
    let open = RwSignal::new(false);
    let button = move |each: Role| {
        let ask = move |_| {
            role.set(each);
            open.set(true);
        };
        view! { <button type="button" on:click=ask>{owner(each)}"…"</button> }
    };
    let by_link = board
        .settings
        .with_untracked(|settings| settings.privacy.admission == Admission::SharedLink);
    let roles = Role::ALL
        .into_iter()
        .filter(|role| by_link || *role != Role::Participant);
    let title =
        Signal::derive(move || format!("Replace {} link?", owner(role.get()).to_lowercase()));
    view! {
        <p id="replacing">"Replace a link that was lost, or got into the wrong hands:"</p>
        <div class="buttons" role="group" aria-labelledby="replacing">{roles.map(button).collect_view()}</div>
        <Dialog open title>
            <Replace role=role.get_untracked() open/>
        </Dialog>
    }
}

#[component]
fn Replace(
    /// Whose link.
    role: Role,
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let link = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let replace = move |_| {
        busy.set(true);
        spawn_local(async move {
            match board.replace_link(role).await {
                Ok(path) => link.set(Some(format!("{}{path}", browser::origin()))),
                Err(trouble) => {
                    open.set(false);
                    board.tell(Tone::Problem, trouble.to_string());
                }
            }
            busy.set(false);
        });
    };
    let close = move |_| open.set(false);
    move || match link.get() {
        None => view! {
            <p>{meaning(role)}</p>
            <div class="dialog-answers">
                <button type="button" class="primary" disabled=move || busy.get() on:click=replace>
                    "Replace the link"
                </button>
                <button type="button" on:click=close>"Cancel"</button>
            </div>
        }
        .into_any(),
        Some(url) => view! {
            <p>{kept(role)}</p>
            <CopyLink label="New link" url/>
            <div class="dialog-answers">
                <button type="button" class="primary" on:click=close>"Done"</button>
            </div>
        }
        .into_any(),
    }
}

const fn owner(role: Role) -> &'static str {
    match role {
        Role::Participant => "The participants'",
        Role::Facilitator => "The facilitators'",
        Role::Organiser => "The organiser's",
        Role::Projector => "The projector's",
    }
}

const fn meaning(role: Role) -> &'static str {
    match role {
        Role::Participant => {
            "The present link lets nobody in from then on. Who has joined by it stays on the board, \
             because their notes are theirs."
        }
        Role::Facilitator => {
            "The present link lets nobody in from then on, and every facilitator is out at once. Give \
             the new link to those who go on."
        }
        Role::Organiser => {
            "The present link lets nobody in from then on, and every other browser that came in by it \
             is out at once. You stay."
        }
        Role::Projector => {
            "The present link lets nobody in from then on, and every screen that shows the board by it \
             goes dark."
        }
    }
}

const fn kept(role: Role) -> &'static str {
    match role {
        Role::Participant | Role::Projector => {
            "This is the new link. You find it again under Invite."
        }
        Role::Facilitator | Role::Organiser => {
            "This is the new link. It is shown only now: copy it to a safe place."
        }
    }
}
