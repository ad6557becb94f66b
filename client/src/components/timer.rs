//! The timer.

use leptos::prelude::*;

use super::clock::every_second;
use crate::board::Board;
use crate::view::timer::clock;

/// The running timer, if one runs.
#[component]
pub fn TimerFace() -> impl IntoView {
    let board = expect_context::<Board>();
    let now = every_second();
    let left = Memo::new(move |_| {
        now.track();
        board.seconds_left()
    });
    view! {
        <Show when=move || left.get().is_some()>
            <p class="timer" role="timer" class:timer-over=move || left.get() == Some(0)>
                <span class="visually-hidden">"Time left: "</span>
                {move || left.get().map(clock)}
            </p>
        </Show>
    }
}
