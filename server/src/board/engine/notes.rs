//! Notes and replies before their release, as their authors know them: writing, rewriting, taking back.

use candour_shared::checks::REPLY_CHARS;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use candour_shared::note::Content;
use candour_shared::protocol::{MyNote, NoteState};
use candour_shared::wall::{Note, Place};

use super::Engine;
use super::request::{Identity, Mine, Outcome};
use super::transaction::Transaction;
use super::vault::Waiting;
use super::vault::change::VaultChange;
use crate::keys::{PersonalKey, Secret, Tag};

/// Most notes of one board, whether released or not.
const MAX_NOTES: usize = 5_000;

impl Transaction<'_> {
    pub(super) fn post_note(
        &mut self,
        identity: &Identity,
        note: NoteId,
        content: &Content,
    ) -> Outcome {
        self.settings.check_content(content)?;
        self.post(identity, note, Waiting::Note(content.clone()))
    }

    pub(super) fn post_reply(
        &mut self,
        identity: &Identity,
        note: NoteId,
        to: Item,
        text: &str,
    ) -> Outcome {
        self.check_there(to)?;
        let text = text.to_owned();
        self.post(identity, note, Waiting::Reply(reply(text), to))
    }

    fn post(&mut self, identity: &Identity, note: NoteId, waiting: Waiting) -> Outcome {
        let in_all =
            self.wall.note_count() + self.backstage.note_count() + self.vault.waiting.len();
        if in_all >= MAX_NOTES {
            return Err(Denied::Full { limit: MAX_NOTES });
        }
        let Some(tag) = self.tag(&identity.token, note) else {
            return Err(Denied::WrongPhase {
                phase: self.wall.phase(),
            });
        };
        self.note_in_vault(VaultChange::Owned(note, tag));
        Ok(self.wait(identity, note, waiting))
    }

    pub(super) fn edit_note(
        &mut self,
        identity: &Identity,
        note: NoteId,
        content: &Content,
    ) -> Outcome {
        self.settings.check_content(content)?;
        self.check_owner(&identity.token, note)?;
        let mut content = content.clone();
        if self.answered(note).is_some() {
            if content.text.chars().count() > REPLY_CHARS {
                return Err(Denied::TooLong { limit: REPLY_CHARS });
            }
            content = reply(content.text);
        }
        let waiting = match self.vault.waiting.get(&note) {
            Some(Waiting::Note(_)) => Waiting::Note(content),
            Some(Waiting::Reply(_, to)) => Waiting::Reply(content, *to),
            Some(Waiting::Rewrite(_) | Waiting::Withdrawal) | None => Waiting::Rewrite(content),
        };
        Ok(self.wait(identity, note, waiting))
    }

    pub(super) fn withdraw_note(&mut self, identity: &Identity, note: NoteId) -> Outcome {
        if self.vault.gone.contains(&Item::Note(note)) {
            return Ok(Mine::Same);
        }
        self.check_owner(&identity.token, note)?;
        match self.vault.waiting.get(&note) {
            Some(Waiting::Note(_) | Waiting::Reply(..)) => {
                self.note_in_vault(VaultChange::Gone(Item::Note(note)));
                if !self.has_waiting(&identity.token) {
                    self.crowd.remove(&identity.hash);
                }
                Ok(Mine::OfAsker)
            }
            Some(Waiting::Rewrite(_) | Waiting::Withdrawal) | None => {
                Ok(self.wait(identity, note, Waiting::Withdrawal))
            }
        }
    }

    fn wait(&mut self, identity: &Identity, note: NoteId, waiting: Waiting) -> Mine {
        if self.vault.waiting.get(&note) == Some(&waiting) {
            return Mine::Same;
        }
        self.crowd.add(identity.hash, self.now);
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

    /// Whether something of this person waits for the next release.
    pub(super) fn has_waiting(&self, token: &Secret) -> bool {
        let Some(writing) = &self.vault.writing else {
            return false;
        };
        let pepper = self.key.pepper(self.board, &writing.salt);
        let key = PersonalKey::own(token, self.board);
        let is_theirs = |note: &NoteId| {
            let tag = writing.tags.get(note);
            tag.is_some_and(|tag| tag.is(&pepper.tag(&key, &[note.as_bytes()])))
        };
        self.vault.waiting.keys().any(is_theirs) || self.has_unpublished(token)
    }

    /// What a note answers, wherever it is now; nothing if it is no reply.
    pub(super) fn answered(&self, note: NoteId) -> Option<Item> {
        let on_wall = || match self.wall.place(note)? {
            Place::Under(item) => Some(item),
            Place::Loose(_) | Place::In { .. } => None,
        };
        match self.vault.waiting.get(&note) {
            Some(Waiting::Reply(_, to)) => Some(*to),
            Some(Waiting::Note(_) | Waiting::Rewrite(_) | Waiting::Withdrawal) | None => {
                on_wall().or_else(|| self.backstage.note(note)?.to)
            }
        }
    }

    pub(super) fn check_owner(&self, token: &Secret, note: NoteId) -> Result<(), Denied> {
        let there = self
            .vault
            .writing
            .as_ref()
            .and_then(|writing| writing.tags.get(&note));
        match (there, self.tag(token, note)) {
            (Some(there), Some(theirs)) if there.is(&theirs) => Ok(()),
            // The same answer whether the note is unknown or another author's.
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

/// What a reply says. It has no category of its own.
fn reply(text: String) -> Content {
    Content::new(0, text)
}

impl Engine {
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
        let (wall, backstage) = (self.wall.read(), self.backstage.read());
        let on_wall = wall.note(note);
        let with_facilitators = backstage.note(note);
        let to = match (waiting, wall.place(note), &with_facilitators) {
            (Some(Waiting::Reply(_, to)), _, _) => Some(*to),
            (_, Some(Place::Under(to)), _) => Some(to),
            (_, _, Some(there)) => there.to,
            (_, _, None) => None,
        };
        let mine = |content, state| {
            Some(MyNote {
                note,
                content,
                to,
                state,
            })
        };
        match (waiting, on_wall, with_facilitators) {
            (Some(Waiting::Note(content) | Waiting::Reply(content, _)), _, _) => {
                mine(content.clone(), NoteState::Waiting)
            }
            (Some(Waiting::Rewrite(content)), Some(Note::Said(_)), None) => {
                mine(content.clone(), NoteState::RewriteWaiting)
            }
            // The former text is not seen any more, or only facilitators have seen it.
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
