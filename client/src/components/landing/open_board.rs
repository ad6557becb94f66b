//! The form that opens a board.

use candour_shared::http::Created;
use candour_shared::settings::{Category, Colour, Settings, TITLE_CHARS};
use candour_shared::templates::Template;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::view::colour_word;

/// The colours of categories that no template knows, in their order.
const PALETTE: [Colour; 6] = [
    Colour::Amber,
    Colour::Teal,
    Colour::Blue,
    Colour::Rose,
    Colour::Violet,
    Colour::Slate,
];

/// The fields of the form, as they are typed.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    template: RwSignal<Template>,
    categories: RwSignal<String>,
    aspects: RwSignal<String>,
    organisations: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let fields = Self {
            title: RwSignal::new(String::new()),
            template: RwSignal::new(Template::WorkingTogether),
            categories: RwSignal::new(String::new()),
            aspects: RwSignal::new(String::new()),
            organisations: RwSignal::new(String::new()),
        };
        fields.choose(Template::WorkingTogether);
        fields
    }

    fn choose(self, template: Template) {
        let settings = template.settings();
        let names = settings.categories.iter().map(|category| &*category.name);
        self.template.set(template);
        self.categories.set(names.collect::<Vec<_>>().join("\n"));
        self.aspects.set(settings.aspects.join("\n"));
    }

    fn settings(self) -> Settings {
        let template = self.template.get_untracked();
        Settings {
            title: self.title.get_untracked(),
            categories: categories(template, &lines(&self.categories.get_untracked())),
            aspects: lines(&self.aspects.get_untracked()),
            organisations: lines(&self.organisations.get_untracked()),
            ..template.settings()
        }
    }
}

/// The form; a board it has opened goes to `opened`.
#[component]
pub fn OpenBoard(
    /// Where the new board goes.
    opened: WriteSignal<Option<(Settings, Created)>>,
) -> impl IntoView {
    let fields = Fields::new();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let settings = match fields.settings().checked() {
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
                    bind:value=fields.title
                />
            </div>
            <fieldset class="field">
                <legend>"Start from"</legend>
                {Template::ALL.map(|each| view! { <TemplateChoice each fields/> }).collect_view()}
            </fieldset>
            <details class="field">
                <summary>"Change the categories and aspects"</summary>
                <Lines
                    id="categories"
                    label="Categories"
                    hint="One per line. Every note has exactly one of them."
                    text=fields.categories
                />
                <Lines
                    id="aspects"
                    label="Aspects (optional)"
                    hint="One per line. A note can have one of them, to say what it is about."
                    text=fields.aspects
                />
            </details>
            <Lines
                id="organisations"
                label="Organisations (optional)"
                hint="One per line. People choose theirs when they join; it is never shown on a note.
                    Leave this empty and nobody is asked."
                text=fields.organisations
            />
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
    /// Where the choice goes.
    fields: Fields,
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
                prop:checked=move || fields.template.get() == each
                on:change=move |_| fields.choose(each)
            />
            <span>
                <strong>{each.name()}</strong>
                <span class="hint">{each.purpose()}</span>
                <ul class="chips" aria-label="Categories">{categories.collect_view()}</ul>
            </span>
        </label>
    }
}

/// A text field that takes one thing per line.
#[component]
fn Lines(
    /// Its id.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// What goes into it.
    hint: &'static str,
    /// Its text.
    text: RwSignal<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <p class="hint" id=hint_id.clone()>{hint}</p>
            <textarea id=id rows="4" aria-describedby=hint_id bind:value=text></textarea>
        </div>
    }
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(String::from).collect()
}

/// Categories of these names: in the template's colours where it has them, else in the next colour
/// that no other has yet.
fn categories(template: Template, names: &[String]) -> Vec<Category> {
    let known = template.settings().categories;
    let colour_of = |name: &str| {
        let mut known = known.iter();
        known
            .find(|category| category.name == name)
            .map(|category| category.colour)
    };
    let used: Vec<Colour> = names.iter().filter_map(|name| colour_of(name)).collect();
    let unused: Vec<Colour> = PALETTE
        .into_iter()
        .filter(|colour| !used.contains(colour))
        .collect();
    let spare = if unused.is_empty() {
        PALETTE.to_vec()
    } else {
        unused
    };
    let mut spare = spare.into_iter().cycle();
    let coloured = names.iter().map(|name| Category {
        colour: colour_of(name)
            .or_else(|| spare.next())
            .unwrap_or(Colour::Slate),
        name: name.clone(),
    });
    coloured.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisations_are_read_one_per_line() {
        assert_eq!(
            lines("GP practice\n\n  Ambulance \n"),
            ["GP practice", "Ambulance"]
        );
    }

    #[test]
    fn a_templates_categories_keep_their_colours_and_new_ones_get_others() {
        let names = ["Priorities", "Hopes", "Fears"].map(String::from);
        let made = categories(Template::WorkingTogether, &names);
        assert_eq!(made[0].colour, Colour::Teal);
        assert_eq!(made[1].colour, Colour::Amber);
        assert_eq!(made[2].colour, Colour::Blue);
    }
}
