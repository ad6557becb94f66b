//! *Same here*: how many people a note is true for too. Each says it under a tag that only they can
//! recompute, once for a note; the numbers wait for the next release, like notes.
//!
//! `tag = HMAC(pepper of the writing, HKDF(token, "same" ‖ board) ‖ note)`

use std::collections::BTreeSet;

use candour_shared::denied::Denied;
use candour_shared::ids::NoteId;
use candour_shared::wall::{Note, Place};

use super::Engine;
use super::request::{Identity, Mine, Outcome};
use super::transaction::Transaction;
use super::vault::Writing;
use super::vault::change::VaultChange;
use crate::keys::{PersonalKey, Secret, Tag};

impl Writing {
    /// Whether numbers wait for the next release.
    pub(super) fn has_unpublished(&self) -> bool {
        self.same_here != self.published
    }

    fn says(&self, note: NoteId, tag: &Tag) -> bool {
        self.same_here
            .get(&note)
            .is_some_and(|tags| tags.contains(tag))
    }

    fn said(&self, note: NoteId, tag: &Tag) -> bool {
        self.published
            .get(&note)
            .is_some_and(|tags| tags.contains(tag))
    }

    /// The notes about which anything was said, in the order of their ids.
    fn spoken_of(&self) -> BTreeSet<NoteId> {
        self.same_here
            .keys()
            .chain(self.published.keys())
            .copied()
            .collect()
    }
}

impl Transaction<'_> {
    pub(super) fn say_same_here(&mut self, identity: &Identity, note: NoteId, on: bool) -> Outcome {
        let said = matches!(self.wall.note(note), Some(Note::Said(_)));
        let is_note = matches!(
            self.wall.place(note),
            Some(Place::Loose(_) | Place::In { .. })
        );
        if !(said && is_note) {
            return Err(Denied::NoSuchNote);
        }
        let writing = self.vault.writing.as_ref();
        let Some(writing) = writing.filter(|writing| writing.tags.contains_key(&note)) else {
            return Err(Denied::SameHereOver);
        };
        if self.check_owner(&identity.token, note).is_ok() {
            return Err(Denied::OnesOwn);
        }
        let pepper = self.key.pepper(self.board, &writing.salt);
        let key = PersonalKey::same(&identity.token, self.board);
        let tag = pepper.tag(&key, &[note.as_bytes()]);
        if writing.says(note, &tag) == on {
            return Ok(Mine::Same);
        }
        self.note_in_vault(VaultChange::SameHere { note, tag, on });
        if self.has_waiting(&identity.token) {
            self.crowd.add(identity.hash, self.now);
        } else {
            self.crowd.remove(&identity.hash);
        }
        Ok(Mine::OfAsker)
    }

    /// Whether something this person said, or no longer says, waits for the next release.
    pub(super) fn has_unpublished(&self, token: &Secret) -> bool {
        let Some(writing) = &self.vault.writing else {
            return false;
        };
        let pepper = self.key.pepper(self.board, &writing.salt);
        let key = PersonalKey::same(token, self.board);
        writing.spoken_of().into_iter().any(|note| {
            let tag = pepper.tag(&key, &[note.as_bytes()]);
            writing.says(note, &tag) != writing.said(note, &tag)
        })
    }

    /// How many people said it, or no longer say it, to this note since the last release.
    pub(super) fn unpublished_of(&self, note: NoteId) -> usize {
        let Some(writing) = &self.vault.writing else {
            return 0;
        };
        let none = BTreeSet::new();
        let now = writing.same_here.get(&note).unwrap_or(&none);
        let published = writing.published.get(&note).unwrap_or(&none);
        now.symmetric_difference(published).count()
    }

    /// Those who said it to this note no longer do.
    pub(super) fn forget_same_here(&mut self, note: NoteId) {
        let writing = self.vault.writing.as_ref();
        if writing.is_some_and(|writing| writing.spoken_of().contains(&note)) {
            self.note_in_vault(VaultChange::SameHereForgotten(note));
            // Where no number was told, none must come up now.
            if self.wall.same_here(note) > 0 {
                self.wall.set_same_here(note, 0);
            }
        }
    }

    /// Tells how many say it, of every note of which that has changed.
    pub(super) fn publish_same_here(&mut self) {
        let Some(writing) = self
            .vault
            .writing
            .as_ref()
            .filter(|it| it.has_unpublished())
        else {
            return;
        };
        let counts: Vec<(NoteId, u32)> = writing
            .spoken_of()
            .into_iter()
            .filter(|note| writing.same_here.get(note) != writing.published.get(note))
            .map(|note| {
                (
                    note,
                    writing.same_here.get(&note).map_or(0, BTreeSet::len) as u32,
                )
            })
            .collect();
        for (note, count) in counts {
            if self.wall.note(note).is_some() {
                self.wall.set_same_here(note, count);
            }
        }
        self.note_in_vault(VaultChange::SameHerePublished);
    }
}

impl Engine {
    /// The notes to which a person says it: nothing after the seal.
    pub(super) fn same_here_of(&self, token: &Secret) -> Vec<NoteId> {
        let Some(writing) = &self.vault.writing else {
            return Vec::new();
        };
        let pepper = self.key.pepper(self.board, &writing.salt);
        let key = PersonalKey::same(token, self.board);
        let says = |note: &NoteId| writing.says(*note, &pepper.tag(&key, &[note.as_bytes()]));
        writing.same_here.keys().copied().filter(says).collect()
    }
}
