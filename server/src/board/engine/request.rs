//! What is asked of an engine, and who asks.

use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::MakeCodes;
use candour_shared::ids::BatchId;
use candour_shared::ids::OrganisationIndex;
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::settings::{Admission, Settings};
use candour_shared::time::Day;
use rand::Rng;

use super::vault::Links;
use crate::keys::{Secret, SecretHash};

/// A person, by what makes their notes and dots theirs. What they may do is looked up at every request, so that
/// nothing that was taken from them is still honoured for what they asked before.
#[derive(Clone)]
pub struct Identity {
    /// Their token.
    pub token: Secret,
    /// Under which the board knows them.
    pub hash: SecretHash,
}

impl Identity {
    /// The person with this token.
    #[must_use]
    pub fn new(token: Secret) -> Self {
        let hash = token.hash();
        Self { token, hash }
    }
}

/// A participant who gives dots.
pub(super) struct Giver<'a> {
    pub(super) identity: &'a Identity,
    /// The organisation they said they are from.
    pub(super) organisation: Option<OrganisationIndex>,
}

/// Something asked of the engine that may change the board.
pub enum Request {
    /// A command.
    Command(Identity, Command),
    /// A person joins.
    Join(Joining),
    /// A role's link gets another secret, because an organiser says so.
    ReplaceLink(SecretHash, Role, Secret),
    /// An organiser makes a batch of codes, of these hashes.
    MakeCodes(SecretHash, BatchId, MakeCodes, Vec<SecretHash>),
    /// An organiser withdraws the codes of a batch.
    WithdrawCodes(SecretHash, BatchId),
    /// It is time to look whether what waits can be released in a pool, with so many people here.
    Pool(usize),
}

/// A request to join.
#[derive(Debug, Clone)]
pub struct Joining {
    /// The hash of the link's secret or of the code.
    pub opener: SecretHash,
    /// The organisation that was chosen.
    pub organisation: Option<OrganisationIndex>,
    /// The hashes of the tokens the browser has already. The first of the role that the link or code gives is kept,
    /// if the board still knows it: a person who comes again stays the person they were.
    pub brought: Vec<(Role, SecretHash)>,
    /// The hash of the token that a new person gets.
    pub token: SecretHash,
}

impl Joining {
    /// A new person comes in by a link or a code.
    #[must_use]
    pub const fn new(opener: SecretHash, token: SecretHash) -> Self {
        Self {
            opener,
            organisation: None,
            brought: Vec::new(),
            token,
        }
    }

    /// The same, with the organisation they chose.
    #[must_use]
    pub fn of(self, organisation: Option<OrganisationIndex>) -> Self {
        Self {
            organisation,
            ..self
        }
    }

    /// The same, with what their browser has already.
    #[must_use]
    pub fn bringing(self, brought: impl IntoIterator<Item = (Role, SecretHash)>) -> Self {
        let brought = brought.into_iter().collect();
        Self { brought, ..self }
    }
}

/// What joining came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// What the person is on the board.
    pub role: Role,
    /// The hash of the token under which the board knows them: a brought one, or the new one.
    pub token: SecretHash,
    /// For how many days the board is kept.
    pub keep_days: u16,
}

/// Whose private view of the board a request changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mine {
    /// None.
    Same,
    /// That of the person who asked.
    OfAsker,
    /// Maybe anybody's. Everybody is told, so that the telling doesn't show who is concerned.
    OfEveryone,
}

/// What a request that was done answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// That it was done, and whose view it changed.
    Done(Mine),
    /// To [`Request::Join`]: who the person is.
    Joined(Joined),
}

/// What became of a request.
pub type Outcome<T = Mine> = Result<T, Denied>;

/// The secrets of a board's links themselves, as it begins.
#[derive(Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct LinkSecrets {
    pub organiser: Secret,
    pub facilitator: Secret,
    /// Nothing if participants come in by codes.
    pub participant: Option<Secret>,
    pub projector: Secret,
}

impl LinkSecrets {
    /// Fresh ones, for a board to which participants come so.
    pub fn random(admission: Admission, rng: &mut dyn Rng) -> Self {
        let [organiser, facilitator, projector] = [0; 3].map(|_| Secret::random(rng));
        let participant = match admission {
            Admission::SharedLink => Some(Secret::random(rng)),
            Admission::Codes => None,
        };
        Self {
            organiser,
            facilitator,
            participant,
            projector,
        }
    }

    /// What the board keeps of them.
    #[must_use]
    pub fn links(&self) -> Links {
        Links {
            organiser: self.organiser.hash(),
            facilitator: self.facilitator.hash(),
            participant: self.participant.as_ref().map(Secret::hash),
            projector: self.projector.hash(),
        }
    }
}

/// What a new board is made of.
pub struct Opening {
    /// What the organiser decided; checked.
    pub settings: Settings,
    /// The secrets of its links.
    pub secrets: LinkSecrets,
    /// The notes it begins with; checked.
    pub notes: Vec<Content>,
    /// Today.
    pub today: Day,
    /// The day on which the board is deleted.
    pub expires_on: Day,
}
