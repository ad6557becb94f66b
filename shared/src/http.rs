//! What goes over HTTP besides the page itself.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /api/boards` | [`CreateBoard`] | 201 [`Created`] |
//! | `POST /api/boards/{id}/preview` | [`Lookup`] | [`BoardPreview`] |
//! | `POST /api/boards/{id}/join` | [`Join`] | [`Joined`], and a cookie unless `bearer` |
//! | `GET /api/boards/{id}/me?as={role}` | | [`Joined`] or 401 |
//! | `DELETE /api/boards/{id}/me?as={role}` | | 204; this browser forgets who it was |
//! | `GET /api/boards/{id}/live?as={role}` | | the WebSocket, see [`crate::protocol`] |
//! | `GET /api/boards/{id}/export.json` | | [`crate::export::BoardExport`] (organisers) |
//! | `POST /api/boards/{id}/links` | [`ReplaceLink`] | [`Replaced`] (organisers) |
//! | `POST /api/boards/{id}/codes` | [`MakeCodes`] | [`Codes`] (organisers) |
//! | `DELETE /api/boards/{id}/codes/{batch}` | | 204; the batch's codes let no participant in any more (organisers) |
//! | `DELETE /api/boards/{id}` | | [`Receipt`] (organisers) |
//! | `GET /api/boards/{id}/receipt` | | [`Receipt`] of a board that was deleted, for who knows its id |
//! | `GET /api/schema.json` | | the JSON Schemas of all of these |
//!
//! A refusal is a [`Refusal`] with a status of the 400s; a fault is a [`Fault`] with one of the 500s.

use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};

use crate::denied::Denied;
use crate::export::BoardExport;
use crate::ids::{BatchId, BoardId, OrganisationIndex};
use crate::note::Content;
use crate::policy::Role;
use crate::protocol::{ClientMessage, ServerMessage};
use crate::settings::{Privacy, Settings};
use crate::time::Day;

/// A request for a new board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBoard {
    /// How it is set up, for good.
    pub settings: Settings,
    /// Notes it begins with, of which no participant is the author: to try things out, or from a former board. At most
    /// [`MAX_FIRST_NOTES`].
    #[serde(default)]
    pub notes: Vec<Content>,
}

/// Most notes a board can begin with.
pub const MAX_FIRST_NOTES: usize = 60;

/// A new board's links. They are shown this once; the server keeps hashes only, except of the
/// participants' and the projector's secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// The board.
    pub board: BoardId,
    /// The organiser's link, as a path with a fragment.
    pub organiser: String,
    /// The facilitators' link, as a path with a fragment.
    pub facilitator: String,
    /// The participants' link, as a path with a fragment; nothing if they come in by codes.
    pub participant: Option<String>,
    /// The projector's link, as a path with a fragment: it only shows the board.
    pub projector: String,
    /// The day on which the board is deleted.
    pub expires_on: Day,
}

/// A look at a board through a link, before joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// The link's secret, or a code.
    pub secret: String,
}

/// What one sees before joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardPreview {
    /// What one would be on the board.
    pub role: Role,
    /// Whether a person has joined in this role with the browser that asks. On a shared computer that may
    /// be another one than who looks.
    pub joined: bool,
    /// The board's title.
    pub title: String,
    /// The organisations to choose from; if there are none, participants aren't asked.
    pub organisations: Vec<String>,
    /// The organisation that a code was made for; then participants aren't asked either.
    pub organisation: Option<OrganisationIndex>,
    /// What protects the people who write. In words: [`crate::contract::sentences`].
    pub privacy: Privacy,
    /// The day on which the board is deleted.
    pub expires_on: Day,
}

/// A request to join a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The link's secret, or a code.
    pub secret: String,
    /// Which organisation, as an index into [`BoardPreview::organisations`]. Participants must choose one if
    /// there are any; it counts for no other role.
    #[serde(default)]
    pub organisation: Option<OrganisationIndex>,
    /// For programs: answer with the token instead of a cookie; it goes into an `Authorization:
    /// Bearer` header from then on.
    #[serde(default)]
    pub bearer: bool,
}

impl Join {
    /// A browser's request with a link's secret, or a code, from who belongs to no organisation.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
            organisation: None,
            bearer: false,
        }
    }

    /// The same for a participant from an organisation, or from none.
    #[must_use]
    pub fn of(self, organisation: Option<OrganisationIndex>) -> Self {
        Self {
            organisation,
            ..self
        }
    }

    /// The same for a program, which is answered with a token instead of a cookie.
    #[must_use]
    pub fn with_token(self) -> Self {
        Self {
            bearer: true,
            ..self
        }
    }
}

/// A person, or a projector, who has joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Joined {
    /// What they are on the board.
    pub role: Role,
    /// The token, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// A request for a new link in place of one that got into the wrong hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceLink {
    /// Whose link. From then on the former one is refused. Facilitators or organisers who came in
    /// by it are out at once, except who asks; participants stay, because their notes are theirs.
    pub role: Role,
}

/// The new link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Replaced {
    /// A path with a fragment.
    pub link: String,
}

/// Most codes of one batch.
pub const MAX_CODES: u16 = 500;

/// A request for a batch of single-use codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeCodes {
    /// For which organisation, as an index into the board's; nothing if it has none.
    #[serde(default)]
    pub organisation: Option<OrganisationIndex>,
    /// How many, 1 to [`MAX_CODES`].
    pub count: u16,
}

/// A new batch of codes. They are shown this once; the server keeps hashes only.
///
/// A code can be redeemed as often as one likes; the first who contributes by it, or tries to, is the only
/// one who can from then on, others can look on. So a mail scanner that opens links spends nothing, and
/// an organiser can't find out whether a code's owner has contributed without taking the code from them if not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Codes {
    /// The batch.
    pub batch: BatchId,
    /// The codes: 20 letters and digits in groups of five. A code is also a link: [`board_path`] of a
    /// participant, `#`, the code.
    pub codes: Vec<String>,
}

/// What is left of a board that is gone: that it is gone from the database, its write-ahead log and its
/// free pages, and from the server's memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The board.
    pub board: BoardId,
    /// Why it is gone.
    pub ending: Ending,
    /// The day on which it went.
    pub on: Day,
}

/// Why a board is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// An organiser deleted it.
    Deleted,
    /// Its time was over.
    Expired,
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// The reason, for programs.
    pub denied: Denied,
    /// The reason, for people.
    pub message: String,
}

/// Something went wrong in the server. It is told only under which number it logged the fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// The number.
    pub fault: String,
    /// What to do, for people.
    pub message: String,
}

/// The path of a board's page for a role; the link's secret goes behind it as the fragment.
#[must_use]
pub fn board_path(board: BoardId, role: Role) -> String {
    match role {
        Role::Participant => format!("/b/{board}"),
        Role::Facilitator => format!("/b/{board}/facilitate"),
        Role::Organiser => format!("/b/{board}/organise"),
        Role::Projector => format!("/b/{board}/project"),
    }
}

/// The JSON Schema of everything on the wire, by name.
#[must_use]
pub fn schemas() -> std::collections::BTreeMap<&'static str, Schema> {
    [
        ("client_message", schema_for!(ClientMessage)),
        ("server_message", schema_for!(ServerMessage)),
        ("create_board", schema_for!(CreateBoard)),
        ("created", schema_for!(Created)),
        ("lookup", schema_for!(Lookup)),
        ("board_preview", schema_for!(BoardPreview)),
        ("join", schema_for!(Join)),
        ("joined", schema_for!(Joined)),
        ("replace_link", schema_for!(ReplaceLink)),
        ("replaced", schema_for!(Replaced)),
        ("make_codes", schema_for!(MakeCodes)),
        ("codes", schema_for!(Codes)),
        ("receipt", schema_for!(Receipt)),
        ("refusal", schema_for!(Refusal)),
        ("fault", schema_for!(Fault)),
        ("board_export", schema_for!(BoardExport)),
    ]
    .into()
}
