//! Moderation: holding, releasing, erasing notes without knowing whose they are.

use candour_shared::backstage::{BackstageNote, Flag};
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use candour_shared::moderation::{Action, Erasure, Reason};
use candour_shared::wall::{Note, Place};
use rand::seq::SliceRandom as _;

use super::request::{Mine, Outcome};
use super::transaction::Transaction;
use super::vault::change::VaultChange;
use crate::clock;

impl Transaction<'_> {
    pub(super) fn hold_note(&mut self, note: NoteId, reason: Reason) -> Outcome {
        let waiting = self.backstage.note(note);
        let said = match self.wall.note(note) {
            Some(Note::Said(content)) => Some(content),
            Some(Note::Held(_)) | None => None,
        };
        let was_held = waiting
            .as_ref()
            .is_some_and(|waiting| waiting.held.is_some());
        // A rewrite that waits is what the author now says; the former text is not kept.
        let Some(content) = waiting
            .map(|waiting| waiting.content)
            .or_else(|| said.clone())
        else {
            return Err(Denied::NoSuchNote);
        };
        self.backstage.put_note(
            note,
            &BackstageNote {
                content,
                to: self.answered(note),
                held: Some(reason),
            },
        );
        self.backstage.remove_flag(note);
        if self.wall.note(note).is_some() {
            self.wall.put_note(note, &Note::Held(reason));
            self.return_dots(Item::Note(note));
        }
        if said.is_some() {
            // Pages that come later must not receive the text as a part of what happened before.
            self.seal = true;
        }
        if !was_held {
            self.count(Action::Held, Some(reason));
        }
        Ok(Mine::OfEveryone)
    }

    pub(super) fn release_notes(&mut self, notes: &[NoteId]) -> Outcome {
        let mut released = Vec::new();
        for note in notes {
            if let Some(waiting) = self.backstage.note(*note) {
                self.backstage.remove_note(*note);
                self.count(Action::Released, waiting.held);
                released.push((*note, waiting));
            }
        }
        if released.is_empty() {
            let said = |note: &NoteId| matches!(self.wall.note(*note), Some(Note::Said(_)));
            return if notes.iter().all(said) {
                Ok(Mine::Same)
            } else {
                Err(Denied::NoSuchNote)
            };
        }
        released.shuffle(self.rng);
        self.put_on_wall(&released);
        Ok(Mine::OfEveryone)
    }

    pub(super) fn erase_note(&mut self, note: NoteId, reason: Reason) -> Outcome {
        if self.wall.note(note).is_none() && self.backstage.note(note).is_none() {
            let erased = self.vault.gone.contains(&Item::Note(note));
            return if erased {
                Ok(Mine::Same)
            } else {
                Err(Denied::NoSuchNote)
            };
        }
        let authors = usize::from(self.vault.waiting.contains_key(&note));
        self.crowd.lose(authors + self.unpublished_of(note));
        self.remove_note(note);
        self.count(Action::Erased, Some(reason));
        let mut erasures = self.backstage.erasures();
        erasures.push(Erasure {
            on: clock::day(self.now, 0),
            reason,
            generation: self.generation + 1,
        });
        self.backstage.set_erasures(&erasures);
        Ok(Mine::OfEveryone)
    }

    /// Takes a note from everywhere, for good.
    pub(super) fn remove_note(&mut self, note: NoteId) {
        let place = self.wall.place(note);
        let item = Item::Note(note);
        let around = match place {
            Some(Place::In { cluster, .. }) => Some(Item::Cluster(cluster)),
            Some(Place::Loose(_) | Place::Under(_)) | None => None,
        };
        self.rehome_replies(item, around);
        self.wall.remove_note(note);
        self.wall.set_remark(Some(item), "");
        self.leave_spotlight(item);
        self.backstage.remove_note(note);
        self.backstage.remove_flag(note);
        self.return_dots(Item::Note(note));
        self.note_in_vault(VaultChange::Gone(Item::Note(note)));
        // The documents' and the log's history still hold the text.
        self.seal = true;
        if let Some(place) = place {
            self.left(place);
        }
    }

    /// A participant asks the facilitators to look at a note. Nothing of who it was is kept, and who flags a
    /// note that was looked at already hears the same answer; so does, as far as a network between can tell,
    /// who writes.
    pub(super) fn flag_note(&mut self, note: NoteId) -> Outcome {
        match self.wall.note(note) {
            Some(Note::Said(_)) if self.backstage.flag(note).is_none() => {
                self.backstage.set_flag(note, Flag::Raised);
            }
            Some(Note::Said(_) | Note::Held(_)) => {}
            None => return Err(Denied::NoSuchNote),
        }
        Ok(Mine::OfAsker)
    }

    pub(super) fn settle_flag(&mut self, note: NoteId) -> Outcome {
        if self.backstage.flag(note).is_some() {
            self.backstage.set_flag(note, Flag::Settled);
        }
        Ok(Mine::Same)
    }

    /// A note that was looked at says something else now.
    pub(super) fn unsettle_flag(&mut self, note: NoteId) {
        if self.backstage.flag(note) == Some(Flag::Settled) {
            self.backstage.remove_flag(note);
        }
    }

    fn count(&mut self, action: Action, reason: Option<Reason>) {
        let mut ledger = self.backstage.ledger();
        ledger.count(action, reason);
        self.backstage.set_ledger(&ledger);
    }
}
