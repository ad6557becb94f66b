//! One step, to be typed.

use candour_shared::agenda::{STEP_MINUTES, Step};
use candour_shared::checks::{CLUSTER_CHARS, PROMPT_CHARS};
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use crate::text::{agenda as text, common, language};

/// The fields of a step.
#[component]
pub fn StepForm(
    /// The step as it is.
    step: Step,
    /// Takes the new one, or says what is wrong with it.
    save: Callback<Step, Result<(), Denied>>,
    /// What happens once it is saved, or isn't to be.
    done: Callback<()>,
) -> impl IntoView {
    let title = RwSignal::new(step.title);
    let phase = RwSignal::new(step.phase);
    let minutes = RwSignal::new(step.minutes.to_string());
    let prompt = RwSignal::new(step.prompt);
    let pulse = RwSignal::new(step.pulse);
    let problem = RwSignal::new(None::<String>);
    let first = NodeRef::<html::Input>::new();
    first.on_load(|field| {
        request_animation_frame(move || {
            // An element that can't take the focus leaves it where it was.
            let _ = field.focus();
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = minutes.with_untracked(|minutes| minutes.trim().parse::<u16>());
        let Some(minutes) = typed.ok().filter(|minutes| *minutes <= STEP_MINUTES) else {
            return problem.set(Some(text::bad_minutes(STEP_MINUTES)));
        };
        let typed = Step {
            phase: phase.get_untracked(),
            title: title.get_untracked(),
            prompt: prompt.get_untracked(),
            minutes,
            pulse: pulse.get_untracked(),
        };
        match typed.checked().and_then(|step| save.run(step)) {
            Ok(()) => done.run(()),
            Err(denied) => problem.set(Some(denied.words(language()))),
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            done.run(());
        }
    };
    let option = move |each: Phase| {
        view! {
            <option value=each.to_string() prop:selected=move || phase.get() == each>
                {each.name(language())}
            </option>
        }
    };
    let choose = move |name: String| {
        if let Some(chosen) = Phase::ALL.into_iter().find(|each| each.to_string() == name) {
            phase.set(chosen);
        }
    };
    // Nothing is done on a closed board, so no step is in it.
    let phases = Phase::ALL.into_iter().filter(|each| *each != Phase::Closed);
    view! {
        <form class="agenda-form" novalidate=true on:submit=submit on:keydown=escape>
            <label class="field">
                <span class="field-name">{text::step_title()}</span>
                <input type="text" node_ref=first maxlength=CLUSTER_CHARS autocomplete="off" bind:value=title/>
            </label>
            <div class="line">
                <label class="field">
                    <span class="field-name">{text::step_phase()}</span>
                    <select on:change=move |event| choose(event_target_value(&event))>
                        {phases.map(option).collect_view()}
                    </select>
                </label>
                <label class="field">
                    <span class="field-name">{text::step_minutes()}</span>
                    <input type="number" min="0" max=STEP_MINUTES bind:value=minutes/>
                </label>
            </div>
            <label class="field">
                <span class="field-name">{text::step_prompt()}</span>
                <textarea rows="3" maxlength=PROMPT_CHARS bind:value=prompt></textarea>
            </label>
            <label class="check">
                <input type="checkbox" bind:checked=pulse/>
                <span>{text::step_pulse()}</span>
            </label>
            <div role="alert">
                {move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })}
            </div>
            <div class="buttons">
                <button type="submit" class="primary">{text::save()}</button>
                <button type="button" on:click=move |_| done.run(())>{common::cancel()}</button>
            </div>
        </form>
    }
}
