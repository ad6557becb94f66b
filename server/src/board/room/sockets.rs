//! The sockets of those who were let in.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use candour_shared::policy::Role;

use super::frames::{Copies, Frames};
use super::news::{News, SentUpTo};
use super::outbox::Outbox;
use crate::board::channel::SessionId;

/// The connection of a page that was let in.
pub(super) struct Socket {
    pub(super) outbox: Arc<Outbox>,
    /// Decides which documents it receives.
    role: Role,
    /// What was sent to it, or was there before.
    copies: Copies,
    sent: SentUpTo,
    /// What is for it alone, before all else; nothing once it is sent.
    welcome: Option<Bytes>,
    /// What is for it alone, and waits until the documents can be sent.
    held: Vec<Bytes>,
}

impl Socket {
    /// That of a page that has these copies, and needs no older news.
    pub(super) const fn new(
        outbox: Arc<Outbox>,
        role: Role,
        copies: Copies,
        sent: SentUpTo,
        welcome: Bytes,
    ) -> Self {
        Self {
            outbox,
            role,
            copies,
            sent,
            welcome: Some(welcome),
            held: Vec::new(),
        }
    }

    /// Sends all that it lacks, and after it what is for it alone. Says whether it could: else that has to come again.
    fn bring_up_to_date(&mut self, frames: &mut Frames, news: &News, own: Option<Bytes>) -> bool {
        self.held.extend(own);
        if !frames.reach(&self.copies, self.role) {
            return false;
        }
        let Self {
            outbox,
            role,
            copies,
            sent,
            welcome,
            held,
        } = self;
        outbox.send_all(|send| {
            welcome.take().into_iter().for_each(&mut *send);
            news.send_since(sent, send);
            frames.send_since(copies, *role, send);
            held.drain(..).for_each(send);
        });
        true
    }
}

/// All of them, in the order of their numbers.
#[derive(Default)]
pub(super) struct Sockets {
    sockets: BTreeMap<SessionId, Socket>,
    /// Those that wait for a document.
    waiting: BTreeSet<SessionId>,
}

impl Sockets {
    pub(super) fn len(&self) -> usize {
        self.sockets.len()
    }

    pub(super) fn has(&self, id: SessionId) -> bool {
        self.sockets.contains_key(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Socket> {
        self.sockets.values()
    }

    /// Whose turn comes after another's; after the last comes the first.
    pub(super) fn next_after(&self, id: SessionId) -> Option<SessionId> {
        let later = (Bound::Excluded(id), Bound::Unbounded);
        let mut next = self.sockets.range(later).chain(&self.sockets);
        next.next().map(|(id, _)| *id)
    }

    pub(super) fn insert(&mut self, id: SessionId, socket: Socket) {
        self.sockets.insert(id, socket);
    }

    pub(super) fn remove(&mut self, id: SessionId) -> Option<Socket> {
        self.waiting.remove(&id);
        self.sockets.remove(&id)
    }

    /// Sends a session all that it lacks, and after it what is for it alone. If that needs a document that isn't here,
    /// the session waits for it.
    pub(super) fn bring_up_to_date(
        &mut self,
        id: SessionId,
        frames: &mut Frames,
        news: &News,
        own: Option<Bytes>,
    ) {
        if let Some(socket) = self.sockets.get_mut(&id)
            && !socket.bring_up_to_date(frames, news, own)
        {
            self.waiting.insert(id);
        }
    }

    /// Those that wait for a document; they don't any more.
    pub(super) fn take_waiting(&mut self) -> BTreeSet<SessionId> {
        take(&mut self.waiting)
    }
}
