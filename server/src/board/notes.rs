//! Notes before their release, as their authors know them: writing, rewriting, taking back.

use candour_shared::command::Content;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use candour_shared::protocol::{MyNote, NoteState};
use candour_shared::wall::Note;

use super::heart::{Asker, Done, Heart, Mine, Scene};
use super::vault::{VaultChange, Waiting};
use crate::keys::{PersonalKey, Secret, Tag};

/// Most notes of one board, whether released or not.
const MAX_NOTES: usize = 5_000;

impl Scene<'_> {
    pub(super) fn post_note(&mut self, asker: &Asker, note: NoteId, content: &Content) -> Done {
        self.check_content(content)?;
        let in_all =
            self.wall.note_count() + self.backstage.note_count() + self.vault.waiting.len();
        if in_all >= MAX_NOTES {
            return Err(Denied::Full { limit: MAX_NOTES });
        }
        let Some(tag) = self.tag(&asker.token, note) else {
            return Err(Denied::WrongPhase {
                phase: self.wall.phase(),
            });
        };
        self.note_in_vault(VaultChange::Owned(note, tag));
        Ok(self.wait(asker, note, Waiting::Note(content.clone())))
    }

    pub(super) fn edit_note(&mut self, asker: &Asker, note: NoteId, content: &Content) -> Done {
        self.check_content(content)?;
        self.check_owner(&asker.token, note)?;
        let content = content.clone();
        let waiting = match self.vault.waiting.get(&note) {
            Some(Waiting::Note(_)) => Waiting::Note(content),
            Some(Waiting::Rewrite(_) | Waiting::Withdrawal) | None => Waiting::Rewrite(content),
        };
        Ok(self.wait(asker, note, waiting))
    }

    pub(super) fn withdraw_note(&mut self, asker: &Asker, note: NoteId) -> Done {
        if self.vault.gone.contains(&Item::Note(note)) {
            return Ok(Mine::Same);
        }
        self.check_owner(&asker.token, note)?;
        match self.vault.waiting.get(&note) {
            Some(Waiting::Note(_)) => {
                self.note_in_vault(VaultChange::Gone(Item::Note(note)));
                if !self.has_waiting(&asker.token) {
                    self.crowd.remove(&asker.hash);
                }
                Ok(Mine::OfAsker)
            }
            Some(Waiting::Rewrite(_) | Waiting::Withdrawal) | None => {
                Ok(self.wait(asker, note, Waiting::Withdrawal))
            }
        }
    }

    fn wait(&mut self, asker: &Asker, note: NoteId, waiting: Waiting) -> Mine {
        if self.vault.waiting.get(&note) == Some(&waiting) {
            return Mine::Same;
        }
        self.crowd.add(asker.hash, self.now);
        self.note_in_vault(VaultChange::Waits(note, waiting));
        Mine::OfAsker
    }

    /// Whether this id was used for a note, wherever that note is now.
    pub(super) fn is_known(&self, note: NoteId) -> bool {
        self.vault.waiting.contains_key(&note)
            || self.wall.note(note).is_some()
            || self.backstage.note(note).is_some()
            || self.vault.gone.contains(&Item::Note(note))
    }

    fn has_waiting(&self, token: &Secret) -> bool {
        let mut waiting = self.vault.waiting.keys();
        waiting.any(|note| self.check_owner(token, *note).is_ok())
    }

    fn check_content(&self, content: &Content) -> Result<(), Denied> {
        let category = usize::from(content.category) < self.settings.categories.len();
        let aspect = content
            .aspect
            .is_none_or(|it| usize::from(it) < self.settings.aspects.len());
        if category && aspect {
            Ok(())
        } else {
            Err(Denied::NoSuchCategory)
        }
    }

    fn check_owner(&self, token: &Secret, note: NoteId) -> Result<(), Denied> {
        let there = self
            .vault
            .writing
            .as_ref()
            .and_then(|writing| writing.tags.get(&note));
        match (there, self.tag(token, note)) {
            (Some(there), Some(theirs)) if there.is(&theirs) => Ok(()),
            // The same answer whether the note is unknown or somebody else's.
            _ => Err(Denied::NotYours),
        }
    }

    fn tag(&self, token: &Secret, note: NoteId) -> Option<Tag> {
        let salt = &self.vault.writing.as_ref()?.salt;
        let key = PersonalKey::own(token, self.board);
        Some(
            self.key
                .pepper(self.board, salt)
                .tag(&key, &[note.as_bytes()]),
        )
    }
}

impl Heart {
    /// A person's own notes: nothing after the seal.
    pub(super) fn notes_of(&self, token: &Secret) -> Vec<MyNote> {
        let Some(writing) = &self.vault.writing else {
            return Vec::new();
        };
        let pepper = self.key.pepper(self.board, &writing.salt);
        let key = PersonalKey::own(token, self.board);
        writing
            .tags
            .iter()
            .filter(|(note, tag)| tag.is(&pepper.tag(&key, &[note.as_bytes()])))
            .filter_map(|(note, _)| self.my_note(*note))
            .collect()
    }

    fn my_note(&self, note: NoteId) -> Option<MyNote> {
        let waiting = self.vault.waiting.get(&note);
        let on_wall = self.wall.read().note(note);
        let with_facilitators = self.backstage.read().note(note);
        let mine = |content, state| {
            Some(MyNote {
                note,
                content,
                state,
            })
        };
        match (waiting, on_wall, with_facilitators) {
            (Some(Waiting::Note(content)), _, _) => mine(content.clone(), NoteState::Waiting),
            (Some(Waiting::Rewrite(content)), Some(Note::Said(_)), None) => {
                mine(content.clone(), NoteState::RewriteWaiting)
            }
            // Nobody sees the former text any more, or nobody but facilitators has.
            (Some(Waiting::Rewrite(content)), _, _) => mine(content.clone(), NoteState::Waiting),
            (Some(Waiting::Withdrawal), Some(Note::Said(content)), _) => {
                mine(content, NoteState::WithdrawalWaiting)
            }
            (Some(Waiting::Withdrawal), _, Some(there)) => {
                mine(there.content, NoteState::WithdrawalWaiting)
            }
            (None, _, Some(there)) => match there.held {
                Some(reason) => mine(there.content, NoteState::Held(reason)),
                None => mine(there.content, NoteState::WithFacilitators),
            },
            (None, Some(Note::Said(content)), None) => mine(content, NoteState::Released),
            (None | Some(Waiting::Withdrawal), Some(Note::Held(_)) | None, None) => None,
        }
    }
}
