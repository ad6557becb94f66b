//! Who asks: the token of a cookie or of a bearer header, and what it opens.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use cookie::{Cookie, SameSite};
use serde::Deserialize;

use crate::board::Asker;
use crate::error::Error;
use crate::hub::Hub;
use crate::keys::Secret;

/// How long a browser keeps a token, in days.
const COOKIE_DAYS: i64 = 30;

/// The board a path names.
pub(crate) struct BoardPath(pub(crate) BoardId);

impl<S: Send + Sync> FromRequestParts<S> for BoardPath {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let named = |Path(names): Path<HashMap<String, String>>| names.get("board")?.parse().ok();
        Ok(Self(path.ok().and_then(named).ok_or(Denied::NoSuchBoard)?))
    }
}

/// Somebody who has joined the board of the path. A browser that came in by several links says with
/// `?as=` which of its roles it means.
pub(crate) struct Visitor {
    pub(crate) board: BoardId,
    pub(crate) asker: Asker,
    /// What they were when they asked. Whether they still are is for the board to say.
    pub(crate) role: Role,
}

/// Which of its roles a browser means.
#[derive(Deserialize)]
pub(crate) struct As {
    #[serde(rename = "as")]
    pub(crate) role: Option<Role>,
}

impl FromRequestParts<Arc<Hub>> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, hub: &Arc<Hub>) -> Result<Self, Error> {
        let BoardPath(board) = BoardPath::from_request_parts(parts, hub).await?;
        let Query(As { role }) = Query::from_request_parts(parts, hub)
            .await
            .map_err(|fault| Denied::Malformed {
                why: fault.to_string(),
            })?;
        for token in tokens(parts, role) {
            let asker = Asker::new(token);
            let hash = asker.hash;
            if let Some(member) = hub
                .ask(board, |live| async move { live.member(hash).await })
                .await?
            {
                let role = member.role;
                return Ok(Self { board, asker, role });
            }
        }
        // Whether the board exists at all comes first.
        hub.board(board).await?;
        Err(Denied::NotJoined.into())
    }
}

/// The token a request brings for a role, if any.
pub(crate) fn token(parts: &Parts, role: Role) -> Option<Secret> {
    tokens(parts, Some(role)).into_iter().next()
}

/// The cookie that keeps a token in a browser.
pub(crate) fn cookie(board: BoardId, role: Role, token: &Secret) -> String {
    let age = cookie::time::Duration::days(COOKIE_DAYS);
    built_cookie(board, role, token.reveal(), age)
}

/// The cookie that makes a browser forget the one of this role.
pub(crate) fn forgotten_cookie(board: BoardId, role: Role) -> String {
    built_cookie(board, role, String::new(), cookie::time::Duration::ZERO)
}

fn built_cookie(board: BoardId, role: Role, value: String, age: cookie::time::Duration) -> String {
    Cookie::build((cookie_name(role), value))
        .path(format!("/api/boards/{board}"))
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(age)
        .build()
        .to_string()
}

/// The bearer token, else the cookies' tokens: of one role, or of all, the most powerful first.
fn tokens(parts: &Parts, role: Option<Role>) -> Vec<Secret> {
    let bearer = parts
        .headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        return Secret::parse(token).into_iter().collect();
    }
    let roles = role.map_or_else(
        || vec![Role::Organiser, Role::Facilitator, Role::Participant],
        |role| vec![role],
    );
    let cookies: Vec<Cookie<'_>> = parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    roles
        .into_iter()
        .filter_map(|role| {
            cookies
                .iter()
                .find(|cookie| cookie.name() == cookie_name(role))
                .and_then(|cookie| Secret::parse(cookie.value()))
        })
        .collect()
}

fn cookie_name(role: Role) -> &'static str {
    match role {
        Role::Participant => "candour_participant",
        Role::Facilitator => "candour_facilitator",
        Role::Organiser => "candour_organiser",
    }
}
