//! Replacing a link that got into the wrong hands, or was lost. Only organisers can.

use candour_shared::policy::Role;
use candour_shared::settings::Admission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::{Board, Tone};
use crate::browser;
use crate::components::dialog::Dialog;
use crate::components::links::CopyLink;
use crate::text::{common, links as text};
use crate::view::trouble::words;

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
    let title = Signal::derive(move || text::replace_question(owner(role.get())));
    view! {
        <p id="replacing">{text::replace_lost()}</p>
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
                    board.tell(Tone::Problem, words(&trouble));
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
                    {text::replace()}
                </button>
                <button type="button" on:click=close>{common::cancel()}</button>
            </div>
        }
        .into_any(),
        Some(url) => view! {
            <p>{kept(role)}</p>
            <CopyLink label=text::new_link() url/>
            <div class="dialog-answers">
                <button type="button" class="primary" on:click=close>{text::done()}</button>
            </div>
        }
        .into_any(),
    }
}

fn owner(role: Role) -> &'static str {
    match role {
        Role::Participant => text::owner_participants(),
        Role::Facilitator => text::owner_facilitators(),
        Role::Organiser => text::owner_organiser(),
        Role::Projector => text::owner_projector(),
    }
}

fn meaning(role: Role) -> &'static str {
    match role {
        Role::Participant => text::replace_participants(),
        Role::Facilitator => text::replace_facilitators(),
        Role::Organiser => text::replace_organisers(),
        Role::Projector => text::replace_projectors(),
    }
}

fn kept(role: Role) -> &'static str {
    match role {
        Role::Participant | Role::Projector => text::new_found_again(),
        Role::Facilitator | Role::Organiser => text::new_only_now(),
    }
}
