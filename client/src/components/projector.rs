//! The board for a screen that everybody in a room looks at: large, nothing to press, and nothing that is
//! not on everybody's page anyway.

use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::phase::Phase;
use leptos::prelude::*;

use super::commitments::Commitments;
use super::note::NoteCard;
use super::pulse::PulseResults;
use super::replies::Said;
use super::spotlight::follow_in_list;
use super::timer::TimerFace;
use super::voting::Results;
use crate::board::Board;
use crate::text::language;
use crate::view::empty::empty;

/// The whole screen.
#[component]
pub fn Projector() -> impl IntoView {
    let board = expect_context::<Board>();
    follow_in_list(board);
    let step = Memo::new(move |_| board.present_step());
    let heading = move || {
        let title = step.with(|step| step.as_ref().map(|step| step.title.clone()));
        title.unwrap_or_else(|| board.phase.get().name(language()).to_owned())
    };
    let questions = move || {
        let prompt = step.with(|step| step.as_ref().map(|step| step.prompt.clone()));
        let lines = prompt.unwrap_or_default();
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| view! { <li>{line.to_owned()}</li> })
            .collect_view()
    };
    let pulse = move || {
        let open = board.my_pulse.with(|mine| mine.map(|mine| mine.pulse))?;
        board.pulses.with(|pulses| {
            let mut pulses = pulses.iter();
            pulses
                .find(|(id, _)| *id == open)
                .map(|(_, pulse)| pulse.question.clone())
        })
    };
    let ballot = move || {
        board
            .ballot
            .with(|ballot| ballot.as_ref().map(|ballot| ballot.title.clone()))
    };
    let asked = move || pulse().or_else(ballot);
    // Totals would sway who writes or sorts.
    let counted = Memo::new(move |_| matches!(board.phase.get(), Phase::Discuss | Phase::Closed));
    // What people felt is shown when they are asked about it, not over everything they do.
    let pulsed = Memo::new(move |_| {
        let asks = step.with(|step| step.as_ref().is_some_and(|step| step.pulse));
        asks || board.phase.get() == Phase::Closed
    });
    let bare = Memo::new(move |_| board.notes.with(Vec::is_empty));
    view! {
        <main class="projector">
            <header class="projector-head">
                <div>
                    <p class="projector-title">{move || board.settings.with(|settings| settings.title.clone())}</p>
                    <h1>{heading}</h1>
                </div>
                <TimerFace/>
            </header>
            <ul class="projector-questions">{questions}</ul>
            {move || asked().map(|asked| view! { <p class="projector-asked">{asked}</p> })}
            <Show when=move || pulsed.get()>
                <PulseResults/>
            </Show>
            <Show when=move || counted.get()>
                <Results/>
                <Commitments/>
            </Show>
            <Show when=move || !bare.get() fallback=move || view! { <Nothing/> }>
                <div class="projector-board">
                    <For each=move || board.clusters.get() key=|id| *id let:id>
                        <Group id/>
                    </For>
                    <For each=move || board.loose_notes.get() key=|id| *id let:id>
                        <Single id/>
                    </For>
                </div>
            </Show>
        </main>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let board = expect_context::<Board>();
    let view = Memo::new(move |_| empty(board.phase.get(), board.role.get(), board.release()));
    view! { <p class="projector-nothing">{move || view.with(|view| view.words)}</p> }
}

#[component]
fn Group(
    /// The cluster.
    id: ClusterId,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let cluster = board.cluster(id)?;
    let members = move || cluster.view.with(|view| view.members.clone());
    Some(view! {
        <section
            class="projector-group"
            class:spotlit=move || board.spotlight.get() == Some(Item::Cluster(id))
            data-cluster=id.to_string()
        >
            <h2>{move || cluster.view.with(|view| view.title.clone())}</h2>
            <Said replies=cluster.replies/>
            <div class="projector-notes">
                <For each=members key=|id| *id let:id>
                    <Single id/>
                </For>
            </div>
        </section>
    })
}

#[component]
fn Single(
    /// The note.
    id: NoteId,
) -> impl IntoView {
    let board = expect_context::<Board>();
    let note = board.note(id)?;
    Some(view! {
        <div
            class="projector-note"
            class:spotlit=move || board.spotlight.get() == Some(Item::Note(id))
            data-note=id.to_string()
        >
            <NoteCard view=note.view/>
            <Said replies=note.replies/>
        </div>
    })
}
