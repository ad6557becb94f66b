//! Where a note or a group can be moved to without a pointer: what a list offers, and the place a note
//! gets that leaves its group.

use candour_page::State;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{Area, Point};
use candour_shared::wall::Place;

use super::{cluster_title, item_title};
use crate::text::canvas as text;

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
            Some(Place::Loose(_) | Place::Under(_)) | None => None,
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

/// A free place near the group a note is in; nothing if it is in none.
#[must_use]
pub fn beside(state: &State, note: NoteId) -> Option<Point> {
    let Some(Place::In { cluster, .. }) = state.place(note) else {
        return None;
    };
    let loose = state
        .note_ids()
        .into_iter()
        .filter_map(|note| match state.place(note)? {
            Place::Loose(at) => Some(Area::of_note(at)),
            Place::In { .. } | Place::Under(_) => None,
        });
    let clusters = state.cluster_ids().into_iter().filter_map(|id| {
        let at = state.cluster(id)?.at;
        Some(Area::of_cluster(at, state.members(id).len()))
    });
    let taken: Vec<Area> = loose.chain(clusters).collect();
    Some(Area::of_note(state.cluster(cluster)?.at).nearest_free(&taken))
}

fn groups(state: &State, without: Option<ClusterId>) -> Vec<Destination<ClusterId>> {
    let others = state.cluster_ids().into_iter();
    let mut groups: Vec<Destination<ClusterId>> = others
        .filter(|id| Some(*id) != without)
        .filter_map(|id| {
            Some(Destination {
                id,
                title: told_apart(state, id)?,
                size: text::notes(state.members(id).len()),
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
    Some(text::told_apart(&title, &note))
}

#[cfg(test)]
mod tests {
    use super::*;

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
