//! The timer.

use candour_shared::command::Verb;
use leptos::prelude::*;

use super::clock::every_second;
use crate::board::Board;
use crate::browser::sound;
use crate::storage::Preference;
use crate::text::timing as text;
use crate::view::timer::{MINUTE, clock, to_say};

/// The running timer, if one runs, with more time in one press for those who may give it.
#[component]
pub fn TimerFace() -> impl IntoView {
    let board = expect_context::<Board>();
    let now = every_second();
    let left = Memo::new(move |_| {
        now.track();
        board.seconds_left()
    });
    Effect::new(move |before: Option<Option<u32>>| {
        let left = left.get();
        if let Some(words) = to_say(before.flatten(), left) {
            board.announce(words);
            if left == Some(0) && Preference::Sound.is_on() {
                sound::chime();
            }
        }
        left
    });
    let extends = Memo::new(move |_| {
        let runs = left.get().is_some_and(|left| left > 0);
        runs && board.role.get().moderates() && board.may(Verb::SetTimer).is_ok()
    });
    view! {
        <Show when=move || left.get().is_some()>
            <p class="timer" role="timer" class:timer-over=move || left.get() == Some(0)>
                <span class="visually-hidden">{text::time_left()}</span>
                {move || left.get().map(clock)}
            </p>
        </Show>
        <Show when=move || extends.get()>
            <button type="button" class="timer-more" on:click=move |_| board.extend_timer(MINUTE)>
                {text::more(1)}
            </button>
        </Show>
    }
}

/// Whether there is a sound when the time is up.
#[component]
pub fn SoundChoice() -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=Preference::Sound.is_on()
                on:change:target=|event| Preference::Sound.set(event.target().checked())
            />
            <span>{text::sound()}</span>
        </label>
    }
}
