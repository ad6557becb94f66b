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

#[cfg(test)]
mod tests {
    use candour_shared::templates::Template;
    use rand::rand_core::UnwrapErr;
    use rand::rngs::SysRng;

    use super::*;
    use crate::board::{Heart, Links, Opening, encode, today};
    use crate::keys::Secret;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    async fn hub_with_a_board(idle: Duration) -> (tempfile::TempDir, Arc<Hub>) {
        let folder = tempfile::tempdir().unwrap();
        let rng = &mut UnwrapErr(SysRng);
        let log = Log::sqlite(&folder.path().join("candour.db"))
            .await
            .unwrap();
        let key = ServerKey::open(&folder.path().join("key"), rng).unwrap();
        let hub = Hub::new(log, key, idle);
        let [organiser, facilitator, participant] = [0; 3].map(|_| Secret::random(rng));
        let mut settings = Template::Blank.settings();
        settings.title = "A board".into();
        let opening = Opening {
            settings,
            links: Links {
                organiser: organiser.hash(),
                facilitator: facilitator.hash(),
                participant: participant.hash(),
            },
            participant_secret: participant,
            today: today(),
        };
        let body = encode(&Heart::open(&opening, rng)).unwrap();
        hub.create(BOARD, Stored { sequence: 0, body })
            .await
            .unwrap();
        (folder, hub)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_board_is_loaded_once_however_many_ask_at_the_same_moment() {
        let (_folder, hub) = hub_with_a_board(Duration::from_secs(60)).await;
        let askers: Vec<_> = (0..100)
            .map(|_| {
                let hub = Arc::clone(&hub);
                tokio::spawn(async move { hub.board(BOARD).await.unwrap().new_socket() })
            })
            .collect();
        let mut sockets = Vec::new();
        for asker in askers {
            sockets.push(asker.await.unwrap());
        }
        sockets.sort_unstable();
        // One actor numbers all its sockets; two would give the same number twice.
        assert_eq!(sockets, (0..100).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn an_idle_board_leaves_memory_and_comes_back_when_somebody_asks() {
        let (_folder, hub) = hub_with_a_board(Duration::from_millis(20)).await;
        let board = hub.board(BOARD).await.unwrap();
        board.ended().await;
        let again = hub.board(BOARD).await.unwrap();
        assert!(!again.has_ended());
    }

    #[tokio::test]
    async fn asking_for_unknown_boards_leaves_nothing_behind() {
        let (_folder, hub) = hub_with_a_board(Duration::from_secs(60)).await;
        let unknown = BoardId::from_bytes([2; 16]);
        assert!(matches!(
            hub.board(unknown).await,
            Err(Error::Denied(Denied::NoSuchBoard))
        ));
        assert!(hub.boards.is_empty());
    }
}
