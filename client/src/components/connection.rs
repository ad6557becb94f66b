//! How the connection stands, always in sight.

use candour_page::connection::Standing;
use leptos::prelude::*;

use super::clock::every_second;
use crate::board::Board;
use crate::text::connection as text;
use crate::view::connection::{standing, waiting};

/// Whether the page is connected, and whether everything is saved.
#[component]
pub fn ConnectionState() -> impl IntoView {
    let board = expect_context::<Board>();
    let now = every_second();
    let words = Memo::new(move |_| standing(board.connection.get(), board.pending.with(Vec::len)));
    let offline = move || matches!(board.connection.get(), Standing::Offline { .. });
    let calm =
        move || board.connection.get() == Standing::Live && board.pending.with(Vec::is_empty);
    view! {
        <div class="connection" class:connection-calm=calm class:connection-offline=offline>
            <span role="status">{words}</span>
            // Not part of the status: a screen reader would count along.
            <Show when=offline>
                <span class="connection-wait">{move || waiting(board.connection.get(), now.get())}</span>
                <button type="button" class="quiet" on:click=move |_| board.retry_now()>
                    {text::try_now()}
                </button>
            </Show>
        </div>
    }
}
