//! What is behind a [`super::Board`]: its handle holds it, and the files of its verbs change it.

use std::collections::HashMap;

use candour_page::history::History;
use candour_page::{Connection, State};
use candour_shared::ids::{ClusterId, NoteId};
use candour_shared::protocol::Drag;
use candour_shared::time::Millis;
use leptos::leptos_dom::helpers::TimeoutHandle;

use super::live::Source;
use crate::socket::Socket;
use crate::view::announce::Announcement;
use crate::view::{ClusterSpot, ClusterView, NoteView, Spot};

/// What is behind a [`Board`].
pub(super) struct Core {
    pub(super) state: State,
    pub(super) history: History,
    /// Where the server answers for this board.
    pub(super) path: String,
    pub(super) connection: Connection,
    pub(super) socket: Option<Socket>,
    /// When the connection is tried again.
    pub(super) retry: Option<TimeoutHandle>,
    pub(super) notes: HashMap<NoteId, Source<NoteView, Spot>>,
    pub(super) clusters: HashMap<ClusterId, Source<ClusterView, ClusterSpot>>,
    /// Whether a frame of the screen was asked for, to show what changed.
    pub(super) scheduled: bool,
    /// Whether somebody looks after drags that go silent.
    pub(super) expiring: bool,
    /// Whether this browser forgets the board: nothing of it is kept any more.
    pub(super) forgetting: bool,
    pub(super) dragging: Dragging,
    pub(super) next_notice: u64,
}

/// The drag of the person at this page, sent a few times a second.
#[derive(Default)]
pub(super) struct Dragging {
    /// What others were told last.
    pub(super) told: Vec<Drag>,
    /// When that was.
    pub(super) at: Millis,
    /// Whether somebody looks after it.
    pub(super) ticking: bool,
}

/// What is being said, and what will be.
#[derive(Debug, Default)]
pub(super) struct Speech {
    /// How often something was said.
    pub(super) number: u64,
    /// When something was said last.
    pub(super) at: Millis,
    pub(super) others_did: Announcement,
    pub(super) gathering: bool,
}
