//! The route table.

mod boards;
mod codes;
mod export;
mod join;
mod page;
mod visitor;

pub(crate) use visitor::Visitor;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::routing::{delete, get, post};
use bytes::Bytes;
use candour_shared::denied::Denied;
use serde::de::DeserializeOwned;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::error::Error;
use crate::hub::Hub;
use crate::ws;

/// Largest body of a request, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// What the page may do. Styles are set through the CSSOM, scripts are files.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// All that the server answers.
pub fn routes(hub: Arc<Hub>) -> Router {
    let api = Router::new()
        .route("/boards", post(boards::create))
        .route("/boards/{board}", delete(boards::delete))
        .route("/boards/{board}/door", post(join::door))
        .route("/boards/{board}/join", post(join::join))
        .route("/boards/{board}/me", get(join::me).delete(join::leave))
        .route("/boards/{board}/live", get(ws::live))
        .route("/boards/{board}/links", post(boards::replace_link))
        .route("/boards/{board}/codes", post(codes::make))
        .route("/boards/{board}/codes/{batch}", delete(codes::withdraw))
        .route("/boards/{board}/receipt", get(boards::receipt))
        .route("/boards/{board}/export.json", get(export::export))
        .route("/schema.json", get(export::schema))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(always(header::CACHE_CONTROL, "no-store"));
    Router::new()
        .nest("/api", api)
        .route("/", get(page::index))
        .route("/b/{board}", get(page::index))
        .route("/b/{board}/facilitate", get(page::index))
        .route("/b/{board}/organise", get(page::index))
        .route("/assets/{name}", get(page::asset))
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(always(
            header::CONTENT_SECURITY_POLICY,
            CONTENT_SECURITY_POLICY,
        ))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        .with_state(hub)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

async fn nothing_here() -> Error {
    Denied::NoSuchPage.into()
}

/// A JSON body; one that can't be read is refused with what is wrong with it.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Denied::TooLarge { limit: MAX_BODY })?;
        let body = serde_json::from_slice(&bytes).map_err(|fault| Denied::Malformed {
            why: fault.to_string(),
        })?;
        Ok(Self(body))
    }
}
