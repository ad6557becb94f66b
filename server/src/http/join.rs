//! Coming in: from a link's secret to a token.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse};
use candour_shared::denied::Denied;
use candour_shared::http::{BoardPreview, Join, Joined, Lookup};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;

use super::Body;
use super::visitor::{As, BoardPath, Tokens, Visitor};
use crate::board::{Joining, Request as Change};
use crate::error::Error;
use crate::hub::Hub;
use crate::keys::{Secret, SecretHash, opener};

pub(super) async fn preview(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
    tokens: Tokens,
    Body(Lookup { secret }): Body<Lookup>,
) -> Result<Json<BoardPreview>, Error> {
    let opener = read(&hub, board, &secret).await?;
    let mut preview = preview_of(&hub, board, opener).await?;
    for token in tokens.of(Some(preview.role)) {
        preview.joined |= is_member(&hub, board, &token).await?;
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
    let BoardPreview { role, privacy, .. } = preview_of(&hub, board, opener).await?;
    let brought = if bearer {
        None
    } else {
        tokens.of(Some(role)).into_iter().next()
    };
    let token = match brought {
        Some(token) if is_member(&hub, board, &token).await? => token,
        // Whoever joins again without a valid token is a new person, as far as anybody can tell.
        Some(_) | None => {
            let token = Secret::random(&mut hub.random());
            let joining = Joining {
                opener,
                organisation,
                token: token.hash(),
            };
            hub.change(board, || Change::Join(joining)).await?;
            token
        }
    };
    if bearer {
        let joined = Joined {
            role,
            token: Some(token.reveal()),
        };
        return Ok((AppendHeaders(None), Json(joined)));
    }
    let cookie = (SET_COOKIE, tokens.cookie(role, &token, privacy.keep_days));
    Ok((
        AppendHeaders(Some(cookie)),
        Json(Joined { role, token: None }),
    ))
}

pub(super) async fn me(visitor: Visitor) -> Json<Joined> {
    Json(Joined {
        role: visitor.role,
        token: None,
    })
}

/// Whoever uses this browser next must not be taken for whoever used it before.
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

/// The hash of what somebody brings with them.
async fn read(hub: &Arc<Hub>, board: BoardId, secret: &str) -> Result<SecretHash, Error> {
    // Whether there is such a board comes first: it is the more helpful answer.
    hub.board(board).await?;
    Ok(opener(secret).ok_or(Denied::WrongSecret)?)
}

async fn preview_of(
    hub: &Arc<Hub>,
    board: BoardId,
    opener: SecretHash,
) -> Result<BoardPreview, Error> {
    Ok(hub
        .ask(board, |live| async move { live.preview(opener).await })
        .await??)
}

async fn is_member(hub: &Arc<Hub>, board: BoardId, token: &Secret) -> Result<bool, Error> {
    let hash = token.hash();
    Ok(hub
        .ask(board, |live| async move { live.member(hash).await })
        .await?
        .is_some())
}
