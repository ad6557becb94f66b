//! What is done with several things at once, and undone at once.

use candour_page::State;
use candour_shared::command::{Command, Move};
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::wall::{Note, Place};
use leptos::prelude::*;

use super::Board;
use super::undoing::fresh_cluster;
use crate::text::search as text;
use crate::view::arranging::{Tile, in_order, side_by_side, tiles};
use crate::view::destinations::beside;

impl Board {
    /// Puts notes into a cluster, and all that is in other clusters.
    pub fn gather(self, into: ClusterId, items: &[Item]) {
        let given = self.give_all(gathering(into, items));
        self.told(given);
    }

    /// Drops a note, and what is carried with it, on a note. Returns the new cluster.
    pub fn make_group(self, note: NoteId, onto: NoteId, carried: &[Item]) -> Option<ClusterId> {
        self.make_group_after(Vec::new(), note, onto, carried)
    }

    /// Makes a group once some commands are given, all in one step of undoing.
    fn make_group_after(
        self,
        mut commands: Vec<Command>,
        note: NoteId,
        onto: NoteId,
        carried: &[Item],
    ) -> Option<ClusterId> {
        let cluster = fresh_cluster()?;
        commands.push(Command::MakeCluster {
            cluster,
            note,
            onto,
        });
        let mut others = carried.to_vec();
        others.retain(|item| *item != Item::Note(note));
        commands.extend(gathering(cluster, &others));
        let given = self.give_all(commands);
        self.told(given).then_some(cluster)
    }

    /// Makes one cluster of all these: one that is among them, or a new one. Returns it, or nothing if
    /// they are too few.
    pub fn group(self, items: &[Item]) -> Option<ClusterId> {
        let items = &self.core.with_value(|core| whole(&core.state, items));
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
        let mut first = Vec::new();
        if !loose.contains(&onto) {
            let to = self.core.with_value(|core| beside(&core.state, onto))?;
            let item = Item::Note(onto);
            let moves = vec![Move { item, to }];
            first.push(Command::Move { moves });
        }
        let rest: Vec<Item> = rest.iter().copied().map(Item::Note).collect();
        self.make_group_after(first, note, onto, &rest)
    }

    /// Puts everything in order: groups in rows, then the notes in none, by category. It is undone at once.
    pub fn tidy(self) {
        let moves = self.core.with_value(|core| {
            let is_group = |tile: &Tile| matches!(tile.item, Item::Cluster(_));
            let (groups, mut loose): (Vec<Tile>, Vec<Tile>) =
                tiles(&core.state).into_iter().partition(is_group);
            loose.sort_by_key(|tile| {
                let note = note_of(&tile.item).and_then(|note| core.state.note(note));
                match note {
                    Some(Note::Said(content)) => content.category,
                    Some(Note::Held(_)) | None => u8::MAX,
                }
            });
            in_order(&groups, &loose)
        });
        self.move_items(&moves);
        self.announce(text::tidied());
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

/// The same things, but a cluster instead of notes that are all of its notes: taken out one by one they would
/// end it, and an undo couldn't bring it back.
fn whole(state: &State, items: &[Item]) -> Vec<Item> {
    let chosen = |note: &NoteId| items.contains(&Item::Note(*note));
    let clusters = state.cluster_ids().into_iter();
    let clusters: Vec<ClusterId> = clusters
        .filter(|cluster| state.members(*cluster).iter().all(chosen))
        .collect();
    let is_inside = |item: &Item| {
        note_of(item).is_some_and(|note| match state.place(note) {
            Some(Place::In { cluster, .. }) => clusters.contains(&cluster),
            Some(Place::Loose(_) | Place::Under(_)) | None => false,
        })
    };
    let others = items.iter().copied().filter(|item| !is_inside(item));
    clusters
        .iter()
        .copied()
        .map(Item::Cluster)
        .chain(others)
        .collect()
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
