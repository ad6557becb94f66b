//! The Backstage: what facilitators and organisers see beyond the Wall. Sole owner of its document's
//! key names.

use serde::{Deserialize, Serialize};
use yrs::{ReadTxn, Transaction, TransactionMut};

use crate::document::{Access, DamagedUpdate, Entry, Replica, WriterId};
use crate::ids::{BatchId, Item, NoteId, OrganisationIndex};
use crate::moderation::{Erasure, Ledger, Reason};
use crate::note::Content;

const MAPS: &[&str] = &["board", "notes", "batches", "flags"];
const BOARD: usize = 0;
const NOTES: usize = 1;
const BATCHES: usize = 2;
const FLAGS: usize = 3;

const LEDGER: &str = "ledger";
const ERASURES: &str = "erasures";
const PARTICIPANT_SECRET: &str = "participant_secret";
const PROJECTOR_SECRET: &str = "projector_secret";

/// A note only facilitators see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackstageNote {
    /// What it says.
    pub content: Content,
    /// What it answers, if it is a reply.
    pub to: Option<Item>,
    /// Why it is held; nothing while it waits for a facilitator.
    pub held: Option<Reason>,
}

/// A note that somebody asked the facilitators to look at. How many did, and who, is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// It waits to be looked at.
    Raised,
    /// It was looked at and stays as it is, until its author rewrites it.
    Settled,
}

impl BackstageNote {
    /// The entry in which facilitators and organisers receive a note, and all they receive of it.
    #[must_use]
    pub fn entry(&self, id: NoteId) -> Entry {
        Entry {
            map: MAPS[NOTES],
            key: id.to_string().into(),
            // A plain struct, which JSON can always hold.
            value: serde_json::to_string(self).ok().map(Into::into),
        }
    }
}

/// A batch of single-use codes. Which of them were used is told to nobody: it would show when
/// somebody of an organisation contributes for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// For whom, if the board has organisations.
    pub organisation: Option<OrganisationIndex>,
    /// How many codes.
    pub count: u16,
    /// Whether its codes let nobody in any more.
    pub withdrawn: bool,
}

/// What an update changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BackstageChange {
    /// The ledger, a receipt, a link or a batch of codes.
    Board,
    /// A waiting or held note.
    Note(NoteId),
    /// Whether a note is flagged.
    Flag(NoteId),
}

/// A copy of the Backstage.
pub struct Backstage(Replica);

impl Backstage {
    /// An empty one, for a client to apply updates to.
    #[must_use]
    pub fn new(writer: WriterId) -> Self {
        Self(Replica::new(MAPS, writer))
    }

    /// The Backstage of a new board. The participants' link, if there is one, and the projector's, which
    /// opens less, are the only ones that can be shown again.
    #[must_use]
    pub fn opened(
        writer: WriterId,
        participant_secret: Option<&str>,
        projector_secret: &str,
    ) -> Self {
        let mut backstage = Self::new(writer);
        let mut edit = backstage.edit();
        if let Some(secret) = participant_secret {
            edit.set_participant_secret(secret);
        }
        edit.set_projector_secret(projector_secret);
        drop(edit);
        backstage
    }

    /// Applies an update and shows the entries it changed.
    pub fn apply(&mut self, update: &[u8]) -> Result<Vec<(BackstageChange, Entry)>, DamagedUpdate> {
        self.0.apply_with(MAPS, update, |map, key| match map {
            NOTES => key.parse().ok().map(BackstageChange::Note),
            FLAGS => key.parse().ok().map(BackstageChange::Flag),
            _ => Some(BackstageChange::Board),
        })
    }

    /// The whole Backstage as one update.
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        self.0.state()
    }

    /// The same Backstage without its history.
    #[must_use]
    pub fn rebuilt(&self, writer: WriterId) -> Self {
        Self(self.0.rebuilt(MAPS, writer))
    }

    /// Opens the Backstage for reading.
    #[must_use]
    pub fn read(&self) -> BackstageAccess<'_, Transaction<'_>> {
        BackstageAccess(self.0.read())
    }

    /// Opens the Backstage for writing.
    #[must_use]
    pub fn edit(&mut self) -> BackstageAccess<'_, TransactionMut<'_>> {
        BackstageAccess(self.0.edit())
    }
}

/// The Backstage opened for writing.
pub type BackstageEdit<'a> = BackstageAccess<'a, TransactionMut<'a>>;

/// The Backstage opened for reading or writing.
pub struct BackstageAccess<'a, T>(Access<'a, T>);

impl<T: ReadTxn> BackstageAccess<'_, T> {
    /// A waiting or held note.
    pub fn note(&self, note: NoteId) -> Option<BackstageNote> {
        self.0.get(NOTES, &note.to_string())
    }

    /// Every waiting or held note, in no order.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, BackstageNote)> {
        self.0
            .entries(NOTES)
            .filter_map(|(key, note)| Some((key.parse().ok()?, note)))
    }

    /// How many notes wait or are held.
    pub fn note_count(&self) -> usize {
        self.0.len(NOTES)
    }

    /// What facilitators did, counted.
    pub fn ledger(&self) -> Ledger {
        self.0.get(BOARD, LEDGER).unwrap_or_default()
    }

    /// The receipts of erased notes, the first first.
    pub fn erasures(&self) -> Vec<Erasure> {
        self.0.get(BOARD, ERASURES).unwrap_or_default()
    }

    /// The secret of the participants' link, to be shown again; nothing if they come in by codes.
    pub fn participant_secret(&self) -> Option<String> {
        self.0.get(BOARD, PARTICIPANT_SECRET)
    }

    /// The secret of the projector's link, to be shown again.
    pub fn projector_secret(&self) -> Option<String> {
        self.0.get(BOARD, PROJECTOR_SECRET)
    }

    /// Whether a note is flagged.
    pub fn flag(&self, note: NoteId) -> Option<Flag> {
        self.0.get(FLAGS, &note.to_string())
    }

    /// Every note that was flagged, in no order.
    pub fn flags(&self) -> impl Iterator<Item = (NoteId, Flag)> {
        self.0
            .entries(FLAGS)
            .filter_map(|(key, flag)| Some((key.parse().ok()?, flag)))
    }

    /// A batch of codes.
    pub fn batch(&self, batch: BatchId) -> Option<Batch> {
        self.0.get(BATCHES, &batch.to_string())
    }

    /// Every batch of codes, in no order.
    pub fn batches(&self) -> impl Iterator<Item = (BatchId, Batch)> {
        self.0
            .entries(BATCHES)
            .filter_map(|(key, batch)| Some((key.parse().ok()?, batch)))
    }
}

impl BackstageAccess<'_, TransactionMut<'_>> {
    /// Puts a note before the facilitators, or changes it.
    pub fn put_note(&mut self, id: NoteId, note: &BackstageNote) {
        self.0.set(NOTES, &id.to_string(), note);
    }

    /// Takes a note away from the facilitators.
    pub fn remove_note(&mut self, note: NoteId) {
        self.0.remove(NOTES, &note.to_string());
    }

    /// Says what the participants' link is from now on.
    pub fn set_participant_secret(&mut self, secret: &str) {
        self.0.set(BOARD, PARTICIPANT_SECRET, &secret);
    }

    /// Says what the projector's link is from now on.
    pub fn set_projector_secret(&mut self, secret: &str) {
        self.0.set(BOARD, PROJECTOR_SECRET, &secret);
    }

    /// Flags a note, or settles that.
    pub fn set_flag(&mut self, note: NoteId, flag: Flag) {
        self.0.set(FLAGS, &note.to_string(), &flag);
    }

    /// Forgets that a note was flagged.
    pub fn remove_flag(&mut self, note: NoteId) {
        self.0.remove(FLAGS, &note.to_string());
    }

    /// Makes a batch of codes known, or changes it.
    pub fn put_batch(&mut self, id: BatchId, batch: &Batch) {
        self.0.set(BATCHES, &id.to_string(), batch);
    }

    /// Writes the receipts.
    pub fn set_erasures(&mut self, erasures: &[Erasure]) {
        self.0.set(BOARD, ERASURES, &erasures);
    }

    /// Writes the ledger.
    pub fn set_ledger(&mut self, ledger: &Ledger) {
        self.0.set(BOARD, LEDGER, ledger);
    }

    /// Ends the writing: the update, if anything changed.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_of_a_note_is_what_facilitators_receive() {
        let id = NoteId::from_bytes([3; 16]);
        let note = BackstageNote {
            content: Content {
                category: 1,
                aspect: None,
                text: "Letters come late".into(),
            },
            to: None,
            held: Some(Reason::OffTopic),
        };
        let mut server = Backstage::new(WriterId(1));
        let mut edit = server.edit();
        edit.put_note(id, &note);
        let update = edit.finish().unwrap();
        let received = Backstage::new(WriterId(2)).apply(&update).unwrap();
        assert_eq!(received, [(BackstageChange::Note(id), note.entry(id))]);
    }
}
