//! What somebody at the list is about to do.

use candour_shared::ids::{ClusterId, NoteId};
use leptos::prelude::RwSignal;

use crate::components::moderation::Judging;

/// What somebody at this list is about to do.
#[derive(Clone, Copy)]
pub struct Intent {
    /// What is about to be moved elsewhere.
    pub moving: RwSignal<Option<Moving>>,
    /// The group that is about to be taken apart.
    pub dissolve: RwSignal<Option<ClusterId>>,
    /// The note that is about to be held or erased.
    pub judging: RwSignal<Option<Judging>>,
}

/// What is about to be moved elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// A note.
    Note(NoteId),
    /// A group.
    Cluster(ClusterId),
}
