//! Who comes and goes: connections that said hello, and wait until the desk lets them in.

use std::collections::HashMap;
use std::sync::Arc;

use super::frames::Copies;
use super::outbox::Outbox;
use crate::board::channel::SessionId;

/// A connection comes or goes.
pub(in crate::board) enum Connection {
    /// A page said hello, and has these copies. The desk decides about it.
    Opened(SessionId, Copies, Arc<Outbox>),
    /// A connection is over.
    Closed(SessionId),
}

/// Those who wait to be let in.
#[derive(Default)]
pub(super) struct Arrivals {
    waiting: HashMap<SessionId, (Copies, Arc<Outbox>)>,
}

impl Arrivals {
    pub(super) fn insert(&mut self, id: SessionId, copies: Copies, outbox: Arc<Outbox>) {
        self.waiting.insert(id, (copies, outbox));
    }

    /// One of them, who waits no longer.
    pub(super) fn take(&mut self, id: SessionId) -> Option<(Copies, Arc<Outbox>)> {
        self.waiting.remove(&id)
    }

    pub(super) fn outbox(&self, id: SessionId) -> Option<&Outbox> {
        self.waiting.get(&id).map(|(_, outbox)| outbox.as_ref())
    }

    pub(super) fn outboxes(&self) -> impl Iterator<Item = &Arc<Outbox>> {
        self.waiting.values().map(|(_, outbox)| outbox)
    }
}
