//! A server from its start to its crash: the real hub, actors and writer of the log, on one thread, in a time
//! that passes only when they all wait.

use std::num::NonZeroU32;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use candour_shared::ids::BoardId;
use candour_shared::protocol::ClientMessage;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::sleep;

use super::link::Link;
use crate::board::{BoardHandle, Environment, Identity, Joining};
use crate::clock::Clock;
use crate::hub::{Hub, HubError};
use crate::keys::{SecretHash, ServerKey};
use crate::limits::{Limiter, Limits};
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
        let limits = Limits {
            returns_per_second: NonZeroU32::MIN,
            commands_per_minute: NonZeroU32::MAX,
            drags_per_second: NonZeroU32::MAX,
            ..Limits::default()
        };
        let mut random = Random::seeded(seed);
        let env = Environment {
            log: Log::simulated(disk, metrics.clone()),
            clock: clock.clone(),
            limiter: Limiter::new(limits, &mut random),
            random,
            metrics,
            idle: IDLE,
        };
        let hub = Hub::new(env, key.clone(), NonZeroU32::MAX);
        drop(entered);
        Self { runtime, hub }
    }

    pub(super) fn create(&self, board: BoardId, stored: StoredBoard) {
        let created = self.hub.create(board, stored);
        self.runtime.block_on(created).unwrap();
    }

    /// Lets a person join a board, however long it takes.
    pub(super) fn let_in(&self, board: BoardId, joining: &Joining) {
        self.runtime
            .block_on(self.hub.join(board, joining))
            .unwrap();
    }

    /// Lets somebody join a board, while other things happen, and tells when they have.
    pub(super) fn join(&self, board: BoardId, joining: Joining, tell: mpsc::Sender<SecretHash>) {
        let hub = Arc::clone(&self.hub);
        self.runtime.spawn(async move {
            if let Ok(joined) = hub.join(board, &joining).await {
                tell.send(joined.token).unwrap();
            }
        });
    }

    pub(super) fn has_joined(&self, board: BoardId, token: SecretHash) -> bool {
        let board = self.board(board).unwrap();
        let member = self.runtime.block_on(board.member(token));
        member.unwrap().is_some()
    }

    /// A board, loaded if need be.
    pub(super) fn board(&self, board: BoardId) -> Result<BoardHandle, HubError> {
        self.runtime.block_on(self.hub.board(board))
    }

    /// A new connection of a page.
    pub(super) fn connect(&self, tab: usize, board: BoardHandle, is_slow: bool) -> Link {
        let _entered = self.runtime.enter();
        Link::new(tab, board, is_slow)
    }

    /// Hands what arrives over a connection to its board, which does not begin with it yet. Says whether the board is in
    /// memory.
    pub(super) fn hand(
        &self,
        link: &mut Link,
        identity: &Identity,
        message: ClientMessage,
    ) -> bool {
        let handed = link.hand(identity, message);
        self.runtime.block_on(handed).is_ok()
    }

    /// The server notices that a connection is lost.
    pub(super) fn notice(&self, link: &mut Link) {
        let _entered = self.runtime.enter();
        link.notice();
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
