//! What reaches a board's desk: from its rooms, and from requests.

use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{BoardPreview, Receipt};
use tokio::sync::oneshot;

use super::channel::Up;
use super::engine::request::{Answer, Outcome, Request};
use super::engine::vault::Member;
use crate::keys::SecretHash;
use crate::log::LogError;

/// A message to the desk.
pub(crate) enum Message {
    /// Of a session.
    Up(Up),
    /// Something that changes the board and is asked for in a request of its own.
    Request(Request, oneshot::Sender<Outcome<Answer>>),
    /// What does a person see with this link or code before joining?
    Preview(SecretHash, oneshot::Sender<Result<BoardPreview, Denied>>),
    /// Who joined with this token?
    Member(SecretHash, oneshot::Sender<Option<Member>>),
    /// An organiser wants to take the board away.
    Export(SecretHash, oneshot::Sender<Result<BoardExport, Denied>>),
    /// The board is to be deleted.
    Delete(By, oneshot::Sender<Result<Receipt, NotDeleted>>),
    /// The server stops.
    Stop,
}

/// Why a board is to be deleted.
#[derive(Debug, Clone, Copy)]
pub enum By {
    /// The organiser with this token wants it.
    Organiser(SecretHash),
    /// Its time is over.
    Expiry,
}

/// Why a board was not deleted.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say it")]
pub enum NotDeleted {
    #[error("{0}")]
    Denied(#[from] Denied),
    #[error("{0}")]
    Log(#[from] LogError),
    #[error("the board itself says that its time is not over")]
    NotYet,
}
