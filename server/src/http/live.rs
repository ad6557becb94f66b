//! The handshake of a WebSocket (RFC 6455 §4.2).

use axum::extract::{Request, State};
use axum::http::header::{
    CONNECTION, HeaderMap, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use candour_shared::denied::Denied;
use candour_shared::protocol::SUBPROTOCOL;
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::app::App;
use super::authenticated::Authenticated;
use super::caller::Caller;
use super::error::Error;
use crate::connection::ConnectionPermit;
use crate::socket::{Admitted, run};

/// `GET /api/boards/{board}/live`.
pub(super) async fn live(
    State(app): State<App>,
    caller: Caller,
    authenticated: Authenticated,
    mut request: Request,
) -> Result<Response, Error> {
    let key = check_handshake(request.headers())?;
    let accept = derive_accept_key(key.as_bytes());
    let upgrade = request
        .extensions_mut()
        .remove::<OnUpgrade>()
        .ok_or_else(no_websocket)?;
    let permit = request.extensions_mut().remove::<ConnectionPermit>();
    // What comes straight was counted as a connection.
    let of_address = if caller.through_proxy {
        let permit = app.limiter.connection(caller.address);
        Some(permit.ok_or(Denied::TooFast)?)
    } else {
        None
    };
    let socket = app.limiter.socket()?;
    let Authenticated {
        board, identity, ..
    } = authenticated;
    let admitted = Admitted {
        board: app.hub.board(board).await?,
        identity,
        pace: app.limiter.connection_pace(&mut app.hub.random()),
        metrics: app.metrics,
    };
    tokio::spawn(async move {
        // A peer that went away during the handshake needs nothing more.
        if let Ok(upgraded) = upgrade.await {
            run(upgraded, admitted).await;
        }
        drop((permit, of_address, socket));
    });
    let headers = [
        (CONNECTION, HeaderValue::from_static("upgrade")),
        (UPGRADE, HeaderValue::from_static("websocket")),
        (
            SEC_WEBSOCKET_PROTOCOL,
            HeaderValue::from_static(SUBPROTOCOL),
        ),
    ];
    Ok((
        StatusCode::SWITCHING_PROTOCOLS,
        headers,
        [(SEC_WEBSOCKET_ACCEPT, accept)],
    )
        .into_response())
}

fn check_handshake(headers: &HeaderMap) -> Result<&HeaderValue, Error> {
    let lists = |name, token: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| {
                value
                    .split(',')
                    .any(|listed| listed.trim().eq_ignore_ascii_case(token))
            })
    };
    if !lists(CONNECTION, "upgrade")
        || !lists(UPGRADE, "websocket")
        || !lists(SEC_WEBSOCKET_VERSION, "13")
    {
        return Err(no_websocket());
    }
    if !lists(SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL) {
        return Err(Denied::Malformed {
            why: format!("the subprotocol is {SUBPROTOCOL}"),
        }
        .into());
    }
    headers.get(SEC_WEBSOCKET_KEY).ok_or_else(no_websocket)
}

fn no_websocket() -> Error {
    Denied::Malformed {
        why: "this address is for WebSockets, version 13".to_owned(),
    }
    .into()
}
