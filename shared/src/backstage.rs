//! The Backstage: what facilitators and organisers see beyond the Wall. Sole owner of its document's
//! key names.

use serde::{Deserialize, Serialize};

use crate::document::{Access, Document, Edit, Entry, Field, Keys, Read, Table, WriterId};
use crate::ids::{BatchId, Item, NoteId, OrganisationIndex};
use crate::moderation::{Erasure, Ledger, Reason};
use crate::note::Content;

const LEDGER: Field<Ledger> = Field::new("ledger");
const ERASURES: Field<Vec<Erasure>> = Field::new("erasures");
const PARTICIPANT_SECRET: Field<String> = Field::new("participant_secret");
const PROJECTOR_SECRET: Field<String> = Field::new("projector_secret");

const NOTES: Table<NoteId, BackstageNote> = Table::of::<BackstageKeys>(NOTES_MAP);
const BATCHES: Table<BatchId, Batch> = Table::of::<BackstageKeys>("batches");
const FLAGS: Table<NoteId, Flag> = Table::of::<BackstageKeys>("flags");

const NOTES_MAP: &str = "notes";

/// The keys of the Backstage.
#[derive(Debug)]
pub enum BackstageKeys {}

impl Keys for BackstageKeys {
    const MAPS: &'static [&'static str] = &["board", NOTES_MAP, "batches", "flags"];
    type Change = BackstageChange;

    fn change(map: &'static str, key: &str) -> Option<BackstageChange> {
        match map {
            NOTES_MAP => key.parse().ok().map(BackstageChange::Note),
            "flags" => key.parse().ok().map(BackstageChange::Flag),
            _ => Some(BackstageChange::Board),
        }
    }
}

/// A copy of the Backstage.
pub type Backstage = Document<BackstageKeys>;

/// The Backstage opened for writing.
pub type BackstageEdit<'a> = Edit<'a, BackstageKeys>;

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

/// A note that a person asked the facilitators to look at. How many did, and who, is not kept.
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
            map: NOTES_MAP,
            key: id.to_string().into(),
            // A plain struct, which JSON can always hold.
            value: serde_json::to_string(self).ok().map(Into::into),
        }
    }
}

/// A batch of single-use codes. Which of them were used the server tells no page: it would show when
/// a participant of an organisation contributes for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// For whom, if the board has organisations.
    pub organisation: Option<OrganisationIndex>,
    /// How many codes.
    pub count: u16,
    /// Whether its codes are refused from now on.
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

impl Backstage {
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
}

impl<T: Read> Access<'_, BackstageKeys, T> {
    /// A waiting or held note.
    pub fn note(&self, note: NoteId) -> Option<BackstageNote> {
        self.get(NOTES, note)
    }

    /// Every waiting or held note, in no order.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, BackstageNote)> {
        self.all(NOTES)
    }

    /// How many notes wait or are held.
    pub fn note_count(&self) -> usize {
        self.count(NOTES)
    }

    /// What facilitators did, counted.
    pub fn ledger(&self) -> Ledger {
        self.field(LEDGER).unwrap_or_default()
    }

    /// The receipts of erased notes, the first first.
    pub fn erasures(&self) -> Vec<Erasure> {
        self.field(ERASURES).unwrap_or_default()
    }

    /// The secret of the participants' link, to be shown again; nothing if they come in by codes.
    pub fn participant_secret(&self) -> Option<String> {
        self.field(PARTICIPANT_SECRET)
    }

    /// The secret of the projector's link, to be shown again.
    pub fn projector_secret(&self) -> Option<String> {
        self.field(PROJECTOR_SECRET)
    }

    /// Whether a note is flagged.
    pub fn flag(&self, note: NoteId) -> Option<Flag> {
        self.get(FLAGS, note)
    }

    /// Every note that was flagged, in no order.
    pub fn flags(&self) -> impl Iterator<Item = (NoteId, Flag)> {
        self.all(FLAGS)
    }

    /// A batch of codes.
    pub fn batch(&self, batch: BatchId) -> Option<Batch> {
        self.get(BATCHES, batch)
    }

    /// Every batch of codes, in no order.
    pub fn batches(&self) -> impl Iterator<Item = (BatchId, Batch)> {
        self.all(BATCHES)
    }
}

impl BackstageEdit<'_> {
    /// Puts a note before the facilitators, or changes it.
    pub fn put_note(&mut self, id: NoteId, note: &BackstageNote) {
        self.put(NOTES, id, note);
    }

    /// Takes a note away from the facilitators.
    pub fn remove_note(&mut self, note: NoteId) {
        self.remove(NOTES, note);
    }

    /// Says what the participants' link is from now on.
    pub fn set_participant_secret(&mut self, secret: &str) {
        self.set(PARTICIPANT_SECRET, secret);
    }

    /// Says what the projector's link is from now on.
    pub fn set_projector_secret(&mut self, secret: &str) {
        self.set(PROJECTOR_SECRET, secret);
    }

    /// Flags a note, or settles that.
    pub fn set_flag(&mut self, note: NoteId, flag: Flag) {
        self.put(FLAGS, note, &flag);
    }

    /// Forgets that a note was flagged.
    pub fn remove_flag(&mut self, note: NoteId) {
        self.remove(FLAGS, note);
    }

    /// Makes a batch of codes known, or changes it.
    pub fn put_batch(&mut self, id: BatchId, batch: &Batch) {
        self.put(BATCHES, id, batch);
    }

    /// Writes the receipts.
    pub fn set_erasures(&mut self, erasures: &[Erasure]) {
        self.set(ERASURES, erasures);
    }

    /// Writes the ledger.
    pub fn set_ledger(&mut self, ledger: &Ledger) {
        self.set(LEDGER, ledger);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_of_a_note_is_what_facilitators_receive() {
        let id = NoteId::from_bytes([3; 16]);
        let note = BackstageNote {
            content: Content::new(1, "Letters come late"),
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
