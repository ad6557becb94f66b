//! Encoded frames of a board, kept for those who come back: of each document a ring of its last
//! updates, and one compressed snapshot that everybody shares who needs one.

use std::collections::VecDeque;

use bytes::Bytes;
use candour_shared::policy::Role;
use candour_shared::protocol::{Cursor, Frame, FrameKind, Hello, Store};

use super::outbox::binary_frame;
use crate::board::channel::{Beginning, Ticked, Update};

/// Most bytes of updates of one document that are kept.
const RING_BYTES: usize = 1024 * 1024;
/// So many bytes of updates go to newcomers after a snapshot before a new one is worth its making.
const FRESH_BYTES: usize = 16 * 1024;
/// Most bytes of updates that are joined to one piece.
const MOST_JOINED: usize = 64 * 1024;

/// How far a page's copies of the documents have come.
pub(in crate::board) struct Copies {
    wall: Option<Cursor>,
    backstage: Option<Cursor>,
}

impl From<&Hello> for Copies {
    fn from(hello: &Hello) -> Self {
        Self {
            wall: hello.wall,
            backstage: hello.backstage,
        }
    }
}

/// Both documents'.
pub(super) struct Frames {
    wall: Ring,
    backstage: Ring,
}

/// The last updates of one document.
struct Ring {
    store: Store,
    /// Where the document stands.
    now: Cursor,
    /// The ring reaches from after this update to now.
    since: u64,
    updates: VecDeque<(u64, Bytes)>,
    bytes: usize,
    snapshot: Option<Snapshot>,
    /// The updates after one, in one piece: most who lack some lack the same.
    joined: Option<(u64, Bytes)>,
    lacks: Lacks,
}

/// The whole of a document after one of its updates.
struct Snapshot {
    at: u64,
    whole: Whole,
}

enum Whole {
    /// As the desk gave it; there may be no page that needs it.
    Plain(Vec<u8>),
    Encoded(Bytes),
}

/// Whether a snapshot has to come from the desk.
#[derive(PartialEq, Eq)]
enum Lacks {
    Nothing,
    /// A page needs one.
    Snapshot,
    /// The desk was asked for one.
    Asked,
}

impl Frames {
    /// Rings that reach back to where a room begins.
    pub(super) fn new(beginning: Beginning) -> Self {
        let mut frames = Self {
            wall: Ring::new(Store::Wall, beginning.wall),
            backstage: Ring::new(Store::Backstage, beginning.backstage),
        };
        for ticked in beginning.ticks {
            frames.push(&ticked);
        }
        frames
    }

    /// Encodes what a tick changed, once for everybody, and keeps it.
    pub(super) fn push(&mut self, ticked: &Ticked) {
        self.wall.push(ticked.wall.as_ref());
        self.backstage.push(ticked.backstage.as_ref());
    }

    /// After a seal every page needs the new documents, whole.
    pub(super) fn seal(&mut self, wall: Update, backstage: Update) {
        self.wall = Ring::new(Store::Wall, wall.cursor);
        self.backstage = Ring::new(Store::Backstage, backstage.cursor);
        self.keep(Store::Wall, wall);
        self.keep(Store::Backstage, backstage);
    }

    /// Keeps a whole document for those who need it.
    pub(super) fn keep(&mut self, store: Store, whole: Update) {
        self.ring(store).keep(whole);
    }

    /// A document of which a page needs a snapshot that the desk was not asked for yet; it counts as asked for now.
    pub(super) fn take_lack(&mut self) -> Option<Store> {
        let rings = [&mut self.wall, &mut self.backstage];
        let ring = rings.into_iter().find(|it| it.lacks == Lacks::Snapshot)?;
        ring.lacks = Lacks::Asked;
        Some(ring.store)
    }

    /// Whether there is all that brings these copies up to date; if not, it is lacked from now on.
    pub(super) fn reach(&mut self, copies: &Copies, role: Role) -> bool {
        let wall = self.wall.reaches(copies.wall);
        let backstage = !role.moderates() || self.backstage.reaches(copies.backstage);
        wall && backstage
    }

    /// Sends what brings copies up to date that are within reach; they are from then on.
    pub(super) fn send_since(
        &mut self,
        copies: &mut Copies,
        role: Role,
        send: &mut dyn FnMut(Bytes),
    ) {
        self.wall.send_since(&mut copies.wall, send);
        if role.moderates() {
            self.backstage.send_since(&mut copies.backstage, send);
        }
    }

    const fn ring(&mut self, store: Store) -> &mut Ring {
        match store {
            Store::Wall => &mut self.wall,
            Store::Backstage => &mut self.backstage,
        }
    }
}

impl Ring {
    fn new(store: Store, now: Cursor) -> Self {
        Self {
            store,
            now,
            since: now.sequence,
            updates: VecDeque::new(),
            bytes: 0,
            snapshot: None,
            joined: None,
            lacks: Lacks::Nothing,
        }
    }

    fn push(&mut self, update: Option<&Update>) {
        let Some(update) = update else { return };
        self.now = update.cursor;
        let frame = self.frame(FrameKind::Tick, self.now.sequence, &update.bytes);
        self.bytes += frame.len();
        self.updates.push_back((self.now.sequence, frame));
        self.joined = None;
        while self.bytes > RING_BYTES
            && let Some((sequence, dropped)) = self.updates.pop_front()
        {
            self.bytes -= dropped.len();
            self.since = sequence;
        }
    }

    fn keep(&mut self, whole: Update) {
        self.lacks = Lacks::Nothing;
        self.snapshot = Some(Snapshot {
            at: whole.cursor.sequence,
            whole: Whole::Plain(whole.bytes),
        });
    }

    /// Whether a copy can be brought up to date with what is here. If it needs a snapshot, that is lacked from now on.
    fn reaches(&mut self, has: Option<Cursor>) -> bool {
        let reaches = self.goes_on_from(has).is_some() || self.has_fresh_snapshot();
        if !reaches && self.lacks == Lacks::Nothing {
            self.lacks = Lacks::Snapshot;
        }
        reaches
    }

    fn send_since(&mut self, has: &mut Option<Cursor>, send: &mut dyn FnMut(Bytes)) {
        let seen = self.goes_on_from(*has).or_else(|| {
            let (at, frame) = self.snapshot()?;
            send(frame);
            Some(at)
        });
        let Some(seen) = seen else { return };
        *has = Some(self.now);
        match self.joined(seen) {
            Some(joined) => send(joined),
            None => self.after(seen).cloned().for_each(send),
        }
    }

    /// After which update a copy goes on, if the ring reaches back to where it stands.
    fn goes_on_from(&self, has: Option<Cursor>) -> Option<u64> {
        let has = has.filter(|has| has.generation == self.now.generation)?;
        let reaches = (self.since..=self.now.sequence).contains(&has.sequence);
        reaches.then_some(has.sequence)
    }

    /// The updates after one in one piece, unless they are one anyway, or so much that a page that lacks just
    /// these should not have a piece of its own.
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

    /// Whether the ring reaches from the kept snapshot to now, and the updates since then, which aren't compressed
    /// together, are not much beside it.
    fn has_fresh_snapshot(&self) -> bool {
        let Some(kept) = &self.snapshot else {
            return false;
        };
        let size = match &kept.whole {
            Whole::Plain(plain) => plain.len(),
            Whole::Encoded(frame) => frame.len(),
        };
        let since: usize = self.after(kept.at).map(Bytes::len).sum();
        kept.at >= self.since && since <= FRESH_BYTES.max(size / 2)
    }

    /// The kept snapshot, encoded once for all who need it.
    fn snapshot(&mut self) -> Option<(u64, Bytes)> {
        let Snapshot { at, whole } = self.snapshot.take()?;
        let frame = match whole {
            Whole::Encoded(frame) => frame,
            Whole::Plain(plain) => self.frame(FrameKind::Snapshot, at, &plain),
        };
        let whole = Whole::Encoded(frame.clone());
        self.snapshot = Some(Snapshot { at, whole });
        Some((at, frame))
    }

    /// An encoded frame of the document as it stood after one of its updates.
    fn frame(&self, kind: FrameKind, at: u64, bytes: &[u8]) -> Bytes {
        let cursor = Cursor {
            sequence: at,
            ..self.now
        };
        binary_frame(Frame::encode_update(kind, self.store, cursor, bytes))
    }
}
