//! Clusters: putting notes together, and apart again.

use std::collections::{BTreeMap, HashMap};

use candour_shared::command::Move;
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{self, Area, Point};
use candour_shared::phase::Phase;
use candour_shared::wall::{Cluster, Place};

use super::request::{Mine, Outcome};
use super::transaction::Transaction;
use super::vault::change::VaultChange;

/// Most clusters of one board.
const MAX_CLUSTERS: usize = 500;

impl Transaction<'_> {
    pub(super) fn move_items(&mut self, moves: &[Move]) -> Outcome {
        let mut gone = None;
        let mut moved = false;
        // Each is looked at once, however many notes leave it.
        let mut left = BTreeMap::new();
        for Move { item, to } in moves {
            match self.check_there(*item) {
                Ok(()) => {
                    if let Some(place @ Place::In { cluster, .. }) = self.move_item(*item, *to) {
                        left.insert(cluster, place);
                    }
                    moved = true;
                }
                Err(denied) => gone = Some(denied),
            }
        }
        for place in left.into_values() {
            self.left(place);
        }
        match gone {
            Some(denied) if !moved => Err(denied),
            Some(_) | None => Ok(Mine::Same),
        }
    }

    /// Puts a thing somewhere, and says where a note was before.
    fn move_item(&mut self, item: Item, to: Point) -> Option<Place> {
        match item {
            Item::Note(note) => {
                let from = self.wall.place(note);
                self.wall.put_place(note, Place::Loose(to));
                from
            }
            Item::Cluster(id) => {
                let cluster = self.wall.cluster(id)?;
                self.wall.put_cluster(id, &Cluster { at: to, ..cluster });
                None
            }
        }
    }

    pub(super) fn make_cluster(
        &mut self,
        cluster: ClusterId,
        note: NoteId,
        onto: NoteId,
    ) -> Outcome {
        if self.wall.cluster(cluster).is_some() || self.vault.gone.contains(&Item::Cluster(cluster))
        {
            return Ok(Mine::Same);
        }
        if note == onto {
            return Err(Denied::NoSuchNote);
        }
        self.check_there(Item::Note(note))?;
        let at = match self.wall.place(onto) {
            Some(Place::In { cluster, .. }) => return self.add_to_cluster(cluster, note),
            Some(Place::Loose(at)) => at,
            Some(Place::Under(_)) | None => return Err(Denied::NoSuchNote),
        };
        if self.wall.cluster_count() >= MAX_CLUSTERS {
            return Err(Denied::Full {
                limit: MAX_CLUSTERS,
            });
        }
        self.wall.put_cluster(
            cluster,
            &Cluster {
                name: String::new(),
                at,
            },
        );
        self.wall.put_place(onto, Place::In { cluster, order: 0 });
        self.add_to_cluster(cluster, note)
    }

    pub(super) fn add_to_cluster(&mut self, cluster: ClusterId, note: NoteId) -> Outcome {
        self.check_there(Item::Note(note))?;
        let from = self.wall.place(note).ok_or(Denied::NoSuchNote)?;
        if self.wall.cluster(cluster).is_none() {
            return Err(Denied::NoSuchCluster);
        }
        if matches!(from, Place::In { cluster: there, .. } if there == cluster) {
            return Ok(Mine::Same);
        }
        let order = self.next_order(cluster);
        self.wall.put_place(note, Place::In { cluster, order });
        self.left(from);
        self.make_room(cluster);
        Ok(Mine::Same)
    }

    pub(super) fn name_cluster(&mut self, id: ClusterId, name: &str) -> Outcome {
        let cluster = self.wall.cluster(id).ok_or(Denied::NoSuchCluster)?;
        self.wall.put_cluster(
            id,
            &Cluster {
                name: name.to_owned(),
                ..cluster
            },
        );
        Ok(Mine::Same)
    }

    pub(super) fn merge_clusters(&mut self, from: ClusterId, into: ClusterId) -> Outcome {
        if self.vault.gone.contains(&Item::Cluster(from)) {
            return Ok(Mine::Same);
        }
        let (Some(ending), Some(staying)) = (self.wall.cluster(from), self.wall.cluster(into))
        else {
            return Err(Denied::NoSuchCluster);
        };
        if from == into {
            return Err(Denied::NoSuchCluster);
        }
        let first = self.next_order(into);
        for (note, order) in self.wall.members(from).into_iter().zip(first..) {
            self.wall.put_place(
                note,
                Place::In {
                    cluster: into,
                    order,
                },
            );
        }
        if staying.name.is_empty() {
            self.wall.put_cluster(
                into,
                &Cluster {
                    name: ending.name,
                    ..staying
                },
            );
        }
        self.end_cluster(from, Some(Item::Cluster(into)));
        self.make_room(into);
        // Where one's own waiting replies go is one's own business; so everybody hears, whether they have any
        // or not.
        Ok(match self.wall.phase() {
            Phase::Discuss => Mine::OfEveryone,
            Phase::Lobby | Phase::Write | Phase::Cluster | Phase::Vote | Phase::Closed => {
                Mine::Same
            }
        })
    }

    pub(super) fn dissolve_cluster(&mut self, id: ClusterId) -> Outcome {
        if self.vault.gone.contains(&Item::Cluster(id)) {
            return Ok(Mine::Same);
        }
        let cluster = self.wall.cluster(id).ok_or(Denied::NoSuchCluster)?;
        let members = self.wall.members(id);
        for (index, note) in members.iter().enumerate() {
            let at = layout::in_cluster(cluster.at, members.len(), index);
            self.wall.put_place(*note, Place::Loose(at));
        }
        self.end_cluster(id, None);
        Ok(Mine::Same)
    }

    /// A note left this place; a cluster it leaves empty ends.
    pub(super) fn left(&mut self, place: Place) {
        if let Place::In { cluster, .. } = place
            && self.wall.members(cluster).is_empty()
        {
            self.end_cluster(cluster, None);
        }
    }

    /// What every cluster and every loose note takes up.
    pub(super) fn areas(&self) -> BTreeMap<Item, Area> {
        let mut sizes: HashMap<ClusterId, usize> = HashMap::new();
        let mut areas = BTreeMap::new();
        for (note, place) in self.wall.places() {
            match place {
                Place::Loose(at) => drop(areas.insert(Item::Note(note), Area::of_note(at))),
                Place::In { cluster, .. } => *sizes.entry(cluster).or_default() += 1,
                Place::Under(_) => {}
            }
        }
        for (id, cluster) in self.wall.clusters() {
            let notes = sizes.get(&id).copied().unwrap_or(0);
            areas.insert(Item::Cluster(id), Area::of_cluster(cluster.at, notes));
        }
        areas
    }

    /// A cluster that has grown puts aside what it would cover.
    fn make_room(&mut self, grown: ClusterId) {
        let mut areas = self.areas();
        let grown = Item::Cluster(grown);
        let Some(needed) = areas.get(&grown).copied() else {
            return;
        };
        let covered: Vec<(Item, Area)> = areas
            .iter()
            .filter(|(item, area)| **item != grown && area.meets(needed))
            .map(|(item, area)| (*item, *area))
            .collect();
        for (item, area) in covered {
            areas.remove(&item);
            let others: Vec<Area> = areas.values().copied().collect();
            let at = area.nearest_free(&others);
            areas.insert(item, area.moved_to(at));
            match item {
                Item::Note(note) => self.wall.put_place(note, Place::Loose(at)),
                Item::Cluster(id) => {
                    if let Some(cluster) = self.wall.cluster(id) {
                        self.wall.put_cluster(id, &Cluster { at, ..cluster });
                    }
                }
            }
        }
    }

    /// Ends a cluster. What was said about it goes to another thing, or to the whole board.
    fn end_cluster(&mut self, cluster: ClusterId, heir: Option<Item>) {
        let ending = Item::Cluster(cluster);
        self.rehome_replies(ending, heir);
        self.hand_on_remark(ending, heir);
        self.leave_spotlight(ending);
        self.wall.remove_cluster(cluster);
        self.return_dots(ending);
        self.note_in_vault(VaultChange::Gone(ending));
    }

    /// A thing that ends leaves the spotlight.
    pub(super) fn leave_spotlight(&mut self, item: Item) {
        if self.wall.spotlight() == Some(item) {
            self.wall.set_spotlight(None);
        }
    }

    fn next_order(&self, cluster: ClusterId) -> u32 {
        let orders = self.wall.places().filter_map(|(_, place)| match place {
            Place::In {
                cluster: there,
                order,
            } if there == cluster => Some(order + 1),
            Place::In { .. } | Place::Loose(_) | Place::Under(_) => None,
        });
        orders.max().unwrap_or(0)
    }
}
