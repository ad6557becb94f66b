//! One's own notes and votes.

use std::collections::BTreeMap;

use candour_page::State;
use candour_shared::command::Command;
use candour_shared::contract::number;
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::note::Content;
use candour_shared::protocol::NoteState;
use candour_shared::settings::{Pool, Release, Settings};
use candour_shared::voting::Budget;

use super::{Said, held_because};
use crate::text::{language, mine as text};

/// One of one's own notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyNoteView {
    /// Its id.
    pub note: NoteId,
    /// What it says, as last written: to be edited.
    pub content: Content,
    /// What it answers, if it is a reply.
    pub to: Option<Item>,
    /// The same, to be shown.
    pub said: Said,
    /// Where it stands.
    pub state: MyState,
}

/// Where one's own note stands, as this page knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MyState {
    /// On its way: not yet on the server's disk.
    Saving,
    /// Its withdrawal is on its way.
    Withdrawing,
    /// Saved, and this is what became of it.
    Saved(NoteState),
}

/// On what it depends how notes come to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Showing {
    /// When notes become visible.
    pub release: Release,
    /// Whether notes pass the facilitators first.
    pub pre_moderation: bool,
}

impl MyState {
    /// The sentence for it.
    #[must_use]
    pub fn words(self, showing: Showing) -> String {
        let next = next_release(showing.release);
        match self {
            Self::Saving => text::saving().to_owned(),
            Self::Withdrawing => text::withdrawing().to_owned(),
            Self::Saved(NoteState::Waiting) => {
                format!("{}{}", text::saved_unseen(), waiting(showing))
            }
            Self::Saved(NoteState::WithFacilitators) => text::with_facilitators().to_owned(),
            Self::Saved(NoteState::Released) => text::on_board().to_owned(),
            Self::Saved(NoteState::RewriteWaiting) => text::rewrite_waiting(next),
            Self::Saved(NoteState::WithdrawalWaiting) => text::withdrawal_waiting(next),
            Self::Saved(NoteState::Held(reason)) => text::held(&held_because(reason), next),
        }
    }

    /// How the sentence is marked.
    #[must_use]
    pub const fn mark(self) -> Mark {
        match self {
            Self::Saving | Self::Withdrawing => Mark::Unsaved,
            Self::Saved(NoteState::Held(_)) => Mark::Held,
            Self::Saved(
                NoteState::Waiting
                | NoteState::WithFacilitators
                | NoteState::Released
                | NoteState::RewriteWaiting
                | NoteState::WithdrawalWaiting,
            ) => Mark::Saved,
        }
    }

    /// Whether it can still be rewritten or taken back.
    #[must_use]
    pub const fn is_changeable(self) -> bool {
        match self {
            Self::Withdrawing | Self::Saved(NoteState::WithdrawalWaiting) => false,
            Self::Saving
            | Self::Saved(
                NoteState::Waiting
                | NoteState::WithFacilitators
                | NoteState::Released
                | NoteState::RewriteWaiting
                | NoteState::Held(_),
            ) => true,
        }
    }

    /// Whether the server has it on disk.
    #[must_use]
    pub const fn is_saved(self) -> bool {
        match self {
            Self::Saving | Self::Withdrawing => false,
            Self::Saved(_) => true,
        }
    }
}

/// How the sentence about one's own note is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not on the server's disk yet.
    Unsaved,
    /// Saved.
    Saved,
    /// Saved, and something can be done about it.
    Held,
}

/// What taking one's own note back means.
#[must_use]
pub fn withdrawing(state: MyState, release: Release) -> String {
    match state {
        MyState::Saved(
            NoteState::Released
            | NoteState::RewriteWaiting
            | NoteState::WithFacilitators
            | NoteState::Held(_),
        ) => text::withdrawing_shown(next_release(release)),
        MyState::Saving
        | MyState::Withdrawing
        | MyState::Saved(NoteState::Waiting | NoteState::WithdrawalWaiting) => {
            text::withdrawing_unseen().to_owned()
        }
    }
}

/// When something that waits is released, after "it goes".
fn next_release(release: Release) -> &'static str {
    match release {
        Release::Reveal => text::at_reveal(),
        Release::Pooled => text::with_next(),
    }
}

/// Until when a note that waits is seen by nobody, after "nobody else sees it".
fn waiting(showing: Showing) -> String {
    let first = if showing.pre_moderation {
        text::facilitators_first()
    } else {
        ""
    };
    match showing.release {
        Release::Reveal => format!("{}{first}", text::until_reveal()),
        Release::Pooled => {
            let pool = text::until_pool(
                number(Pool::PEOPLE, language()),
                number(Pool::PEOPLE_AFTER_LONG, language()),
                number((Pool::LONG_SECONDS / 60) as usize, language()),
                number(Pool::PRESENT, language()),
            );
            format!("{pool}{first}")
        }
    }
}

/// One's own notes, the latest first.
#[must_use]
pub fn my_notes(state: &State, settings: &Settings) -> Vec<MyNoteView> {
    let mut notes: BTreeMap<NoteId, (Content, MyState)> = BTreeMap::new();
    let mut answers: BTreeMap<NoteId, Item> = BTreeMap::new();
    for mine in &state.mine().notes {
        answers.extend(mine.to.map(|to| (mine.note, to)));
        let saved = MyState::Saved(mine.state);
        notes.insert(mine.note, (mine.content.clone(), saved));
    }
    for pending in state.pending() {
        if let Command::PostReply { note, to, text, .. } = &pending.command {
            let content = Content::new(0, text.clone());
            notes.insert(*note, (content, MyState::Saving));
            answers.insert(*note, *to);
        } else if let Command::PostNote { note, content, .. }
        | Command::EditNote { note, content, .. } = &pending.command
        {
            notes.insert(*note, (content.clone(), MyState::Saving));
        } else if let Command::WithdrawNote { note } = &pending.command
            && let Some((_, standing)) = notes.get_mut(note)
        {
            *standing = MyState::Withdrawing;
        }
    }
    let order = state.my_order();
    let known = order.iter().rev().filter_map(|note| {
        let (content, standing) = notes.remove(note)?;
        Some((*note, content, standing))
    });
    let known: Vec<_> = known.collect();
    let kept = notes
        .into_iter()
        .map(|(note, (content, standing))| (note, content, standing));
    kept.chain(known)
        .map(|(note, content, state)| MyNoteView {
            note,
            said: Said::of(&content, settings),
            content,
            to: answers.get(&note).copied(),
            state,
        })
        .collect()
}

/// The open round, and one's own dots in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotView {
    /// The round.
    pub round: RoundId,
    /// What people vote on: the question, or "Round 2".
    pub title: String,
    /// What each person has.
    pub budget: Budget,
    /// What can get dots; if it is empty, everything that can be voted on.
    pub among: Vec<Item>,
    /// One's own dots; things without any are left out.
    pub dots: BTreeMap<Item, u8>,
}

impl BallotView {
    /// The open round, if there is one.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        let (round, open) = state.wall().read().open_round()?;
        Some(Self {
            round,
            title: super::rounds::title(&open),
            budget: open.budget,
            among: open.among,
            dots: state.my_dots(),
        })
    }

    /// Whether a thing can get dots.
    #[must_use]
    pub fn is_about(&self, item: Item) -> bool {
        self.among.is_empty() || self.among.contains(&item)
    }

    /// One's own dots on a thing.
    #[must_use]
    pub fn on(&self, item: Item) -> u8 {
        self.dots.get(&item).copied().unwrap_or(0)
    }

    /// How many dots are left.
    #[must_use]
    pub fn left(&self) -> u8 {
        let placed: u32 = self.dots.values().map(|dots| u32::from(*dots)).sum();
        u8::try_from(u32::from(self.budget.dots).saturating_sub(placed)).unwrap_or(0)
    }

    /// Whether one more dot may go on a thing.
    #[must_use]
    pub fn can_add(&self, item: Item) -> bool {
        self.left() > 0 && self.on(item) < self.budget.per_item
    }

    /// "3 of 5 dots left, at most 2 on one thing".
    #[must_use]
    pub fn words(&self) -> String {
        text::dots_left(self.left(), self.budget.dots, self.budget.per_item)
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::moderation::Reason;

    use super::*;

    const STATES: [NoteState; 6] = [
        NoteState::Waiting,
        NoteState::WithFacilitators,
        NoteState::Released,
        NoteState::RewriteWaiting,
        NoteState::WithdrawalWaiting,
        NoteState::Held(Reason::NamesAPerson),
    ];

    fn told(state: NoteState, release: Release) -> String {
        let pre_moderation = false;
        let showing = Showing {
            release,
            pre_moderation,
        };
        MyState::Saved(state).words(showing)
    }

    #[test]
    fn every_note_says_where_it_stands_under_either_policy() {
        for state in STATES {
            let policies = Release::ALL;
            let [reveal, pooled] = policies.map(|release| told(state, release));
            let by_release = !matches!(state, NoteState::WithFacilitators | NoteState::Released);
            assert_eq!(reveal != pooled, by_release, "{reveal} / {pooled}");
            assert!(!pooled.contains("at once"), "{pooled}");
        }
    }

    #[test]
    fn a_note_in_a_pool_says_what_it_waits_for() {
        let told = told(NoteState::Waiting, Release::Pooled);
        let pool = "at least three people wait (two after two minutes) and at least five people";
        assert!(told.contains(pool), "{told}");
    }

    #[test]
    fn a_held_note_says_why_and_that_it_can_be_rewritten() {
        let told = told(NoteState::Held(Reason::NamesAPerson), Release::Reveal);
        assert!(told.contains("it names or points at a person"), "{told}");
        assert!(told.contains("You can rewrite it"), "{told}");
    }

    #[test]
    fn under_pre_moderation_a_waiting_note_says_that_facilitators_come_first() {
        for release in Release::ALL {
            let pre_moderation = true;
            let showing = Showing {
                release,
                pre_moderation,
            };
            let told = MyState::Saved(NoteState::Waiting).words(showing);
            assert!(
                told.ends_with("the facilitators look at it first."),
                "{told}"
            );
        }
    }
}
