//! What the attacker reads off the facilitator's traffic: for every release, which notes appeared,
//! changed or went, and everything about them by which one could be told from another.
//!
//! A frame's number counts the document's updates, so it says no more than that the frame came.

use std::collections::BTreeMap;

use candour_e2e::fresh;
use candour_shared::backstage::{Backstage, BackstageChange, BackstageNote};
use candour_shared::ids::NoteId;
use candour_shared::note::Content;
use candour_shared::protocol::Store;
use candour_shared::time::Millis;
use candour_shared::variants::all;
use candour_shared::wall::{Note, Place, Wall, WallChange};
use strum::VariantArray;

use super::boards::{Act, Crowd, Person, Played, Told};
use super::stage::TEXT_NUMBER;

/// By what one note of a release can be told from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Trait {
    /// Where its text stands among the bytes of the release.
    Bytes,
    /// The same for the bytes that brought it onto the Wall, later if it went through the queue.
    WallBytes,
    /// Its place on the Wall in the end, row by row.
    Place,
    /// Its id.
    Id,
    /// The length of its text.
    Length,
}

impl Trait {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// A board as the attacker sees it, and the truth beside it.
pub(super) struct Board {
    pub(super) releases: Vec<Release>,
    /// When the number of people changed.
    pub(super) people: Vec<Millis>,
    pub(super) authors: BTreeMap<NoteId, Person>,
}

/// A release: what had waited, and what was seen of it.
pub(super) struct Release {
    pub(super) crowd: Crowd,
    pub(super) sightings: Vec<Sighting>,
}

/// A note in a release: its rank among those to which the same happened, trait by trait; none where it
/// can't be told.
pub(super) struct Sighting {
    pub(super) note: NoteId,
    pub(super) act: Act,
    pub(super) ranks: [Option<usize>; Trait::ALL.len()],
}

/// What everyone and the facilitators can see of a note.
#[derive(Clone, Default, PartialEq)]
struct Seen {
    wall: Option<Note>,
    backstage: Option<BackstageNote>,
}

/// Something that happened to a note in a frame.
struct Change {
    frame: usize,
    note: NoteId,
    act: Act,
    /// Where its text stands in the frame.
    at: Option<usize>,
    length: usize,
}

/// Reads the frames in their order.
pub(super) fn read(played: Played) -> Board {
    let mut copies = Copies::new();
    let changes: Vec<Change> = played
        .told
        .iter()
        .enumerate()
        .flat_map(|(frame, told)| copies.take(frame, told))
        .collect();
    let wall = copies.wall.read();
    let place = |note| match wall.place(note)? {
        Place::Loose(at) => Some((at.y, at.x)),
        Place::In { .. } | Place::Under(_) => None,
    };
    let releases = played.crowds.into_iter().map(|crowd| {
        let mut sightings = Vec::new();
        for act in Act::ALL {
            let touched: Vec<&Change> = changes
                .iter()
                .filter(|change| crowd.told.contains(&change.frame) && change.act == act)
                .collect();
            let bytes = ranks(touched.iter().map(|it| Some((it.frame, it.at?))));
            let wall_bytes = ranks(touched.iter().map(|it| copies.onto_wall.get(&it.note)));
            let places = ranks(touched.iter().map(|it| place(it.note)));
            let ids = ranks(touched.iter().map(|it| Some(it.note)));
            let lengths = ranks(touched.iter().map(|it| Some((it.length, it.note))));
            for (index, change) in touched.iter().enumerate() {
                sightings.push(Sighting {
                    note: change.note,
                    act,
                    ranks: [&bytes, &wall_bytes, &places, &ids, &lengths].map(|it| it[index]),
                });
            }
        }
        Release { crowd, sightings }
    });
    Board {
        releases: releases.collect(),
        people: played.people,
        authors: played.authors,
    }
}

/// The rank of each value among those there are.
fn ranks<T: Ord>(values: impl Iterator<Item = Option<T>>) -> Vec<Option<usize>> {
    let values: Vec<Option<T>> = values.collect();
    let below = |value: &T| values.iter().flatten().filter(|it| *it < value).count();
    values
        .iter()
        .map(|value| value.as_ref().map(below))
        .collect()
}

/// The facilitator's copies of the documents.
struct Copies {
    wall: Wall,
    backstage: Backstage,
    seen: BTreeMap<NoteId, Seen>,
    /// The frame that brought a note onto the Wall first, and where its text stood in it.
    onto_wall: BTreeMap<NoteId, (usize, Option<usize>)>,
}

impl Copies {
    fn new() -> Self {
        Self {
            wall: Wall::new(fresh::writer()),
            backstage: Backstage::new(fresh::writer()),
            seen: BTreeMap::new(),
            onto_wall: BTreeMap::new(),
        }
    }

    fn take(&mut self, frame: usize, told: &Told) -> Vec<Change> {
        let mut touched: Vec<NoteId> = self.apply(told);
        if told.whole {
            touched.extend(self.seen.keys());
            touched.extend(self.wall.read().notes().map(|(note, _)| note));
            touched.extend(self.backstage.read().notes().map(|(note, _)| note));
        }
        touched.sort_unstable();
        touched.dedup();
        let bytes = String::from_utf8_lossy(&told.update);
        let change = |note: NoteId| {
            let now = Seen {
                wall: self.wall.read().note(note),
                backstage: self.backstage.read().note(note),
            };
            let at = now.text().and_then(|text| bytes.find(&text[..TEXT_NUMBER]));
            if now.wall.is_some() {
                self.onto_wall.entry(note).or_insert((frame, at));
            }
            let before = self.seen.insert(note, now.clone());
            let act = match (before.as_ref().and_then(Seen::text), now.text()) {
                (None, Some(_)) if before.is_none() => Act::Post,
                (Some(before), Some(text)) if before != text => Act::Rewrite,
                (Some(_), None) => Act::TakeBack,
                // Held, released from the queue, or as it was.
                (None | Some(_), Some(_)) | (None, None) => return None,
            };
            let length = now.text().map_or(0, str::len);
            Some(Change {
                frame,
                note,
                act,
                at,
                length,
            })
        };
        touched.into_iter().filter_map(change).collect()
    }

    /// Applies a frame and says which notes it may concern.
    fn apply(&mut self, told: &Told) -> Vec<NoteId> {
        match told.store {
            Store::Wall => {
                if told.whole {
                    self.wall = Wall::new(fresh::writer());
                }
                let changes = self.wall.apply(&told.update).unwrap();
                let note = |(change, _)| match change {
                    WallChange::Note(note) | WallChange::Place(note) => Some(note),
                    WallChange::Board
                    | WallChange::Cluster(_)
                    | WallChange::Round(_)
                    | WallChange::SameHere(_)
                    | WallChange::Pulse(_)
                    | WallChange::Commitment(_)
                    | WallChange::Remark => None,
                };
                changes.into_iter().filter_map(note).collect()
            }
            Store::Backstage => {
                if told.whole {
                    self.backstage = Backstage::new(fresh::writer());
                }
                let changes = self.backstage.apply(&told.update).unwrap();
                let note = |(change, _)| match change {
                    BackstageChange::Note(note) => Some(note),
                    BackstageChange::Board | BackstageChange::Flag(_) => None,
                };
                changes.into_iter().filter_map(note).collect()
            }
        }
    }
}

impl Seen {
    /// What the note says, to whoever can see it.
    fn text(&self) -> Option<&str> {
        let of_backstage = self.backstage.as_ref().map(|note| &note.content);
        let of_wall = self.wall.as_ref().and_then(|note| match note {
            Note::Said(content) => Some(content),
            Note::Held(_) => None,
        });
        let content: Option<&Content> = of_backstage.or(of_wall);
        content.map(|content| content.text.as_str())
    }
}
