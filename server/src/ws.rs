//! A socket: reads what comes in and hands it to the board; never decides.

mod line;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CONNECTION, HeaderMap, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use candour_shared::denied::Denied;
use candour_shared::protocol::{
    ClientMessage, CloseReason, Hello, MAX_MESSAGE, QUIET_SECONDS, SUBPROTOCOL, ServerMessage,
    Unreadable, VERSION,
};
use futures_util::StreamExt as _;
use hyper::upgrade::OnUpgrade;
use tokio::io::AsyncReadExt as _;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message as WsMessage};

use crate::board::{self, Asker, BoardHandle, Order, Outbox, SocketId, ping_frame, text_frame};
use crate::connection::Seat;
use crate::error::Error;
use crate::http::{App, Caller, Visitor};
use crate::limits::Pace;
use crate::metrics::{Metrics, Outcome};
use line::{Duplex, Line};

/// How much is read at once, in bytes: a socket costs this much even when nobody says anything.
const READ_BUFFER: usize = 4 * 1024;
/// How long a peer may take to say hello.
const HELLO: Duration = Duration::from_secs(10);
/// How long a peer may be silent before it is asked whether it is still there.
const QUIET: Duration = Duration::from_secs(QUIET_SECONDS);
/// How long a peer may be silent before it is taken for dead.
pub(crate) const DEAD: Duration = Duration::from_secs(45);
/// How long a peer may take to read the last frames.
const LAST_FRAMES: Duration = Duration::from_secs(5);

/// `GET /api/boards/{board}/live`: the handshake (RFC 6455 §4.2).
pub(crate) async fn live(
    State(app): State<App>,
    caller: Caller,
    visitor: Visitor,
    mut request: Request,
) -> Result<Response, Error> {
    let key = check_handshake(request.headers())?;
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = request
        .extensions_mut()
        .remove::<OnUpgrade>()
        .ok_or_else(no_websocket)?;
    let seat = request.extensions_mut().remove::<Seat>();
    // What comes straight was counted as a connection.
    let room = if caller.through_proxy {
        let room = app.limiter.connection(caller.address);
        Some(room.ok_or(Denied::TooFast)?)
    } else {
        None
    };
    let place = app.limiter.socket()?;
    let board = app.hub.board(visitor.board).await?;
    let admitted = Admitted {
        board,
        pace: app.limiter.pace(visitor.board, &visitor.asker.hash),
        asker: visitor.asker,
        metrics: app.metrics,
    };
    tokio::spawn(async move {
        // A peer that went away during the handshake needs nothing more.
        if let Some(line) = upgrade.await.ok().and_then(Line::of) {
            run(line, admitted).await;
        }
        drop((seat, room, place));
    });
    let headers = [
        (CONNECTION, HeaderValue::from_static("upgrade")),
        (UPGRADE, HeaderValue::from_static("websocket")),
        (
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(SUBPROTOCOL),
        ),
    ];
    Ok((
        StatusCode::SWITCHING_PROTOCOLS,
        headers,
        [(SEC_WEBSOCKET_ACCEPT, accept)],
    )
        .into_response())
}

fn check_handshake(headers: &HeaderMap) -> Result<&HeaderValue, Error> {
    let lists = |name, token: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| {
                value
                    .split(',')
                    .any(|listed| listed.trim().eq_ignore_ascii_case(token))
            })
    };
    if !lists(CONNECTION, "upgrade")
        || !lists(UPGRADE, "websocket")
        || !lists(SEC_WEBSOCKET_VERSION, "13")
    {
        return Err(no_websocket());
    }
    if !lists(SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL) {
        return Err(Denied::Malformed {
            why: format!("the subprotocol is {SUBPROTOCOL}"),
        }
        .into());
    }
    headers.get(SEC_WEBSOCKET_KEY).ok_or_else(no_websocket)
}

fn no_websocket() -> Error {
    Denied::Malformed {
        why: "this address is for WebSockets, version 13".to_owned(),
    }
    .into()
}

/// Who was let in, to which board, and what keeps them at its pace.
struct Admitted {
    board: BoardHandle,
    asker: Asker,
    pace: Pace,
    metrics: Metrics,
}

async fn run(line: Line, admitted: Admitted) {
    let Admitted {
        board,
        asker,
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
    let id = board.new_socket();
    let mut socket = Socket {
        id,
        stream,
        outbox: Arc::clone(&outbox),
        board,
        pace,
        order: Order::default(),
        metrics,
    };
    tokio::select! {
        () = outbox.drain() => {}
        () = outbox.said_goodbye() => {}
        () = socket.serve(asker) => {}
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
    id: SocketId,
    stream: WebSocketStream<Duplex>,
    outbox: Arc<Outbox>,
    board: BoardHandle,
    pace: Pace,
    order: Order,
    metrics: Metrics,
}

impl Socket {
    async fn serve(&mut self, asker: Asker) {
        let Ok(Some(hello)) = timeout(HELLO, self.hello()).await else {
            return;
        };
        let guard = Attached {
            id: self.id,
            board: self.board.clone(),
        };
        let attach = board::Message::Attach(self.id, asker, hello, Arc::clone(&self.outbox));
        if self.board.send(attach).await.is_err() {
            return self.outbox.close(CloseReason::Resync);
        }
        while let Some(message) = self.next().await {
            let sent = match message {
                ClientMessage::Command { id, command } => {
                    if !self.order.admits(id) || self.pace.command().is_err() {
                        self.order.put_off(id);
                        self.metrics.command(Outcome::Refused);
                        self.refuse(Some(id), Denied::TooFast);
                        continue;
                    }
                    let command = board::Message::Command(self.id, id, command);
                    self.board.send(command).await
                }
                ClientMessage::Drags { .. } if !self.pace.drag() => continue,
                ClientMessage::Drags { drags } => {
                    self.board.send(board::Message::Drags(self.id, drags)).await
                }
                ClientMessage::Ready { ready } => match self.pace.command() {
                    Ok(()) => self.board.send(board::Message::Ready(self.id, ready)).await,
                    Err(denied) => {
                        self.refuse(None, denied);
                        continue;
                    }
                },
                ClientMessage::Hello { .. } => return self.misused(Denied::HelloFirst),
            };
            if sent.is_err() {
                self.outbox.close(CloseReason::Resync);
                break;
            }
        }
        drop(guard);
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

/// Tells the board that a socket is gone, however its task ended.
struct Attached {
    id: SocketId,
    board: BoardHandle,
}

impl Drop for Attached {
    fn drop(&mut self) {
        let (id, board) = (self.id, self.board.clone());
        tokio::spawn(async move {
            // A board that has ended has no sockets.
            let _ = board.send(board::Message::Detach(id)).await;
        });
    }
}
