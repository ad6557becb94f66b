//! Batches of single-use codes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use candour_shared::denied::Denied;
use candour_shared::http::{Codes, MAX_CODES, MakeCodes};
use candour_shared::ids::BatchId;

use super::app::Body;
use super::authenticated::Authenticated;
use super::error::Error;
use crate::board::Request;
use crate::hub::Hub;
use crate::keys::Code;

pub(super) async fn make(
    State(hub): State<Arc<Hub>>,
    authenticated: Authenticated,
    Body(asked): Body<MakeCodes>,
) -> Result<(StatusCode, Json<Codes>), Error> {
    let random = &mut hub.random();
    let batch = BatchId::from_bytes(random.id());
    let codes: Vec<Code> = (0..asked.count.min(MAX_CODES))
        .map(|_| Code::random(random))
        .collect();
    let by = authenticated.identity.hash;
    hub.change(authenticated.board, || {
        let hashes = codes.iter().map(Code::hash).collect();
        Request::MakeCodes(by, batch, asked.clone(), hashes)
    })
    .await?;
    let codes = codes.iter().map(Code::reveal).collect();
    Ok((StatusCode::CREATED, Json(Codes { batch, codes })))
}

pub(super) async fn withdraw(
    State(hub): State<Arc<Hub>>,
    authenticated: Authenticated,
    Path((_, batch)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let batch: BatchId = batch.parse().map_err(|_| Denied::NoSuchPage)?;
    let by = authenticated.identity.hash;
    hub.change(authenticated.board, || Request::WithdrawCodes(by, batch))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
