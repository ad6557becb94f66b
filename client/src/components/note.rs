//! A note as it is read, wherever it lies.

use leptos::prelude::*;

use crate::text::canvas as text;
use crate::view::{NoteView, colour_word};

/// What a note is about and what it says, or why it is held. It fills the width it is given.
#[component]
pub fn NoteCard(
    /// The note.
    #[prop(into)]
    view: Signal<NoteView>,
) -> impl IntoView {
    move || {
        view.with(|view| match view {
            NoteView::Said(said) => {
                let aspect = said.aspect.clone().map(|aspect| {
                    view! { <span class="note-aspect">{aspect}</span> }
                });
                view! {
                    <article class="note" data-colour=colour_word(said.colour)>
                        <p class="note-about">
                            <span class="note-category">{said.category.clone()}</span>
                            {aspect}
                        </p>
                        <p class="note-text">{said.text.clone()}</p>
                    </article>
                }
                .into_any()
            }
            NoteView::Held { why } => view! {
                <article class="note note-held">
                    <p class="note-about"><span class="note-category">{text::held()}</span></p>
                    <p class="note-text">{why.clone()}</p>
                </article>
            }
            .into_any(),
        })
    }
}
