//! A socket: reads what comes in and hands it to the board; never decides.

mod line;

use std::sync::Arc;
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::protocol::{
    ClientMessage, CloseReason, DEAD_SECONDS, Hello, MAX_MESSAGE, QUIET_SECONDS, ServerMessage,
    Unreadable, VERSION,
};
use futures_util::StreamExt as _;
use hyper::upgrade::Upgraded;
use tokio::io::AsyncReadExt as _;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message as WsMessage};

use self::line::{Duplex, Line, READ_BUFFER};
use crate::board::{BoardHandle, Identity, Outbox, Resend, ping_frame, text_frame};
use crate::limits::Pace;
use crate::metrics::{Metrics, Outcome};

/// How long a peer may take to say hello.
const HELLO: Duration = Duration::from_secs(10);
/// How long a peer may be silent before it is asked whether it is still there.
const QUIET: Duration = Duration::from_secs(QUIET_SECONDS);
/// How long a peer may be silent before it is taken for dead.
const DEAD: Duration = Duration::from_secs(DEAD_SECONDS);
/// How long a peer may take to read the last frames.
const LAST_FRAMES: Duration = Duration::from_secs(5);

/// Who was let in, to which board, and what keeps the connection at its pace.
pub(crate) struct Admitted {
    pub(crate) board: BoardHandle,
    pub(crate) identity: Identity,
    /// That of the connection: the board looks after that of the person.
    pub(crate) pace: Pace,
    pub(crate) metrics: Metrics,
}

/// Serves a WebSocket until it is closed.
pub(crate) async fn run(upgraded: Upgraded, admitted: Admitted) {
    let Some(line) = Line::of(upgraded) else {
        return;
    };
    let Admitted {
        board,
        identity,
        pace,
        metrics,
    } = admitted;
    let _counted = metrics.socket();
    let (read, write) = line.stream.into_split();
    let outbox = Arc::new(Outbox::new(write, line.encryption.clone()));
    let mut config = WebSocketConfig::default();
    config.read_buffer_size = READ_BUFFER;
    config.write_buffer_size = 0;
    config.max_write_buffer_size = 4 * 1024;
    config.max_message_size = Some(MAX_MESSAGE);
    config.max_frame_size = Some(MAX_MESSAGE);
    let stream = Duplex {
        read,
        encryption: line.encryption,
        outbox: Arc::clone(&outbox),
    };
    let stream =
        WebSocketStream::from_partially_read(stream, line.begun, Role::Server, Some(config)).await;
    let mut socket = Socket {
        stream,
        outbox: Arc::clone(&outbox),
        pace,
        resend: Resend::default(),
        metrics,
    };
    tokio::select! {
        () = outbox.drain() => {}
        () = outbox.said_goodbye() => {}
        () = socket.serve(&board, identity) => {}
    }
    // What was said last, a refusal or a goodbye, should still arrive. If this end closed a
    // connection with bytes unread, the peer's system would throw away what it has not read yet.
    outbox.end();
    let _ = timeout(LAST_FRAMES, async {
        outbox.drain().await;
        socket.until_hung_up().await;
    })
    .await;
}

struct Socket {
    stream: WebSocketStream<Duplex>,
    outbox: Arc<Outbox>,
    pace: Pace,
    resend: Resend,
    metrics: Metrics,
}

impl Socket {
    async fn serve(&mut self, board: &BoardHandle, identity: Identity) {
        let Ok(Some(hello)) = timeout(HELLO, self.hello()).await else {
            return;
        };
        let outbox = Arc::clone(&self.outbox);
        let Ok(session) = board.enter(identity, &hello, outbox).await else {
            return self.outbox.close(CloseReason::Resync);
        };
        while let Some(message) = self.next().await {
            match message {
                ClientMessage::Command { id, .. } => {
                    if !self.resend.admits(id) || self.pace.command().is_err() {
                        self.resend.put_off(id);
                        self.metrics.command(Outcome::Refused);
                        self.refuse(Some(id), Denied::TooFast);
                        continue;
                    }
                }
                ClientMessage::Drags { .. } => {
                    if !self.pace.drag() {
                        continue;
                    }
                }
                ClientMessage::Ready { .. } => {
                    if let Err(denied) = self.pace.command() {
                        self.refuse(None, denied);
                        continue;
                    }
                }
                ClientMessage::Hello { .. } => return self.misused(Denied::HelloFirst),
            }
            if session.say(message).await.is_err() {
                self.outbox.close(CloseReason::Resync);
                break;
            }
        }
    }

    async fn until_hung_up(&mut self) {
        let mut unread = [0; 1024];
        while let Ok(1..) = self.stream.get_mut().read.read(&mut unread).await {}
    }

    async fn hello(&mut self) -> Option<Hello> {
        match self.next().await? {
            ClientMessage::Hello { hello } => Some(hello),
            ClientMessage::Command { .. }
            | ClientMessage::Drags { .. }
            | ClientMessage::Ready { .. } => {
                self.misused(Denied::HelloFirst);
                None
            }
        }
    }

    /// The next message; nothing when the peer is gone, dead, or has broken the protocol. A message
    /// that merely can't be read is refused and passed over.
    async fn next(&mut self) -> Option<ClientMessage> {
        let mut heard = Instant::now();
        let mut asked = false;
        loop {
            let deadline = heard + if asked { DEAD } else { QUIET };
            let message = tokio::select! {
                message = self.stream.next() => message?,
                () = sleep_until(deadline) => {
                    if asked {
                        return None;
                    }
                    asked = true;
                    self.outbox.send(ping_frame());
                    self.outbox.send(text_frame(&ServerMessage::StillHere));
                    continue;
                }
            };
            (heard, asked) = (Instant::now(), false);
            match message {
                Ok(WsMessage::Text(text)) => match ClientMessage::parse(&text) {
                    Ok(message) => return Some(message),
                    Err(Unreadable::Outdated) => {
                        self.refuse(None, Denied::Outdated { speaks: VERSION });
                        self.outbox.close(CloseReason::Outdated);
                        return None;
                    }
                    Err(Unreadable::Malformed { id, why }) => {
                        if let Err(denied) = self.pace.command() {
                            self.misused(denied);
                            return None;
                        }
                        self.refuse(id, Denied::Malformed { why });
                    }
                },
                Ok(WsMessage::Binary(_)) => {
                    self.misused(Denied::NoBinary);
                    return None;
                }
                Ok(WsMessage::Ping(_) | WsMessage::Pong(_) | WsMessage::Frame(_)) => {}
                Ok(WsMessage::Close(_)) => return None,
                Err(WsError::Capacity(_)) => {
                    self.misused(Denied::TooLarge { limit: MAX_MESSAGE });
                    return None;
                }
                Err(_) => return None,
            }
        }
    }

    fn refuse(&self, id: Option<u64>, denied: Denied) {
        self.outbox
            .send(text_frame(&ServerMessage::Refused { id, denied }));
    }

    fn misused(&self, denied: Denied) {
        self.refuse(None, denied);
        self.outbox.close(CloseReason::Misused);
    }
}
