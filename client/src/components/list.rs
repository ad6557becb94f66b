//! The board as a list: groups with their notes, then the notes in none.

use candour_shared::ids::{ClusterId, NoteId};
use leptos::prelude::*;

use crate::board::Board;
use crate::view::{NoteView, colour_word, count};

/// Everything on the board, to be read in order.
#[component]
pub fn List() -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <div class="list">
            <For each=move || board.clusters.get() key=|id| *id let:id>
                <Group id/>
            </For>
            <section>
                <h2>{move || count(board.loose_notes.with(Vec::len), "note", "notes")}" in no group"</h2>
                <Notes ids=board.loose_notes.signal().into()/>
            </section>
        </div>
    }
}

#[component]
fn Group(
    /// The cluster.
    id: ClusterId,
) -> impl IntoView {
    let cluster = expect_context::<Board>().cluster(id)?;
    let members = Signal::derive(move || cluster.view.with(|view| view.members.clone()));
    Some(view! {
        <section>
            <h2>{move || cluster.view.with(|view| view.title.clone())}</h2>
            <Notes ids=members/>
        </section>
    })
}

#[component]
fn Notes(
    /// Which, in order.
    ids: Signal<Vec<NoteId>>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <ul class="notes">
            <For each=move || ids.get() key=|id| *id let:id>
                {board.note(id).map(|note| view! { <li><NoteText view=note.view/></li> })}
            </For>
        </ul>
    }
}

/// What a note says, in its colour.
#[component]
pub fn NoteText(
    /// The note.
    view: ReadSignal<NoteView>,
) -> impl IntoView {
    move || {
        view.with(|view| match view {
            NoteView::Said(said) => {
                let about = said
                    .aspect
                    .iter()
                    .fold(said.category.clone(), |about, aspect| {
                        format!("{about} · {aspect}")
                    });
                view! {
                    <article class="note" data-colour=colour_word(said.colour)>
                        <p class="note-about">{about}</p>
                        <p class="note-text">{said.text.clone()}</p>
                    </article>
                }
                .into_any()
            }
            NoteView::Held { why } => view! {
                <article class="note note-held"><p class="note-text">{why.clone()}</p></article>
            }
            .into_any(),
        })
    }
}
