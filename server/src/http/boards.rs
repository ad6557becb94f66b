//! Making and deleting boards.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use candour_shared::http::{CreateBoard, Created, ReplaceLink, Replaced, board_path};
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use rand::Rng as _;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use super::Body;
use super::visitor::Visitor;
use crate::board::{self, Heart, Links, Opening, today};
use crate::error::Error;
use crate::hub::Hub;
use crate::keys::Secret;
use crate::log::Stored;

pub(super) async fn create(
    State(hub): State<Arc<Hub>>,
    Body(request): Body<CreateBoard>,
) -> Result<(StatusCode, Json<Created>), Error> {
    let settings = request.settings.checked()?;
    let rng = &mut UnwrapErr(SysRng);
    let mut id = [0; 16];
    rng.fill_bytes(&mut id);
    let board = BoardId::from_bytes(id);
    let [organiser, facilitator, participant] = [0; 3].map(|_| Secret::random(rng));
    let opening = Opening {
        settings,
        links: Links {
            organiser: organiser.hash(),
            facilitator: facilitator.hash(),
            participant: participant.hash(),
        },
        participant_secret: participant.clone(),
        today: today(),
    };
    let body = board::encode(&Heart::open(&opening, rng))?;
    hub.create(board, Stored { sequence: 0, body }).await?;
    let created = Created {
        board,
        organiser: link(board, Role::Organiser, &organiser),
        facilitator: link(board, Role::Facilitator, &facilitator),
        participant: link(board, Role::Participant, &participant),
    };
    Ok((StatusCode::CREATED, Json(created)))
}

pub(super) async fn delete(
    State(hub): State<Arc<Hub>>,
    visitor: Visitor,
) -> Result<StatusCode, Error> {
    let board = visitor.organiser()?;
    hub.ask(board, |live| async move { live.delete().await })
        .await??;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn replace_link(
    State(hub): State<Arc<Hub>>,
    visitor: Visitor,
    Body(ReplaceLink { role }): Body<ReplaceLink>,
) -> Result<Json<Replaced>, Error> {
    let board = visitor.organiser()?;
    let secret = Secret::random(&mut UnwrapErr(SysRng));
    let link = link(board, role, &secret);
    hub.ask(board, |live| {
        let secret = secret.clone();
        async move { live.replace_link(role, secret).await }
    })
    .await??;
    Ok(Json(Replaced { link }))
}

fn link(board: BoardId, role: Role, secret: &Secret) -> String {
    format!("{}#{}", board_path(board, role), secret.reveal())
}
