//! What facilitators and organisers run the board with.

use candour_shared::command::Verb;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::board::Board;

/// The phases, the reveal, and for organisers the file.
#[component]
pub fn Rail() -> impl IntoView {
    let board = expect_context::<Board>();
    let phase = move |to: Phase| {
        view! {
            <li>
                <button
                    type="button"
                    aria-current=move || (board.phase.get() == to).then_some("step")
                    disabled=move || !board.phase.get().can_move_to(to) || board.is_pending(Verb::SetPhase)
                    on:click=move |_| board.set_phase(to)
                >
                    {to.name()}
                </button>
            </li>
        }
    };
    view! {
        <nav class="rail" aria-label="Running the board">
            <h2>"Phase"</h2>
            <ol class="phases">{Phase::ALL.map(phase).collect_view()}</ol>
            <Show when=move || board.may(Verb::Reveal).is_ok()>
                <button
                    type="button"
                    class="primary"
                    disabled=move || board.is_pending(Verb::Reveal)
                    on:click=move |_| board.reveal()
                >
                    "Reveal the notes"
                </button>
            </Show>
            <Show when=move || board.role.get() == Role::Organiser>
                <button type="button" on:click=move |_| spawn_local(board.export())>
                    "Save the board as a file"
                </button>
            </Show>
        </nav>
    }
}
