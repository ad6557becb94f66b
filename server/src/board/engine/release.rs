//! Release: how waiting notes become visible. Shuffled, many at once, at places the server chose, so
//! that neither order nor place tells when or by whom a note was written.

use candour_shared::backstage::BackstageNote;
use candour_shared::ids::{Item, NoteId};
use candour_shared::layout::{self, Area, FARTHEST, NOTE_GAP, NOTE_HEIGHT, Point};
use candour_shared::phase::Phase;
use candour_shared::settings::{Release, Settings};
use candour_shared::wall::{Note, Place};
use rand::seq::SliceRandom as _;

use super::Engine;
use super::crowd::Crowd;
use super::request::Mine;
use super::transaction::Transaction;
use super::vault::change::VaultChange;
use super::vault::{Waiting, Writing};

impl Engine {
    /// Whether something waits for a pool to be large enough.
    #[must_use]
    pub fn has_pool(&self) -> bool {
        let unpublished = |writing: &Writing| writing.has_unpublished();
        pools(&self.settings, self.wall.read().phase())
            && (!self.vault.waiting.is_empty()
                || self.vault.writing.as_ref().is_some_and(unpublished))
    }
}

/// Whether notes are released in pools.
fn pools(settings: &Settings, phase: Phase) -> bool {
    settings.privacy.release == Release::Pooled && matches!(phase, Phase::Write | Phase::Discuss)
}

impl Transaction<'_> {
    /// Releases what waits if the pool is large enough.
    pub(super) fn release_pool(&mut self, present: usize) -> Mine {
        let now = self.now;
        if pools(self.settings, self.wall.phase()) && self.crowd.is_full(present, now) {
            self.release_all_waiting();
            Mine::OfEveryone
        } else {
            Mine::Same
        }
    }

    /// Releases everything that waits: to the Wall, or under pre-moderation to the facilitators.
    pub(super) fn release_all_waiting(&mut self) {
        *self.crowd = Crowd::default();
        let mut waiting: Vec<_> = self.vault.waiting.clone().into_iter().collect();
        waiting.shuffle(self.rng);
        let mut to_wall = Vec::new();
        for (note, waiting) in waiting {
            self.note_in_vault(VaultChange::WaitsNoLonger(note));
            let answers = self.answered(note);
            let (content, to, seen) = match waiting {
                Waiting::Note(content) => (content, None, false),
                Waiting::Reply(content, to) => (content, Some(to), false),
                // A note that a facilitator has looked at or taken off goes by one again, and what people
                // said to the former text they did not say to this one.
                Waiting::Rewrite(content) => {
                    self.unsettle_flag(note);
                    self.forget_same_here(note);
                    (content, answers, self.backstage.note(note).is_some())
                }
                Waiting::Withdrawal => {
                    self.remove_note(note);
                    continue;
                }
            };
            let waiting = BackstageNote {
                content,
                to,
                held: None,
            };
            if seen || self.wall.pre_moderation() {
                self.backstage.put_note(note, &waiting);
            } else {
                to_wall.push((note, waiting));
            }
        }
        self.put_on_wall(&to_wall);
        self.publish_same_here();
    }

    /// Puts notes on the Wall: new ones onto a sheet below everything that lies there, replies under what
    /// they answer, those that have a place already into that place.
    pub(super) fn put_on_wall(&mut self, notes: &[(NoteId, BackstageNote)]) {
        let origin = self.below_everything();
        let under = |to: Option<Item>, transaction: &Self| {
            to.filter(|item| transaction.wall.is_there(*item))
        };
        let new = notes
            .iter()
            .filter(|(note, put)| self.wall.place(*note).is_none() && under(put.to, self).is_none())
            .count();
        let columns = layout::sheet_columns(new);
        let mut index = 0;
        for (note, BackstageNote { content, to, .. }) in notes {
            let said = Note::Said(content.clone());
            if self.wall.place(*note).is_none() {
                let place = under(*to, self).map_or_else(
                    || {
                        index += 1;
                        Place::Loose(layout::cell(origin, columns, index - 1))
                    },
                    Place::Under,
                );
                self.wall.put_place(*note, place);
            }
            if matches!(self.wall.note(*note), Some(was @ Note::Said(_)) if was != said) {
                // What it said before is not for those who come later.
                self.seal = true;
            }
            self.wall.put_note(*note, &said);
        }
    }

    /// Replies to a thing that ends come under another, or onto the board if there is none; those that
    /// aren't there yet, once they are.
    pub(super) fn rehome_replies(&mut self, from: Item, to: Option<Item>) {
        if let Some(heir) = to {
            self.readdress_replies(from, heir);
        }
        let mut replies = self.wall.replies(from);
        if replies.is_empty() {
            return;
        }
        replies.sort_unstable();
        let origin = self.below_everything();
        let columns = layout::sheet_columns(replies.len());
        for (index, reply) in replies.into_iter().enumerate() {
            let aside = || Place::Loose(layout::cell(origin, columns, index));
            self.wall
                .put_place(reply, to.map_or_else(aside, Place::Under));
        }
    }

    fn readdress_replies(&mut self, from: Item, to: Item) {
        let waiting = self.vault.waiting.clone();
        for (note, waiting) in waiting {
            if let Waiting::Reply(content, there) = waiting
                && there == from
            {
                let waiting = Waiting::Reply(content, to);
                self.note_in_vault(VaultChange::Waits(note, waiting));
            }
        }
        let with_facilitators: Vec<_> = self.backstage.notes().collect();
        for (note, waiting) in with_facilitators {
            if waiting.to == Some(from) {
                let to = Some(to);
                self.backstage
                    .put_note(note, &BackstageNote { to, ..waiting });
            }
        }
    }

    fn below_everything(&self) -> Point {
        let bottoms = self.areas().into_values().map(Area::bottom);
        let free = bottoms.max().map_or(0, |bottom| bottom + NOTE_GAP);
        // Notes dragged to the far edge must not push new ones off the board.
        let last = FARTHEST - 100 * (NOTE_HEIGHT + NOTE_GAP);
        Point {
            x: 0,
            y: free.clamp(-FARTHEST, last),
        }
    }
}
