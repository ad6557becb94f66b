//! Coming in: from a link's secret to a token.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse};
use candour_shared::denied::Denied;
use candour_shared::http::{Door, Join, Joined, Knock};
use candour_shared::ids::BoardId;
use candour_shared::settings::OrganisationIndex;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use super::Body;
use super::visitor::{BoardPath, Visitor, cookie, token};
use crate::error::Error;
use crate::hub::Hub;
use crate::keys::{Secret, SecretHash};

pub(super) async fn door(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
    Body(Knock { secret }): Body<Knock>,
) -> Result<Json<Door>, Error> {
    Ok(Json(open_door(&hub, board, link(&secret)?).await?))
}

pub(super) async fn join(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
    request: Request,
) -> Result<impl IntoResponse, Error> {
    let (parts, body) = request.into_parts();
    let parts_again = parts.clone();
    let Body(join) = Body::<Join>::from_request(Request::from_parts(parts, body), &hub).await?;
    let Join {
        secret,
        organisation,
        bearer,
    } = join;
    let link = link(&secret)?;
    let role = open_door(&hub, board, link).await?.role;
    let brought = if bearer {
        None
    } else {
        token(&parts_again, role)
    };
    let token = match brought {
        Some(token) if is_member(&hub, board, &token).await? => token,
        // Whoever joins again without a valid token is a new person, as far as anybody can tell.
        Some(_) | None => new_member(&hub, board, link, organisation).await?,
    };
    if bearer {
        let joined = Joined {
            role,
            token: Some(token.reveal()),
        };
        return Ok((AppendHeaders(None), Json(joined)));
    }
    let cookie = (SET_COOKIE, cookie(board, role, &token));
    Ok((
        AppendHeaders(Some(cookie)),
        Json(Joined { role, token: None }),
    ))
}

pub(super) async fn me(visitor: Visitor) -> Json<Joined> {
    Json(Joined {
        role: visitor.asker.role,
        token: None,
    })
}

fn link(secret: &str) -> Result<SecretHash, Error> {
    Ok(Secret::parse(secret).ok_or(Denied::WrongSecret)?.hash())
}

async fn open_door(hub: &Arc<Hub>, board: BoardId, link: SecretHash) -> Result<Door, Error> {
    Ok(hub
        .ask(board, |live| async move { live.door(link).await })
        .await??)
}

async fn is_member(hub: &Arc<Hub>, board: BoardId, token: &Secret) -> Result<bool, Error> {
    let hash = token.hash();
    Ok(hub
        .ask(board, |live| async move { live.member(hash).await })
        .await?
        .is_some())
}

async fn new_member(
    hub: &Arc<Hub>,
    board: BoardId,
    link: SecretHash,
    organisation: Option<OrganisationIndex>,
) -> Result<Secret, Error> {
    let token = Secret::random(&mut UnwrapErr(SysRng));
    let hash = token.hash();
    hub.ask(board, |live| async move {
        live.join(link, organisation, hash).await
    })
    .await??;
    Ok(token)
}
