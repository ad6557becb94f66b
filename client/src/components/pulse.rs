//! The pulse, for everybody: the open question, and what came out of the closed ones.

use candour_shared::protocol::MyPulse;
use candour_shared::pulse::SCALE;
use leptos::prelude::*;

use crate::board::Board;
use crate::text::pulse as text;
use crate::view::pulse::PulseView;

/// The open pulse with its scale. Nothing while none is open.
#[component]
pub fn PulseCard() -> impl IntoView {
    let board = expect_context::<Board>();
    let open = Memo::new(move |_| board.my_pulse.with(|mine| mine.map(|mine| mine.pulse)));
    let question = move || {
        let open = open.get()?;
        let asked = |pulses: &Vec<_>| {
            let mut pulses = pulses.iter();
            pulses
                .find(|(id, _)| *id == open)
                .map(|(_, pulse): &(_, candour_shared::pulse::Pulse)| pulse.question.clone())
        };
        board.pulses.with(asked)
    };
    let answer = Memo::new(move |_| {
        let given = |mine: &Option<MyPulse>| mine.and_then(|mine| mine.answer);
        board.my_pulse.with(given)
    });
    let choice = move |value: u8| {
        view! {
            <label class="pulse-choice">
                <input
                    type="radio"
                    name="pulse"
                    value=value.to_string()
                    prop:checked=move || answer.get() == Some(value)
                    on:change=move |_| board.answer_pulse(value)
                />
                <span>{value}</span>
            </label>
        }
    };
    let enough = move || {
        board
            .settings
            .with(|settings| text::shown_from(settings.privacy.min_group))
    };
    move || {
        open.get().map(|_| view! {
            <section class="pulse" aria-labelledby="pulse-question">
                <fieldset>
                    <legend id="pulse-question">{question}</legend>
                    <div class="pulse-scale">
                        <span class="pulse-end">{text::lowest()}</span>
                        {(1..=SCALE).map(choice).collect_view()}
                        <span class="pulse-end">{text::highest()}</span>
                    </div>
                </fieldset>
                <p class="hint">
                    <strong role="status">{move || answer.get().map(|answer| text::chosen(answer) + " ")}</strong>
                    {text::hint()}" "{enough}
                </p>
            </section>
        })
    }
}

/// The closed pulses side by side. Nothing while there is none.
#[component]
pub fn PulseResults() -> impl IntoView {
    let board = expect_context::<Board>();
    let closed = Memo::new(move |_| {
        let views = |pulses: &Vec<_>| {
            let pulses = pulses.iter();
            pulses
                .filter_map(|(_, pulse): &(_, candour_shared::pulse::Pulse)| PulseView::of(pulse))
                .collect::<Vec<_>>()
        };
        board.pulses.with(views)
    });
    view! {
        <Show when=move || closed.with(|closed| !closed.is_empty())>
            <section class="pulses" aria-labelledby="pulses">
                <h2 id="pulses">{text::results()}</h2>
                <ul class="pulses-side">{move || closed.get().into_iter().map(result).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// One closed pulse.
pub fn result(pulse: PulseView) -> impl IntoView {
    let bars = pulse.bars.map(|bars| {
        let bar = |bar: crate::view::pulse::AnswerBar| {
            let width = format!("{:.1}%", bar.share * 100.0);
            view! {
                <li class="pulse-bar">
                    <span class="bar-track" aria-hidden="true"><span class="bar-fill" style:width=width></span></span>
                    <span class="bar-words">{bar.words}</span>
                </li>
            }
        };
        view! { <ol class="pulse-bars">{bars.into_iter().map(bar).collect_view()}</ol> }
    });
    view! {
        <li class="pulse-result">
            <p class="pulse-name">{pulse.name}</p>
            <h3>{pulse.question}</h3>
            {bars}
            <p class="hint">{pulse.words}</p>
        </li>
    }
}
