//! What pending commands make of the Wall before the server has answered: shown over the replica, so
//! that a note lies where it was dropped at once.
//!
//! It is made anew from the replica and the pending commands whenever either changes; there are only
//! ever a few. Where the server decides differently, its frame is what stays.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::command::{Command, Move};
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout;
use candour_shared::wall::{Cluster, Place};

use crate::items::Items;

/// Places and clusters that differ from the replica's.
#[derive(Debug, Default, PartialEq)]
pub struct Overlay {
    places: BTreeMap<NoteId, Place>,
    /// Nothing where a cluster is about to end.
    clusters: BTreeMap<ClusterId, Option<Cluster>>,
}

impl Overlay {
    /// What these commands, in this order, make of these items.
    pub fn of<'a>(items: &Items, pending: impl Iterator<Item = &'a Command>) -> Self {
        let mut overlay = Self::default();
        for command in pending {
            overlay.expect(items, command);
        }
        overlay
    }

    /// Where a note is shown.
    #[must_use]
    pub fn place(&self, items: &Items, note: NoteId) -> Option<Place> {
        self.places
            .get(&note)
            .copied()
            .or_else(|| items.place(note))
    }

    /// Whether a pending command says where the note is.
    #[must_use]
    pub fn places(&self, note: NoteId) -> bool {
        self.places.contains_key(&note)
    }

    /// A cluster as it is shown.
    #[must_use]
    pub fn cluster<'a>(&'a self, items: &'a Items, cluster: ClusterId) -> Option<&'a Cluster> {
        match self.clusters.get(&cluster) {
            Some(shown) => shown.as_ref(),
            None => items.cluster(cluster),
        }
    }

    /// Whether a pending command says something about the cluster itself.
    #[must_use]
    pub fn shapes(&self, cluster: ClusterId) -> bool {
        self.clusters.contains_key(&cluster)
    }

    /// The notes shown in a cluster, in their order.
    #[must_use]
    pub fn members(&self, items: &Items, cluster: ClusterId) -> Vec<NoteId> {
        let shown = self.ordered(items, cluster);
        shown.into_iter().map(|(_, note)| note).collect()
    }

    /// Clusters that only pending commands know.
    pub fn new_clusters<'a>(&'a self, items: &'a Items) -> impl Iterator<Item = ClusterId> + 'a {
        let shown = self.clusters.iter().filter(|(_, shown)| shown.is_some());
        shown
            .map(|(id, _)| *id)
            .filter(|id| items.cluster(*id).is_none())
    }

    /// Every note this says something about.
    pub fn notes(&self) -> impl Iterator<Item = NoteId> + '_ {
        self.places.keys().copied()
    }

    /// Every cluster this says something about, be it only that a note leaves or joins it.
    #[must_use]
    pub fn clusters(&self, items: &Items) -> BTreeSet<ClusterId> {
        let moved = self.places.iter().flat_map(|(note, place)| {
            let before = items.place(*note).and_then(cluster_of);
            [before, cluster_of(*place)].into_iter().flatten()
        });
        self.clusters.keys().copied().chain(moved).collect()
    }

    fn ordered(&self, items: &Items, cluster: ClusterId) -> BTreeSet<(u32, NoteId)> {
        let stayed = items
            .members(cluster)
            .filter(|(_, note)| !self.places.contains_key(note));
        let joined = self.places.iter().filter_map(|(note, place)| match place {
            Place::In {
                cluster: there,
                order,
            } if *there == cluster => Some((*order, *note)),
            Place::In { .. } | Place::Loose(_) | Place::Under(_) => None,
        });
        stayed.chain(joined).collect()
    }

    fn join(&mut self, items: &Items, note: NoteId, cluster: ClusterId) {
        let before = self.place(items, note);
        if before.and_then(cluster_of) == Some(cluster) {
            return;
        }
        let last = self.ordered(items, cluster).last().copied();
        let order = last.map_or(0, |(order, _)| order.saturating_add(1));
        self.put(items, note, Place::In { cluster, order });
    }

    /// Puts a note somewhere; a cluster it leaves empty ends.
    fn put(&mut self, items: &Items, note: NoteId, place: Place) {
        let place_before = self.place(items, note);
        let Some(before @ (Place::Loose(_) | Place::In { .. })) = place_before else {
            return;
        };
        self.places.insert(note, place);
        if let Some(left) = cluster_of(before)
            && self.ordered(items, left).is_empty()
        {
            self.clusters.insert(left, None);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "few commands move anything; one that is forgotten is shown once it is answered"
    )]
    fn expect(&mut self, items: &Items, command: &Command) {
        match command {
            Command::Move { moves } => {
                for Move { item, to } in moves {
                    match item {
                        Item::Note(note) => self.put(items, *note, Place::Loose(*to)),
                        Item::Cluster(cluster) => {
                            self.reshape(items, *cluster, |shown| shown.at = *to);
                        }
                    }
                }
            }
            Command::MakeCluster {
                cluster,
                note,
                onto,
            } => self.make(items, *cluster, *note, *onto),
            Command::AddToCluster { cluster, note } if self.cluster(items, *cluster).is_some() => {
                self.join(items, *note, *cluster);
            }
            Command::NameCluster { cluster, name } => {
                self.reshape(items, *cluster, |shown| shown.name.clone_from(name));
            }
            Command::MergeClusters { from, into } => self.merge(items, *from, *into),
            Command::DissolveCluster { cluster } => self.dissolve(items, *cluster),
            // These are shown elsewhere, or not before the server has answered.
            _ => {}
        }
    }

    fn make(&mut self, items: &Items, cluster: ClusterId, note: NoteId, onto: NoteId) {
        match self.place(items, onto) {
            Some(Place::In { cluster: there, .. }) => self.join(items, note, there),
            Some(Place::Loose(at)) if note != onto => {
                let name = String::new();
                self.clusters.insert(cluster, Some(Cluster { name, at }));
                self.join(items, onto, cluster);
                self.join(items, note, cluster);
            }
            Some(Place::Loose(_) | Place::Under(_)) | None => {}
        }
    }

    fn merge(&mut self, items: &Items, from: ClusterId, into: ClusterId) {
        let (Some(ended), Some(kept)) = (self.cluster(items, from), self.cluster(items, into))
        else {
            return;
        };
        if from == into {
            return;
        }
        if kept.name.is_empty() && !ended.name.is_empty() {
            let name = ended.name.clone();
            self.reshape(items, into, |shown| shown.name = name);
        }
        for note in self.members(items, from) {
            self.join(items, note, into);
        }
        self.clusters.insert(from, None);
    }

    fn dissolve(&mut self, items: &Items, cluster: ClusterId) {
        let Some(at) = self.cluster(items, cluster).map(|shown| shown.at) else {
            return;
        };
        let members = self.members(items, cluster);
        for (index, note) in members.iter().enumerate() {
            let place = Place::Loose(layout::in_cluster(at, members.len(), index));
            self.places.insert(*note, place);
        }
        self.clusters.insert(cluster, None);
    }

    fn reshape(&mut self, items: &Items, cluster: ClusterId, change: impl FnOnce(&mut Cluster)) {
        if let Some(mut shown) = self.cluster(items, cluster).cloned() {
            change(&mut shown);
            self.clusters.insert(cluster, Some(shown));
        }
    }
}

fn cluster_of(place: Place) -> Option<ClusterId> {
    match place {
        Place::In { cluster, .. } => Some(cluster),
        Place::Loose(_) | Place::Under(_) => None,
    }
}
