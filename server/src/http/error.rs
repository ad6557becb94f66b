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

use crate::hub::HubError;

/// Why a request failed, as it is answered.
pub(crate) struct Error(HubError);

impl<E: Into<HubError>> From<E> for Error {
    fn from(why: E) -> Self {
        Self(why.into())
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self.0 {
            HubError::Denied(denied) => {
                let message = denied.to_string();
                (status(&denied), Json(Refusal { denied, message })).into_response()
            }
            HubError::Damaged(damage) => {
                // Which board it is, `candour check` says.
                tracing::error!(error = %damage, "a board can't be opened");
                Self::from(Denied::Damaged).into_response()
            }
            HubError::Log(fault) => {
                let mut number = [0; 8];
                UnwrapErr(SysRng).fill_bytes(&mut number);
                let number = HEXLOWER.encode(&number);
                tracing::error!(fault = number, error = %fault, "a request failed");
                let message = format!(
                    "Something went wrong in the server. Try again; if it stays, tell whoever runs \
                     it the number {number}."
                );
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    Json(Fault {
                        fault: number,
                        message,
                    }),
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
