//! Who asks: the token of a cookie or of a bearer header, and what it opens.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::app::App;
use super::caller::Caller;
use super::error::Error;
use crate::board::Identity;
use crate::keys::Secret;
use crate::origins::Scheme;

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

/// A person who has joined the board of the path. A browser that came in by several links says with
/// `?as=` which of its roles it means.
pub(crate) struct Authenticated {
    pub(crate) board: BoardId,
    pub(crate) identity: Identity,
    /// What they were when they asked. Whether they still are is for the board to say.
    pub(crate) role: Role,
}

/// Which of its roles a browser means.
#[derive(Deserialize)]
pub(crate) struct As {
    #[serde(rename = "as")]
    pub(crate) role: Option<Role>,
}

impl FromRequestParts<App> for Authenticated {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let tokens = Tokens::from_request_parts(parts, app).await?;
        let Query(As { role }) = Query::from_request_parts(parts, app)
            .await
            .map_err(|fault| Denied::Malformed {
                why: fault.to_string(),
            })?;
        let (hub, board) = (&app.hub, tokens.board);
        for token in tokens.of(role) {
            let identity = Identity::new(token);
            let hash = identity.hash;
            if let Some(member) = hub
                .ask(board, |live| async move { live.member(hash).await })
                .await?
            {
                let role = member.role;
                return Ok(Self {
                    board,
                    identity,
                    role,
                });
            }
        }
        // Whether the board exists at all comes first.
        hub.board(board).await?;
        Err(Denied::NotJoined.into())
    }
}

/// The tokens that a request brings for the board of its path, and the cookies that keep them.
pub(crate) struct Tokens {
    board: BoardId,
    scheme: Scheme,
    brought: Brought,
}

enum Brought {
    /// Who brings a bearer token is a program; its cookies, if any, count for nothing.
    Bearer(Option<Secret>),
    /// The most powerful first.
    Cookies(Vec<(Role, Secret)>),
}

impl FromRequestParts<App> for Tokens {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let BoardPath(board) = BoardPath::from_request_parts(parts, app).await?;
        let Caller { scheme, .. } = Caller::from_request_parts(parts, app).await?;
        let headers = &parts.headers;
        let brought = match bearer(headers) {
            Some(token) => Brought::Bearer(Secret::parse(token)),
            None => Brought::Cookies(kept(headers, scheme)),
        };
        Ok(Self {
            board,
            scheme,
            brought,
        })
    }
}

impl Tokens {
    /// Those of a browser, with their roles, the most powerful first.
    pub(crate) fn kept(&self) -> &[(Role, Secret)] {
        match &self.brought {
            Brought::Bearer(_) => &[],
            Brought::Cookies(kept) => kept,
        }
    }

    /// Those of a role, or all.
    pub(crate) fn of(&self, role: Option<Role>) -> Vec<Secret> {
        match &self.brought {
            Brought::Bearer(token) => token.iter().cloned().collect(),
            Brought::Cookies(kept) => kept
                .iter()
                .filter(|(of, _)| role.is_none_or(|role| *of == role))
                .map(|(_, token)| token.clone())
                .collect(),
        }
    }

    /// The cookie that keeps a token in a browser for so many days.
    pub(crate) fn cookie(&self, role: Role, token: &Secret, days: u16) -> String {
        self.written(role, token.reveal(), Duration::days(days.into()))
    }

    /// The cookie that makes a browser forget the one of this role.
    pub(crate) fn forgotten_cookie(&self, role: Role) -> String {
        self.written(role, String::new(), Duration::ZERO)
    }

    fn written(&self, role: Role, value: String, age: Duration) -> String {
        Cookie::build((cookie_name(role, self.scheme), value))
            .path(format!("/api/boards/{}", self.board))
            .http_only(true)
            .secure(self.scheme == Scheme::Https)
            .same_site(SameSite::Strict)
            .max_age(age)
            .build()
            .to_string()
    }
}

/// Whether it is a browser's cookies that say who asks.
pub(super) fn brings_cookie(headers: &HeaderMap) -> bool {
    bearer(headers).is_none() && headers.contains_key(COOKIE)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

fn kept(headers: &HeaderMap, scheme: Scheme) -> Vec<(Role, Secret)> {
    let cookies: Vec<Cookie<'_>> = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| Cookie::split_parse(value).flatten())
        .collect();
    let mut roles = Role::ALL;
    roles.sort_unstable_by_key(|role| place_of(*role));
    roles
        .into_iter()
        .filter_map(|role| {
            let name = cookie_name(role, scheme);
            let cookie = cookies.iter().find(|cookie| cookie.name() == name)?;
            Some((role, Secret::parse(cookie.value())?))
        })
        .collect()
}

/// Where a role comes among those of one browser, the one that may do most first.
const fn place_of(role: Role) -> u8 {
    match role {
        Role::Organiser => 0,
        Role::Facilitator => 1,
        Role::Participant => 2,
        Role::Projector => 3,
    }
}

/// Browsers take a cookie with the prefix from an encrypted connection only (RFC 6265bis §4.1.3), so that
/// an attacker on the network can't plant one.
fn cookie_name(role: Role, scheme: Scheme) -> String {
    let prefix = match scheme {
        Scheme::Http => "",
        Scheme::Https => "__Secure-",
    };
    let role = match role {
        Role::Participant => "participant",
        Role::Facilitator => "facilitator",
        Role::Organiser => "organiser",
        Role::Projector => "projector",
    };
    format!("{prefix}candour_{role}")
}
