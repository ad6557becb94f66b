//! The fields of a note, for a new one and for a rewrite.

use candour_shared::checks::NOTE_CHARS;
use candour_shared::note::Content;
use candour_shared::settings::Category;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::form::NoteForm;
use super::guard::Guard;
use crate::board::Board;
use crate::browser::media::{self, COARSE};
use crate::text::writing as text;
use crate::view::colour_word;
use crate::view::draft::{LengthView, Space, category_of_key, holds_many};

/// Category, aspect and text, and what the identifier guard finds in it.
#[component]
pub fn NoteFields(
    /// What tells these fields from others on the page.
    #[prop(into)]
    name: String,
    /// What they hold.
    form: NoteForm,
    /// Saves what is written.
    save: Callback<()>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let NoteForm {
        draft,
        text,
        problem,
        ..
    } = form;
    let (categories, aspects) = board
        .settings
        .with_untracked(|settings| (settings.categories.clone(), settings.aspects.clone()));
    let number = categories.len();
    let colour = {
        let categories = categories.clone();
        move || {
            let category = draft.with(|draft| usize::from(draft.category));
            categories
                .get(category)
                .map(|category| colour_word(category.colour))
        }
    };
    let length = Memo::new(move |_| draft.with(|draft| LengthView::of(&draft.text, NOTE_CHARS)));
    let said = Memo::new(move |_| length.with(|length| length.said.clone()));
    let keys = move |event: KeyboardEvent| {
        let in_text = event.target() == text.get_untracked().map(Into::into);
        if event.alt_key() || !in_text {
            choose(&event, number, draft);
        }
    };
    let enter = move |event: KeyboardEvent| {
        let plain = !event.shift_key() && !event.is_composing();
        if event.key() == "Enter" && plain && !touches() {
            event.prevent_default();
            save.run(());
        }
    };
    let field = format!("{name}-text");
    let count = format!("{name}-count");
    let problem_id = format!("{name}-problem");
    let guard = format!("{name}-guard");
    let hint = format!("{name}-hint");
    let described = format!("{count} {problem_id} {hint}");
    let many = Memo::new(move |_| draft.with(|draft| holds_many(&draft.text)));
    view! {
        <div class="note-fields" on:keydown=keys>
            <Categories name categories draft/>
            {(!aspects.is_empty()).then(|| view! { <Aspects aspects draft/> })}
            <div class="field">
                <div class="note-label">
                    <label class="field-name" for=field.clone()>{text::your_note()}</label>
                    <p
                        class="length"
                        id=count
                        class:length-little=move || length.with(|length| length.space == Space::Little)
                        class:length-none=move || length.with(|length| length.space == Space::None)
                    >
                        {move || length.with(|length| length.words.clone())}
                    </p>
                </div>
                <textarea
                    id=field.clone()
                    node_ref=text
                    class="note-input"
                    data-colour=colour
                    rows="4"
                    aria-describedby=described
                    aria-invalid=move || problem.with(Option::is_some).to_string()
                    prop:value=move || draft.with(|draft| draft.text.clone())
                    on:input=move |event| {
                        draft.update(|draft| draft.text = event_target_value(&event));
                        problem.set(None);
                    }
                    on:keydown=enter
                ></textarea>
            </div>
            <p class="visually-hidden" role="status">{said}</p>
            <p class="hint" id=hint hidden=move || !many.get()>{text::one_idea()}</p>
            <Guard title=guard form/>
            <div role="alert" id=problem_id>
                {move || problem.get().map(|why| view! { <p class="problem">{why}</p> })}
            </div>
        </div>
    }
}

#[component]
fn Categories(
    /// What tells these fields from others on the page.
    name: String,
    /// What there is to choose.
    categories: Vec<Category>,
    /// What is written.
    draft: RwSignal<Content>,
) -> impl IntoView {
    // A board with one category leaves nothing to choose.
    (categories.len() > 1).then(|| {
        let choices = (0..)
            .zip(categories)
            .map(|(index, category): (u8, Category)| {
                view! {
                    <label class="category" data-colour=colour_word(category.colour)>
                        <input
                            type="radio"
                            name=format!("{name}-category")
                            prop:checked=move || draft.with(|draft| draft.category == index)
                            on:change=move |_| draft.update(|draft| draft.category = index)
                        />
                        <span class="category-name">{category.name}</span>
                        <kbd aria-hidden="true">{index + 1}</kbd>
                    </label>
                }
            });
        view! {
            <fieldset class="categories">
                <legend class="field-name">{text::category()}</legend>
                <div class="category-choices">{choices.collect_view()}</div>
            </fieldset>
        }
    })
}

#[component]
fn Aspects(
    /// What there is to choose.
    aspects: Vec<String>,
    /// What is written.
    draft: RwSignal<Content>,
) -> impl IntoView {
    let options = aspects.into_iter().enumerate().map(|(index, aspect)| {
        let chosen = move || draft.with(|draft| draft.aspect.map(usize::from) == Some(index));
        view! { <option value=index prop:selected=chosen>{aspect}</option> }
    });
    view! {
        <label class="field field-line">
            <span class="field-name">{text::about()}</span>
            <select on:change=move |event| {
                let aspect = event_target_value(&event).parse().ok();
                draft.update(|draft| draft.aspect = aspect);
            }>
                <option value="" prop:selected=move || draft.with(|draft| draft.aspect.is_none())>
                    {text::no_aspect()}
                </option>
                {options.collect_view()}
            </select>
        </label>
    }
}

fn choose(event: &KeyboardEvent, categories: usize, draft: RwSignal<Content>) {
    let other = event.ctrl_key() || event.meta_key() || event.shift_key();
    if let Some(category) = category_of_key(&event.code(), categories).filter(|_| !other) {
        event.prevent_default();
        draft.update(|draft| draft.category = category);
    }
}

/// On a keyboard of glass, Enter is the only way to a new line, and the button is near.
fn touches() -> bool {
    media::is(COARSE)
}
