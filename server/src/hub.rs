//! The hub: which boards are in memory. A board is loaded once, however many ask for it at the same
//! moment, and leaves memory when nobody has been on it for a while.

use std::num::NonZeroU32;
use std::sync::Arc;

use candour_shared::denied::Denied;
use candour_shared::http::{Ending, Receipt};
use candour_shared::ids::BoardId;
use dashmap::DashMap;
use tokio::sync::{OnceCell, Semaphore};

use crate::board::{self, BoardHandle, By, Ended, Message, NotDeleted, Request, Surroundings};
use crate::clock::{self, Clock};
use crate::error::Error;
use crate::keys::ServerKey;
use crate::log::{LogError, StoredBoard};
use crate::random::Random;

/// How often something is asked anew of a board that left memory just then.
const ATTEMPTS: usize = 3;

/// How long nothing is deleted because of the date after the start, in milliseconds: a machine's clock is often set
/// right only some time after its own.
const SETTLING: i64 = 10 * 60 * 1_000;

/// The boards of this process.
pub struct Hub {
    around: Surroundings,
    key: ServerKey,
    boards: DashMap<BoardId, Arc<OnceCell<BoardHandle>>>,
    /// For so many boards more there is room.
    room: Arc<Semaphore>,
}

impl Hub {
    /// A hub without boards in memory, with room for so many.
    #[must_use]
    pub fn new(around: Surroundings, key: ServerKey, room: NonZeroU32) -> Arc<Self> {
        Arc::new(Self {
            around,
            key,
            boards: DashMap::new(),
            room: Arc::new(Semaphore::new(room.get() as usize)),
        })
    }

    /// Where the boards take the time from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.around.clock
    }

    /// Where the boards take randomness from.
    #[must_use]
    pub fn random(&self) -> Random {
        self.around.random.clone()
    }

    /// Whether boards can be read.
    pub async fn look_at_log(&self) -> Result<(), LogError> {
        self.around.log.fingerprint().await.map(drop)
    }

    /// Stores a new board.
    pub async fn create(&self, board: BoardId, stored: StoredBoard) -> Result<(), Error> {
        Ok(self.around.log.create(board, stored).await?)
    }

    /// What is left of a board that is gone.
    pub async fn receipt(&self, board: BoardId) -> Result<Receipt, Error> {
        let receipt = self.around.log.receipt(board).await?;
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
            clock.sleep_until(clock::next_day(clock.now())).await;
        }
    }

    /// Deletes the boards whose time is over.
    pub async fn expire(self: &Arc<Self>) -> Result<(), Error> {
        let today = self.clock().today();
        for board in self.around.log.expired(&today).await? {
            let deleted = self
                .ask(board, |live| async move { live.delete(By::Expiry).await })
                .await;
            let deleted = match deleted {
                Ok(deleted) => deleted.map(drop),
                // A board that can't be read any more has to go all the same.
                Err(_) => {
                    let (ending, on) = (Ending::Expired, today.clone());
                    let receipt = Receipt { board, ending, on };
                    let deleted = self.around.log.delete(&receipt).await;
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
    pub async fn board(self: &Arc<Self>, board: BoardId) -> Result<BoardHandle, Error> {
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
    ) -> Result<T, Error>
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
    ) -> Result<(), Error> {
        let changed = self
            .ask(board, |live| {
                let request = request();
                async move { live.request(request).await }
            })
            .await?;
        Ok(changed?)
    }

    /// Tells every board to end, and waits until they have.
    pub async fn stop(&self) {
        let cells: Vec<_> = self
            .boards
            .iter()
            .map(|entry| Arc::clone(entry.value()))
            .collect();
        for handle in cells.iter().filter_map(|cell| cell.get()) {
            // A board that has ended already is as good.
            let _ = handle.send(Message::Stop).await;
        }
        for handle in cells.iter().filter_map(|cell| cell.get()) {
            handle.ended().await;
        }
    }

    async fn load(
        self: &Arc<Self>,
        board: BoardId,
        cell: &Arc<OnceCell<BoardHandle>>,
    ) -> Result<BoardHandle, Error> {
        let room = Arc::clone(&self.room).try_acquire_owned();
        let room = room.map_err(|_| Denied::Busy)?;
        let stored = self.around.log.load(board).await?;
        let stored = stored.ok_or(Denied::NoSuchBoard)?;
        let loaded = board::load(board, self.key.clone(), stored, &mut self.random())?;
        let (handle, actor) = BoardHandle::new(loaded, self.around.clone());
        let (hub, cell) = (Arc::clone(self), Arc::downgrade(cell));
        let counted = self.around.metrics.board();
        tokio::spawn(async move {
            actor.run().await;
            drop((counted, room));
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
