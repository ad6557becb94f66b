//! The form that opens a board.

use candour_shared::agenda::{Agenda, Step};
use candour_shared::checks::TITLE_CHARS;
use candour_shared::http::Created;
use candour_shared::ids::StepId;
use candour_shared::settings::{Category, Settings};
use candour_shared::templates::Template;
use leptos::ev::SubmitEvent;
use leptos::html::Details;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::field::{Flawed, Words};
use super::rules::{PrivacyRules, RuleFields};
use crate::api;
use crate::browser;
use crate::components::agenda::AgendaEditor;
use crate::text::{agenda as text, app, language, opening};
use crate::view::opening::{Field, Flaw, Opening, aspects_of, categories_of, refilled};
use crate::view::trouble::words;
use crate::view::{colour_word, template_file};

/// The fields of the form, as they are typed.
#[derive(Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    /// The template that was chosen; nothing once a file was loaded.
    template: RwSignal<Option<Template>>,
    known: RwSignal<Vec<Category>>,
    categories: RwSignal<String>,
    agenda: RwSignal<Agenda>,
    aspects: RwSignal<String>,
    organisations: RwSignal<String>,
    rules: RuleFields,
}

impl Fields {
    fn new() -> Self {
        let template = Template::WorkingTogether;
        Self {
            title: RwSignal::new(String::new()),
            template: RwSignal::new(Some(template)),
            known: RwSignal::new(template.settings(language()).categories),
            categories: RwSignal::new(categories_of(template)),
            agenda: RwSignal::new(with_ids(template.settings(language()).agenda)),
            aspects: RwSignal::new(aspects_of(template)),
            organisations: RwSignal::new(String::new()),
            rules: RuleFields::usual(),
        }
    }

    fn choose(self, template: Template) {
        let former = self.template.get_untracked();
        self.template.set(Some(template));
        self.known.set(template.settings(language()).categories);
        let Some(former) = former else {
            self.categories.set(categories_of(template));
            self.aspects.set(aspects_of(template));
            self.agenda
                .set(with_ids(template.settings(language()).agenda));
            return;
        };
        let refill = |typed: RwSignal<String>, of: fn(Template) -> String| {
            typed.update(|typed| *typed = refilled(typed, &of(former), of(template)));
        };
        let steps = |agenda: &Agenda| {
            agenda
                .iter()
                .map(|(_, step)| step.clone())
                .collect::<Vec<_>>()
        };
        // An agenda that somebody has changed stays.
        if self.agenda.with_untracked(steps) == former.settings(language()).agenda {
            self.agenda
                .set(with_ids(template.settings(language()).agenda));
        }
        refill(self.categories, categories_of);
        refill(self.aspects, aspects_of);
    }

    /// Takes over a whole setup.
    fn fill(self, settings: Settings) {
        let lines = |names: Vec<String>| names.join("\n");
        let names = settings
            .categories
            .iter()
            .map(|category| category.name.clone());
        self.categories.set(lines(names.collect()));
        self.known.set(settings.categories);
        self.aspects.set(lines(settings.aspects));
        self.organisations.set(lines(settings.organisations));
        self.agenda.set(with_ids(settings.agenda));
        self.rules.fill(&settings.privacy);
        if !settings.title.trim().is_empty() {
            self.title.set(settings.title);
        }
        self.template.set(None);
    }

    fn typed(self) -> Opening {
        Opening {
            title: self.title.get(),
            known: self.known.get(),
            categories: self.categories.get(),
            aspects: self.aspects.get(),
            agenda: self
                .agenda
                .get()
                .into_iter()
                .map(|(_, step)| step)
                .collect(),
            organisations: self.organisations.get(),
            rules: self.rules.typed(),
        }
    }
}

/// The steps under names of this page's own, by which they are moved.
fn with_ids(steps: Vec<Step>) -> Agenda {
    let id = |index: usize| StepId::from_bytes((index as u128 + 1).to_be_bytes());
    let steps = steps.into_iter().enumerate();
    steps.map(|(index, step)| (id(index), step)).collect()
}

/// The form; a board it has opened goes to `opened`.
#[component]
pub fn OpenBoard(
    /// Where the new board goes.
    opened: WriteSignal<Option<(Settings, Created)>>,
) -> impl IntoView {
    let fields = Fields::new();
    let busy = RwSignal::new(false);
    let flaws = RwSignal::new(Vec::<Flaw>::new());
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        problem.set(None);
        let settings = match untrack(move || fields.typed()).settings() {
            Ok(settings) => settings,
            Err(found) => {
                problem.set(Some(opening::something_wrong().to_owned()));
                if let Some(first) = found.first() {
                    browser::focus_soon([format!("#{}", first.field.id())]);
                }
                return flaws.set(found);
            }
        };
        flaws.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            match api::create(settings.clone(), Vec::new()).await {
                Ok(created) => opened.set(Some((settings, created))),
                Err(trouble) => problem.set(Some(words(&trouble))),
            }
            busy.set(false);
        });
    };
    view! {
        // The browser's own messages can't be shown inside what is folded.
        <form class="form" novalidate on:submit=submit>
            <Flawed
                words=TITLE
                flaws
            >
                <input
                    id=TITLE.field.id()
                    type="text"
                    required
                    autocomplete="off"
                    maxlength=TITLE_CHARS
                    aria-describedby=TITLE.described_by()
                    aria-invalid=move || TITLE.is_flawed(flaws).to_string()
                    bind:value=fields.title
                />
            </Flawed>
            <fieldset class="field">
                <legend>{opening::start_from()}</legend>
                {Template::ALL.map(|each| view! { <TemplateChoice each fields/> }).collect_view()}
                <Files fields/>
            </fieldset>
            <Kinds fields flaws/>
            <AgendaFields agenda=fields.agenda/>
            <Lines words=ORGANISATIONS text=fields.organisations flaws/>
            <PrivacyRules fields=fields.rules flaws/>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <button type="submit" class="primary">
                {move || if busy.get() { opening::opening() } else { opening::open_board() }}
            </button>
        </form>
    }
}

const TITLE: Words = Words {
    field: Field::Title,
    label: opening::title,
    hint: opening::title_hint,
};

const CATEGORIES: Words = Words {
    field: Field::Categories,
    label: opening::categories,
    hint: opening::categories_hint,
};

const ASPECTS: Words = Words {
    field: Field::Aspects,
    label: opening::aspects,
    hint: opening::aspects_hint,
};

const ORGANISATIONS: Words = Words {
    field: Field::Organisations,
    label: opening::organisations,
    hint: opening::organisations_hint,
};

/// What notes can be and be about; unfolded where something is wrong with it.
#[component]
fn Kinds(
    /// What is typed.
    fields: Fields,
    /// What is wrong with the form.
    flaws: RwSignal<Vec<Flaw>>,
) -> impl IntoView {
    let details = NodeRef::<Details>::new();
    Effect::new(move |_| {
        let wrong = CATEGORIES.is_flawed(flaws) || ASPECTS.is_flawed(flaws);
        if let (true, Some(details)) = (wrong, details.get_untracked()) {
            details.set_open(true);
        }
    });
    view! {
        <details class="field unfolds" node_ref=details>
            <summary>{opening::change_kinds()}</summary>
            <Lines words=CATEGORIES text=fields.categories flaws/>
            <Lines words=ASPECTS text=fields.aspects flaws/>
        </details>
    }
}

/// A setup from a file, and this one into a file.
#[component]
fn Files(
    /// Where a loaded setup goes.
    fields: Fields,
) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let load = move |event: leptos::ev::Event| {
        let field = event_target::<web_sys::HtmlInputElement>(&event);
        spawn_local(async move {
            let Some(json) = browser::chosen_file(field).await else {
                return told.set(opening::unreadable().to_owned());
            };
            match template_file::read(&json) {
                Ok(settings) => {
                    told.set(opening::loaded(&settings.title));
                    fields.fill(settings);
                }
                Err(why) => told.set(why),
            }
        });
    };
    let save = move |_| {
        let typed = untrack(move || fields.typed());
        // A setup can be saved before it has a title.
        let titled = Opening {
            title: if typed.title.trim().is_empty() {
                app::candour().to_owned()
            } else {
                typed.title.clone()
            },
            ..typed.clone()
        };
        told.set(match titled.settings() {
            Ok(settings) => {
                let name = api::file_name(&settings.title, "candour.json");
                let settings = Settings {
                    title: typed.title,
                    ..settings
                };
                match browser::save_file(
                    &name,
                    "application/json",
                    &template_file::write(&settings),
                ) {
                    Ok(()) => String::new(),
                    Err(_) => app::no_files().to_owned(),
                }
            }
            Err(flaws) => flaws
                .into_iter()
                .map(|flaw| flaw.words)
                .collect::<Vec<_>>()
                .join(" "),
        });
    };
    view! {
        <details class="unfolds">
            <summary>{opening::template_files()}</summary>
            <p class="hint">{opening::file_hint()}</p>
            <label class="field">
                <span class="field-name">{opening::load_template()}</span>
                <input type="file" accept=".json,application/json" on:change=load/>
            </label>
            <button type="button" on:click=save>{opening::save_template()}</button>
            <p role="status">{told}</p>
        </details>
    }
}

/// The steps of the workshop, folded away.
#[component]
fn AgendaFields(
    /// The steps as they are typed.
    agenda: RwSignal<Agenda>,
) -> impl IntoView {
    let put = Callback::new(move |(id, after, step): (StepId, Option<StepId>, Step)| {
        agenda.update(|agenda| {
            agenda.retain(|(other, _)| *other != id);
            let before = agenda.iter().position(|(other, _)| Some(*other) == after);
            agenda.insert(before.map_or(0, |before| before + 1), (id, step));
        });
        Ok(())
    });
    let remove = Callback::new(move |id: StepId| {
        agenda.update(|agenda| agenda.retain(|(other, _)| *other != id));
    });
    view! {
        <details class="field unfolds">
            <summary>{text::edit()}</summary>
            <p class="hint">{text::before_hint()}</p>
            <AgendaEditor agenda put remove/>
        </details>
    }
}

#[component]
fn TemplateChoice(
    /// The template to be offered.
    each: Template,
    /// Where the choice goes.
    fields: Fields,
) -> impl IntoView {
    let categories = each.settings(language()).categories.into_iter();
    let categories = categories.map(|category| {
        view! { <li class="chip" data-colour=colour_word(category.colour)>{category.name}</li> }
    });
    view! {
        <label class="choice">
            <input
                type="radio"
                name="template"
                prop:checked=move || fields.template.get() == Some(each)
                on:change=move |_| fields.choose(each)
            />
            <span>
                <strong>{each.name(language())}</strong>
                <span class="hint">{each.purpose(language())}</span>
                <ul class="chips" aria-label=opening::categories()>{categories.collect_view()}</ul>
            </span>
        </label>
    }
}

/// A text field that takes one thing per line.
#[component]
fn Lines(
    /// What it is called, and what goes into it.
    words: Words,
    /// Its text.
    text: RwSignal<String>,
    /// What is wrong with the form.
    flaws: RwSignal<Vec<Flaw>>,
) -> impl IntoView {
    view! {
        <Flawed words flaws>
            <textarea
                id=words.field.id()
                rows="4"
                aria-describedby=words.described_by()
                aria-invalid=move || words.is_flawed(flaws).to_string()
                bind:value=text
            ></textarea>
        </Flawed>
    }
}
