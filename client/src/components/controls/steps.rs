//! The agenda, and what belongs to the present phase.

use candour_shared::command::Verb;
use candour_shared::phase::Phase;
use candour_shared::policy::Clusters;
use leptos::prelude::*;

use super::switch::Switch;
use crate::board::Board;
use crate::components::agenda::AgendaEditor;
use crate::components::dialog::Confirm;
use crate::components::part::Part;
use crate::text::{agenda as text, language, running};
use crate::view::agenda::{StopView, When, next, stops};
use crate::view::steps::{Circumstances, Warning, pool, purpose, warning};

/// Where the workshop is, and the button that takes it on.
#[component]
pub fn Steps() -> impl IntoView {
    let board = expect_context::<Board>();
    let asked = RwSignal::new(None::<(StopView, Warning)>);
    let asking = RwSignal::new(false);
    let stops = Memo::new(move |_| {
        let (phase, step) = (board.phase.get(), board.step.get());
        board.agenda.with(|agenda| stops(agenda, phase, step))
    });
    let there = move |stop: &StopView| match stop.step {
        Some(step) => board.go_to_step(step),
        None => board.set_phase(stop.phase),
    };
    let go = move |stop: StopView| {
        let now = Circumstances {
            round_open: board.ballot.with_untracked(Option::is_some),
            pre_moderation: board.pre_moderation.get_untracked(),
        };
        match warning(board.phase.get_untracked(), stop.phase, now) {
            Some(warning) => {
                asked.set(Some((stop, warning)));
                asking.set(true);
            }
            None => there(&stop),
        }
    };
    let confirmed = move |()| {
        if let Some((stop, _)) = asked.get_untracked() {
            there(&stop);
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
    let stop = move |stop: StopView| {
        let here = stop.when == When::Here;
        let before = stop.when == When::Before;
        let (phase, open) = (stop.phase, stop.open);
        let (title, length) = (stop.title.clone(), stop.length());
        view! {
            <li class="step" class:step-before=before class:step-here=here data-phase=phase.to_string()>
                <button
                    type="button"
                    aria-current=here.then_some("step")
                    disabled=move || !here && (!open || off.get())
                    on:click=move |_| if !here { go(stop.clone()) }
                >
                    {title} {length.map(|length| view! { " " <span class="step-length">{length}</span> })}
                </button>
                {here.then(|| view! { <p class="hint">{move || purpose(phase, board.release())}</p> })}
            </li>
        }
    };
    let forward = move || {
        let to = stops.with(|stops| next(stops).cloned())?;
        let words = text::next(&to.words());
        Some(view! {
            <button type="button" class="primary" disabled=move || off.get() on:click=move |_| go(to.clone())>
                {words}
            </button>
        })
    };
    // The step's own time is one press away, as long as no timer runs.
    let timing = move || {
        let minutes = board.present_step()?.minutes;
        let runs = board.timer.get().is_some_and(|timer| !timer.stopped);
        (minutes > 0 && !runs).then(|| {
            view! {
                <button
                    type="button"
                    disabled=move || board.may(Verb::SetTimer).is_err()
                    on:click=move |_| board.start_timer(u32::from(minutes) * 60)
                >
                    {text::start_timer(minutes)}
                </button>
            }
        })
    };
    let done = move || {
        let presence = board.presence.get();
        (presence.participants > 0).then(|| text::done_of(presence.ready, presence.participants))
    };
    view! {
        <section class="steps-part" aria-labelledby="steps">
            <div class="steps-head">
                <h2 id="steps" tabindex="-1">{text::title()}</h2>
                <span class="badge" role="status">{done}</span>
            </div>
            <ol class="steps">{move || stops.get().into_iter().map(stop).collect_view()}</ol>
            {timing}
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

/// Changing the agenda during the workshop.
#[component]
pub fn AgendaPart() -> impl IntoView {
    let board = expect_context::<Board>();
    let put = Callback::new(move |(step, after, content)| board.put_step(step, after, content));
    let remove = Callback::new(move |step| board.remove_step(step));
    view! {
        <Part title=text::edit() open=RwSignal::new(false)>
            <p class="hint">{text::edit_hint()}</p>
            <AgendaEditor agenda=board.agenda.signal() put remove/>
        </Part>
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
    let answers = Memo::new(move |_| board.phase.get() == Phase::Discuss);
    let so_far = move || running::done(board.reveals.get());
    let reveal = move |_| {
        board.reveal();
        board.announce(running::revealing());
    };
    view! {
        <section class="now" aria-labelledby="revealing">
            <h2 id="revealing">{running::reveal()}</h2>
            <p class="hint">
                {move || match (collects(), answers.get()) {
                    (true, _) => running::collect_hint(),
                    (false, true) => running::replies_hint(),
                    (false, false) => running::notes_hint(),
                }}
            </p>
            {move || pool(board.release()).map(|words| view! { <p class="hint">{words}</p> })}
            <button type="button" class="primary" disabled=off on:click=reveal>
                {move || match (collects(), answers.get()) {
                    (true, _) => running::collect(),
                    (false, true) => running::reveal_replies(),
                    (false, false) => running::reveal_notes(),
                }}
            </button>
            <p class="hint">{running::nobody_sees()}{so_far}</p>
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
            .map(|denied| denied.words(language()))
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
            <h2 id="pausing">{running::posting()}</h2>
            <Switch label=running::pause() on=paused refused switch/>
            <p class="hint">{running::pause_hint()}</p>
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
            .map(|denied| denied.words(language()))
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
            <h2 id="locking">{running::groups()}</h2>
            <Switch label=running::lock() on=locked refused switch/>
            <p class="hint">{running::lock_hint()}</p>
        </section>
    }
}
