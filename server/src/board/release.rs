//! Release: how waiting notes become visible. Shuffled, all at once, at places the server chose, so
//! that neither order nor place tells when or by whom a note was written.

use candour_shared::backstage::BackstageNote;
use candour_shared::command::{Content, FARTHEST, Point};
use candour_shared::ids::NoteId;
use candour_shared::layout::{self, Area, NOTE_GAP, NOTE_HEIGHT};
use candour_shared::wall::{Note, Place};
use rand::seq::SliceRandom as _;

use super::heart::Scene;
use super::vault::{VaultChange, Waiting};

impl Scene<'_> {
    /// Releases everything that waits: to the Wall, or under pre-moderation to the facilitators.
    pub(super) fn release_all_waiting(&mut self) {
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
            if self.wall.place(*note).is_none() {
                self.wall
                    .put_place(*note, Place::Loose(layout::cell(origin, columns, index)));
                index += 1;
            }
            self.wall.put_note(*note, &Note::Said(content.clone()));
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
