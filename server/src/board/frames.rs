//! Encoded frames of a board, kept for those who come back: of each document a ring of its last
//! updates, and one compressed snapshot that everybody shares who needs one.

use std::collections::VecDeque;

use bytes::Bytes;
use candour_shared::policy::Role;
use candour_shared::protocol::{self, Cursor, Frame, FrameKind, Hello, Store};

use super::heart::Heart;
use super::outbox::binary_frame;
use super::record::Record;

/// Most bytes of updates of one document that are kept.
const RING_BYTES: usize = 1024 * 1024;
/// So many bytes of updates go to newcomers after a snapshot before a new one is worth its making.
const FRESH_BYTES: usize = 16 * 1024;

/// The frames of one tick; none where nothing changed.
#[derive(Clone, Default)]
pub(super) struct TickFrames {
    /// For everyone.
    pub(super) wall: Option<Bytes>,
    /// For facilitators and organisers.
    pub(super) backstage: Option<Bytes>,
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
    pub(super) fn push(&mut self, heart: &Heart, record: &Record) -> TickFrames {
        TickFrames {
            wall: self.wall.push(heart, record.wall.as_deref()),
            backstage: self.backstage.push(heart, record.backstage.as_deref()),
        }
    }

    /// After a seal everybody needs the new documents, whole.
    pub(super) fn sealed(&mut self, heart: &Heart) -> TickFrames {
        *self = Self::new(heart);
        TickFrames {
            wall: Some(self.wall.snapshot(heart).1),
            backstage: Some(self.backstage.snapshot(heart).1),
        }
    }

    /// What brings a client up to date.
    pub(super) fn since(&mut self, hello: &Hello, role: Role, heart: &Heart) -> Vec<Bytes> {
        let mut frames = self.wall.since(hello.wall, heart);
        if role.moderates() {
            frames.extend(self.backstage.since(hello.backstage, heart));
        }
        frames
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
        }
    }

    fn push(&mut self, heart: &Heart, update: Option<&[u8]>) -> Option<Bytes> {
        let frame = self.frame(FrameKind::Tick, heart, update?);
        self.bytes += frame.len();
        let cursor = heart.cursor(self.store);
        self.updates.push_back((cursor.sequence, frame.clone()));
        while self.bytes > RING_BYTES
            && let Some((sequence, dropped)) = self.updates.pop_front()
        {
            self.bytes -= dropped.len();
            self.since = sequence;
        }
        Some(frame)
    }

    fn since(&mut self, has: Option<Cursor>, heart: &Heart) -> Vec<Bytes> {
        let now = heart.cursor(self.store);
        let reachable = |cursor: &Cursor| {
            cursor.generation == now.generation
                && (self.since..=now.sequence).contains(&cursor.sequence)
        };
        let mut frames = Vec::new();
        let seen = match has.filter(reachable) {
            Some(cursor) => cursor.sequence,
            None => {
                let (sequence, frame) = self.snapshot(heart);
                frames.push(frame);
                sequence
            }
        };
        frames.extend(self.after(seen).cloned());
        frames
    }

    /// The updates after one.
    fn after(&self, seen: u64) -> impl Iterator<Item = &Bytes> {
        let first = self
            .updates
            .partition_point(|(sequence, _)| *sequence <= seen);
        self.updates.range(first..).map(|(_, frame)| frame)
    }

    /// The kept snapshot; a new one if the ring doesn't reach from it to now, or if the updates since then,
    /// which aren't compressed, are much beside it.
    fn snapshot(&mut self, heart: &Heart) -> (u64, Bytes) {
        let is_fresh = |(at, frame): &&(u64, Bytes)| {
            let since: usize = self.after(*at).map(Bytes::len).sum();
            *at >= self.since && since <= FRESH_BYTES.max(frame.len() / 2)
        };
        if let Some(kept) = self.snapshot.as_ref().filter(is_fresh) {
            return kept.clone();
        }
        let compressed = protocol::compress(&heart.state(self.store));
        let frame = self.frame(FrameKind::Snapshot, heart, &compressed);
        let sequence = heart.cursor(self.store).sequence;
        self.snapshot.insert((sequence, frame)).clone()
    }

    fn frame(&self, kind: FrameKind, heart: &Heart, payload: &[u8]) -> Bytes {
        let (store, cursor) = (self.store, heart.cursor(self.store));
        let frame = Frame {
            kind,
            store,
            cursor,
            payload,
        };
        binary_frame(frame.encode())
    }
}
