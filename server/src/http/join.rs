//! Coming in: from a link's secret to a token.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse};
use candour_shared::denied::Denied;
use candour_shared::http::{self, BoardPreview, Join, Lookup};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;

use super::app::Body;
use super::authenticated::{As, Authenticated, BoardPath, Tokens};
use super::error::Error;
use crate::board::{Joined, Joining};
use crate::hub::Hub;
use crate::keys::{Secret, SecretHash, opener};

pub(super) async fn preview(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
    tokens: Tokens,
    Body(Lookup { secret }): Body<Lookup>,
) -> Result<Json<BoardPreview>, Error> {
    let opener = read(&hub, board, &secret).await?;
    let mut preview = hub
        .ask(board, |live| async move { live.preview(opener).await })
        .await??;
    for token in tokens.of(Some(preview.role)) {
        let hash = token.hash();
        let member = hub.ask(board, |live| async move { live.member(hash).await });
        preview.joined |= member.await?.is_some();
    }
    Ok(Json(preview))
}

pub(super) async fn join(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
    tokens: Tokens,
    Body(join): Body<Join>,
) -> Result<impl IntoResponse, Error> {
    let Join {
        secret,
        organisation,
        bearer,
    } = join;
    let opener = read(&hub, board, &secret).await?;
    let brought = if bearer { &[][..] } else { tokens.kept() };
    // A person who joins again without a valid token is a new one, as far as anybody can tell.
    let new = Secret::random(&mut hub.random());
    let joining = Joining::new(opener, new.hash())
        .of(organisation)
        .bringing(brought.iter().map(|(role, token)| (*role, token.hash())));
    let Joined {
        role,
        token,
        keep_days,
    } = hub.join(board, &joining).await?;
    if bearer {
        let token = Some(new.reveal());
        let joined = http::Joined { role, token };
        return Ok((AppendHeaders(None), Json(joined)));
    }
    let brought = brought.iter().map(|(_, token)| token);
    let kept = brought.chain([&new]).find(|it| it.hash() == token);
    let cookie = kept.map(|token| (SET_COOKIE, tokens.cookie(role, token, keep_days)));
    let joined = http::Joined { role, token: None };
    Ok((AppendHeaders(cookie), Json(joined)))
}

pub(super) async fn me(authenticated: Authenticated) -> Json<http::Joined> {
    Json(http::Joined {
        role: authenticated.role,
        token: None,
    })
}

/// The next person at this browser must not be taken for the one before.
pub(super) async fn leave(tokens: Tokens, Query(As { role }): Query<As>) -> impl IntoResponse {
    let roles = role.map_or_else(|| Role::ALL.to_vec(), |role| vec![role]);
    let cookies = roles
        .into_iter()
        .map(|role| (SET_COOKIE, tokens.forgotten_cookie(role)));
    (
        StatusCode::NO_CONTENT,
        AppendHeaders(cookies.collect::<Vec<_>>()),
    )
}

/// The hash of the link's secret or the code that a person brings.
async fn read(hub: &Arc<Hub>, board: BoardId, secret: &str) -> Result<SecretHash, Error> {
    // Whether there is such a board comes first: it is the more helpful answer.
    hub.board(board).await?;
    Ok(opener(secret).ok_or(Denied::WrongSecret)?)
}
