//! Closing the doors.

use candour_shared::command::Verb;
use leptos::prelude::*;

use super::switch::Switch;
use crate::board::Board;
use crate::components::part::Part;

/// Whether anybody new can join.
#[component]
pub fn Doors() -> impl IntoView {
    let board = expect_context::<Board>();
    let badge = Signal::derive(move || {
        let closed = board.doors_closed.get();
        (if closed { "Closed" } else { "" }).to_owned()
    });
    let refused = Signal::derive(move || {
        board
            .may(Verb::SetDoors)
            .err()
            .map(|denied| denied.to_string())
    });
    let switch = move |()| {
        if board.doors_closed.get_untracked() {
            board.open_doors();
        } else {
            board.close_doors();
        }
    };
    view! {
        <Part title="Doors" open=RwSignal::new(false) badge>
            <Switch label="Close the doors" on=board.doors_closed.signal() refused switch/>
            <p class="hint">
                "While the doors are closed nobody new can join as a participant, by whatever link or code. Who has joined stays, and can come back."
            </p>
        </Part>
    }
}
