//! A client without manners, over the live connection.

use candour_e2e::PATIENCE;
use candour_e2e::api::{Api, Socket};
use candour_e2e::fresh;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{CloseReason, ServerMessage, VERSION};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// A connection that says whatever it is told to.
pub(crate) struct Raw(pub(crate) Socket);

/// The first message of a page without copies.
pub(crate) fn hello() -> String {
    let page = fresh::page();
    format!(r#"{{"hello":{{"version":{VERSION},"page":"{page}"}}}}"#)
}

/// What comes back.
#[derive(Debug, PartialEq)]
pub(crate) enum Heard {
    Done(u64),
    Refused(Option<u64>, Denied),
    Closed(Option<CloseReason>),
}

impl Raw {
    pub(crate) async fn open(api: &Api, board: BoardId, token: &str) -> Self {
        let handshake = api.handshake(board, token).unwrap();
        Self(api.open(handshake).await.unwrap())
    }

    pub(crate) async fn greeted(api: &Api, board: BoardId, token: &str) -> Self {
        let mut raw = Self::open(api, board, token).await;
        raw.says(&hello()).await;
        raw
    }

    pub(crate) async fn says(&mut self, text: &str) {
        self.sends(Message::text(text)).await;
    }

    pub(crate) async fn sends(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    /// The next answer or the end; welcomes, documents and news are passed over.
    pub(crate) async fn hears(&mut self) -> Heard {
        loop {
            let message = timeout(PATIENCE, self.0.next()).await.expect("no answer");
            match message {
                Some(Ok(Message::Text(text))) => match serde_json::from_str(&text).unwrap() {
                    ServerMessage::Done { id } => return Heard::Done(id),
                    ServerMessage::Refused { id, denied } => return Heard::Refused(id, denied),
                    ServerMessage::Welcome(_)
                    | ServerMessage::Mine(_)
                    | ServerMessage::Presence(_)
                    | ServerMessage::Drags(_)
                    | ServerMessage::StillHere => {}
                },
                Some(Ok(Message::Close(frame))) => {
                    let code = frame.map_or(0, |frame| frame.code.into());
                    return Heard::Closed(CloseReason::from_code(code));
                }
                Some(Ok(
                    Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_),
                )) => {}
                Some(Err(_)) | None => return Heard::Closed(None),
            }
        }
    }

    /// The next answer has to be a refusal of something that is no message of the protocol.
    pub(crate) async fn hears_malformed(&mut self) -> (Option<u64>, String) {
        match self.hears().await {
            Heard::Refused(id, Denied::Malformed { why }) => (id, why),
            heard @ (Heard::Done(_) | Heard::Refused(..) | Heard::Closed(_)) => {
                panic!("{heard:?}")
            }
        }
    }

    /// The connection still works.
    pub(crate) async fn goes_on(&mut self) {
        let note = fresh::note();
        self.says(&format!(
            r#"{{"id":999,"command":{{"post_note":{{"note":"{note}","content":{{"category":0,"text":"Still here"}}}}}}}}"#
        ))
        .await;
        assert_eq!(self.hears().await, Heard::Done(999));
    }
}
