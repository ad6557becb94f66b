//! The route table.

mod app;
mod authenticated;
mod boards;
mod caller;
mod codes;
mod error;
mod export;
mod guard;
mod headers;
mod health;
mod join;
mod live;
mod page;

pub use app::App;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use candour_shared::denied::Denied;

use self::app::MAX_BODY;
use self::error::Error;
use crate::metrics;

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
        .route("/boards/{board}/live", get(live::live))
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
