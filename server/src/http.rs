//! The route table.

mod boards;
mod codes;
mod export;
mod guard;
mod headers;
mod health;
mod join;
mod page;
mod visitor;

pub(crate) use guard::Caller;
pub(crate) use visitor::Visitor;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use bytes::Bytes;
use candour_shared::denied::Denied;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::error::Error;
use crate::front::Front;
use crate::hub::Hub;
use crate::limits::Limiter;
use crate::metrics::{self, Metrics};
use crate::ws;

/// Largest body of a request, in bytes: the settings of a board and the notes it begins with, all as long as
/// they can be.
const MAX_BODY: usize = 256 * 1024;

/// What the routes share.
#[derive(Clone)]
pub struct App {
    /// The boards.
    pub hub: Arc<Hub>,
    /// How the server is reached.
    pub front: Arc<Front>,
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

/// All that the server answers.
pub fn routes(app: App) -> Router {
    let joining = from_fn_with_state(app.clone(), guard::joining);
    let opening = from_fn_with_state(app.clone(), guard::opening);
    let api = Router::new()
        .route("/boards", post(boards::create).layer(opening))
        .route("/boards/{board}", delete(boards::delete))
        .route(
            "/boards/{board}/preview",
            post(join::preview).layer(joining.clone()),
        )
        .route("/boards/{board}/join", post(join::join).layer(joining))
        .route("/boards/{board}/me", get(join::me).delete(join::leave))
        .route("/boards/{board}/live", get(ws::live))
        .route("/boards/{board}/links", post(boards::replace_link))
        .route("/boards/{board}/codes", post(codes::make))
        .route("/boards/{board}/codes/{batch}", delete(codes::withdraw))
        .route("/boards/{board}/receipt", get(boards::receipt))
        .route("/boards/{board}/export.json", get(export::export))
        .route("/schema.json", get(export::schema))
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here);
    Router::new()
        .nest("/api", api)
        .route("/", get(page::index))
        .route("/b/{board}", get(page::index))
        .route("/b/{board}/facilitate", get(page::index))
        .route("/b/{board}/organise", get(page::index))
        .route("/b/{board}/project", get(page::index))
        .route("/threat-model", get(page::threat_model))
        .route("/accessibility", get(page::accessibility))
        .route("/accessibility/cy", get(page::accessibility_in_welsh))
        .route("/manifest.webmanifest", get(page::manifest))
        .route("/service-worker.js", get(page::service_worker))
        .route("/assets/{name}", get(page::asset))
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready))
        .layer(from_fn(headers::harden))
        .layer(from_fn_with_state(app.metrics.clone(), metrics::count))
        .with_state(app)
}

async fn nothing_here() -> Error {
    Denied::NoSuchPage.into()
}

/// A JSON body; one that can't be read is refused with what is wrong with it.
struct Body<T>(T);

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
