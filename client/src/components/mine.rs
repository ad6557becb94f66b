//! One's own notes, and where each stands.

use leptos::prelude::*;

use crate::board::Board;
use crate::view::colour_word;
use crate::view::mine::MyNoteView;

/// One's own notes, the latest first.
#[component]
pub fn MyNotes() -> impl IntoView {
    let board = expect_context::<Board>();
    view! {
        <Show when=move || board.mine.with(|mine| !mine.is_empty())>
            <section class="mine">
                <h2>"Your notes"</h2>
                <p class="hint">"Only you see this list. It goes when the board leaves the phase Write."</p>
                <ul class="notes">
                    {move || board.mine.get().into_iter().map(my_note).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

fn my_note(mine: MyNoteView) -> impl IntoView {
    view! {
        <li>
            <article class="note" data-colour=colour_word(mine.said.colour)>
                <p class="note-about">{mine.said.category}</p>
                <p class="note-text">{mine.said.text}</p>
            </article>
            <p class="hint">{mine.state.words()}</p>
        </li>
    }
}
