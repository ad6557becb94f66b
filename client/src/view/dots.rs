//! One's own dots on one thing.

use candour_shared::ids::Item;

use super::mine::BallotView;
use crate::text::{language, voting as text};

/// Most slots that are drawn; beyond that a number says more.
const MOST_SLOTS: u8 = 5;

/// One's own dots on a thing, in the open round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DotsView {
    /// How many.
    pub on: u8,
    /// One for each dot the thing can have, true where it has one; empty if they are too many to draw.
    pub slots: Vec<bool>,
    /// "2 of your dots are here".
    pub words: String,
    /// Why no more can be added; nothing if one can.
    pub full: Option<String>,
}

impl DotsView {
    /// How one's dots on a thing stand.
    #[must_use]
    pub fn of(ballot: &BallotView, item: Item) -> Self {
        let (on, limit) = (ballot.on(item), ballot.budget.per_item);
        let more = on.saturating_add(1);
        let elsewhere = ballot.budget.dots.saturating_sub(ballot.left()) - on;
        let full = ballot.budget.check_cast(u32::from(elsewhere), more).err();
        let slots = (0..limit).map(|slot| slot < on);
        Self {
            on,
            slots: if limit > MOST_SLOTS {
                Vec::new()
            } else {
                slots.collect()
            },
            words: text::on_this(on),
            full: full.map(|denied| denied.words(language())),
        }
    }

    /// What a screen reader says after a change: "2 of your dots are here. 3 left."
    #[must_use]
    pub fn said(&self, ballot: &BallotView) -> String {
        text::said(&self.words, ballot.left())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use candour_shared::denied::Denied;
    use candour_shared::ids::{NoteId, RoundId};
    use candour_shared::voting::Budget;

    use super::*;

    fn note(byte: u8) -> Item {
        Item::Note(NoteId::from_bytes([byte; 16]))
    }

    fn ballot(dots: u8, per_item: u8, on: &[(u8, u8)]) -> BallotView {
        BallotView {
            among: Vec::new(),
            round: RoundId::from_bytes([1; 16]),
            title: "Round 1".into(),
            budget: Budget { dots, per_item },
            dots: on
                .iter()
                .map(|(byte, dots)| (note(*byte), *dots))
                .collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn dots_fill_the_slots_a_thing_has() {
        let ballot = ballot(5, 3, &[(1, 2)]);
        let here = DotsView::of(&ballot, note(1));
        assert_eq!(here.slots, [true, true, false]);
        assert_eq!(here.said(&ballot), "2 of your dots are here. 3 dots left.");
        assert_eq!(here.full, None);
    }

    #[test]
    fn a_thing_at_its_limit_says_so_before_the_budget_does() {
        let ballot = ballot(5, 2, &[(1, 2), (2, 2), (3, 1)]);
        let full = |byte| DotsView::of(&ballot, note(byte)).full.unwrap();
        assert_eq!(full(1), Denied::OverItemLimit { limit: 2 }.to_string());
        assert_eq!(full(4), Denied::OverBudget { dots: 5 }.to_string());
    }

    #[test]
    fn many_dots_are_a_number() {
        let many = DotsView::of(&ballot(50, 20, &[(1, 12)]), note(1));
        assert!(many.slots.is_empty());
    }
}
