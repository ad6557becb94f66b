//! Who may ask at all: this server's own pages, and programs.
//!
//! A name that is made to point here (DNS rebinding) is told by the `Host`; a page of another site by
//! its `Origin` and by `Sec-Fetch-Site`, which browsers set and pages can't. That cookies are
//! `SameSite=Strict` is not enough: a site's neighbours under the same domain count as the same site.

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderName, ORIGIN, STRICT_TRANSPORT_SECURITY, UPGRADE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use candour_shared::denied::Denied;

use super::app::App;
use super::authenticated::brings_cookie;
use super::caller::Caller;
use super::error::Error;
use crate::connection::Peer;
use crate::origins::{Origin, Origins, Scheme};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// A browser that came over TLS once doesn't come without for a year (RFC 6797).
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Lets a request pass, or refuses it.
pub(super) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(Peer(peer)) = request.extensions().get().copied() else {
        unreachable!("every connection has a peer");
    };
    let scheme = match check(&app.origins, &request) {
        Ok(origin) => origin.scheme(),
        Err(denied) => return Error::from(denied).into_response(),
    };
    let client = app.origins.client(peer, request.headers());
    request.extensions_mut().insert(Caller {
        address: app.limiter.address(client),
        through_proxy: app.origins.is_proxy(peer),
        scheme,
    });
    let mut response = next.run(request).await;
    if scheme == Scheme::Https {
        let headers = response.headers_mut();
        headers.insert(STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    response
}

/// The address at which the server was asked, if it is its own and who asks may.
fn check<'a>(origins: &'a Origins, request: &'a Request) -> Result<&'a Origin, Denied> {
    let headers = request.headers();
    let host = only(headers, HOST)?.ok_or(Denied::Elsewhere)?;
    if let Some(authority) = request.uri().authority()
        && authority != host
    {
        return Err(Denied::Elsewhere);
    }
    let handshake = headers.contains_key(UPGRADE);
    if request.method().is_safe() && !handshake {
        return origins.at(host).next().ok_or(Denied::Elsewhere);
    }
    match only(headers, SEC_FETCH_SITE)? {
        None | Some("same-origin" | "none") => {}
        Some(_) => return Err(Denied::Elsewhere),
    }
    let origin = only(headers, ORIGIN)?;
    if origin.is_none() && handshake && brings_cookie(headers) {
        // No browser opens a WebSocket without saying for which page.
        return Err(Denied::Elsewhere);
    }
    origins
        .at(host)
        .find(|ours| origin.is_none_or(|origin| ours.is(origin)))
        .ok_or(Denied::Elsewhere)
}

/// The value of a header that may be there once.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Denied> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Denied::Elsewhere),
        (Some(_), Some(_)) => Err(Denied::Elsewhere),
    }
}

/// Keeps the pace at which an address looks through doors and joins.
pub(super) async fn joining(
    State(app): State<App>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    app.limiter.join(caller.address)?;
    Ok(next.run(request).await)
}

/// Keeps the pace at which an address opens boards.
pub(super) async fn opening(
    State(app): State<App>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Result<Response, Error> {
    app.limiter.board(caller.address)?;
    Ok(next.run(request).await)
}
