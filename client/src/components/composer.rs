//! Where a note is written.

pub mod fields;
pub mod form;
pub mod guard;
pub mod returned;

use candour_shared::note::Content;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use self::fields::NoteFields;
use self::form::NoteForm;
use self::returned::ReturnedTexts;
use crate::board::Board;
use crate::storage;
use crate::text::language;
use crate::text::writing as text;
use crate::view::draft::taken_up;

/// A form for a new note. What is being written survives a reload, and a text that was refused comes
/// back into it.
#[component]
pub fn Composer() -> impl IntoView {
    let board = expect_context::<Board>();
    let role = board.role.get_untracked();
    let form = NoteForm::new(storage::kept_draft(board.id, role).unwrap_or_else(empty));
    let NoteForm { draft, problem, .. } = form;
    Effect::new(move |_| draft.with(|draft| storage::keep_draft(board.id, role, draft)));

    let save = move || {
        match board.post_note(form.hand_over()) {
            Ok(()) => {
                draft.update(|draft| draft.text.clear());
                problem.set(None);
                board.announce(text::being_saved());
            }
            Err(denied) => problem.set(Some(denied.words(language()))),
        }
        form.focus();
    };
    let take_up = move |content: Content, why: String| {
        draft.update(|draft| *draft = taken_up(draft, content));
        problem.set(Some(why));
        form.focus();
    };
    // A text that comes back finds an empty form, or waits below it.
    Effect::new(move |_| {
        let first = board.returned.with(|returned| returned.first().cloned());
        if let Some(first) = first
            && draft.with_untracked(|draft| draft.text.trim().is_empty())
            && let Some(returned) = board.take_returned(first.note)
        {
            take_up(returned.content, returned.denied.words(language()));
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <form class="composer" aria-labelledby="composer-title" novalidate=true on:submit=submit>
            <h2 id="composer-title">{text::write()}</h2>
            <Paused/>
            <NoteFields name="new" form save=Callback::new(move |()| save())/>
            <div class="composer-end">
                <button
                    type="submit"
                    class="primary"
                    aria-disabled=move || board.pause().is_some().to_string()
                >
                    {text::save()}
                </button>
                <p class="hint keys-hint">
                    <kbd>"Enter"</kbd>{text::enter_saves()}<kbd>"Shift + Enter"</kbd>{text::starts_line()}
                    <kbd>"Alt + 1"</kbd>{text::chooses_category()}
                </p>
            </div>
            <p class="hint">
                {text::nobody_told()}
            </p>
        </form>
        <ReturnedTexts take_up=Callback::new(move |(content, why)| take_up(content, why))/>
    }
}

/// That posting is paused, while it is.
#[component]
pub fn Paused() -> impl IntoView {
    let board = expect_context::<Board>();
    let paused = Memo::new(move |_| board.pause().is_some());
    view! {
        <div role="status">
            <Show when=move || paused.get()>
                <p class="warning">
                    <strong>{text::paused()}</strong>
                    {text::paused_hint()}
                </p>
            </Show>
        </div>
    }
}

fn empty() -> Content {
    Content::new(0, String::new())
}
