//! A server from its start to its crash: the real hub, actors and writer of the log, on one thread, in a time
//! that passes only when they all wait.

use std::num::NonZeroU32;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use candour_shared::ids::BoardId;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::sleep;

use super::link::Link;
use crate::board::{BoardHandle, Joining, Message, Request, Surroundings};
use crate::clock::Clock;
use crate::error::Error;
use crate::hub::Hub;
use crate::keys::{SecretHash, ServerKey};
use crate::log::{Disk, Log, StoredBoard};
use crate::metrics::Metrics;
use crate::random::Random;

/// How long a board without sockets stays in memory.
const IDLE: Duration = Duration::from_secs(5);

/// A server between its start and its crash. Dropping it is the crash: every task ends where it waits.
pub(super) struct Server {
    runtime: Runtime,
    hub: Arc<Hub>,
}

impl Server {
    pub(super) fn start(disk: &Disk, clock: &Clock, key: &ServerKey, seed: u64) -> Self {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .unwrap();
        let entered = runtime.enter();
        let metrics = Metrics::default();
        let around = Surroundings {
            log: Log::simulated(disk, metrics.clone()),
            clock: clock.clone(),
            random: Random::seeded(seed),
            metrics,
            idle: IDLE,
            returns_per_second: NonZeroU32::MIN,
        };
        let hub = Hub::new(around, key.clone(), NonZeroU32::MAX);
        drop(entered);
        Self { runtime, hub }
    }

    pub(super) fn create(&self, board: BoardId, stored: StoredBoard) {
        let created = self.hub.create(board, stored);
        self.runtime.block_on(created).unwrap();
    }

    /// Changes a board, however long it takes.
    pub(super) fn change(&self, board: BoardId, request: impl Fn() -> Request) {
        self.runtime
            .block_on(self.hub.change(board, request))
            .unwrap();
    }

    /// Lets somebody join a board, while other things happen, and tells when they have.
    pub(super) fn join(&self, board: BoardId, joining: Joining, tell: mpsc::Sender<SecretHash>) {
        let hub = Arc::clone(&self.hub);
        self.runtime.spawn(async move {
            let joined = hub.change(board, || Request::Join(joining)).await;
            if joined.is_ok() {
                tell.send(joining.token).unwrap();
            }
        });
    }

    pub(super) fn has_joined(&self, board: BoardId, token: SecretHash) -> bool {
        let board = self.board(board).unwrap();
        let member = self.runtime.block_on(board.member(token));
        member.unwrap().is_some()
    }

    /// A board, loaded if need be.
    pub(super) fn board(&self, board: BoardId) -> Result<BoardHandle, Error> {
        self.runtime.block_on(self.hub.board(board))
    }

    /// A new connection of a page.
    pub(super) fn connect(&self, tab: usize, board: BoardHandle, is_slow: bool) -> Link {
        let _entered = self.runtime.enter();
        Link::new(tab, board, is_slow)
    }

    /// Hands something to a board, which does not begin with it yet. Says whether it is in memory.
    pub(super) fn hand(&self, board: &BoardHandle, message: Message) -> bool {
        self.runtime.block_on(board.send(message)).is_ok()
    }

    /// Lets every task go on so often, in no time.
    pub(super) fn go_on(&self, times: u32) {
        self.runtime.block_on(async {
            for _ in 0..times {
                yield_now().await;
            }
        });
    }

    /// Lets time pass.
    pub(super) fn pass(&self, time: Duration) {
        self.runtime.block_on(async { sleep(time).await });
    }
}
