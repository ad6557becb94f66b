//! What a request can end in besides success: a refusal, which is told, or a fault, which is logged
//! once, here, and told only under its number.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use candour_shared::denied::Denied;
use candour_shared::http::{Fault, Refusal};
use data_encoding::HEXLOWER;
use rand::Rng as _;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use crate::board::{DamagedBoard, Ended, NotDeleted};
use crate::log::LogError;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It was refused.
    #[error("{0}")]
    Denied(#[from] Denied),
    /// The log failed.
    #[error("{0}")]
    Log(#[from] LogError),
    /// A board can't be read.
    #[error("{0}")]
    Damaged(#[from] DamagedBoard),
    /// A board ended while it was asked.
    #[error("{0}")]
    Ended(#[from] Ended),
}

impl From<NotDeleted> for Error {
    fn from(why: NotDeleted) -> Self {
        match why {
            NotDeleted::Denied(denied) => denied.into(),
            NotDeleted::Log(fault) => fault.into(),
            NotDeleted::NotYet => Denied::Unavailable.into(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Denied(denied) => {
                let message = denied.to_string();
                (status(&denied), Json(Refusal { denied, message })).into_response()
            }
            Self::Damaged(damage) => {
                // Which board it is, `candour check` says.
                tracing::error!(error = %damage, "a board can't be opened");
                Self::from(Denied::Damaged).into_response()
            }
            Self::Log(_) | Self::Ended(_) => {
                let mut number = [0; 8];
                UnwrapErr(SysRng).fill_bytes(&mut number);
                let fault = HEXLOWER.encode(&number);
                tracing::error!(fault, error = %self, "a request failed");
                let message = format!(
                    "Something went wrong in the server. Try again; if it stays, tell whoever runs \
                     it the number {fault}."
                );
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    Json(Fault { fault, message }),
                )
                    .into_response()
            }
        }
    }
}

fn status(denied: &Denied) -> StatusCode {
    match denied {
        Denied::NotJoined | Denied::WrongSecret => StatusCode::UNAUTHORIZED,
        Denied::FacilitatorsOnly
        | Denied::OnlyShows
        | Denied::OrganisersOnly
        | Denied::NotYours
        | Denied::OnesOwn
        | Denied::Locked
        | Denied::PostingPaused
        | Denied::DoorsClosed
        | Denied::CodeSpent
        | Denied::Elsewhere => StatusCode::FORBIDDEN,
        Denied::NoSuchBoard | Denied::NoSuchPage => StatusCode::NOT_FOUND,
        Denied::Damaged => StatusCode::INTERNAL_SERVER_ERROR,
        Denied::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Denied::NoSuchOrganisation | Denied::LooksLikeNhsNumber => StatusCode::UNPROCESSABLE_ENTITY,
        Denied::TooFast | Denied::TooManySockets { .. } => StatusCode::TOO_MANY_REQUESTS,
        Denied::Unavailable | Denied::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Denied::Outdated { .. } => StatusCode::UPGRADE_REQUIRED,
        Denied::WrongPhase { .. }
        | Denied::NoSuchNote
        | Denied::NoSuchCluster
        | Denied::RoundClosed
        | Denied::RoundOpen
        | Denied::SameHereOver
        | Denied::NoSuchStep
        | Denied::PulseClosed
        | Denied::PulseOpen
        | Denied::NoSuchItem
        | Denied::OverBudget { .. }
        | Denied::OverItemLimit { .. }
        | Denied::NoSuchCategory
        | Denied::PhaseMoved { .. }
        | Denied::IllegalMove
        | Denied::WrongAdmission
        | Denied::Full { .. } => StatusCode::CONFLICT,
        Denied::Empty
        | Denied::TooLong { .. }
        | Denied::OutOfRange { .. }
        | Denied::BadSettings { .. }
        | Denied::Malformed { .. }
        | Denied::NoBinary
        | Denied::HelloFirst => StatusCode::BAD_REQUEST,
    }
}
