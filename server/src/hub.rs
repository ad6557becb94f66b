//! The hub: which boards are in memory. A board is loaded once, however many ask for it at the same
//! moment, and leaves memory when nobody has been on it for a while.

use std::sync::Arc;

use candour_shared::denied::Denied;
use candour_shared::http::{Ending, Receipt};
use candour_shared::ids::BoardId;
use dashmap::DashMap;
use tokio::sync::OnceCell;

use crate::board::{self, BoardHandle, By, Ended, Message, Request, Surroundings};
use crate::clock::{self, Clock};
use crate::error::Error;
use crate::keys::ServerKey;
use crate::log::NewBoard;
use crate::random::Random;

/// How often something is asked anew of a board that left memory just then.
const ATTEMPTS: usize = 3;

/// The boards of this process.
pub struct Hub {
    around: Surroundings,
    key: ServerKey,
    boards: DashMap<BoardId, Arc<OnceCell<BoardHandle>>>,
}

impl Hub {
    /// A hub without boards in memory.
    #[must_use]
    pub fn new(around: Surroundings, key: ServerKey) -> Arc<Self> {
        Arc::new(Self {
            around,
            key,
            boards: DashMap::new(),
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

    /// Stores a new board.
    pub async fn create(&self, board: NewBoard) -> Result<(), Error> {
        Ok(self.around.log.create(board).await?)
    }

    /// What is left of a board that is gone.
    pub async fn receipt(&self, board: BoardId) -> Result<Receipt, Error> {
        let receipt = self.around.log.receipt(board).await?;
        Ok(receipt.ok_or(Denied::NoSuchBoard)?)
    }

    /// Deletes the boards whose time is over, now and at the beginning of every day (UTC) from now on.
    pub async fn keep_expiring(self: Arc<Self>) {
        loop {
            if let Err(fault) = self.expire().await {
                tracing::error!(%fault, "expired boards could not be looked up");
            }
            let clock = self.clock();
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
            if let Ok(Ok(_)) = deleted {
                continue;
            }
            // A board that can't be read any more has to go all the same.
            let receipt = Receipt {
                board,
                ending: Ending::Expired,
                on: today.clone(),
            };
            if let Err(fault) = self.around.log.delete(&receipt).await {
                tracing::error!(%fault, "an expired board could not be deleted; it is tried again tomorrow");
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
        let stored = self.around.log.load(board).await?;
        let stored = stored.ok_or(Denied::NoSuchBoard)?;
        let loaded = board::load(board, self.key.clone(), stored, &mut self.random())?;
        let (handle, actor) = BoardHandle::new(loaded, self.around.clone());
        let (hub, cell) = (Arc::clone(self), Arc::downgrade(cell));
        let counted = self.around.metrics.board();
        tokio::spawn(async move {
            actor.run().await;
            drop(counted);
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
    use std::time::Duration;

    use candour_shared::templates::Template;
    use candour_shared::text::Language;

    use super::*;
    use crate::board::{Heart, Links, Opening, encode};
    use crate::keys::Secret;
    use crate::log::{Log, Stored};
    use crate::metrics::Metrics;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    async fn hub_with_a_board(idle: Duration) -> (tempfile::TempDir, Arc<Hub>) {
        let folder = tempfile::tempdir().unwrap();
        let random = &mut Random::seeded(1);
        let log = Log::sqlite(&folder.path().join("candour.db"), Metrics::default())
            .await
            .unwrap();
        let key = ServerKey::open(&folder.path().join("key"), random).unwrap();
        let around = Surroundings {
            log,
            clock: Clock::System,
            random: Random::seeded(2),
            metrics: Metrics::default(),
            idle,
        };
        let hub = Hub::new(around, key);
        let [organiser, facilitator, participant, projector] =
            [0; 4].map(|_| Secret::random(random));
        let mut settings = Template::Blank.settings(Language::English);
        settings.title = "A board".into();
        let opening = Opening {
            settings,
            links: Links {
                organiser: organiser.hash(),
                facilitator: facilitator.hash(),
                participant: Some(participant.hash()),
                projector: projector.hash(),
            },
            participant_secret: Some(participant),
            projector_secret: projector,
            notes: Vec::new(),
            today: "2026-01-31".to_owned(),
            expires_on: "9999-12-31".to_owned(),
        };
        let body = encode(&Heart::open(&opening, random)).unwrap();
        let board = NewBoard {
            board: BOARD,
            snapshot: Stored { sequence: 0, body },
            expires_on: opening.expires_on,
        };
        hub.create(board).await.unwrap();
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
