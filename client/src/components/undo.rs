//! The buttons for undo and redo, and their keys.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::board::Board;
use crate::text::history as text;
use crate::view::history::what;

/// The buttons. Nothing before there is something to undo.
#[component]
pub fn UndoTools() -> impl IntoView {
    let board = expect_context::<Board>();
    let undoes = move || board.undoes.get().and_then(what);
    let redoes = move || board.redoes.get().and_then(what);
    let some = Memo::new(move |_| undoes().is_some() || redoes().is_some());
    let undo = move || undoes().map_or_else(|| text::undo().to_owned(), text::undo_what);
    let redo = move || redoes().map_or_else(|| text::redo().to_owned(), text::redo_what);
    view! {
        <Show when=move || some.get()>
            <div class="undo" role="group" aria-label=text::undo()>
                <button
                    type="button"
                    aria-label=undo
                    title=undo
                    aria-keyshortcuts="Control+Z"
                    disabled=move || undoes().is_none()
                    on:click=move |_| board.undo()
                >
                    <span aria-hidden="true">"↶"</span>
                </button>
                <button
                    type="button"
                    aria-label=redo
                    title=redo
                    aria-keyshortcuts="Control+Shift+Z"
                    disabled=move || redoes().is_none()
                    on:click=move |_| board.redo()
                >
                    <span aria-hidden="true">"↷"</span>
                </button>
            </div>
        </Show>
    }
}

/// Listens for the keys, as long as the component that asks for it is there. In a field they are the
/// browser's own.
pub fn listen(board: Board) {
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let types = field.is_some_and(|field| field.matches("input, textarea, select") == Ok(true));
        if types || !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => board.undo(),
            ("z", true) | ("y", false) => board.redo(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
}
