//! One note in the list, with what can be done about it.

use candour_shared::command::Verb;
use candour_shared::ids::{Item, NoteId};
use leptos::prelude::*;

use super::intent::{Intent, Moving};
use crate::board::Board;
use crate::components::moderation::{Judging, Verdict};
use crate::components::note::NoteCard;
use crate::components::replies::{Said, Saying};
use crate::components::search::Search;
use crate::components::voting::{Dots, DotsControl};
use crate::text::{list as text, moderating};
use crate::view::{NoteView, Spot};

/// A note in the list.
#[component]
pub fn Entry(
    /// The note.
    id: NoteId,
    /// Where one does something with it.
    intent: Intent,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let note = board.note(id)?;
    let search = expect_context::<Search>();
    let elsewhere = move || !search.finds(id);
    let moves = Memo::new(move |_| board.may(Verb::Move).is_ok());
    let moderates = Memo::new(move |_| board.may(Verb::HoldNote).is_ok());
    let counts = Memo::new(move |_| {
        let loose = matches!(note.spot.get(), Spot::Loose(_));
        loose && note.view.with(|view| matches!(view, NoteView::Said(_)))
    });
    let words = move || note.view.with(|view| view.words().to_owned());
    Some(view! {
        <li
            class="entry"
            class:spotlit=move || board.spotlight.get() == Some(Item::Note(id))
            data-note=id.to_string()
            hidden=elsewhere
        >
            <NoteCard view=note.view/>
            <div class="entry-said"><Said replies=note.replies/></div>
            <div class="entry-foot">
                <Show when=move || counts.get()>
                    <DotsControl item=Item::Note(id)/>
                    <Dots item=Item::Note(id)/>
                </Show>
                <div class="buttons">
                    <Saying item=Item::Note(id)/>
                    <Show when=move || moves.get()>
                        <button
                            type="button"
                            class="entry-move"
                            on:click=move |_| intent.moving.set(Some(Moving::Note(id)))
                        >
                            {text::move_to()} <span class="visually-hidden">" (" {words} ")"</span>
                        </button>
                    </Show>
                    <Show when=move || moderates.get()>
                        <Judge id intent/>
                    </Show>
                </div>
            </div>
        </li>
    })
}

#[component]
fn Judge(
    /// The note.
    id: NoteId,
    /// Where one does something with it.
    intent: Intent,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let note = board.note(id)?;
    let held = Memo::new(move |_| note.view.with(|view| matches!(view, NoteView::Held { .. })));
    let judge = move |verdict| {
        let text = note.view.with_untracked(|view| view.words().to_owned());
        intent.judging.set(Some(Judging {
            note: id,
            text,
            verdict,
        }));
    };
    Some(view! {
        <Show
            when=move || held.get()
            fallback=move || view! {
                <button type="button" class="quiet" on:click=move |_| judge(Verdict::Hold)>{moderating::hold()}</button>
            }
        >
            <button
                type="button"
                class="quiet"
                disabled=move || board.may(Verb::ReleaseNotes).is_err()
                on:click=move |_| board.release_notes(&[id])
            >
                {moderating::release()}
            </button>
        </Show>
        <button type="button" class="quiet" on:click=move |_| judge(Verdict::Erase)>{moderating::erase()}</button>
    })
}

/// Notes, one after the other.
#[component]
pub fn Entries(
    /// Which notes, in order.
    ids: Signal<Vec<NoteId>>,
    /// Where one does something with them.
    intent: Intent,
) -> impl IntoView {
    view! {
        <ul class="notes">
            <For each=move || ids.get() key=|id| *id let:id>
                <Entry id intent/>
            </For>
        </ul>
    }
}
