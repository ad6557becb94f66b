//! The phases, and what belongs to the present one.

use candour_shared::command::Verb;
use candour_shared::phase::Phase;
use candour_shared::policy::Clusters;
use leptos::prelude::*;

use super::switch::Switch;
use crate::board::Board;
use crate::components::dialog::Confirm;
use crate::text::language;
use crate::view::steps::{
    Circumstances, Standing, StepView, Warning, next, pool, purpose, steps, warning,
};

/// The phases as steps, and the button for the next one.
#[component]
pub fn Stages() -> impl IntoView {
    let board = expect_context::<Board>();
    let asked = RwSignal::new(None::<(Phase, Warning)>);
    let asking = RwSignal::new(false);
    let go = move |to: Phase| {
        let now = Circumstances {
            round_open: board.ballot.with_untracked(Option::is_some),
            pre_moderation: board.pre_moderation.get_untracked(),
        };
        match warning(board.phase.get_untracked(), to, now) {
            Some(warning) => {
                asked.set(Some((to, warning)));
                asking.set(true);
            }
            None => board.set_phase(to),
        }
    };
    let confirmed = move |()| {
        if let Some((to, _)) = asked.get_untracked() {
            board.set_phase(to);
        }
    };
    let of_warning = move |read: fn(&Warning) -> String| {
        Signal::derive(move || {
            asked
                .with(|asked| asked.as_ref().map(|(_, warning)| read(warning)))
                .unwrap_or_default()
        })
    };
    let sentences = move || {
        let sentences =
            asked.with(|asked| asked.as_ref().map(|(_, warning)| warning.sentences.clone()));
        let sentences = sentences.unwrap_or_default().into_iter();
        sentences
            .map(|sentence| view! { <p>{sentence}</p> })
            .collect_view()
    };
    let off =
        Memo::new(move |_| board.may(Verb::SetPhase).is_err() || board.is_pending(Verb::SetPhase));
    let step = move |StepView {
                         phase,
                         standing,
                         open,
                     }: StepView| {
        let here = standing == Standing::Here;
        view! {
            <li class="step" class:step-before=standing == Standing::Before class:step-here=here data-phase=phase.to_string()>
                <button
                    type="button"
                    aria-current=here.then_some("step")
                    disabled=move || !here && (!open || off.get())
                    on:click=move |_| if !here { go(phase) }
                >
                    {phase.name(language())}
                </button>
                {here.then(|| view! { <p class="hint">{move || purpose(phase, board.release())}</p> })}
            </li>
        }
    };
    let forward = move || {
        let to = next(board.phase.get())?;
        Some(view! {
            <button type="button" class="primary" disabled=move || off.get() on:click=move |_| go(to)>
                "Next: "{to.name(language())}
            </button>
        })
    };
    view! {
        <section class="stages" aria-labelledby="stages">
            <h2 id="stages" tabindex="-1">"Phase"</h2>
            <ol class="steps">{move || steps(board.phase.get()).map(step).collect_view()}</ol>
            {forward}
            <Confirm
                open=asking
                title=of_warning(|warning| warning.title.clone())
                verb=of_warning(|warning| warning.verb.clone())
                on_confirm=confirmed
            >
                {sentences}
            </Confirm>
        </section>
    }
}

/// What a facilitator does while people write.
#[component]
pub fn Writing() -> impl IntoView {
    view! {
        <Revealing/>
        <Pausing/>
    }
}

/// Revealing what waits.
#[component]
fn Revealing() -> impl IntoView {
    let board = expect_context::<Board>();
    let collects = move || board.pre_moderation.get();
    let off = move || board.may(Verb::Reveal).is_err() || board.is_pending(Verb::Reveal);
    let so_far = move || match board.reveals.get() {
        0 => String::new(),
        1 => "Done once so far.".to_owned(),
        times => format!("Done {times} times so far."),
    };
    let reveal = move |_| {
        board.reveal();
        board.announce("Revealing…");
    };
    view! {
        <section class="now" aria-labelledby="revealing">
            <h2 id="revealing">"Reveal"</h2>
            <p class="hint">
                {move || if collects() {
                    "Brings every waiting note to the facilitators, in random order. Nobody else sees one until you release it."
                } else {
                    "Shows every waiting note to everyone at the same moment, in random order. People can write on; reveal again for what comes later."
                }}
            </p>
            {move || pool(board.release()).map(|words| view! { <p class="hint">{words}</p> })}
            <button type="button" class="primary" disabled=off on:click=reveal>
                {move || if collects() { "Collect for moderation" } else { "Reveal the notes" }}
            </button>
            <p class="hint">"Nobody, not even you, sees how many notes wait. "{so_far}</p>
        </section>
    }
}

/// Pausing the writing.
#[component]
fn Pausing() -> impl IntoView {
    let board = expect_context::<Board>();
    let paused = Memo::new(move |_| board.pause().is_some());
    let refused = Signal::derive(move || {
        board
            .may(Verb::PausePosting)
            .err()
            .map(|denied| denied.to_string())
    });
    let switch = move |()| {
        if paused.get_untracked() {
            board.resume_posting();
        } else {
            board.pause_posting();
        }
    };
    view! {
        <section class="now" aria-labelledby="pausing">
            <h2 id="pausing">"Posting"</h2>
            <Switch label="Pause posting" on=paused refused switch/>
            <p class="hint">
                "While this is on nobody can save or rewrite a note; what people are writing stays on their page. Taking a note back always works."
            </p>
        </section>
    }
}

/// Locking the groups, while people move notes together.
#[component]
pub fn Locking() -> impl IntoView {
    let board = expect_context::<Board>();
    let locked = Memo::new(move |_| board.situation.get().clusters == Clusters::Locked);
    let refused = Signal::derive(move || {
        board
            .may(Verb::LockClusters)
            .err()
            .map(|denied| denied.to_string())
    });
    let switch = move |()| {
        board.set_clusters(if locked.get_untracked() {
            Clusters::Open
        } else {
            Clusters::Locked
        });
    };
    view! {
        <section class="now" aria-labelledby="locking">
            <h2 id="locking">"Groups"</h2>
            <Switch label="Lock the groups" on=locked refused switch/>
            <p class="hint">"Only facilitators can move notes and change groups while they are locked."</p>
        </section>
    }
}
