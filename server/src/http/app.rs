//! What the routes share, and how they read a body.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use bytes::Bytes;
use candour_shared::denied::Denied;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::error::Error;
use crate::hub::Hub;
use crate::limits::Limiter;
use crate::metrics::Metrics;
use crate::origins::Origins;

/// Largest body of a request, in bytes: the settings of a board and the notes it begins with, all as long as
/// they can be.
pub(super) const MAX_BODY: usize = 256 * 1024;

/// What the routes share.
#[derive(Clone)]
pub struct App {
    /// The boards.
    pub hub: Arc<Hub>,
    /// How the server is reached.
    pub origins: Arc<Origins>,
    /// The limits.
    pub limiter: Arc<Limiter>,
    /// The counters.
    pub metrics: Metrics,
}

impl FromRef<App> for Arc<Hub> {
    fn from_ref(app: &App) -> Self {
        Self::clone(&app.hub)
    }
}

/// A JSON body; one that can't be read is refused with what is wrong with it.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let limit = app.limiter.limits().body_timeout;
        let bytes = timeout(limit, Bytes::from_request(request, app))
            .await
            .map_err(|_| Denied::Malformed {
                why: "its body did not come in time".to_owned(),
            })?
            .map_err(|_| Denied::TooLarge { limit: MAX_BODY })?;
        let body = serde_json::from_slice(&bytes).map_err(|fault| Denied::Malformed {
            why: fault.to_string(),
        })?;
        Ok(Self(body))
    }
}
