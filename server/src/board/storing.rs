//! How a tick gets to disk, and the way back to what is there when it doesn't.

use bytes::Bytes;
use candour_shared::protocol::CloseReason;
use serde::Serialize;

use super::Loaded;
use super::actor::{Actor, After};
use super::heart::Write;
use super::record;
use crate::log::{LogError, Stored};

/// Records after which the log is compacted.
const COMPACT_AFTER: u32 = 1_000;

impl Actor {
    pub(super) async fn store(&mut self, write: &Option<Write>) -> Result<(), LogError> {
        let (board, log) = (self.heart.board, &self.around.log);
        let sequence = self.heart.last_tick();
        match write {
            None => {}
            Some(Write::Record(tick)) => {
                let body = encoded(tick)?;
                log.append(board, Stored { sequence, body }).await?;
                self.records += 1;
            }
            Some(Write::Seal(snapshot)) => {
                let body = encoded(snapshot.as_ref())?;
                let compacted = log.compact(board, Stored { sequence, body }).await;
                if let Ok(()) | Err(LogError::NotCleared) = compacted {
                    self.records = 0;
                }
                compacted?;
            }
        }
        Ok(())
    }

    /// The board is as much on disk before as after, so that it can wait if this fails.
    pub(super) async fn compact_if_long(&mut self) {
        if self.records < COMPACT_AFTER {
            return;
        }
        let snapshot = Write::Seal(Box::new(self.heart.snapshot()));
        if let Err(fault) = self.store(&Some(snapshot)).await {
            tracing::error!(%fault, "a board could not be compacted; it is tried again");
            self.records = 0;
        }
    }

    /// Goes back to the board as it is on disk after this tick. If something else is there, the write was
    /// made although it failed, or somebody else writes; then whoever comes back gets what there is.
    pub(super) async fn go_back(&mut self, tick: u64) -> After {
        match self.loaded().await {
            Ok(Some(loaded)) if loaded.heart.last_tick() == tick => {
                self.heart = loaded.heart;
                After::Continue
            }
            Ok(_) => After::End(CloseReason::Restarting),
            Err(fault) => {
                tracing::error!(%fault, "the board can't be loaded");
                After::End(CloseReason::Restarting)
            }
        }
    }

    async fn loaded(&mut self) -> Result<Option<Loaded>, anyhow::Error> {
        let board = self.heart.board;
        let Some(stored) = self.around.log.load(board).await? else {
            return Ok(None);
        };
        let key = self.heart.key.clone();
        Ok(Some(super::load(
            board,
            key,
            stored,
            &mut self.around.random,
        )?))
    }
}

fn encoded(body: &impl Serialize) -> Result<Bytes, LogError> {
    record::encode(body).map_err(|fault| LogError::Write(fault.to_string()))
}
