//! Changing an agenda: the same before a board opens and during the workshop.

pub mod form;

use candour_shared::agenda::{Agenda, MAX_STEPS, Step};
use candour_shared::denied::Denied;
use candour_shared::ids::StepId;
use candour_shared::phase::Phase;
use leptos::prelude::*;

use self::form::StepForm;
use crate::browser;
use crate::text::agenda as text;
use crate::view::agenda::moved;

/// Puts a step after another one, or first.
pub type PutStep = Callback<(StepId, Option<StepId>, Step), Result<(), Denied>>;

/// What is being changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editing {
    Nothing,
    Step(StepId),
    New(StepId),
}

/// The steps, with what changes them.
#[component]
pub fn AgendaEditor(
    /// The steps.
    #[prop(into)]
    agenda: Signal<Agenda>,
    /// Adds, changes or moves one.
    put: PutStep,
    /// Removes one.
    remove: Callback<StepId>,
) -> impl IntoView {
    let editing = RwSignal::new(Editing::Nothing);
    let steps = move || agenda.with(|agenda| agenda.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let minutes = move || {
        let minutes =
            agenda.with(|agenda| agenda.iter().map(|(_, step)| u32::from(step.minutes)).sum());
        text::in_all(minutes)
    };
    let done = Callback::new(move |()| {
        editing.set(Editing::Nothing);
        browser::focus_soon([".agenda-add".to_owned()]);
    });
    let new = move || match editing.get() {
        Editing::New(id) => {
            let last =
                agenda.with_untracked(|agenda| agenda.last().map(|(id, step)| (*id, step.phase)));
            let (after, phase) = last.map_or((None, Phase::Write), |(id, phase)| (Some(id), phase));
            let step = Step::new(phase, String::new()).lasting(10);
            let save = Callback::new(move |step| put.run((id, after, step)));
            view! { <StepForm step save done/> }.into_any()
        }
        Editing::Nothing | Editing::Step(_) => ().into_any(),
    };
    let add = move |_| {
        if let Ok(bytes) = browser::random_bytes() {
            editing.set(Editing::New(StepId::from_bytes(bytes)));
        }
    };
    let full = move || agenda.with(|agenda| agenda.len() >= MAX_STEPS);
    view! {
        <div class="agenda-editor">
            <Show when=move || agenda.with(Vec::is_empty)>
                <p class="hint">{text::no_steps()}</p>
            </Show>
            <ol class="agenda-steps">
                <For each=steps key=|id| *id let:id>
                    <StepLine id agenda editing put remove/>
                </For>
            </ol>
            {new}
            <p class="agenda-foot">
                <button type="button" class="agenda-add" disabled=full on:click=add>{text::add()}</button>
                <span class="hint">{minutes}</span>
            </p>
        </div>
    }
}

#[component]
fn StepLine(
    /// Which step.
    id: StepId,
    /// All of them.
    agenda: Signal<Agenda>,
    /// What is being changed.
    editing: RwSignal<Editing>,
    /// Adds, changes or moves one.
    put: PutStep,
    /// Removes one.
    remove: Callback<StepId>,
) -> impl IntoView {
    let step = Memo::new(move |_| {
        agenda.with(|agenda| {
            let mut steps = agenda.iter();
            steps
                .find(|(step, _)| *step == id)
                .map(|(_, step)| step.clone())
        })
    });
    let title = move || {
        step.with(|step| {
            step.as_ref()
                .map(|step| step.title.clone())
                .unwrap_or_default()
        })
    };
    let about = move || {
        step.with(|step| {
            let step = step.as_ref()?;
            let phase = step.phase.name(crate::text::language());
            Some(if step.minutes > 0 {
                format!("{phase} · {}", text::minutes(step.minutes))
            } else {
                phase.to_owned()
            })
        })
    };
    let to = move |by: isize| agenda.with(|agenda| moved(agenda, id, by));
    let go = move |by: isize| {
        let target = untrack(move || to(by));
        if let (Some(after), Some(step)) = (target, step.get_untracked()) {
            // A step that was valid where it was is valid elsewhere.
            let _ = put.run((id, after, step));
        }
    };
    let place = move || {
        agenda.with_untracked(|agenda| {
            let at = agenda.iter().position(|(step, _)| *step == id)?;
            at.checked_sub(1).map(|before| agenda[before].0)
        })
    };
    let save = Callback::new(move |step| put.run((id, place(), step)));
    let done = Callback::new(move |()| {
        editing.set(Editing::Nothing);
        browser::focus_soon([format!("[data-step=\"{id}\"] .agenda-change")]);
    });
    view! {
        <li class="agenda-step" data-step=id.to_string()>
            <Show
                when=move || editing.get() == Editing::Step(id)
                fallback=move || view! {
                    <div class="agenda-line">
                        <button
                            type="button"
                            class="agenda-change"
                            aria-label=move || text::change_step(&title())
                            on:click=move |_| editing.set(Editing::Step(id))
                        >
                            <strong>{title}</strong>
                            <span class="hint">{about}</span>
                        </button>
                        <button
                            type="button"
                            class="agenda-move"
                            aria-label=move || text::earlier(&title())
                            disabled=move || to(-1).is_none()
                            on:click=move |_| go(-1)
                        >
                            <span aria-hidden="true">"↑"</span>
                        </button>
                        <button
                            type="button"
                            class="agenda-move"
                            aria-label=move || text::later(&title())
                            disabled=move || to(1).is_none()
                            on:click=move |_| go(1)
                        >
                            <span aria-hidden="true">"↓"</span>
                        </button>
                        <button
                            type="button"
                            class="agenda-move"
                            aria-label=move || text::remove(&title())
                            on:click=move |_| remove.run(id)
                        >
                            <span aria-hidden="true">"✕"</span>
                        </button>
                    </div>
                }
            >
                {move || step.get_untracked().map(|step| view! { <StepForm step save done/> })}
            </Show>
        </li>
    }
}
