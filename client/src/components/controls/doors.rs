//! Closing the doors.

use candour_shared::command::Verb;
use leptos::prelude::*;

use super::switch::Switch;
use crate::board::Board;
use crate::components::part::Part;
use crate::text::{language, running as text};

/// Whether anybody new can join.
#[component]
pub fn Doors() -> impl IntoView {
    let board = expect_context::<Board>();
    let badge = Signal::derive(move || {
        let closed = board.doors_closed.get();
        (if closed { text::doors_closed() } else { "" }).to_owned()
    });
    let refused = Signal::derive(move || {
        board
            .may(Verb::SetDoors)
            .err()
            .map(|denied| denied.words(language()))
    });
    let switch = move |()| {
        if board.doors_closed.get_untracked() {
            board.open_doors();
        } else {
            board.close_doors();
        }
    };
    view! {
        <Part title=text::doors() open=RwSignal::new(false) badge>
            <Switch label=text::close_doors() on=board.doors_closed.signal() refused switch/>
            <p class="hint">
                {text::doors_hint()}
            </p>
        </Part>
    }
}
