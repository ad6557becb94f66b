//! Between a link and its board: who has joined goes straight in, who has a link is shown the promise,
//! everyone else is told what to do.

use candour_shared::denied::Denied;
use candour_shared::http::{Door, board_path};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::board::BoardFrame;
use super::join::JoinPage;
use super::message::Message;
use crate::api::{self, Trouble};
use crate::browser;

#[derive(Clone)]
enum Step {
    Looking,
    AtTheDoor { secret: String, door: Door },
    Inside(Role),
    Stopped(Trouble),
}

/// A board's page.
#[component]
pub fn Gate(
    /// The board in the address.
    board: BoardId,
    /// The role in the address.
    role: Role,
) -> impl IntoView {
    let step = RwSignal::new(Step::Looking);
    let secret = browser::take_secret();
    let look = move || {
        let secret = secret.clone();
        step.set(Step::Looking);
        spawn_local(async move { step.set(look(board, role, secret).await) });
    };
    look();
    let again = Callback::new(move |()| look());
    move || match step.get() {
        Step::Looking => view! {
            <Message title="Candour">
                <p role="status">"Looking for the board…"</p>
            </Message>
        }
        .into_any(),
        Step::AtTheDoor { secret, door } => {
            let joined = Callback::new(move |role| {
                browser::show_path(&board_path(board, role));
                step.set(Step::Inside(role));
            });
            view! { <JoinPage board secret door joined/> }.into_any()
        }
        Step::Inside(role) => view! { <BoardFrame id=board role/> }.into_any(),
        Step::Stopped(trouble) => view! { <Stopped trouble again/> }.into_any(),
    }
}

async fn look(board: BoardId, role: Role, secret: Option<String>) -> Step {
    let looked = match secret {
        Some(secret) => api::door(board, &secret)
            .await
            .map(|door| Step::AtTheDoor { secret, door }),
        None => api::me(board, role)
            .await
            .map(|joined| Step::Inside(joined.role)),
    };
    looked.unwrap_or_else(Step::Stopped)
}

#[component]
fn Stopped(
    /// What is in the way.
    trouble: Trouble,
    /// Looks again.
    again: Callback<()>,
) -> impl IntoView {
    let (title, advice, retry) = match &trouble {
        Trouble::Refused(Denied::NoSuchBoard) => (
            "There is no such board",
            "It may have been deleted, or the link was not copied whole. Ask whoever sent it.",
            false,
        ),
        Trouble::Refused(Denied::WrongSecret) => (
            "This link is not valid",
            "It was replaced, the board was deleted, or the link was not copied whole. Ask whoever \
             sent it for a new one.",
            false,
        ),
        Trouble::Refused(Denied::NotJoined) => (
            "You have not joined this board",
            "Open the link you were given again; it has a part behind a # sign that lets you in. If \
             this browser clears its cookies, that is needed every time.",
            false,
        ),
        Trouble::Refused(_) => ("This can't be opened", "", false),
        Trouble::Fault(_) => ("Something went wrong", "", true),
        Trouble::Unreachable => ("The server can't be reached", "", true),
        Trouble::Unreadable => ("Something is in the way", "", true),
    };
    let advice = if advice.is_empty() {
        trouble.to_string()
    } else {
        advice.to_owned()
    };
    view! {
        <Message title>
            <p>{advice}</p>
            <Show when=move || retry>
                <p>
                    <button type="button" class="primary" on:click=move |_| again.run(())>
                        "Try again"
                    </button>
                </p>
            </Show>
            <p><a href="/">"Go to the first page"</a></p>
        </Message>
    }
}
