//! Opening and closing a pulse.

use candour_shared::checks::PROMPT_CHARS;
use candour_shared::command::Verb;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::board::Board;
use crate::components::part::Part;
use crate::text::{language, pulse as text};

/// The open pulse, or a form for the next one. It unfolds by itself at a step that asks one.
#[component]
pub fn Pulsing() -> impl IntoView {
    let board = expect_context::<Board>();
    let unfolded = RwSignal::new(false);
    let open = Memo::new(move |_| board.my_pulse.with(Option::is_some));
    let asked = Memo::new(move |_| {
        let step = board.present_step().filter(|step| step.pulse);
        step.map(|step| step.prompt)
    });
    let question = RwSignal::new(String::new());
    Effect::new(move || {
        if let Some(prompt) = asked.get() {
            question.set(prompt);
            unfolded.set(true);
        }
    });
    let problem = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let given = board.open_pulse(question.get_untracked());
        problem.set(given.err().map(|denied| denied.words(language())));
    };
    let off = move || board.may(Verb::OpenPulse).is_err();
    let form = move || {
        view! {
            <form class="stack" on:submit=submit>
                <label class="field">
                    <span class="field-name">{text::question()}</span>
                    <textarea rows="2" maxlength=PROMPT_CHARS placeholder=text::usual() bind:value=question></textarea>
                </label>
                <div role="alert">
                    {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
                </div>
                <button type="submit" class="primary" disabled=off>{text::open()}</button>
            </form>
        }
    };
    view! {
        <Part title=text::title() open=unfolded>
            <Show when=move || open.get() fallback=form>
                <p class="hint">{text::is_open()}</p>
                <button
                    type="button"
                    class="primary"
                    disabled=move || board.may(Verb::ClosePulse).is_err()
                    on:click=move |_| board.close_pulse()
                >
                    {text::close()}
                </button>
            </Show>
        </Part>
    }
}
