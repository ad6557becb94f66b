//! What somebody reads first on a board to try.

use candour_shared::phase::Phase;
use leptos::prelude::*;

use crate::board::Board;
use crate::storage;
use crate::text::landing as text;

/// The welcome, until it is put away. A board to try begins where there is something to do.
#[component]
pub fn Welcome() -> impl IntoView {
    let board = expect_context::<Board>();
    let shown = RwSignal::new(storage::has_welcome(board.id));
    if shown.get_untracked() && board.phase.get_untracked() == Phase::Lobby {
        board.set_phase(Phase::Cluster);
    }
    let away = move |_| {
        storage::forget_welcome(board.id);
        shown.set(false);
    };
    view! {
        <Show when=move || shown.get()>
            <div class="welcome">
                <p><strong>{text::welcome()}</strong>" "{text::welcome_words()}</p>
                <button type="button" class="primary" on:click=away>{text::all_right()}</button>
            </div>
        </Show>
    }
}
