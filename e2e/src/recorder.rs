//! A client that keeps every frame as it came, and does nothing of its own accord: it neither comes
//! back nor sends anything again.

use std::io::ErrorKind;

use anyhow::{Context as _, Result};
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{ClientMessage, Hello, ServerMessage};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::PATIENCE;
use crate::api::{Api, Socket};

/// See the module.
pub struct Recorder {
    socket: Socket,
    heard: Vec<Message>,
}

impl Recorder {
    /// Connects somebody who has joined, and says hello.
    pub async fn connect(api: &Api, board: BoardId, token: &str, hello: Hello) -> Result<Self> {
        let socket = api.open(api.handshake(board, token)?).await?;
        let mut recorder = Self {
            socket,
            heard: Vec::new(),
        };
        recorder.send(&ClientMessage::Hello { hello }).await?;
        Ok(recorder)
    }

    /// Says something.
    pub async fn send(&mut self, message: &ClientMessage) -> Result<()> {
        let text = serde_json::to_string(message)?;
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// Listens until the command of this number is answered; nothing if the server ended the
    /// connection before.
    pub async fn answer(&mut self, id: u64) -> Result<Option<Result<(), Denied>>> {
        while let Some(message) = self.next().await? {
            let text = match message {
                Message::Text(text) => text,
                // The server waits for this end to hang up.
                Message::Close(_) => return Ok(None),
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {
                    continue;
                }
            };
            match serde_json::from_str(&text)? {
                ServerMessage::Done { id: done } if done == id => return Ok(Some(Ok(()))),
                ServerMessage::Refused {
                    id: Some(refused),
                    denied,
                } if refused == id => return Ok(Some(Err(denied))),
                ServerMessage::Welcome(_)
                | ServerMessage::Done { .. }
                | ServerMessage::Refused { .. }
                | ServerMessage::Mine(_)
                | ServerMessage::Presence(_)
                | ServerMessage::Drags(_)
                | ServerMessage::StillHere => {}
            }
        }
        Ok(None)
    }

    /// Hangs up without a word, listens until the server has too, and hands over what came. The server
    /// hangs up once its board has let go of the connection, so by then the board knows.
    pub async fn hang_up(mut self) -> Result<Vec<Message>> {
        // The server may have ended the connection already.
        let _ = self.socket.get_mut().shutdown().await;
        while self.next().await?.is_some() {}
        Ok(self.heard)
    }

    /// What came since this was asked last.
    pub fn take_heard(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.heard)
    }

    /// The next frame; nothing at the end of the connection.
    async fn next(&mut self) -> Result<Option<Message>> {
        let next = timeout(PATIENCE, self.socket.next());
        match next.await.context("nothing comes")? {
            Some(Ok(message)) => {
                self.heard.push(message.clone());
                Ok(Some(message))
            }
            Some(Err(Error::ConnectionClosed | Error::AlreadyClosed | Error::Protocol(_)))
            | None => Ok(None),
            // The answer to the server's goodbye can't be sent any more.
            Some(Err(Error::Io(fault))) if fault.kind() == ErrorKind::BrokenPipe => Ok(None),
            Some(Err(fault)) => Err(fault.into()),
        }
    }
}
