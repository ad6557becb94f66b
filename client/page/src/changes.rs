//! What has to be shown anew, gathered until the next frame of the screen.

use std::collections::BTreeSet;

use candour_shared::ids::{ClusterId, Item, NoteId};

/// The parts of a board that changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Phase, agenda, spotlight, timer, locks, settings, pulses, commitments, remarks, or the number of
    /// people.
    pub board: bool,
    /// Rounds of voting.
    pub rounds: bool,
    /// One's own notes or votes.
    pub mine: bool,
    /// The pending commands.
    pub queue: bool,
    /// What facilitators see.
    pub backstage: bool,
    /// What went over the connection.
    pub traffic: bool,
    /// Notes that came, changed, moved or went.
    pub notes: BTreeSet<NoteId>,
    /// Clusters that came, changed, moved, gained or lost notes, or went.
    pub clusters: BTreeSet<ClusterId>,
}

impl Changes {
    /// Adds things that are shown elsewhere now.
    pub fn items(&mut self, items: Vec<Item>) {
        for item in items {
            match item {
                Item::Note(note) => {
                    self.notes.insert(note);
                }
                Item::Cluster(cluster) => {
                    self.clusters.insert(cluster);
                }
            }
        }
    }
}
