//! Release: how waiting notes become visible. Shuffled, many at once, at places the server chose, so
//! that neither order nor place tells when or by whom a note was written.

use std::collections::BTreeMap;

use candour_shared::backstage::BackstageNote;
use candour_shared::command::{Content, FARTHEST, Point};
use candour_shared::ids::NoteId;
use candour_shared::layout::{self, Area, NOTE_GAP, NOTE_HEIGHT};
use candour_shared::phase::Phase;
use candour_shared::settings::{Pool, Release, Settings};
use candour_shared::wall::{Note, Place};
use rand::seq::SliceRandom as _;

use super::heart::{Heart, Mine, Scene};
use super::vault::{VaultChange, Waiting};
use crate::keys::SecretHash;

/// The people of whom something waits, and since when: what the size of a pool is measured by. It is in
/// memory only, and begins anew after a restart, so that a pool is never taken for larger or older than
/// it is. Whoever comes back then isn't counted before they write again: if a pool became full because
/// somebody came, everybody would know that something of theirs had been waiting.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// Since when something of each has been waiting, in milliseconds since 1970.
    people: BTreeMap<SecretHash, i64>,
    /// How many of them may be here no more: something that waited was erased, nobody knows whose.
    lost: usize,
}

impl Crowd {
    /// Something of this person waits.
    pub(super) fn add(&mut self, person: SecretHash, now: i64) {
        self.people.entry(person).or_insert(now);
    }

    /// Nothing of this person waits any more.
    pub(super) fn remove(&mut self, person: &SecretHash) {
        self.people.remove(person);
    }

    /// Nothing of one of them, whoever it is, may wait any more.
    pub(super) fn lose_one(&mut self) {
        self.lost += 1;
    }

    fn is_full(&self, present: usize, now: i64) -> bool {
        let first = self.people.values().min();
        let waited = first.map_or(0, |since| (now - since) / 1_000);
        Pool::is_full(
            self.people.len().saturating_sub(self.lost),
            present,
            u32::try_from(waited).unwrap_or(0),
        )
    }
}

impl Heart {
    /// Whether something waits for a pool to be large enough.
    #[must_use]
    pub fn has_pool(&self) -> bool {
        pools(&self.settings, self.wall.read().phase()) && !self.vault.waiting.is_empty()
    }
}

/// Whether notes are released in pools.
fn pools(settings: &Settings, phase: Phase) -> bool {
    settings.privacy.release == Release::Pooled && phase == Phase::Write
}

impl Scene<'_> {
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
            match waiting {
                Waiting::Note(content) if self.wall.pre_moderation() => {
                    self.backstage.put_note(
                        note,
                        &BackstageNote {
                            content,
                            held: None,
                        },
                    );
                }
                Waiting::Note(content) => to_wall.push((note, content)),
                Waiting::Rewrite(content) => {
                    // A note that a facilitator has looked at or taken off goes by one again.
                    let was_seen = self.backstage.note(note).is_some();
                    if was_seen || self.wall.pre_moderation() {
                        self.backstage.put_note(
                            note,
                            &BackstageNote {
                                content,
                                held: None,
                            },
                        );
                    } else {
                        to_wall.push((note, content));
                    }
                }
                Waiting::Withdrawal => self.remove_note(note),
            }
        }
        self.put_on_wall(&to_wall);
    }

    /// Puts notes on the Wall: new ones onto a sheet below everything that lies there, those that
    /// have a place already into that place.
    pub(super) fn put_on_wall(&mut self, notes: &[(NoteId, Content)]) {
        let origin = self.below_everything();
        let new = notes
            .iter()
            .filter(|(note, _)| self.wall.place(*note).is_none())
            .count();
        let columns = layout::sheet_columns(new);
        let mut index = 0;
        for (note, content) in notes {
            let said = Note::Said(content.clone());
            if self.wall.place(*note).is_none() {
                self.wall
                    .put_place(*note, Place::Loose(layout::cell(origin, columns, index)));
                index += 1;
            }
            if matches!(self.wall.note(*note), Some(was @ Note::Said(_)) if was != said) {
                // What it said before is not for those who come later.
                self.seal = true;
            }
            self.wall.put_note(*note, &said);
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
