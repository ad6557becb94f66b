//! The first page: what Candour is, and the form that opens a board.

use candour_shared::export::PROMISE;
use candour_shared::http::Created;
use candour_shared::settings::{Settings, TITLE_CHARS};
use candour_shared::templates::Template;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::links::Links;
use crate::api;
use crate::view::colour_word;

/// The first page, and after it the new board's links.
#[component]
pub fn Landing() -> impl IntoView {
    let opened = RwSignal::new(None::<(Settings, Created)>);
    move || {
        match opened.get() {
        Some((settings, created)) => view! { <Links title=settings.title created/> }.into_any(),
        None => view! {
            <main class="page">
                <h1>"Candour"</h1>
                <p class="lead">
                    "A live board on which people of different organisations say what frustrates them,
                    what presses on them and what should come first. Nobody is told who wrote what."
                </p>
                <section>
                    <h2>"How a workshop goes"</h2>
                    <ol>
                        <li>"Everyone writes notes privately. A facilitator reveals them all at once, shuffled."</li>
                        <li>"Everyone puts notes that belong together into groups."</li>
                        <li>"Everyone gives dots to what matters most. Totals show when voting closes."</li>
                        <li>"You talk about it, and the organiser takes the board away as a file."</li>
                    </ol>
                    <h2>"What it promises, and what it can't"</h2>
                    <p>{PROMISE}</p>
                </section>
                <section>
                    <h2>"Open a board"</h2>
                    <p>"Have you been given a link to a board? Open that link; there is nothing to do here."</p>
                    <OpenBoard opened=opened.write_only()/>
                </section>
            </main>
        }
        .into_any(),
    }
    }
}

#[component]
fn OpenBoard(
    /// Where the new board goes.
    opened: WriteSignal<Option<(Settings, Created)>>,
) -> impl IntoView {
    let title = RwSignal::new(String::new());
    let template = RwSignal::new(Template::WorkingTogether);
    let organisations = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let asked = settings(
            template.get_untracked(),
            &title.get_untracked(),
            &organisations.get_untracked(),
        );
        let settings = match asked.checked() {
            Ok(settings) => settings,
            Err(denied) => return problem.set(Some(denied.to_string())),
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            match api::create(settings.clone()).await {
                Ok(created) => opened.set(Some((settings, created))),
                Err(trouble) => problem.set(Some(trouble.to_string())),
            }
            busy.set(false);
        });
    };
    view! {
        <form class="form" on:submit=submit>
            <div class="field">
                <label for="title">"Title"</label>
                <p class="hint" id="title-hint">"Everyone with a link sees it before joining."</p>
                <input
                    id="title"
                    type="text"
                    required
                    autocomplete="off"
                    maxlength=TITLE_CHARS
                    aria-describedby="title-hint"
                    bind:value=title
                />
            </div>
            <fieldset class="field">
                <legend>"Kinds of notes"</legend>
                {Template::ALL.map(|each| view! { <TemplateChoice each template/> }).collect_view()}
            </fieldset>
            <div class="field">
                <label for="organisations">"Organisations (optional)"</label>
                <p class="hint" id="organisations-hint">
                    "One per line. People choose theirs when they join; it is never shown on a note.
                    Leave this empty and nobody is asked."
                </p>
                <textarea
                    id="organisations"
                    rows="5"
                    aria-describedby="organisations-hint"
                    bind:value=organisations
                ></textarea>
            </div>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <button type="submit" class="primary" disabled=busy>
                {move || if busy.get() { "Opening…" } else { "Open the board" }}
            </button>
        </form>
    }
}

#[component]
fn TemplateChoice(
    /// The template to be offered.
    each: Template,
    /// The one that is chosen.
    template: RwSignal<Template>,
) -> impl IntoView {
    let categories = each.settings().categories.into_iter();
    let categories = categories.map(|category| {
        view! { <li class="chip" data-colour=colour_word(category.colour)>{category.name}</li> }
    });
    view! {
        <label class="choice">
            <input
                type="radio"
                name="template"
                prop:checked=move || template.get() == each
                on:change=move |_| template.set(each)
            />
            <span>
                <strong>{each.name()}</strong>
                <span class="hint">{each.purpose()}</span>
                <ul class="chips" aria-label="Categories">{categories.collect_view()}</ul>
            </span>
        </label>
    }
}

fn settings(template: Template, title: &str, organisations: &str) -> Settings {
    let lines = organisations.lines().map(str::trim);
    Settings {
        title: title.to_owned(),
        organisations: lines
            .filter(|line| !line.is_empty())
            .map(String::from)
            .collect(),
        ..template.settings()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_read_one_per_line() {
        let settings = settings(Template::Blank, "Winter", "GP practice\n\n  Ambulance \n");
        assert_eq!(settings.organisations, ["GP practice", "Ambulance"]);
        assert!(settings.checked().is_ok());
    }
}
