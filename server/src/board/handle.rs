//! The way to a live board: for sessions, and for requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{BoardPreview, Receipt};
use candour_shared::protocol::{ClientMessage, Hello};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::channel::{SessionId, Up};
use super::desk::{Desk, Loaded};
use super::engine::request::{Answer, Identity, Joined, Joining, Outcome, Request};
use super::engine::vault::Member;
use super::environment::Environment;
use super::inbox::{By, Message, NotDeleted};
use super::room::{Connection, Outbox, Room};
use crate::keys::SecretHash;

/// Most messages that wait for a desk, or for a room, before those who send are made to wait.
const WAITING: usize = 1024;

/// The board has left memory. If it still exists, it is loaded again for the next who asks.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the board is not in memory any more")]
pub struct Ended;

/// The way to a live board; cheap to clone.
#[derive(Clone)]
pub struct BoardHandle {
    desk: mpsc::Sender<Message>,
    room: mpsc::Sender<Connection>,
    sessions: Arc<AtomicU64>,
}

/// A board in memory: its desk and its room, to be run.
pub struct LiveBoard {
    desk: Desk,
    room: Room,
}

impl LiveBoard {
    /// Runs until the board leaves memory.
    pub async fn run(self) {
        // By themselves, so that deciding doesn't wait for telling.
        let room = tokio::spawn(self.room.run());
        self.desk.run().await;
        // If it panicked, that is in the log.
        let _ = room.await;
    }
}

impl BoardHandle {
    /// A handle, and the board to run behind it.
    pub fn new(loaded: Loaded, env: Environment) -> (Self, LiveBoard) {
        let Loaded {
            engine,
            records,
            beginning,
        } = loaded;
        let (desk, inbox) = mpsc::channel(WAITING);
        let (room, connections) = mpsc::channel(WAITING);
        let (down, told) = mpsc::channel(WAITING);
        let live = LiveBoard {
            room: Room::new(beginning, &env, desk.downgrade(), connections, told),
            desk: Desk::new(engine, records, env, inbox, down),
        };
        let sessions = Arc::default();
        (
            Self {
                desk,
                room,
                sessions,
            },
            live,
        )
    }

    /// Whether both lead to the same board in memory.
    #[cfg(test)]
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.desk.same_channel(&other.desk)
    }

    /// Whether the board has left memory.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.desk.is_closed()
    }

    /// Waits until the board has left memory, and its room has said goodbye to everybody.
    pub async fn ended(&self) {
        self.desk.closed().await;
        self.room.closed().await;
    }

    /// A page said hello: it comes onto the board, until the session is dropped.
    pub async fn enter(
        &self,
        identity: Identity,
        hello: &Hello,
        outbox: Arc<Outbox>,
    ) -> Result<Session, Ended> {
        let session = Session {
            id: self.sessions.fetch_add(1, Ordering::Relaxed),
            board: self.clone(),
        };
        // The room first: when the desk answers, it knows where to.
        let connection = Connection::Opened(session.id, hello.into(), outbox);
        self.room.send(connection).await.map_err(|_| Ended)?;
        let up = Up::Arrive {
            session: session.id,
            identity,
            page: hello.page,
        };
        session.send(up).await?;
        Ok(session)
    }

    /// What a person sees with a link or a code before joining.
    pub async fn preview(&self, opener: SecretHash) -> Result<Result<BoardPreview, Denied>, Ended> {
        self.ask(|answer| Message::Preview(opener, answer)).await
    }

    /// Who joined with a token of this hash.
    pub async fn member(&self, token: SecretHash) -> Result<Option<Member>, Ended> {
        self.ask(|answer| Message::Member(token, answer)).await
    }

    /// Lets a person join; when this answers, they have, on disk too.
    pub async fn join(&self, joining: Joining) -> Result<Outcome<Joined>, Ended> {
        let joined = self.answered(Request::Join(joining)).await?;
        Ok(joined.map(|answer| match answer {
            Answer::Joined(joined) => joined,
            Answer::Done(_) => unreachable!("who asks to join is answered who they are"),
        }))
    }

    /// Changes the board; when this answers, the change is on disk.
    pub async fn request(&self, request: Request) -> Result<Outcome<()>, Ended> {
        Ok(self.answered(request).await?.map(drop))
    }

    /// The board, to be taken away by an organiser.
    pub async fn export(&self, by: SecretHash) -> Result<Result<BoardExport, Denied>, Ended> {
        self.ask(|answer| Message::Export(by, answer)).await
    }

    /// Deletes the board; when this answers, it is gone from disk.
    pub async fn delete(&self, by: By) -> Result<Result<Receipt, NotDeleted>, Ended> {
        self.ask(|answer| Message::Delete(by, answer)).await
    }

    /// The server stops: the board ends soon.
    pub async fn stop(&self) {
        // One that has ended already is as good.
        let _ = self.desk.send(Message::Stop).await;
    }

    async fn answered(&self, request: Request) -> Result<Outcome<Answer>, Ended> {
        self.ask(|answer| Message::Request(request, answer)).await
    }

    async fn ask<T>(
        &self,
        message: impl FnOnce(oneshot::Sender<T>) -> Message,
    ) -> Result<T, Ended> {
        let (answer, asked) = oneshot::channel();
        self.desk.send(message(answer)).await.map_err(|_| Ended)?;
        asked.await.map_err(|_| Ended)
    }
}

/// A page on a board. When it is dropped, the board learns that the page is gone, however its connection ended.
pub struct Session {
    id: SessionId,
    board: BoardHandle,
}

impl Session {
    /// What the page says after its hello; another hello is not told to the board. Waits while the board is busy.
    pub async fn say(&self, message: ClientMessage) -> Result<(), Ended> {
        let up = match message {
            ClientMessage::Command { id, command } => Up::Command(self.id, id, command),
            ClientMessage::Drags { drags } => Up::Drags(self.id, drags),
            ClientMessage::Ready { ready } => Up::Ready(self.id, ready),
            ClientMessage::Hello { .. } => return Ok(()),
        };
        self.send(up).await
    }

    async fn send(&self, up: Up) -> Result<(), Ended> {
        let sent = self.board.desk.send(Message::Up(up)).await;
        sent.map_err(|_| Ended)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Without a runtime the board is gone as well.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let (id, board) = (self.id, self.board.clone());
        runtime.spawn(async move {
            // A board that has ended has no sessions.
            let _ = board.room.send(Connection::Closed(id)).await;
            let _ = board.desk.send(Message::Up(Up::Leave(id))).await;
        });
    }
}
