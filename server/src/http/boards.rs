//! Making and deleting boards.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use candour_shared::denied::{Denied, SettingsFault, SettingsPart};
use candour_shared::http::{
    CreateBoard, Created, MAX_FIRST_NOTES, Receipt, ReplaceLink, Replaced, board_path,
};
use candour_shared::ids::BoardId;
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::settings::Settings;

use super::app::Body;
use super::authenticated::{Authenticated, BoardPath};
use super::error::Error;
use crate::board::{self, By, Engine, LinkSecrets, Opening, Request};
use crate::clock;
use crate::hub::Hub;
use crate::keys::Secret;
use crate::log::StoredBoard;

pub(super) async fn create(
    State(hub): State<Arc<Hub>>,
    Body(request): Body<CreateBoard>,
) -> Result<(StatusCode, Json<Created>), Error> {
    let settings = request.settings.checked()?;
    let notes = first_notes(request.notes, &settings)?;
    let random = &mut hub.random();
    let board = BoardId::from_bytes(random.id());
    let now = hub.clock().now();
    let opening = Opening {
        secrets: LinkSecrets::random(settings.privacy.admission, random),
        notes,
        today: clock::day(now, 0),
        expires_on: clock::day(now, settings.privacy.keep_days),
        settings,
    };
    let body = board::encode(&Engine::open(&opening, random))?;
    let new = StoredBoard::new(body, opening.expires_on);
    hub.create(board, new).await?;
    let link = |role, secret: &Secret| link(board, role, secret);
    let secrets = &opening.secrets;
    let participant = secrets.participant.as_ref();
    let created = Created {
        board,
        organiser: link(Role::Organiser, &secrets.organiser),
        facilitator: link(Role::Facilitator, &secrets.facilitator),
        participant: participant.map(|secret| link(Role::Participant, secret)),
        projector: link(Role::Projector, &secrets.projector),
        expires_on: opening.expires_on,
    };
    Ok((StatusCode::CREATED, Json(created)))
}

/// The notes a board begins with, or what is wrong with them.
fn first_notes(notes: Vec<Content>, settings: &Settings) -> Result<Vec<Content>, Denied> {
    if notes.len() > MAX_FIRST_NOTES {
        return Err(Denied::BadSettings {
            fault: SettingsFault::TooMany {
                part: SettingsPart::Note,
                limit: MAX_FIRST_NOTES,
            },
        });
    }
    let checked = |note: Content| {
        settings.check_content(&note)?;
        note.checked(false)
    };
    notes.into_iter().map(checked).collect()
}

pub(super) async fn delete(
    State(hub): State<Arc<Hub>>,
    authenticated: Authenticated,
) -> Result<Json<Receipt>, Error> {
    let by = By::Organiser(authenticated.identity.hash);
    let deleted = hub
        .ask(
            authenticated.board,
            |live| async move { live.delete(by).await },
        )
        .await?;
    Ok(Json(deleted?))
}

pub(super) async fn receipt(
    State(hub): State<Arc<Hub>>,
    BoardPath(board): BoardPath,
) -> Result<Json<Receipt>, Error> {
    Ok(Json(hub.receipt(board).await?))
}

pub(super) async fn replace_link(
    State(hub): State<Arc<Hub>>,
    authenticated: Authenticated,
    Body(ReplaceLink { role }): Body<ReplaceLink>,
) -> Result<Json<Replaced>, Error> {
    let secret = Secret::random(&mut hub.random());
    let link = link(authenticated.board, role, &secret);
    let by = authenticated.identity.hash;
    hub.change(authenticated.board, || {
        Request::ReplaceLink(by, role, secret.clone())
    })
    .await?;
    Ok(Json(Replaced { link }))
}

fn link(board: BoardId, role: Role, secret: &Secret) -> String {
    format!("{}#{}", board_path(board, role), secret.reveal())
}
