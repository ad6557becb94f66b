//! The results of a workshop, as a page to look at and to print.

pub mod row;
pub mod saving;

use candour_shared::phase::Phase;
use leptos::prelude::*;

use self::row::{NoteLine, Row};
use self::saving::Saving;
use super::commitments::Commitments;
use super::pulse::PulseResults;
use crate::board::Board;
use crate::text::results as text;
use crate::view::results::ResultsView;
use crate::view::rounds::RoundView;

/// The results as they stand.
#[component]
pub fn ResultsPage() -> impl IntoView {
    let board = expect_context::<Board>();
    let results = Memo::new(move |_| board.results());
    let open = move || board.phase.get() != Phase::Closed;
    view! {
        <article class="results-page" aria-labelledby="results-title">
            <header class="results-head">
                <p class="results-board">{move || board.settings.with(|settings| settings.title.clone())}</p>
                <h2 id="results-title">{text::title()}</h2>
                <p class="results-summary">{move || results.with(summary)}</p>
                <Show when=open>
                    <p class="hint">{text::still_open()}</p>
                </Show>
                <Saving/>
            </header>
            <PulseResults/>
            <Commitments/>
            {move || results.with(body)}
        </article>
    }
}

fn summary(results: &ResultsView) -> String {
    text::summary(results.notes, results.groups, results.rounds.len())
}

fn body(results: &ResultsView) -> AnyView {
    if results.notes == 0 {
        return view! { <p class="empty-words">{text::nothing_yet()}</p> }.into_any();
    }
    let ResultsView {
        rounds,
        caveats,
        rows,
        others,
        remark,
        ..
    } = results.clone();
    let heads = rounds.clone();
    let unvoted = rounds.is_empty();
    view! {
        {unvoted.then(|| view! { <p class="hint">{text::nobody_voted()}</p> })}
        {(!unvoted).then(|| view! { <ul class="results-rounds">{rounds.into_iter().map(round_head).collect_view()}</ul> })}
        <ol class="results-rows">
            {rows.into_iter().map(|row| view! { <Row row rounds=heads.clone()/> }).collect_view()}
        </ol>
        {(!remark.is_empty()).then(|| view! {
            <section class="results-remark">
                <h3>{text::about_board()}</h3>
                <p>{remark}</p>
            </section>
        })}
        {(!others.is_empty()).then(|| view! {
            <section class="results-others">
                <h3>{text::others()}</h3>
                <p class="hint">{text::other_hint()}</p>
                <ul class="results-notes">
                    {others.into_iter().map(|note| view! { <NoteLine note/> }).collect_view()}
                </ul>
            </section>
        })}
        {(!caveats.is_empty()).then(|| view! {
            <section class="results-caveats">
                <h3>{text::indicative()}</h3>
                <ul>{caveats.into_iter().map(|caveat| view! { <li>{caveat}</li> }).collect_view()}</ul>
            </section>
        })}
    }
    .into_any()
}

/// A round, with the mark by which its bars are told from those of others.
fn round_head(round: RoundView) -> impl IntoView {
    let mark = row::round_mark(round.number);
    view! {
        <li class="results-round" data-round=mark>
            <span class="results-key" aria-hidden="true"></span>
            <strong>{round.title}</strong>
            <span class="hint">{round.words}</span>
        </li>
    }
}
