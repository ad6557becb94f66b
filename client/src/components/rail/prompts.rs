//! What people are asked in each phase.

use candour_shared::command::{PROMPT_CHARS, Verb};
use candour_shared::phase::Phase;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::components::part::Part;
use crate::view::draft::{LengthView, Room};

/// A field for the prompt of each phase.
#[component]
pub fn Prompts() -> impl IntoView {
    let board = expect_context::<Board>();
    let phase = RwSignal::new(board.phase.get_untracked());
    let saved = Memo::new(move |_| {
        board.prompts.with(|prompts| {
            let prompt = prompts.iter().find(|(of, _)| *of == phase.get());
            prompt.map(|(_, text)| text.clone()).unwrap_or_default()
        })
    });
    let text = RwSignal::new(saved.get_untracked());
    // What another facilitator saves comes in, unless one is writing oneself.
    Effect::new(move |before: Option<String>| {
        let now = saved.get();
        if before.is_none_or(|before| before == text.get_untracked()) {
            text.set(now.clone());
        }
        now
    });
    // People mostly want to change what is asked now.
    Effect::new(move |_| phase.set(board.phase.get()));
    let changed = Memo::new(move |_| text.with(|text| text.trim() != saved.get()));
    let length = Memo::new(move |_| text.with(|text| LengthView::of(text, PROMPT_CHARS)));
    let refused = move || {
        board
            .may(Verb::SetPrompt)
            .err()
            .map(|denied| denied.to_string())
    };
    let off = move || {
        !changed.get() || length.with(|length| length.room == Room::None) || refused().is_some()
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        board.set_prompt(phase.get_untracked(), text.get_untracked());
        board.announce("The prompt is changed.");
    };
    let option = move |each: Phase| {
        view! { <option value=each.name() prop:selected=move || phase.get() == each>{each.name()}</option> }
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some(chosen) = Phase::ALL.into_iter().find(|each| each.name() == name) {
            phase.set(chosen);
            text.set(saved.get_untracked());
        }
    };
    view! {
        <Part title="Prompt" open=RwSignal::new(false)>
            <form class="stack" on:submit=save>
                <label class="field field-line">
                    <span class="field-name">"Phase"</span>
                    <select on:change=choose>{Phase::ALL.map(option).collect_view()}</select>
                </label>
                <label class="field">
                    <span class="field-name">"What people are asked"</span>
                    <textarea rows="4" aria-describedby="prompt-length" bind:value=text></textarea>
                </label>
                <p
                    id="prompt-length"
                    class="length"
                    class:length-none=move || length.with(|length| length.room == Room::None)
                >
                    {move || length.with(|length| length.words.clone())}
                </p>
                <button type="submit" disabled=off>"Save the prompt"</button>
                {move || refused().map(|why| view! { <p class="hint">{why}</p> })}
            </form>
        </Part>
    }
}
