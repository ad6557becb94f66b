//! The hub: which boards are in memory. A board is loaded once, however many ask for it at the same
//! moment, and leaves memory when it has had no session for a while.

use std::num::NonZeroU32;
use std::sync::Arc;

use candour_shared::denied::Denied;
use candour_shared::http::{Ending, Receipt};
use candour_shared::ids::BoardId;
use candour_shared::time::Millis;
use dashmap::DashMap;
use tokio::sync::{OnceCell, Semaphore};

use crate::board::{
    self, BoardHandle, By, DamagedBoard, Ended, Environment, Joined, Joining, NotDeleted, Request,
};
use crate::clock::Clock;
use crate::keys::ServerKey;
use crate::log::{LogError, StoredBoard};
use crate::random::Random;

/// How often something is asked anew of a board that left memory just then.
const ATTEMPTS: usize = 3;

/// How long nothing is deleted because of the date after the start: a machine's clock is often set
/// right only some time after its own.
const SETTLING: Millis = Millis::seconds(10 * 60);

/// Why something asked of a board failed.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// It was refused.
    #[error("{0}")]
    Denied(#[from] Denied),
    /// The log failed.
    #[error("{0}")]
    Log(#[from] LogError),
    /// The board can't be read.
    #[error("{0}")]
    Damaged(#[from] DamagedBoard),
}

impl From<NotDeleted> for HubError {
    fn from(why: NotDeleted) -> Self {
        match why {
            NotDeleted::Denied(denied) => denied.into(),
            NotDeleted::Log(fault) => fault.into(),
            NotDeleted::NotYet => Denied::Unavailable.into(),
        }
    }
}

/// The boards of this process.
pub struct Hub {
    env: Environment,
    key: ServerKey,
    boards: DashMap<BoardId, Arc<OnceCell<BoardHandle>>>,
    /// For so many boards more there is capacity.
    capacity: Arc<Semaphore>,
}

impl Hub {
    /// A hub without boards in memory, with capacity for so many.
    #[must_use]
    pub fn new(env: Environment, key: ServerKey, capacity: NonZeroU32) -> Arc<Self> {
        Arc::new(Self {
            env,
            key,
            boards: DashMap::new(),
            capacity: Arc::new(Semaphore::new(capacity.get() as usize)),
        })
    }

    /// Where the boards take the time from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.env.clock
    }

    /// Where the boards take randomness from.
    #[must_use]
    pub fn random(&self) -> Random {
        self.env.random.clone()
    }

    /// Whether boards can be read.
    pub async fn look_at_log(&self) -> Result<(), LogError> {
        self.env.log.fingerprint().await.map(drop)
    }

    /// Stores a new board.
    pub async fn create(&self, board: BoardId, stored: StoredBoard) -> Result<(), HubError> {
        Ok(self.env.log.create(board, stored).await?)
    }

    /// What is left of a board that is gone.
    pub async fn receipt(&self, board: BoardId) -> Result<Receipt, HubError> {
        let receipt = self.env.log.receipt(board).await?;
        Ok(receipt.ok_or(Denied::NoSuchBoard)?)
    }

    /// Deletes the boards whose time is over: soon, and at the beginning of every day (UTC) from then on.
    pub async fn keep_expiring(self: Arc<Self>) {
        let clock = self.clock();
        clock.sleep_until(clock.now() + SETTLING).await;
        loop {
            if let Err(fault) = self.expire().await {
                tracing::error!(%fault, "expired boards could not be looked up");
            }
            clock.sleep_until(clock.now().next(Millis::DAY)).await;
        }
    }

    /// Deletes the boards whose time is over.
    pub async fn expire(self: &Arc<Self>) -> Result<(), HubError> {
        let today = self.clock().today();
        for board in self.env.log.expired(today).await? {
            let deleted = self
                .ask(board, |live| async move { live.delete(By::Expiry).await })
                .await;
            let deleted = match deleted {
                Ok(deleted) => deleted.map(drop),
                // A board that can't be read any more has to go all the same.
                Err(_) => {
                    let (ending, on) = (Ending::Expired, today);
                    let receipt = Receipt { board, ending, on };
                    let deleted = self.env.log.delete(&receipt).await;
                    deleted.map_err(NotDeleted::Log)
                }
            };
            if let Err(fault) = deleted {
                tracing::error!(%fault, "an expired board was not deleted; it is tried again tomorrow");
            }
        }
        Ok(())
    }

    /// A live board, loaded if need be.
    pub async fn board(self: &Arc<Self>, board: BoardId) -> Result<BoardHandle, HubError> {
        loop {
            // The map's guard must not be held while the board loads.
            let cell = Arc::clone(&self.boards.entry(board).or_default());
            let loaded = cell.get_or_try_init(|| self.load(board, &cell)).await;
            match loaded {
                Ok(handle) if !handle.has_ended() => return Ok(handle.clone()),
                Ok(_) => self.forget(board, &cell),
                Err(error) => {
                    self.forget(board, &cell);
                    return Err(error);
                }
            }
        }
    }

    /// Asks something of a board, again if the board left memory just then.
    pub async fn ask<T, F>(
        self: &Arc<Self>,
        board: BoardId,
        ask: impl Fn(BoardHandle) -> F,
    ) -> Result<T, HubError>
    where
        F: Future<Output = Result<T, Ended>>,
    {
        for _ in 0..ATTEMPTS {
            if let Ok(answer) = ask(self.board(board).await?).await {
                return Ok(answer);
            }
        }
        Err(Denied::Unavailable.into())
    }

    /// Changes a board; when this answers, the change is on disk.
    pub async fn change(
        self: &Arc<Self>,
        board: BoardId,
        request: impl Fn() -> Request,
    ) -> Result<(), HubError> {
        let changed = self
            .ask(board, |live| {
                let request = request();
                async move { live.request(request).await }
            })
            .await?;
        Ok(changed?)
    }

    /// Lets a person join a board; when this answers, they have, on disk too.
    pub async fn join(
        self: &Arc<Self>,
        board: BoardId,
        joining: &Joining,
    ) -> Result<Joined, HubError> {
        let joined = self
            .ask(board, |live| {
                let joining = joining.clone();
                async move { live.join(joining).await }
            })
            .await?;
        Ok(joined?)
    }

    /// Tells every board to end, and waits until they have.
    pub async fn stop(&self) {
        let cells: Vec<_> = self
            .boards
            .iter()
            .map(|entry| Arc::clone(entry.value()))
            .collect();
        for handle in cells.iter().filter_map(|cell| cell.get()) {
            handle.stop().await;
        }
        for handle in cells.iter().filter_map(|cell| cell.get()) {
            handle.ended().await;
        }
    }

    async fn load(
        self: &Arc<Self>,
        board: BoardId,
        cell: &Arc<OnceCell<BoardHandle>>,
    ) -> Result<BoardHandle, HubError> {
        let capacity = Arc::clone(&self.capacity).try_acquire_owned();
        let capacity = capacity.map_err(|_| Denied::Busy)?;
        let stored = self.env.log.load(board).await?;
        let stored = stored.ok_or(Denied::NoSuchBoard)?;
        let loaded = board::load(board, self.key.clone(), stored, &mut self.random())?;
        let (handle, live) = BoardHandle::new(loaded, self.env.clone());
        let (hub, cell) = (Arc::clone(self), Arc::downgrade(cell));
        let counted = self.env.metrics.board();
        tokio::spawn(async move {
            live.run().await;
            drop((counted, capacity));
            if let Some(cell) = cell.upgrade() {
                hub.forget(board, &cell);
            }
        });
        Ok(handle)
    }

    fn forget(&self, board: BoardId, cell: &Arc<OnceCell<BoardHandle>>) {
        self.boards
            .remove_if(&board, |_, there| Arc::ptr_eq(there, cell));
    }
}

#[cfg(test)]
mod tests;
