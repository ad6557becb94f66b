//! A note or a group read closely: what it says, what is said about it, and what one can say.

use candour_shared::ids::Item;
use leptos::prelude::*;

use super::element::focus;
use super::stage::Stage;
use crate::board::Board;
use crate::components::dialog::Dialog;
use crate::components::note::NoteCard;
use crate::components::replies::{Said, Saying};

/// The dialog that shows it, while one is read.
#[component]
pub fn Reading() -> impl IntoView {
    let stage = expect_context::<Stage>();
    let open = RwSignal::new(false);
    let read = RwSignal::new(None::<Item>);
    Effect::new(move || {
        if let Some(item) = stage.reading.get() {
            read.set(Some(item));
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            stage.reading.set(None);
            if let Some(item) = read.get_untracked() {
                focus(item);
            }
        }
        is
    });
    let title = Signal::derive(move || match read.get() {
        Some(item @ Item::Cluster(_)) => stage.board.title_of(item).unwrap_or_default(),
        Some(Item::Note(_)) | None => crate::text::replies::note().to_owned(),
    });
    view! {
        <Dialog open title>
            {move || read.get().map(|item| view! { <Inside item open/> })}
        </Dialog>
    }
}

#[component]
fn Inside(
    /// What is read.
    item: Item,
    /// Whether it is being read.
    open: RwSignal<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let said = match item {
        Item::Note(id) => board.note(id).map(|note| {
            view! {
                <NoteCard view=note.view/>
                <Said replies=note.replies/>
            }
            .into_any()
        }),
        Item::Cluster(id) => board
            .cluster(id)
            .map(|cluster| view! { <Said replies=cluster.replies/> }.into_any()),
    };
    view! {
        <div class="reading">
            {said}
            <div class="buttons"><Saying item/></div>
            <div class="dialog-answers">
                <button type="button" autofocus=true on:click=move |_| open.set(false)>
                    {crate::text::common::close()}
                </button>
            </div>
        </div>
    }
}
