//! Where a request comes from.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::error::Error;
use crate::limits::Masked;
use crate::origins::Scheme;

/// Who asks, as far as a connection tells.
#[derive(Clone, Copy)]
pub(crate) struct Caller {
    /// Their address.
    pub(crate) address: Masked,
    /// Whether a proxy asks for them, so that their connections are not counted yet.
    pub(crate) through_proxy: bool,
    /// How they reach the server.
    pub(crate) scheme: Scheme,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let caller = parts.extensions.get().copied();
        Ok(caller.unwrap_or_else(|| unreachable!("every request passes the guard")))
    }
}
