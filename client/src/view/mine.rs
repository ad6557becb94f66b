//! One's own notes and votes.

use std::collections::BTreeMap;

use candour_shared::command::{Command, Content};
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::protocol::NoteState;
use candour_shared::settings::Settings;
use candour_shared::voting::Budget;

use super::{Said, count, held_because};
use crate::state::State;

/// One of one's own notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyNoteView {
    /// Its id.
    pub note: NoteId,
    /// What it says, as last written: to be edited.
    pub content: Content,
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

impl MyState {
    /// The sentence for it.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Saving => "Not saved yet: kept on this page until the server has it.".to_owned(),
            Self::Withdrawing => "Being taken back.".to_owned(),
            Self::Saved(NoteState::Waiting) => {
                "Saved. Nobody else sees it until the facilitator reveals.".to_owned()
            }
            Self::Saved(NoteState::WithFacilitators) => {
                "Saved. The facilitators look at it before it is shown.".to_owned()
            }
            Self::Saved(NoteState::Released) => "On the board, without your name.".to_owned(),
            Self::Saved(NoteState::RewriteWaiting) => {
                "Saved. The board still shows the former text, until the next reveal.".to_owned()
            }
            Self::Saved(NoteState::WithdrawalWaiting) => {
                "Taken back. It leaves the board at the next reveal.".to_owned()
            }
            Self::Saved(NoteState::Held(reason)) => {
                format!("{} You can rewrite it.", held_because(reason))
            }
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
pub const fn withdrawing(state: MyState) -> &'static str {
    match state {
        MyState::Saved(NoteState::Released | NoteState::RewriteWaiting) => {
            "It leaves the board at the next reveal, together with what else changes then, so that \
             nobody can tell whose it was. It can't be put back."
        }
        MyState::Saving
        | MyState::Withdrawing
        | MyState::Saved(
            NoteState::Waiting
            | NoteState::WithFacilitators
            | NoteState::WithdrawalWaiting
            | NoteState::Held(_),
        ) => "It is removed for good. You can write it anew, but not bring it back.",
    }
}

/// One's own notes, the latest first.
#[must_use]
pub fn my_notes(state: &State, settings: &Settings) -> Vec<MyNoteView> {
    let mut notes: BTreeMap<NoteId, (Content, MyState)> = BTreeMap::new();
    for mine in &state.mine().notes {
        let saved = MyState::Saved(mine.state);
        notes.insert(mine.note, (mine.content.clone(), saved));
    }
    for pending in state.pending() {
        if let Command::PostNote { note, content, .. } | Command::EditNote { note, content, .. } =
            &pending.command
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
            dots: state.my_dots(),
        })
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
        let dots = count(usize::from(self.budget.dots), "dot", "dots");
        let limit = self.budget.per_item;
        format!(
            "{} of {dots} left, at most {limit} on one thing",
            self.left()
        )
    }
}
