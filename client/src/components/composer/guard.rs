//! What the identifier guard found, shown where it stands in the text.

use std::time::Duration;

use leptos::prelude::*;

use super::form::NoteForm;
use crate::text::writing as text;
use crate::view::identifiers::{FindingView, PieceView};

/// How long somebody has to pause before a screen reader tells them what was found.
const PAUSE: Duration = Duration::from_millis(900);

/// A preview of the text with what was found marked, what to do about it, and the box that says that a
/// number is none.
#[component]
pub fn Guard(
    /// The id of its heading.
    title: String,
    /// The form.
    form: NoteForm,
) -> impl IntoView {
    let guard = form.guard;
    let found = Memo::new(move |_| guard.with(|guard| !guard.pieces.is_empty()));
    let grave = Memo::new(move |_| guard.with(|guard| !guard.number.is_empty()));
    let said = spoken_later(Memo::new(move |_| guard.with(|guard| guard.said.clone())));
    let pieces = move || guard.with(|guard| guard.pieces.iter().map(piece).collect_view());
    let findings = move || guard.with(|guard| guard.findings.iter().map(finding).collect_view());
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        <Show when=move || found.get()>
            <section class="guard" class:guard-grave=move || grave.get() aria-labelledby=title.clone()>
                <h3 id=title.clone()>{text::recognised()}</h3>
                <p class="guard-text note-text">{pieces}</p>
                <ul class="guard-findings">{findings}</ul>
                <Show
                    when=move || grave.get()
                    fallback=|| view! { <p class="hint">{text::save_anyway()}</p> }
                >
                    <label class="choice choice-line">
                        <input
                            type="checkbox"
                            prop:checked=move || form.is_confirmed()
                            on:change=move |event| form.confirm(event_target_checked(&event))
                        />
                        <span>{text::not_nhs()}</span>
                    </label>
                </Show>
            </section>
        </Show>
    }
}

fn piece(piece: &PieceView) -> impl IntoView + use<> {
    let text = piece.text.clone();
    match piece.looks_like {
        Some(label) => view! {
            <mark class="found">
                {text}
                <span class="found-label">" "{label}</span>
            </mark>
        }
        .into_any(),
        None => text.into_any(),
    }
}

fn finding(finding: &FindingView) -> impl IntoView + use<> {
    let FindingView { words, advice } = finding.clone();
    view! { <li><strong>{words}</strong>" "{advice}</li> }
}

/// The same words, once they have stayed the same for a moment: nobody wants to be spoken to at every
/// key.
fn spoken_later(words: Memo<String>) -> ReadSignal<String> {
    let (spoken, speak) = signal(String::new());
    // The form may be gone by then.
    let mut speak = debounce(PAUSE, move |words| drop(speak.try_set(words)));
    Effect::new(move |_| speak(words.get()));
    spoken
}
