//! What lies on the Wall, as plain values. Reading an entry of the replica parses its text, so each
//! is read once per change and not once per look; and who is in which cluster is looked up, where the
//! replica would have to be searched.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::wall::{Cluster, Note, Place, Wall};

/// Notes, clusters and who is where.
#[derive(Debug, Default)]
pub struct Items {
    notes: BTreeMap<NoteId, Note>,
    places: BTreeMap<NoteId, Place>,
    clusters: BTreeMap<ClusterId, Cluster>,
    members: BTreeMap<ClusterId, BTreeSet<(u32, NoteId)>>,
    replies: BTreeMap<Item, BTreeSet<NoteId>>,
    same_here: BTreeMap<NoteId, u32>,
}

impl Items {
    /// Everything on a Wall.
    #[must_use]
    pub fn read(wall: &Wall) -> Self {
        let wall = wall.read();
        let mut items = Self {
            notes: wall.notes().collect(),
            clusters: wall.clusters().collect(),
            ..Self::default()
        };
        for (note, place) in wall.places() {
            items.put_place(note, Some(place));
        }
        let notes: Vec<NoteId> = items.notes.keys().copied().collect();
        for note in notes {
            items.put_same_here(note, wall.same_here(note));
        }
        items
    }

    /// Reads a note and its place again. Says which clusters it left or joined, and what it answers.
    pub fn read_note(&mut self, wall: &Wall, id: NoteId) -> Vec<Item> {
        let wall = wall.read();
        match wall.note(id) {
            Some(note) => self.notes.insert(id, note),
            None => self.notes.remove(&id),
        };
        self.put_same_here(id, wall.same_here(id));
        self.put_place(id, wall.place(id))
    }

    /// Reads a cluster again.
    pub fn read_cluster(&mut self, wall: &Wall, id: ClusterId) {
        match wall.read().cluster(id) {
            Some(cluster) => self.clusters.insert(id, cluster),
            None => self.clusters.remove(&id),
        };
    }

    /// A released note.
    #[must_use]
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(&id)
    }

    /// Where a note is.
    #[must_use]
    pub fn place(&self, note: NoteId) -> Option<Place> {
        self.places.get(&note).copied()
    }

    /// A cluster.
    #[must_use]
    pub fn cluster(&self, id: ClusterId) -> Option<&Cluster> {
        self.clusters.get(&id)
    }

    /// The notes of a cluster with their order, the first first.
    pub fn members(&self, cluster: ClusterId) -> impl Iterator<Item = (u32, NoteId)> + '_ {
        self.members.get(&cluster).into_iter().flatten().copied()
    }

    /// The released replies to a thing, in the order of ids.
    pub fn replies(&self, to: Item) -> impl Iterator<Item = NoteId> + '_ {
        self.replies.get(&to).into_iter().flatten().copied()
    }

    /// How many people say *same here* to a note.
    #[must_use]
    pub fn same_here(&self, note: NoteId) -> u32 {
        self.same_here.get(&note).copied().unwrap_or(0)
    }

    /// The things that lie elsewhere than before, or are new.
    #[must_use]
    pub fn moved_since(&self, before: &Self) -> Vec<Item> {
        let notes = self.places.iter();
        let notes = notes.filter(|(note, place)| before.places.get(note) != Some(place));
        let was_at = |id| before.clusters.get(id).map(|cluster| cluster.at);
        let clusters = self.clusters.iter();
        let clusters = clusters.filter(|(id, cluster)| was_at(id) != Some(cluster.at));
        let notes = notes.map(|(note, _)| Item::Note(*note));
        notes
            .chain(clusters.map(|(cluster, _)| Item::Cluster(*cluster)))
            .collect()
    }

    /// Every note, in the order of ids.
    pub fn note_ids(&self) -> impl Iterator<Item = NoteId> + '_ {
        self.notes.keys().copied()
    }

    /// Every cluster, in the order of ids.
    pub fn cluster_ids(&self) -> impl Iterator<Item = ClusterId> + '_ {
        self.clusters.keys().copied()
    }

    fn put_same_here(&mut self, note: NoteId, count: u32) {
        match count {
            0 => self.same_here.remove(&note),
            count => self.same_here.insert(note, count),
        };
    }

    fn put_place(&mut self, note: NoteId, place: Option<Place>) -> Vec<Item> {
        let before = match place {
            Some(place) => self.places.insert(note, place),
            None => self.places.remove(&note),
        };
        if before == place {
            return Vec::new();
        }
        let mut touched = Vec::new();
        match before {
            Some(Place::In { cluster, order }) => {
                if let Some(members) = self.members.get_mut(&cluster) {
                    members.remove(&(order, note));
                }
                touched.push(Item::Cluster(cluster));
            }
            Some(Place::Under(item)) => {
                if let Some(replies) = self.replies.get_mut(&item) {
                    replies.remove(&note);
                }
                touched.push(item);
            }
            Some(Place::Loose(_)) | None => {}
        }
        match place {
            Some(Place::In { cluster, order }) => {
                let members = self.members.entry(cluster).or_default();
                members.insert((order, note));
                touched.push(Item::Cluster(cluster));
            }
            Some(Place::Under(item)) => {
                self.replies.entry(item).or_default().insert(note);
                touched.push(item);
            }
            Some(Place::Loose(_)) | None => {}
        }
        touched
    }
}
