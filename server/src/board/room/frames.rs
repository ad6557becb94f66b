//! Encoded frames of a board, kept for those who come back: of each document a ring of its last
//! updates, and one compressed snapshot that everybody shares who needs one.

use std::collections::VecDeque;

use bytes::Bytes;
use candour_shared::policy::Role;
use candour_shared::protocol::{Cursor, Frame, FrameKind, Hello, Store};

use super::heart::Heart;
use super::outbox::binary_frame;
use super::record::Record;

/// Most bytes of updates of one document that are kept.
const RING_BYTES: usize = 1024 * 1024;
/// So many bytes of updates go to newcomers after a snapshot before a new one is worth its making.
const FRESH_BYTES: usize = 16 * 1024;
/// Most bytes of updates that are joined to one piece.
const MOST_JOINED: usize = 64 * 1024;

/// How far somebody's copies of the documents have come.
pub(super) struct Copies {
    wall: Option<Cursor>,
    backstage: Option<Cursor>,
}

impl Copies {
    /// Those that a hello says.
    pub(super) fn of(hello: &Hello) -> Self {
        Self {
            wall: hello.wall,
            backstage: hello.backstage,
        }
    }
}

/// See the module.
pub(super) struct Frames {
    wall: Ring,
    backstage: Ring,
}

/// The last updates of one document.
struct Ring {
    store: Store,
    /// The ring reaches from after this update to now.
    since: u64,
    updates: VecDeque<(u64, Bytes)>,
    bytes: usize,
    snapshot: Option<(u64, Bytes)>,
    /// The updates after one, in one piece: most who lack some lack the same.
    joined: Option<(u64, Bytes)>,
}

impl Frames {
    /// Empty rings that begin where the documents stand.
    #[must_use]
    pub(super) fn new(heart: &Heart) -> Self {
        Self {
            wall: Ring::new(Store::Wall, heart),
            backstage: Ring::new(Store::Backstage, heart),
        }
    }

    /// Encodes what a tick changed, once for everybody, and keeps it.
    pub(super) fn push(&mut self, heart: &Heart, record: &Record) {
        self.wall.push(heart, record.wall.as_deref());
        self.backstage.push(heart, record.backstage.as_deref());
    }

    /// After a seal everybody needs the new documents, whole.
    pub(super) fn sealed(&mut self, heart: &Heart) {
        *self = Self::new(heart);
    }

    /// Sends what brings copies up to date; they are from then on.
    pub(super) fn send_since(
        &mut self,
        copies: &mut Copies,
        role: Role,
        heart: &Heart,
        send: &mut dyn FnMut(Bytes),
    ) {
        self.wall.send_since(&mut copies.wall, heart, send);
        if role.moderates() {
            self.backstage
                .send_since(&mut copies.backstage, heart, send);
        }
    }
}

impl Ring {
    fn new(store: Store, heart: &Heart) -> Self {
        Self {
            store,
            since: heart.cursor(store).sequence,
            updates: VecDeque::new(),
            bytes: 0,
            snapshot: None,
            joined: None,
        }
    }

    fn push(&mut self, heart: &Heart, update: Option<&[u8]>) {
        let Some(update) = update else { return };
        let frame = self.frame(FrameKind::Tick, heart, update);
        self.bytes += frame.len();
        let cursor = heart.cursor(self.store);
        self.updates.push_back((cursor.sequence, frame));
        self.joined = None;
        while self.bytes > RING_BYTES
            && let Some((sequence, dropped)) = self.updates.pop_front()
        {
            self.bytes -= dropped.len();
            self.since = sequence;
        }
    }

    fn send_since(&mut self, has: &mut Option<Cursor>, heart: &Heart, send: &mut dyn FnMut(Bytes)) {
        let now = heart.cursor(self.store);
        let reachable = |cursor: &Cursor| {
            cursor.generation == now.generation
                && (self.since..=now.sequence).contains(&cursor.sequence)
        };
        let seen = match has.filter(reachable) {
            Some(cursor) => cursor.sequence,
            None => {
                let (sequence, frame) = self.snapshot(heart);
                send(frame);
                sequence
            }
        };
        *has = Some(now);
        match self.joined(seen) {
            Some(joined) => send(joined),
            None => self.after(seen).cloned().for_each(send),
        }
    }

    /// The updates after one in one piece, unless they are one anyway, or so much that whoever lacks just
    /// these should not have a piece of their own.
    fn joined(&mut self, seen: u64) -> Option<Bytes> {
        self.after(seen).nth(1)?;
        if let Some((from, joined)) = &self.joined
            && *from == seen
        {
            return Some(joined.clone());
        }
        let updates: Vec<&[u8]> = self.after(seen).map(Bytes::as_ref).collect();
        if updates.iter().map(|update| update.len()).sum::<usize>() > MOST_JOINED {
            return None;
        }
        let joined = Bytes::from(updates.concat());
        Some(self.joined.insert((seen, joined)).1.clone())
    }

    /// The updates after one.
    fn after(&self, seen: u64) -> impl Iterator<Item = &Bytes> {
        let first = self
            .updates
            .partition_point(|(sequence, _)| *sequence <= seen);
        self.updates.range(first..).map(|(_, frame)| frame)
    }

    /// The kept snapshot; a new one if the ring doesn't reach from it to now, or if the updates since then,
    /// which aren't compressed together, are much beside it.
    fn snapshot(&mut self, heart: &Heart) -> (u64, Bytes) {
        let is_fresh = |(at, frame): &&(u64, Bytes)| {
            let since: usize = self.after(*at).map(Bytes::len).sum();
            *at >= self.since && since <= FRESH_BYTES.max(frame.len() / 2)
        };
        if let Some(kept) = self.snapshot.as_ref().filter(is_fresh) {
            return kept.clone();
        }
        let frame = self.frame(FrameKind::Snapshot, heart, &heart.state(self.store));
        let sequence = heart.cursor(self.store).sequence;
        self.snapshot.insert((sequence, frame)).clone()
    }

    fn frame(&self, kind: FrameKind, heart: &Heart, update: &[u8]) -> Bytes {
        let (store, cursor) = (self.store, heart.cursor(self.store));
        binary_frame(Frame::encode_update(kind, store, cursor, update))
    }
}
