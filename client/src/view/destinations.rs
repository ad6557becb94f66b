//! Where a note or a group can be moved to without a pointer: what a list offers, and the place a note
//! gets that leaves its group.

use candour_shared::command::Point;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{NOTE_GAP, NOTE_HEIGHT, NOTE_WIDTH, cluster_size};
use candour_shared::wall::Place;

use super::{cluster_title, count, item_title};
use crate::state::State;

/// How far around its group a free place is looked for, in notes.
const REACH: i32 = 12;

/// Where something can go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destinations {
    /// Groups it is not in, by name.
    pub groups: Vec<Destination<ClusterId>>,
    /// Loose notes it can make a new group with, by their beginnings.
    pub notes: Vec<Destination<NoteId>>,
    /// The name of the group it is in, if it is in one.
    pub inside: Option<String>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination<Id> {
    /// Its id.
    pub id: Id,
    /// What to call it.
    pub title: String,
    /// "3 notes"; nothing for a note.
    pub size: String,
}

impl Destinations {
    /// Where a note can go now.
    #[must_use]
    pub fn of_note(state: &State, note: NoteId) -> Self {
        let own = match state.place(note) {
            Some(Place::In { cluster, .. }) => Some(cluster),
            Some(Place::Loose(_)) | None => None,
        };
        let loose = |id: &NoteId| matches!(state.place(*id), Some(Place::Loose(_)));
        let others = state.note_ids().into_iter();
        let others = others.filter(|id| *id != note).filter(loose);
        let mut notes: Vec<Destination<NoteId>> = others
            .filter_map(|id| {
                Some(Destination {
                    id,
                    title: item_title(state, Item::Note(id))?,
                    size: String::new(),
                })
            })
            .collect();
        notes.sort_by_cached_key(|note| note.title.to_lowercase());
        Self {
            groups: groups(state, own),
            notes,
            inside: own
                .and_then(|own| state.cluster(own))
                .map(|own| cluster_title(&own.name)),
        }
    }

    /// Where a group can go now.
    #[must_use]
    pub fn of_cluster(state: &State, cluster: ClusterId) -> Self {
        Self {
            groups: groups(state, Some(cluster)),
            ..Self::default()
        }
    }

    /// Those whose title contains the words, in any case.
    #[must_use]
    pub fn found(&self, words: &str) -> Self {
        let words = words.trim().to_lowercase();
        let mut found = self.clone();
        found
            .groups
            .retain(|group| group.title.to_lowercase().contains(&words));
        found
            .notes
            .retain(|note| note.title.to_lowercase().contains(&words));
        found
    }
}

/// A free place beside the group a note is in; nothing if it is in none.
#[must_use]
pub fn beside(state: &State, note: NoteId) -> Option<Point> {
    let Some(Place::In { cluster, .. }) = state.place(note) else {
        return None;
    };
    let at = state.cluster(cluster)?.at;
    let mut taken: Vec<Area> = state
        .note_ids()
        .into_iter()
        .filter_map(|note| match state.place(note)? {
            Place::Loose(at) => Some(Area::of_note(at)),
            Place::In { .. } => None,
        })
        .collect();
    for id in state.cluster_ids() {
        if let Some(cluster) = state.cluster(id) {
            taken.push(Area::of_cluster(cluster.at, state.members(id).len()));
        }
    }
    let (_, height) = cluster_size(state.members(cluster).len());
    let below = Point {
        x: at.x,
        y: at.y + height + NOTE_GAP,
    };
    Some(free_place(below, &taken))
}

fn groups(state: &State, without: Option<ClusterId>) -> Vec<Destination<ClusterId>> {
    let others = state.cluster_ids().into_iter();
    let mut groups: Vec<Destination<ClusterId>> = others
        .filter(|id| Some(*id) != without)
        .filter_map(|id| {
            Some(Destination {
                id,
                title: told_apart(state, id)?,
                size: count(state.members(id).len(), "note", "notes"),
            })
        })
        .collect();
    groups.sort_by_cached_key(|group| group.title.to_lowercase());
    groups
}

/// A group's title. Those without a name are told apart by their first notes.
fn told_apart(state: &State, cluster: ClusterId) -> Option<String> {
    let name = &state.cluster(cluster)?.name;
    let title = cluster_title(name);
    if !name.is_empty() {
        return Some(title);
    }
    let first = state.members(cluster).first().copied()?;
    let note = item_title(state, Item::Note(first))?;
    Some(format!("{title} with “{note}”"))
}

/// A rectangle on the board.
#[derive(Debug, Clone, Copy)]
struct Area {
    corner: Point,
    size: (i32, i32),
}

impl Area {
    const fn of_note(corner: Point) -> Self {
        let size = (NOTE_WIDTH, NOTE_HEIGHT);
        Self { corner, size }
    }

    fn of_cluster(corner: Point, notes: usize) -> Self {
        let size = cluster_size(notes);
        Self { corner, size }
    }

    const fn meets(self, other: Self) -> bool {
        self.corner.x < other.corner.x + other.size.0
            && other.corner.x < self.corner.x + self.size.0
            && self.corner.y < other.corner.y + other.size.1
            && other.corner.y < self.corner.y + self.size.1
    }
}

/// The first place for a note, row by row from `origin`, that nothing lies on; `origin` if all are
/// taken.
fn free_place(origin: Point, taken: &[Area]) -> Point {
    let places = (0..REACH).flat_map(|row| {
        (0..REACH).map(move |column| Point {
            x: origin.x + column * (NOTE_WIDTH + NOTE_GAP),
            y: origin.y + row * (NOTE_HEIGHT + NOTE_GAP),
        })
    });
    let free = |at: &Point| !taken.iter().any(|area| area.meets(Area::of_note(*at)));
    places.into_iter().find(free).unwrap_or(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: Point = Point { x: 40, y: 80 };

    #[test]
    fn a_note_that_leaves_its_group_lies_on_nothing() {
        assert_eq!(free_place(ORIGIN, &[]), ORIGIN);
        let mut taken = vec![Area::of_note(ORIGIN)];
        for _ in 0..20 {
            let next = Area::of_note(free_place(ORIGIN, &taken));
            assert!(!taken.iter().any(|area| area.meets(next)), "{next:?}");
            taken.push(next);
        }
    }

    #[test]
    fn a_wide_group_in_the_way_is_passed() {
        let group = Area::of_cluster(ORIGIN, 9);
        let next = Area::of_note(free_place(ORIGIN, &[group]));
        assert!(!group.meets(next));
    }

    #[test]
    fn destinations_are_found_by_any_part_of_their_title() {
        let group = |byte, title: &str| Destination {
            id: ClusterId::from_bytes([byte; 16]),
            title: title.into(),
            size: "2 notes".into(),
        };
        let all = Destinations {
            groups: vec![group(1, "Logins and access"), group(2, "Staffing")],
            ..Destinations::default()
        };
        assert_eq!(
            all.found(" ACCESS ").groups,
            [group(1, "Logins and access")]
        );
        assert_eq!(all.found(""), all);
    }
}
