//! Commands that tests give again and again.

use candour_shared::agenda::Step;
use candour_shared::command::{Command, Move};
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::Point;
use candour_shared::phase::Phase;

use crate::view::SIGNAL;

/// The move of a board to another phase, to its first step.
#[must_use]
pub const fn move_phase(from: Phase, to: Phase) -> Command {
    Command::SetPhase {
        from,
        from_step: None,
        to,
        step: None,
    }
}

/// The move of a note to a place.
#[must_use]
pub fn move_note(note: NoteId, to: Point) -> Command {
    let item = Item::Note(note);
    Command::Move {
        moves: vec![Move { item, to }],
    }
}

/// The move of a cluster to a place.
#[must_use]
pub fn move_cluster(cluster: ClusterId, to: Point) -> Command {
    let item = Item::Cluster(cluster);
    Command::Move {
        moves: vec![Move { item, to }],
    }
}

/// A reply to a thing.
#[must_use]
pub fn reply(note: NoteId, to: Item, text: &str) -> Command {
    Command::post_reply(note, to, text)
}

/// Something that everybody sees as [`crate::view::View::signal`], and nobody minds: the title of a step for the phase
/// Closed.
#[must_use]
pub fn signal(text: &str) -> Command {
    let content = Step::new(Phase::Closed, text);
    Command::PutStep {
        step: SIGNAL,
        after: None,
        content,
    }
}
