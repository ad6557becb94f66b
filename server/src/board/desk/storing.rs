//! How a tick gets to disk, and the way back to what is there when it doesn't.

use std::time::Duration;

use bytes::Bytes;
use candour_shared::protocol::Store;
use serde::Serialize;
use tokio::time::Instant;

use super::loading::{Loaded, load, ticked};
use crate::board::channel::{Down, Update};
use crate::board::engine::record::{self, Snapshot};
use crate::board::engine::{Engine, LogEntry};
use crate::log::{Log, LogError, Stored};
use crate::random::Random;

/// Records after which the log is compacted.
const COMPACT_AFTER: u32 = 1_000;
/// How long everything is refused that would have to be stored, after something could not be.
const REFUSES: Duration = Duration::from_secs(1);

/// A board's place in the log.
pub(super) struct Storing {
    log: Log,
    /// The records that came since the log was compacted, or since that was tried.
    records: u32,
    /// Until when nothing can be stored.
    refuses_until: Option<Instant>,
}

impl Storing {
    /// The log holds so many records of the board after its last snapshot.
    pub(super) const fn new(log: Log, records: u32) -> Self {
        Self {
            log,
            records,
            refuses_until: None,
        }
    }

    /// Whether it is not even tried to store anything.
    pub(super) fn refuses(&self) -> bool {
        let until = self.refuses_until;
        until.is_some_and(|until| Instant::now() < until)
    }

    /// Something could not be stored.
    pub(super) fn refuse_for_now(&mut self) {
        self.refuses_until = Some(Instant::now() + REFUSES);
    }

    /// Stores what a tick writes, and answers what the room is told of it.
    pub(super) async fn store(
        &mut self,
        engine: &Engine,
        entry: Option<LogEntry>,
    ) -> Result<Option<Down>, Unstored> {
        match entry {
            None => Ok(None),
            Some(LogEntry::Record(record)) => {
                let (board, sequence) = (engine.board(), engine.last_tick());
                let body = encoded(&record)?;
                self.log.append(board, Stored { sequence, body }).await?;
                self.records += 1;
                Ok(Some(Down::Tick(ticked(engine, record))))
            }
            Some(LogEntry::Snapshot(snapshot)) => {
                let compacted = self.compact(engine, &snapshot).await;
                let update = |store, bytes| Update {
                    cursor: engine.cursor(store),
                    bytes,
                };
                let sealed = Some(Down::Sealed {
                    wall: update(Store::Wall, snapshot.wall),
                    backstage: update(Store::Backstage, snapshot.backstage),
                });
                match compacted {
                    Ok(()) => Ok(sealed),
                    Err(LogError::NotCleared) => Err(Unstored::NotCleared(sealed)),
                    Err(fault) => Err(fault.into()),
                }
            }
        }
    }

    async fn compact(&mut self, engine: &Engine, snapshot: &Snapshot) -> Result<(), LogError> {
        let (board, sequence) = (engine.board(), engine.last_tick());
        let body = encoded(snapshot)?;
        let compacted = self.log.compact(board, Stored { sequence, body }).await;
        if let Ok(()) | Err(LogError::NotCleared) = compacted {
            self.records = 0;
        }
        compacted
    }

    /// The board is as much on disk before as after, so that it can wait if this fails.
    pub(super) async fn compact_if_long(&mut self, engine: &Engine) {
        if self.records < COMPACT_AFTER {
            return;
        }
        let snapshot = engine.snapshot();
        if let Err(fault) = self.compact(engine, &snapshot).await {
            tracing::error!(%fault, "a board could not be compacted; it is tried again");
            self.records = 0;
        }
    }

    /// The board as it is on disk now; nothing if it is gone.
    pub(super) async fn load(
        &self,
        engine: &Engine,
        random: &mut Random,
    ) -> Result<Option<Loaded>, anyhow::Error> {
        let board = engine.board();
        let Some(stored) = self.log.load(board).await? else {
            return Ok(None);
        };
        Ok(Some(load(board, engine.key().clone(), stored, random)?))
    }
}

/// Why a tick counts as not stored.
pub(super) enum Unstored {
    /// It is on disk and can be told, but what it removed is not gone from there yet.
    NotCleared(Option<Down>),
    /// It isn't on disk, or it is not known.
    Failed(LogError),
}

impl From<LogError> for Unstored {
    fn from(fault: LogError) -> Self {
        Self::Failed(fault)
    }
}

fn encoded(body: &impl Serialize) -> Result<Bytes, LogError> {
    record::encode(body).map_err(|fault| LogError::Write(fault.to_string()))
}
