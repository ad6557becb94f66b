//! A live board: the handle through which sockets and requests reach its actor.

mod actor;
mod clusters;
mod export;
mod frames;
mod heart;
mod moderation;
mod notes;
mod outbox;
mod phases;
mod presence;
mod record;
mod release;
mod vault;
mod voting;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::Door;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use candour_shared::protocol::Cursor;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::sync::{mpsc, oneshot};

pub use actor::{Actor, Joining, Message, SocketId, today};
pub use heart::{Asker, Heart, Opening};
pub use outbox::{Outbox, ping_frame, text_frame};
pub use record::{DamagedBoard, encode};
pub use vault::{Links, Member};

use crate::keys::{Secret, SecretHash, ServerKey};
use crate::log::{Log, LogError, StoredBoard};
use frames::Frames;

/// Most messages that wait for a board before those who send are made to wait.
const WAITING_MESSAGES: usize = 1024;

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
    pub fn new(heart: Heart, frames: Frames, log: Log, idle: Duration) -> (Self, Actor) {
        let (messages, inbox) = mpsc::channel(WAITING_MESSAGES);
        let handle = Self {
            messages,
            sockets: Arc::default(),
        };
        (handle, Actor::new(heart, frames, log, inbox, idle))
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

    /// What one sees through a link before joining.
    pub async fn door(&self, secret: SecretHash) -> Result<Result<Door, Denied>, Ended> {
        self.ask(|answer| Message::Door(secret, answer)).await
    }

    /// Who joined with a token of this hash.
    pub async fn member(&self, token: SecretHash) -> Result<Option<Member>, Ended> {
        self.ask(|answer| Message::Member(token, answer)).await
    }

    /// Joins; when this answers, it is on disk.
    pub async fn join(
        &self,
        secret: SecretHash,
        organisation: Option<u8>,
        token: SecretHash,
    ) -> Result<Result<Member, Denied>, Ended> {
        self.ask(|answer| {
            Message::Join(Joining {
                secret,
                organisation,
                token,
                answer,
            })
        })
        .await
    }

    /// Gives a role's link another secret; when this answers, the former one opens nothing.
    pub async fn replace_link(
        &self,
        role: Role,
        secret: Secret,
    ) -> Result<Result<(), Denied>, Ended> {
        self.ask(|answer| Message::ReplaceLink(role, secret, answer))
            .await
    }

    /// The board, to be taken away.
    pub async fn export(&self) -> Result<BoardExport, Ended> {
        self.ask(Message::Export).await
    }

    /// Deletes the board; when this answers, it is gone from disk.
    pub async fn delete(&self) -> Result<Result<(), LogError>, Ended> {
        self.ask(Message::Delete).await
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

/// Rebuilds a board from what the log holds of it.
pub fn load(
    board: BoardId,
    key: ServerKey,
    stored: StoredBoard,
) -> Result<(Heart, Frames), DamagedBoard> {
    let snapshot = record::decode(&stored.snapshot.body)?;
    let sequence = stored.snapshot.sequence;
    let mut heart = Heart::restore(board, key, snapshot, sequence, &mut UnwrapErr(SysRng))?;
    let mut frames = Frames::new(heart.cursor());
    for stored in stored.records {
        let Cursor { sequence, .. } = heart.cursor();
        if stored.sequence != sequence + 1 {
            return Err(DamagedBoard::Missing(sequence + 1));
        }
        let tick: record::Record = record::decode(&stored.body)?;
        // Ticks since the snapshot are what clients that were here before a restart have missed.
        let cursor = Cursor {
            sequence: stored.sequence,
            ..heart.cursor()
        };
        frames.push(cursor, &tick);
        heart.replay(tick)?;
    }
    Ok((heart, frames))
}
