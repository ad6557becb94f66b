//! The hub: which boards are in memory. A board is loaded once, however many ask for it at the same
//! moment, and leaves memory when nobody has been on it for a while.

use std::sync::Arc;
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use dashmap::DashMap;
use tokio::sync::OnceCell;

use crate::board::{self, BoardHandle, Ended, Message};
use crate::error::Error;
use crate::keys::ServerKey;
use crate::log::{Log, Stored};

/// How often something is asked anew of a board that left memory just then.
const ATTEMPTS: usize = 3;

/// The boards of this process.
pub struct Hub {
    log: Log,
    key: ServerKey,
    idle: Duration,
    boards: DashMap<BoardId, Arc<OnceCell<BoardHandle>>>,
}

impl Hub {
    /// An empty hub over a log.
    #[must_use]
    pub fn new(log: Log, key: ServerKey, idle: Duration) -> Arc<Self> {
        Arc::new(Self {
            log,
            key,
            idle,
            boards: DashMap::new(),
        })
    }

    /// Stores a new board.
    pub async fn create(&self, board: BoardId, snapshot: Stored) -> Result<(), Error> {
        Ok(self.log.create(board, snapshot).await?)
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
        let stored = self.log.load(board).await?.ok_or(Denied::NoSuchBoard)?;
        let (heart, frames) = board::load(board, self.key.clone(), stored)?;
        let (handle, actor) = BoardHandle::new(heart, frames, self.log.clone(), self.idle);
        let (hub, cell) = (Arc::clone(self), Arc::downgrade(cell));
        tokio::spawn(async move {
            actor.run().await;
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
