//! The page before a board: its title and its promise, before anything is asked.

use candour_shared::contract::sentences;
use candour_shared::http::Door;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;

/// Asks somebody with a link to join.
#[component]
pub fn JoinPage(
    /// The board.
    board: BoardId,
    /// The link's secret.
    secret: String,
    /// What the link shows of the board.
    door: Door,
    /// What happens once they have joined, in their role.
    joined: Callback<Role>,
) -> impl IntoView {
    let organisation = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let contract = sentences(&door.privacy, !door.organisations.is_empty());
    let asks = door.role == Role::Participant && !door.organisations.is_empty();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let organisation = organisation.get_untracked().parse().ok();
        let secret = secret.clone();
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::join(board, &secret, organisation).await {
                Ok(answer) => joined.run(answer.role),
                Err(trouble) => {
                    problem.set(Some(trouble.to_string()));
                    busy.set(false);
                }
            }
        });
    };
    let (invited, press) = match door.role {
        Role::Participant => ("You are invited to take part in a workshop.", "Join"),
        Role::Facilitator => ("This is the facilitators' link.", "Join as facilitator"),
        Role::Organiser => ("This is the organiser's link.", "Join as organiser"),
    };
    let organisations = door.organisations.into_iter().enumerate();
    let organisations = organisations
        .map(|(index, name)| view! { <option value=index>{name}</option> })
        .collect_view();
    let rules = contract.into_iter();
    let rules = rules.map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <main class="page">
            <p class="over-title">{invited}</p>
            <h1>{door.title}</h1>
            <section class="promise" aria-labelledby="promise">
                <h2 id="promise">"What this board promises"</h2>
                <ul>{rules}</ul>
            </section>
            <form class="form" on:submit=submit>
                {asks.then(|| view! {
                    <div class="field">
                        <label for="organisation">"Your organisation"</label>
                        <p class="hint" id="organisation-hint">"It is never shown on a note."</p>
                        <select
                            id="organisation"
                            required
                            aria-describedby="organisation-hint"
                            bind:value=organisation
                        >
                            <option value="">"Choose…"</option>
                            {organisations}
                        </select>
                    </div>
                })}
                <div role="alert">
                    {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
                </div>
                <button type="submit" class="primary" disabled=busy>
                    {move || if busy.get() { "Joining…" } else { press }}
                </button>
            </form>
        </main>
    }
}
