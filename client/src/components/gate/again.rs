//! A link that is opened in a browser in which somebody has joined already. On a shared computer that
//! may be somebody else, whose notes and votes must stay theirs.

use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::key::Key;
use crate::api;
use crate::components::message::Message;
use crate::storage;
use crate::text::joining as text;
use crate::view::trouble::words;

/// Asks whether it is the same person.
#[component]
pub fn Again(
    /// The board.
    board: BoardId,
    /// What was brought.
    brought: Key,
    /// Goes on as whoever has joined.
    enter: Callback<Role>,
    /// What happens once this browser has forgotten them.
    forgotten: Callback<Key>,
) -> impl IntoView {
    let role = brought.preview.role;
    let title = brought.preview.title.clone();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let forget = move |_| {
        let brought = brought.clone();
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::leave(board, role).await {
                Ok(()) => {
                    storage::forget(board, role);
                    forgotten.run(brought);
                }
                Err(trouble) => {
                    problem.set(Some(words(&trouble)));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <Message title>
            <p>{text::somebody_joined()}</p>
            <p>
                <button type="button" class="primary" on:click=move |_| enter.run(role)>
                    {text::was_me()}
                </button>
            </p>
            <section class="card" aria-labelledby="somebody-else">
                <h2 id="somebody-else">{text::shared_computer()}</h2>
                <p>
                    {text::forget_first()}
                </p>
                <div role="alert">
                    {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
                </div>
                <p>
                    <button type="button" disabled=move || busy.get() on:click=forget>
                        {text::forget_them()}
                    </button>
                </p>
            </section>
        </Message>
    }
}
