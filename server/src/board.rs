//! A live board: the handle through which sockets and requests reach its actor.

mod actor;
mod admission;
mod agenda;
mod arrivals;
mod backing;
mod clusters;
mod discussion;
mod export;
mod frames;
mod heart;
mod moderation;
mod notes;
mod order;
mod outbox;
mod phases;
mod presence;
mod pulse;
mod record;
mod release;
mod same_here;
mod scene;
mod sockets;
mod storing;
mod turns;
mod vault;
mod voting;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{BoardPreview, Receipt};
use candour_shared::ids::BoardId;
use tokio::sync::{mpsc, oneshot};

pub use actor::{Actor, By, Message, NotDeleted};
pub use admission::LinkSecrets;
pub use heart::{Asker, Heart, Joining, Opening, Request, Write};
pub(crate) use order::Order;
pub use outbox::{Outbox, ping_frame, text_frame};
pub use record::{DamagedBoard, encode};
pub use sockets::SocketId;
pub use vault::{Links, Member};

use crate::clock::Clock;
use crate::keys::{SecretHash, ServerKey};
use crate::log::{Log, StoredBoard};
use crate::metrics::Metrics;
use crate::random::Random;
use frames::Frames;

/// Most messages that wait for a board before those who send are made to wait.
const WAITING_MESSAGES: usize = 1024;

/// A return is spread over a multiple of this, in milliseconds.
const SPREAD_STEP: u32 = 500;

/// What a board lives in: where it is stored, and where it takes time and randomness from.
#[derive(Clone)]
pub struct Surroundings {
    /// Where boards are stored.
    pub log: Log,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// What is counted.
    pub metrics: Metrics,
    /// How long a board without sockets stays in memory.
    pub idle: Duration,
    /// How many connections can be taken back in a second.
    pub returns_per_second: NonZeroU32,
}

impl Surroundings {
    /// Over how long those who lose their connection should spread their return, in milliseconds. In steps,
    /// which say little of how many are on other boards.
    pub(crate) fn spread(&self) -> u32 {
        let sockets = self.metrics.sockets();
        let seconds = f64::from(sockets) / f64::from(self.returns_per_second.get());
        let steps = (seconds * 1_000.0 / f64::from(SPREAD_STEP)).ceil();
        (steps as u32).max(1).saturating_mul(SPREAD_STEP)
    }
}

/// The board's actor has ended. A board that still exists is loaded again by the next who asks.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the board is not in memory any more")]
pub struct Ended;

/// The way to a live board; cheap to clone.
#[derive(Clone)]
pub struct BoardHandle {
    messages: mpsc::Sender<Message>,
    sockets: Arc<AtomicU64>,
}

impl BoardHandle {
    /// A handle, and the actor to run behind it.
    pub fn new(loaded: Loaded, around: Surroundings) -> (Self, Actor) {
        let (messages, inbox) = mpsc::channel(WAITING_MESSAGES);
        let handle = Self {
            messages,
            sockets: Arc::default(),
        };
        (handle, Actor::new(loaded, around, inbox))
    }

    /// Whether the actor has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.messages.is_closed()
    }

    /// Waits until the actor has ended.
    pub async fn ended(&self) {
        self.messages.closed().await;
    }

    /// A number for a new socket.
    #[must_use]
    pub fn new_socket(&self) -> SocketId {
        self.sockets.fetch_add(1, Ordering::Relaxed)
    }

    /// Sends something to the actor, waiting while it is busy.
    pub async fn send(&self, message: Message) -> Result<(), Ended> {
        self.messages.send(message).await.map_err(|_| Ended)
    }

    /// What one sees through a link, or with a code, before joining.
    pub async fn preview(&self, opener: SecretHash) -> Result<Result<BoardPreview, Denied>, Ended> {
        self.ask(|answer| Message::Preview(opener, answer)).await
    }

    /// Who joined with a token of this hash.
    pub async fn member(&self, token: SecretHash) -> Result<Option<Member>, Ended> {
        self.ask(|answer| Message::Member(token, answer)).await
    }

    /// Changes the board; when this answers, the change is on disk.
    pub async fn request(&self, request: Request) -> Result<Result<(), Denied>, Ended> {
        self.ask(|answer| Message::Ask(request, answer)).await
    }

    /// The board, to be taken away by an organiser.
    pub async fn export(&self, by: SecretHash) -> Result<Result<BoardExport, Denied>, Ended> {
        self.ask(|answer| Message::Export(by, answer)).await
    }

    /// Deletes the board; when this answers, it is gone from disk.
    pub async fn delete(&self, by: By) -> Result<Result<Receipt, NotDeleted>, Ended> {
        self.ask(|answer| Message::Delete(by, answer)).await
    }

    async fn ask<T>(
        &self,
        message: impl FnOnce(oneshot::Sender<T>) -> Message,
    ) -> Result<T, Ended> {
        let (answer, asked) = oneshot::channel();
        self.send(message(answer)).await?;
        asked.await.map_err(|_| Ended)
    }
}

/// A board that was rebuilt from what the log holds of it.
pub struct Loaded {
    heart: Heart,
    frames: Frames,
    /// How many records the log holds of it.
    records: u32,
}

impl Loaded {
    /// The date on which the board is deleted, `YYYY-MM-DD`.
    #[must_use]
    pub fn expires_on(&self) -> String {
        self.heart.expires_on()
    }
}

/// Rebuilds a board from what the log holds of it.
pub fn load(
    board: BoardId,
    key: ServerKey,
    stored: StoredBoard,
    random: &mut Random,
) -> Result<Loaded, DamagedBoard> {
    let snapshot = record::decode(&stored.snapshot.body)?;
    let sequence = stored.snapshot.sequence;
    let mut heart = Heart::restore(board, key, snapshot, sequence, random)?;
    let mut frames = Frames::new(&heart);
    let records = u32::try_from(stored.records.len()).unwrap_or(u32::MAX);
    for stored in stored.records {
        let next = heart.last_tick() + 1;
        if stored.sequence != next {
            return Err(DamagedBoard::Missing(next));
        }
        let record = record::decode(&stored.body)?;
        heart.replay(&record)?;
        // What changed since the snapshot is what clients that were here before a restart have missed.
        frames.push(&heart, &record);
    }
    let last = heart.last_tick();
    if stored.last != Some(last) {
        return Err(DamagedBoard::Last(last));
    }
    Ok(Loaded {
        heart,
        frames,
        records,
    })
}
