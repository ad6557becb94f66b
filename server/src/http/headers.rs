//! What every answer tells a browser about what it may do with it.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// What the page may do. Scripts are files, styles are set through the CSSOM, and `'self'` covers the
/// WebSocket (CSP level 3, §6.7.2.8). HTML comes from Leptos, by the policy that boot.js makes.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

/// What the page may use of a browser's powers: it copies links.
const POWERS: &str = "clipboard-write=(self), camera=(), clipboard-read=(), display-capture=(), \
    geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (
        named("permissions-policy"),
        HeaderValue::from_static(POWERS),
    ),
    (named("cross-origin-opener-policy"), SAME_ORIGIN),
    (named("cross-origin-resource-policy"), SAME_ORIGIN),
    (
        named("cross-origin-embedder-policy"),
        HeaderValue::from_static("require-corp"),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

const SAME_ORIGIN: HeaderValue = HeaderValue::from_static("same-origin");

const fn named(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

/// Adds them. Nothing is kept by a browser or a proxy unless the answer says so itself.
pub(super) async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.extend(ALWAYS);
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
