//! The page before a board: its title and its promise, before anything is asked.

use candour_page::trouble::Trouble;
use candour_shared::contract::sentences;
use candour_shared::denied::Denied;
use candour_shared::http::BoardPreview;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::footer::Footer;
use super::message::{Heading, ThreatModel};
use crate::api;
use crate::browser;
use crate::text::joining as text;
use crate::text::language;
use crate::view::date;
use crate::view::invite::organisation_name;
use crate::view::trouble::words;

/// Asks somebody with a link or a code to join. Nothing is spent before they do.
#[component]
pub fn JoinPage(
    /// The board.
    board: BoardId,
    /// The link's secret, or the code.
    secret: String,
    /// What that shows of the board.
    preview: BoardPreview,
    /// What happens once they have joined, in their role.
    joined: Callback<Role>,
    /// What happens if they can't join at all.
    stopped: Callback<Trouble>,
) -> impl IntoView {
    let organisation = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let given = organisation_name(&preview.organisations, preview.organisation);
    let takes_part = preview.role == Role::Participant;
    let asks = takes_part && given.is_none() && !preview.organisations.is_empty();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let organisation = organisation.with_untracked(|index| index.parse().ok());
        if asks && organisation.is_none() {
            problem.set(Some(Denied::NoSuchOrganisation.to_string()));
            return browser::focus_soon(["#organisation".to_owned()]);
        }
        let secret = secret.clone();
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::join(board, &secret, organisation).await {
                Ok(answer) => joined.run(answer.role),
                Err(Trouble::Refused(denied)) if ends_here(&denied) => {
                    stopped.run(Trouble::Refused(denied));
                }
                Err(trouble) => {
                    problem.set(Some(words(&trouble)));
                    busy.set(false);
                }
            }
        });
    };
    let (invited, press) = match preview.role {
        Role::Participant => (text::invited(), text::join()),
        Role::Facilitator => (text::facilitators_link(), text::join_as_facilitator()),
        Role::Organiser => (text::organisers_link(), text::join_as_organiser()),
        Role::Projector => (text::projectors_link(), text::show_board()),
    };
    let contract = contract(&preview);
    view! {
        <main class="page">
            <p class="over-title">{invited}</p>
            <Heading>{preview.title}</Heading>
            {contract}
            <form class="form" novalidate on:submit=submit>
                {given.map(|name| view! {
                    <p>
                        {text::code_for()}<strong>{name}</strong>{text::code_for_end()}
                    </p>
                })}
                {asks.then(|| view! { <Organisation names=preview.organisations organisation/> })}
                <div role="alert">
                    {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
                </div>
                <button type="submit" class="primary">
                    {move || if busy.get() { text::joining() } else { press }}
                </button>
            </form>
            <Footer/>
        </main>
    }
}

/// What was fixed when the board was opened, in sentences.
fn contract(preview: &BoardPreview) -> impl IntoView + use<> {
    let mut told = sentences(
        &preview.privacy,
        !preview.organisations.is_empty(),
        language(),
    )
    .into_iter();
    let promise = told.next();
    let rules = told.map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <section class="promise" aria-labelledby="promise">
            <h2 id="promise">{text::promises()}</h2>
            <p>{promise}</p>
            <ul>{rules}</ul>
            <p>{text::deleted_on()}<strong>{date::in_words(preview.expires_on)}</strong>"."</p>
            <ThreatModel/>
        </section>
    }
}

#[component]
fn Organisation(
    /// The organisations to choose from.
    names: Vec<String>,
    /// The index of the chosen one, as a text.
    organisation: RwSignal<String>,
) -> impl IntoView {
    let options = names.into_iter().enumerate();
    let options = options
        .map(|(index, name)| view! { <option value=index>{name}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for="organisation">{text::organisation()}</label>
            <p class="hint" id="organisation-hint">{text::never_on_note()}</p>
            <select
                id="organisation"
                required
                aria-describedby="organisation-hint"
                bind:value=organisation
            >
                <option value="">{text::choose()}</option>
                {options}
            </select>
        </div>
    }
}

/// Whether joining with the same link or code can't succeed by pressing the button again.
const fn ends_here(denied: &Denied) -> bool {
    matches!(
        denied,
        Denied::DoorsClosed | Denied::WrongAdmission | Denied::WrongSecret | Denied::NoSuchBoard
    )
}
