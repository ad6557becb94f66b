//! What everybody is brought to, in words and with a way back to it.

use leptos::prelude::*;

use super::controls::discussing::scroll_to;
use crate::board::Board;
use crate::text::discussion as text;

/// The bar that says what is in the spotlight. Nothing while nothing is.
#[component]
pub fn SpotlightBar(
    /// Goes there again.
    go: Callback<()>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let title = Memo::new(move |_| {
        board.items.signal().track();
        board.title_of(board.spotlight.get()?)
    });
    move || {
        title.get().map(|title| {
            view! {
                <p class="spotlight">
                    <strong>{text::in_spotlight(&title)}</strong>
                    <button type="button" class="quiet" on:click=move |_| go.run(())>{text::back_to_it()}</button>
                </p>
            }
        })
    }
}

/// Brings whoever is at the list to what is in the spotlight, whenever that changes.
pub fn follow_in_list(board: Board) {
    Effect::new(move || {
        board.spotlight.signal().track();
        go_in_list(board);
    });
}

/// Scrolls the list to what is in the spotlight.
pub fn go_in_list(board: Board) {
    if let Some(item) = board.spotlight.get_untracked() {
        scroll_to(item);
    }
}
