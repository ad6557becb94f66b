//! What is done with several things at once, and undone at once.

use candour_shared::command::{Command, Move};
use candour_shared::ids::{ClusterId, Item, NoteId};
use leptos::prelude::*;

use super::Board;
use super::undoing::fresh_cluster;
use crate::view::arranging::{Tile, side_by_side, tiles};
use crate::view::destinations::beside;

impl Board {
    /// Puts notes into a cluster, and all that is in other clusters.
    pub fn gather(self, into: ClusterId, items: &[Item]) {
        let given = self.give_all(gathering(into, items));
        self.told(given);
    }

    /// Drops a note, and what is carried with it, on a note. Returns the new cluster.
    pub fn make_group(self, note: NoteId, onto: NoteId, carried: &[Item]) -> Option<ClusterId> {
        let cluster = fresh_cluster()?;
        let mut commands = vec![Command::MakeCluster {
            cluster,
            note,
            onto,
        }];
        let mut others = carried.to_vec();
        others.retain(|item| *item != Item::Note(note));
        commands.extend(gathering(cluster, &others));
        let given = self.give_all(commands);
        self.told(given).then_some(cluster)
    }

    /// Makes one cluster of all these: one that is among them, or a new one. Returns it, or nothing if
    /// they are too few.
    pub fn group(self, items: &[Item]) -> Option<ClusterId> {
        let cluster = items.iter().find_map(|item| match item {
            Item::Cluster(cluster) => Some(*cluster),
            Item::Note(_) => None,
        });
        if let Some(into) = cluster {
            self.gather(into, items);
            return Some(into);
        }
        let mut notes: Vec<NoteId> = items.iter().filter_map(note_of).collect();
        // A cluster is made on a note that is in none.
        let loose = self.loose_notes.get_untracked();
        notes.sort_by_key(|note| !loose.contains(note));
        let (&onto, rest) = notes.split_first()?;
        let (&note, _) = rest.split_first()?;
        if !loose.contains(&onto) {
            let to = self.core.with_value(|core| beside(&core.state, onto))?;
            self.move_note(onto, to);
        }
        let rest: Vec<Item> = rest.iter().copied().map(Item::Note).collect();
        self.make_group(note, onto, &rest)
    }

    /// Lays some things side by side where they are. Says how many it moved.
    pub fn tidy_some(self, items: &[Item]) -> usize {
        let moves: Vec<Move> = self.core.with_value(|core| {
            let chosen = |tile: &Tile| items.contains(&tile.item);
            let (chosen, others): (Vec<Tile>, Vec<Tile>) =
                tiles(&core.state).into_iter().partition(chosen);
            side_by_side(&chosen, &others)
        });
        self.move_items(&moves);
        moves.len()
    }
}

fn note_of(item: &Item) -> Option<NoteId> {
    match item {
        Item::Note(note) => Some(*note),
        Item::Cluster(_) => None,
    }
}

fn gathering(into: ClusterId, items: &[Item]) -> Vec<Command> {
    let goes = |item: &Item| match *item {
        Item::Note(note) => Some(Command::AddToCluster {
            cluster: into,
            note,
        }),
        Item::Cluster(from) => (from != into).then_some(Command::MergeClusters { from, into }),
    };
    items.iter().filter_map(goes).collect()
}
