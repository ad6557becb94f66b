//! For what watches over the server: whether it lives, and whether boards can be asked for. It says nothing
//! else, and so is told to everyone who asks, under any name.

use std::sync::Arc;

use axum::extract::State;
use candour_shared::denied::Denied;

use super::error::Error;
use crate::hub::Hub;

const YES: &str = "ok\n";

pub(super) async fn lives() -> &'static str {
    YES
}

/// A disk that is full makes a server no less ready: what is there can still be read.
pub(super) async fn is_ready(State(hub): State<Arc<Hub>>) -> Result<&'static str, Error> {
    if let Err(fault) = hub.look_at_log().await {
        tracing::error!(%fault, "the database can't be read");
        return Err(Denied::Unavailable.into());
    }
    Ok(YES)
}
