//! A group, or a note by itself, with its dots in every round side by side and what is in it.

use leptos::prelude::*;

use crate::text::results as text;
use crate::view::colour_word;
use crate::view::results::{MixPart, ResultNote, ResultRow};
use crate::view::rounds::{BarView, RoundView};

/// How many rounds can be told apart by their bars; the next begins anew.
const MARKS: u32 = 4;
/// So many notes are in sight at once; more are behind a button, but never on paper.
const IN_SIGHT: usize = 3;

/// Which of the patterns a round's bars have.
#[must_use]
pub(super) fn round_mark(number: u32) -> String {
    (number.saturating_sub(1) % MARKS + 1).to_string()
}

/// One row of the results.
#[component]
pub fn Row(
    /// What it shows.
    row: ResultRow,
    /// The closed rounds, the first first.
    rounds: Vec<RoundView>,
) -> impl IntoView {
    let ResultRow {
        title,
        bars,
        mix,
        notes,
        replies,
        remark,
        ..
    } = row;
    let by_itself = matches!(row.item, candour_shared::ids::Item::Note(_));
    let labelled = text::notes_of(&title);
    let mixed = text::mix_of(&title);
    let bars = rounds
        .into_iter()
        .zip(bars)
        .map(|(round, bar)| round_bar(round, bar));
    let many = notes.len() > IN_SIGHT;
    let count = notes.len();
    let lines = move || {
        let lines = notes.clone().into_iter();
        lines.map(|note| view! { <NoteLine note/> }).collect_view()
    };
    view! {
        <li class="results-row">
            <h3>{title}</h3>
            <div class="results-bars">{bars.collect_view()}</div>
            {(mix.len() > 1).then(|| view! { <Mix mix label=mixed/> })}
            {(!remark.is_empty()).then(|| view! {
                <div class="results-remark"><h4>{text::said_about()}</h4><p>{remark}</p></div>
            })}
            {(!by_itself || count > 0).then(|| if many {
                view! {
                    <details class="results-more">
                        <summary>{text::show_notes(count)}</summary>
                        <ul class="results-notes" aria-label=labelled>{lines()}</ul>
                    </details>
                }.into_any()
            } else {
                view! { <ul class="results-notes" aria-label=labelled>{lines()}</ul> }.into_any()
            })}
            {said(replies)}
        </li>
    }
}

fn round_bar(round: RoundView, bar: Option<BarView>) -> impl IntoView {
    let mark = round_mark(round.number);
    let (share, words, place, support) = match bar {
        Some(bar) => (bar.share, bar.words, text::place(&bar.place), bar.support),
        None => (0.0, text::no_dots().to_owned(), String::new(), None),
    };
    let width = format!("{:.1}%", share * 100.0);
    view! {
        <div class="results-bar" data-round=mark>
            <span class="visually-hidden">{round.title}": "</span>
            <span class="bar-track" aria-hidden="true">
                <span class="bar-fill" style:width=width></span>
            </span>
            <span class="results-words">{words}</span>
            <span class="results-place">{place}</span>
            {support.map(|named| view! { <span class="bar-support">{text::behind()}{named}</span> })}
        </div>
    }
}

#[component]
fn Mix(
    /// Its parts.
    mix: Vec<MixPart>,
    /// What it is about.
    label: String,
) -> impl IntoView {
    let parts = mix.into_iter().map(|part| {
        let share = format!("{:.3}", part.share);
        view! {
            <li class="mix-part" data-colour=colour_word(part.colour) style:flex-grow=share>
                {text::part(part.count, &part.category)}
            </li>
        }
    });
    view! { <ul class="mix" aria-label=label>{parts.collect_view()}</ul> }
}

/// A note, as text.
#[component]
pub fn NoteLine(
    /// The note.
    note: ResultNote,
) -> impl IntoView {
    let ResultNote {
        colour,
        kind,
        text: words,
        same_here,
        replies,
        remark,
        ..
    } = note;
    view! {
        <li class="results-note" data-colour=colour.map(colour_word)>
            <p class="note-text">{words}</p>
            <p class="results-kind">
                {kind}
                {(same_here > 0).then(|| view! { <span>" · "{text::same_here(same_here)}</span> })}
            </p>
            {(!remark.is_empty()).then(|| view! { <p class="results-remark">{remark}</p> })}
            {said(replies)}
        </li>
    }
}

fn said(replies: Vec<String>) -> Option<impl IntoView> {
    (!replies.is_empty()).then(|| {
        let lines = replies.into_iter().map(|reply| view! { <li>{reply}</li> });
        view! {
            <div class="results-replies">
                <h4>{text::replies()}</h4>
                <ul>{lines.collect_view()}</ul>
            </div>
        }
    })
}
