//! The page: files that were built, hashed and compressed beforehand, and are in the binary.

use std::borrow::Cow;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, VARY,
};
use axum::response::{IntoResponse, Response};
use candour_shared::denied::Denied;
use rust_embed::RustEmbed;

use super::error::Error;

/// Every file under its path, compressed with brotli.
#[derive(RustEmbed)]
#[folder = "assets/"]
#[allow_missing = true]
struct Files;

/// A name with a content hash never means anything else.
const FOREVER: &str = "public, max-age=31536000, immutable";

pub(super) async fn index(headers: HeaderMap) -> Response {
    document(&headers, "index.html")
}

pub(super) async fn threat_model(headers: HeaderMap) -> Response {
    document(&headers, "threat-model.html")
}

pub(super) async fn accessibility(headers: HeaderMap) -> Response {
    document(&headers, "accessibility.html")
}

pub(super) async fn accessibility_in_welsh(headers: HeaderMap) -> Response {
    document(&headers, "accessibility.cy.html")
}

pub(super) async fn manifest(headers: HeaderMap) -> Response {
    document(&headers, "manifest.webmanifest")
}

pub(super) async fn service_worker(headers: HeaderMap) -> Response {
    document(&headers, "service-worker.js")
}

fn document(headers: &HeaderMap, name: &str) -> Response {
    match Files::get(&format!("{name}.br")) {
        Some(file) => answer(headers, name, "no-cache", file.data),
        None => {
            let words = "This server was built without its page. Build it with: cargo xtask build";
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
    }
}

pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let file = Files::get(&format!("assets/{name}.br")).ok_or(Denied::NoSuchPage)?;
    Ok(answer(&headers, &name, FOREVER, file.data))
}

fn answer(
    headers: &HeaderMap,
    name: &str,
    cache: &'static str,
    compressed: Cow<'static, [u8]>,
) -> Response {
    let kind = mime_guess::from_path(name)
        .first_or_octet_stream()
        .to_string();
    let kept = [(CACHE_CONTROL, cache), (VARY, "accept-encoding")];
    if takes_brotli(headers) {
        let body = axum::body::Body::from(compressed.into_owned());
        return (
            [(CONTENT_TYPE, kind)],
            kept,
            [(CONTENT_ENCODING, "br")],
            body,
        )
            .into_response();
    }
    let mut plain = Vec::new();
    match brotli::BrotliDecompress(&mut &*compressed, &mut plain) {
        Ok(()) => ([(CONTENT_TYPE, kind)], kept, plain).into_response(),
        Err(fault) => {
            tracing::error!(%fault, name, "a file of the page is damaged");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Browsers ask for brotli on secure origins and localhost only.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let encodings = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    encodings.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && parts.all(|weight| weight != "q=0")
    })
}
