//! Closed rounds of voting: what came out.

use candour_shared::ids::{Item, RoundId};
use candour_shared::voting::Budget;
use candour_shared::wall::Round;

use super::{count, item_title};
use crate::state::State;

/// A round of voting.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundView {
    /// Its id.
    pub round: RoundId,
    /// 1 for the board's first.
    pub number: u32,
    /// The question, or "Round 2".
    pub title: String,
    /// What each person had.
    pub budget: Budget,
    /// What came out, most dots first; nothing while the round is open.
    pub bars: Option<Vec<BarView>>,
}

/// What one thing got.
#[derive(Debug, Clone, PartialEq)]
pub struct BarView {
    /// The thing.
    pub item: Item,
    /// The group's name or the note's beginning.
    pub title: String,
    /// Everyone's dots on it.
    pub dots: u32,
    /// The bar's length: the share of the largest number of dots, 0 to 1.
    pub share: f64,
    /// "7 dots".
    pub words: String,
}

/// Every round, the latest first.
#[must_use]
pub fn rounds(state: &State) -> Vec<RoundView> {
    let rounds = state.wall().read().rounds();
    let views = rounds.into_iter().rev().map(|(id, round)| RoundView {
        round: id,
        number: round.number,
        title: title(&round),
        budget: round.budget,
        bars: round.totals.as_ref().map(|totals| {
            let most = totals.iter().map(|tally| tally.dots).max().unwrap_or(0);
            let bars = totals.iter().map(|tally| BarView {
                item: tally.item,
                title: item_title(state, tally.item)
                    .unwrap_or_else(|| "No longer on the board".to_owned()),
                dots: tally.dots,
                share: share(tally.dots, most),
                words: count(tally.dots as usize, "dot", "dots"),
            });
            bars.collect()
        }),
    });
    views.collect()
}

/// What to call a round.
#[must_use]
pub fn title(round: &Round) -> String {
    if round.question.is_empty() {
        format!("Round {}", round.number)
    } else {
        round.question.clone()
    }
}

fn share(dots: u32, most: u32) -> f64 {
    if most == 0 {
        0.0
    } else {
        f64::from(dots) / f64::from(most)
    }
}
