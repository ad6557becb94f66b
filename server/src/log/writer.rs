//! The one that writes: whatever waits for it when it is free goes to disk in one transaction.

use std::collections::BTreeSet;
use std::time::Duration;

use candour_shared::ids::BoardId;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

use super::error::LogError;
use super::medium::Medium;
use super::stored::Write;
use crate::metrics::Metrics;

/// Most writes that wait before those who write are made to wait.
const WAITING: usize = 1024;
/// Most writes that go to disk in one transaction.
const GROUP: usize = 256;
/// How soon it is tried again to clear what was removed, while another program reads the database.
const AGAIN: Duration = Duration::from_millis(20);
/// How soon, when the disk failed at it.
const AGAIN_AFTER_FAULT: Duration = Duration::from_secs(1);
/// How long who removed something waits for that. It is tried on afterwards.
const PATIENCE: Duration = Duration::from_secs(10);

/// A handle to the writer; cheap to clone.
#[derive(Clone)]
pub(super) struct Writer {
    asked: mpsc::Sender<Asked>,
    /// The boards of which something is removed and isn't cleared yet.
    uncleared: watch::Receiver<BTreeSet<BoardId>>,
}

/// A write, and where its outcome goes.
type Asked = (Write, Done);
type Done = oneshot::Sender<Result<(), LogError>>;

impl Writer {
    /// A writer, which ends with its last handle.
    pub(super) fn start(medium: Medium, metrics: Metrics) -> Self {
        let (asked, waiting) = mpsc::channel(WAITING);
        let (uncleared, watched) = watch::channel(BTreeSet::new());
        let writing = Writing {
            medium,
            metrics,
            uncleared,
            removals: Vec::new(),
            // A crash may have come between a removal and its clearing.
            clear_at: Some(Instant::now()),
            fails_to_clear: false,
        };
        tokio::spawn(writing.run(waiting));
        Self {
            asked,
            uncleared: watched,
        }
    }

    /// One that writes nothing.
    pub(super) fn closed() -> Self {
        Self {
            asked: mpsc::channel(1).0,
            uncleared: watch::channel(BTreeSet::new()).1,
        }
    }

    /// Answers when the write is on disk, and what it removed is gone from there.
    pub(super) async fn write(&self, write: Write) -> Result<(), LogError> {
        let (done, answer) = oneshot::channel();
        self.asked
            .send((write, done))
            .await
            .map_err(|_| LogError::Closed)?;
        answer.await.map_err(|_| LogError::Closed)?
    }

    /// Waits until what was removed of a board is gone, or all who waited for that have given up.
    pub(super) async fn cleared(&self, board: BoardId) {
        let mut uncleared = self.uncleared.clone();
        let is_cleared = |uncleared: &BTreeSet<BoardId>| !uncleared.contains(&board);
        // A writer that has ended clears nothing more.
        let _ = uncleared.wait_for(is_cleared).await;
    }
}

/// The task behind a [`Writer`].
struct Writing {
    medium: Medium,
    metrics: Metrics,
    uncleared: watch::Sender<BTreeSet<BoardId>>,
    removals: Vec<Removal>,
    /// When it is tried to clear what was removed, if anything was.
    clear_at: Option<Instant>,
    /// Whether the disk failed at it the last time.
    fails_to_clear: bool,
}

/// Something that was removed and isn't cleared yet.
struct Removal {
    board: BoardId,
    /// How long who removed it waits.
    until: Instant,
    done: Done,
}

impl Writing {
    async fn run(mut self, mut waiting: mpsc::Receiver<Asked>) {
        let mut group = Vec::with_capacity(GROUP);
        loop {
            let clear_at = self.clear_at.unwrap_or_else(Instant::now);
            tokio::select! {
                count = waiting.recv_many(&mut group, GROUP) => if count == 0 {
                    return;
                },
                () = sleep_until(clear_at), if self.clear_at.is_some() => {}
            }
            if !group.is_empty() {
                self.write(group.drain(..).unzip()).await;
            }
            // Also between groups: readers don't wait for writers, nor writers for readers.
            if self.clear_at.is_some_and(|due| due <= Instant::now()) {
                self.clear().await;
            }
        }
    }

    async fn write(&mut self, (writes, done): (Vec<Write>, Vec<Done>)) {
        let removing = writes.iter().filter_map(Write::removes);
        self.uncleared
            .send_modify(|uncleared| uncleared.extend(removing));
        let together = self.medium.commit(&writes).await;
        let alone = writes.len() == 1;
        for (write, done) in writes.iter().zip(done) {
            let outcome = match &together {
                Ok(()) => Ok(()),
                Err(fault) if alone => Err(LogError::Write(fault.to_string())),
                // One write that can't be made must not take its neighbours with it.
                Err(_) => self.medium.commit(std::slice::from_ref(write)).await,
            };
            self.metrics.wrote(outcome.is_ok());
            match write.removes() {
                Some(board) if outcome.is_ok() => self.removed(board, done),
                // The one who asked may be gone; the write counts all the same.
                Some(_) | None => drop(done.send(outcome)),
            }
        }
        self.tell_uncleared();
    }

    fn tell_uncleared(&self) {
        let boards = self.removals.iter().map(|removal| removal.board);
        let boards: BTreeSet<_> = boards.collect();
        self.uncleared.send_if_modified(|uncleared| {
            let changed = *uncleared != boards;
            *uncleared = boards;
            changed
        });
    }

    fn removed(&mut self, board: BoardId, done: Done) {
        let now = Instant::now();
        self.clear_at = Some(now);
        self.removals.push(Removal {
            board,
            until: now + PATIENCE,
            done,
        });
    }

    async fn clear(&mut self) {
        let cleared = self.medium.clear().await;
        let now = Instant::now();
        self.clear_at = match &cleared {
            Ok(true) => None,
            Ok(false) => Some(now + AGAIN),
            Err(_) => Some(now + AGAIN_AFTER_FAULT),
        };
        if let (Err(fault), false) = (&cleared, self.fails_to_clear) {
            tracing::error!(%fault, "what was removed can't be cleared; it is tried again");
        }
        self.fails_to_clear = cleared.is_err();
        let is_clear = matches!(cleared, Ok(true));
        // While another program reads, it is worth to wait.
        let over = |removal: &mut Removal| !matches!(cleared, Ok(false)) || removal.until <= now;
        for removal in self.removals.extract_if(.., over) {
            let outcome = is_clear.then_some(()).ok_or(LogError::NotCleared);
            // The one who asked may be gone.
            let _ = removal.done.send(outcome);
        }
        self.tell_uncleared();
    }
}
