//! Taking a board away, and the schema of everything.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::IntoResponse;
use candour_shared::http::schemas;

use super::authenticated::Authenticated;
use super::error::Error;
use crate::hub::Hub;

pub(super) async fn export(
    State(hub): State<Arc<Hub>>,
    authenticated: Authenticated,
) -> Result<impl IntoResponse, Error> {
    let by = authenticated.identity.hash;
    let export = hub
        .ask(
            authenticated.board,
            |live| async move { live.export(by).await },
        )
        .await??;
    let attachment = "attachment; filename=\"candour-board.json\"";
    Ok(([(CONTENT_DISPOSITION, attachment)], Json(export)))
}

pub(super) async fn schema() -> Json<BTreeMap<&'static str, serde_json::Value>> {
    let values = schemas()
        .into_iter()
        .map(|(name, schema)| (name, schema.to_value()));
    Json(values.collect())
}
