//! Encoded frames of a board, kept for those who come back: a ring of the last ticks, and one
//! compressed snapshot per document that everybody shares who needs one.

use std::collections::VecDeque;

use bytes::Bytes;
use candour_shared::policy::Role;
use candour_shared::protocol::{self, Cursor, Frame, FrameKind, Hello, Store};

use super::heart::Heart;
use super::outbox::binary_frame;
use super::record::Record;

/// Most bytes of ticks that are kept.
const RING_BYTES: usize = 1024 * 1024;

/// The frames of one tick; none where nothing changed.
#[derive(Clone, Default)]
pub struct TickFrames {
    /// For everyone.
    pub wall: Option<Bytes>,
    /// For facilitators and organisers.
    pub backstage: Option<Bytes>,
}

/// See the module.
pub struct Frames {
    /// The ring reaches from after this tick to now.
    since: Cursor,
    ring: VecDeque<(u64, TickFrames)>,
    bytes: usize,
    wall: Option<Snapshot>,
    backstage: Option<Snapshot>,
}

#[derive(Clone)]
struct Snapshot {
    sequence: u64,
    frame: Bytes,
}

impl Frames {
    /// An empty ring that begins after a tick.
    #[must_use]
    pub fn new(since: Cursor) -> Self {
        Self {
            since,
            ring: VecDeque::new(),
            bytes: 0,
            wall: None,
            backstage: None,
        }
    }

    /// How many ticks are kept.
    #[must_use]
    pub fn ticks(&self) -> usize {
        self.ring.len()
    }

    /// Encodes a tick, once for everybody, and keeps it.
    pub fn push(&mut self, cursor: Cursor, record: &Record) -> TickFrames {
        let encode = |store, update: &Option<Vec<u8>>| {
            update.as_deref().map(|payload| {
                binary_frame(
                    Frame {
                        kind: FrameKind::Tick,
                        store,
                        cursor,
                        payload,
                    }
                    .encode(),
                )
            })
        };
        let frames = TickFrames {
            wall: encode(Store::Wall, &record.wall),
            backstage: encode(Store::Backstage, &record.backstage),
        };
        self.bytes += frames.len();
        self.ring.push_back((cursor.sequence, frames.clone()));
        while self.bytes > RING_BYTES
            && let Some((sequence, dropped)) = self.ring.pop_front()
        {
            self.bytes -= dropped.len();
            self.since.sequence = sequence;
        }
        frames
    }

    /// After a seal everybody needs the new documents, whole.
    pub fn sealed(&mut self, heart: &Heart) -> TickFrames {
        *self = Self::new(heart.cursor());
        TickFrames {
            wall: Some(self.snapshot(Store::Wall, heart).frame),
            backstage: Some(self.snapshot(Store::Backstage, heart).frame),
        }
    }

    /// What brings a client up to date.
    pub fn since(&mut self, hello: &Hello, role: Role, heart: &Heart) -> Vec<Bytes> {
        let mut frames = self.of_store(Store::Wall, hello.wall, heart);
        if role.moderates() {
            frames.extend(self.of_store(Store::Backstage, hello.backstage, heart));
        }
        frames
    }

    fn of_store(&mut self, store: Store, has: Option<Cursor>, heart: &Heart) -> Vec<Bytes> {
        let now = heart.cursor();
        let reachable = |cursor: &Cursor| {
            cursor.generation == now.generation
                && (self.since.sequence..=now.sequence).contains(&cursor.sequence)
        };
        let mut frames = Vec::new();
        let seen = match has.filter(reachable) {
            Some(cursor) => cursor.sequence,
            None => {
                let snapshot = self.snapshot(store, heart);
                frames.push(snapshot.frame);
                snapshot.sequence
            }
        };
        let first = self.ring.partition_point(|(sequence, _)| *sequence <= seen);
        frames.extend(
            self.ring
                .range(first..)
                .filter_map(|(_, tick)| match store {
                    Store::Wall => tick.wall.clone(),
                    Store::Backstage => tick.backstage.clone(),
                }),
        );
        frames
    }

    /// The kept snapshot, if the ring reaches from it to now; else a new one.
    fn snapshot(&mut self, store: Store, heart: &Heart) -> Snapshot {
        let since = self.since.sequence;
        let kept = match store {
            Store::Wall => &mut self.wall,
            Store::Backstage => &mut self.backstage,
        };
        if let Some(kept) = kept.as_ref().filter(|kept| kept.sequence >= since) {
            return kept.clone();
        }
        let cursor = heart.cursor();
        let payload = &protocol::compress(&heart.state(store));
        let frame = Frame {
            kind: FrameKind::Snapshot,
            store,
            cursor,
            payload,
        };
        let frame = binary_frame(frame.encode());
        kept.insert(Snapshot {
            sequence: cursor.sequence,
            frame,
        })
        .clone()
    }
}

impl TickFrames {
    fn len(&self) -> usize {
        [&self.wall, &self.backstage]
            .into_iter()
            .flatten()
            .map(Bytes::len)
            .sum()
    }
}
