//! Starting and stopping the timer.

use candour_shared::command::{TIMER_SECONDS, Verb};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::components::clock::every_second;
use crate::components::part::Part;
use crate::text::{language, timing as text};
use crate::view::timer::{MINUTE, clock};

/// The timer's buttons.
#[component]
pub fn Timing() -> impl IntoView {
    let board = expect_context::<Board>();
    let now = every_second();
    let left = Memo::new(move |_| {
        now.track();
        board.seconds_left()
    });
    let runs = Memo::new(move |_| left.get().is_some_and(|left| left > 0));
    let over = Memo::new(move |_| left.get() == Some(0));
    let badge = Signal::derive(move || {
        left.get()
            .filter(|left| *left > 0)
            .map(clock)
            .unwrap_or_default()
    });
    let refused = move || {
        board
            .may(Verb::SetTimer)
            .err()
            .map(|denied| denied.words(language()))
    };
    let off = Memo::new(move |_| refused().is_some());
    let more = move |minutes: u32| {
        view! {
            <button type="button" disabled=move || off.get() on:click=move |_| board.extend_timer(minutes * MINUTE)>
                {text::more(minutes)}
            </button>
        }
    };
    view! {
        <Part title=text::timer() open=RwSignal::new(false) badge>
            <Show when=move || runs.get()>
                <div class="buttons">
                    {more(1)}
                    {more(5)}
                    <button type="button" disabled=move || off.get() on:click=move |_| board.stop_timer()>{text::stop()}</button>
                </div>
            </Show>
            <Show when=move || over.get()>
                <p>
                    {text::time_is_up()}" "
                    <button type="button" disabled=move || off.get() on:click=move |_| board.stop_timer()>
                        {text::clear()}
                    </button>
                </p>
            </Show>
            <Show when=move || !runs.get()>
                <Start off/>
            </Show>
            {move || refused().map(|why| view! { <p class="hint">{why}</p> })}
        </Part>
    }
}

#[component]
fn Start(
    /// Whether no timer can be started now.
    off: Memo<bool>,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let minutes = RwSignal::new("15".to_owned());
    let start = move |minutes: u32| {
        view! {
            <button type="button" disabled=move || off.get() on:click=move |_| board.start_timer(minutes * MINUTE)>
                {text::minutes(minutes)}
            </button>
        }
    };
    let own = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(minutes) = minutes.get_untracked().parse::<u32>() {
            board.start_timer(minutes.saturating_mul(MINUTE));
        }
    };
    view! {
        <p id="start-timer">{text::start_seen()}</p>
        <div class="buttons" role="group" aria-labelledby="start-timer">{[3, 5, 10].map(start).collect_view()}</div>
        <form class="line" on:submit=own>
            <label class="field field-line">
                <span class="field-name">{text::minutes_field()}</span>
                <input type="number" min="1" max=TIMER_SECONDS / MINUTE required=true bind:value=minutes/>
            </label>
            <button type="submit" disabled=move || off.get()>{text::start()}</button>
        </form>
    }
}
