//! What facilitators and organisers see: notes that wait for them, notes they hold, and what was done.

use candour_page::State;
use candour_shared::backstage::Flag;
use candour_shared::command::Command;
use candour_shared::ids::NoteId;
use candour_shared::moderation::Reason;
use candour_shared::settings::Settings;
use candour_shared::wall::Note;

use super::ledger::{receipts, told};
use super::{Said, held_because, item_title};
use crate::text::{moderating, replies as text};

/// The facilitators' side of a board. Empty for participants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueView {
    /// Notes that wait for a facilitator, in the order of ids.
    pub waiting: Vec<QueuedNoteView>,
    /// Notes that are held, in the order of ids.
    pub held: Vec<QueuedNoteView>,
    /// Notes on the board that somebody asked the facilitators to look at, in the order of ids.
    pub flagged: Vec<FlaggedNoteView>,
    /// What was done so far, in words: "Held 2 notes because …".
    pub ledger: Vec<String>,
    /// The receipts of erased notes, the latest first.
    pub receipts: Vec<String>,
}

/// A note that was flagged. By whom and by how many is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlaggedNoteView {
    /// Its id.
    pub note: NoteId,
    /// What it says.
    pub said: Said,
}

/// A note only facilitators see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedNoteView {
    /// Its id.
    pub note: NoteId,
    /// What it says.
    pub said: Said,
    /// What it answers, in words; nothing if it is no reply.
    pub answers: Option<String>,
    /// Why it is held; nothing while it waits.
    pub held: Option<Reason>,
    /// The sentence for that.
    pub words: String,
    /// Whether a command about it is on its way: its buttons are off meanwhile.
    pub busy: bool,
}

/// The facilitators' side of the board.
#[must_use]
pub fn queue(state: &State, settings: &Settings) -> QueueView {
    let backstage = state.backstage().read();
    let mut notes: Vec<QueuedNoteView> = backstage
        .notes()
        .map(|(note, behind)| QueuedNoteView {
            note,
            said: Said::of(&behind.content, settings),
            answers: behind
                .to
                .map(|to| text::answers(&item_title(state, to).unwrap_or_default())),
            held: behind.held,
            words: behind
                .held
                .map_or_else(|| moderating::waits().to_owned(), held_because),
            busy: state
                .pending()
                .iter()
                .any(|pending| concerns(&pending.command, note)),
        })
        .collect();
    notes.sort_by_key(|view| view.note);
    let mut flagged: Vec<NoteId> = backstage
        .flags()
        .filter(|(_, flag)| *flag == Flag::Raised)
        .map(|(note, _)| note)
        .collect();
    flagged.sort_unstable();
    let flagged = flagged
        .into_iter()
        .filter_map(|note| match state.note(note)? {
            Note::Said(content) => Some(FlaggedNoteView {
                note,
                said: Said::of(content, settings),
            }),
            Note::Held(_) => None,
        });
    let (held, waiting) = notes.into_iter().partition(|view| view.held.is_some());
    QueueView {
        flagged: flagged.collect(),
        waiting,
        held,
        ledger: told(&backstage.ledger()),
        receipts: receipts(&backstage.erasures()),
    }
}

fn concerns(command: &Command, queued: NoteId) -> bool {
    if let Command::HoldNote { note, .. } | Command::EraseNote { note, .. } = command {
        *note == queued
    } else if let Command::ReleaseNotes { notes } = command {
        notes.contains(&queued)
    } else {
        false
    }
}
