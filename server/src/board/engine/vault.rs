//! The Vault: what no page receives. Unreleased notes, ownership tags, ballots, who has joined.
//!
//! It is a fold over [`VaultChange`]s, which are what the log's records hold.

pub(crate) mod change;

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::denied::Denied;
use candour_shared::ids::OrganisationIndex;
use candour_shared::ids::{BatchId, Item, NoteId, PulseId, RoundId};
use candour_shared::note::Content;
use candour_shared::policy::Role;
use serde::{Deserialize, Serialize};

use crate::keys::{Salt, SecretHash, Tag};

/// The server's private state of one board.
#[derive(Clone, Serialize, Deserialize)]
pub struct Vault {
    /// What opens the board, by role.
    pub links: Links,
    /// Single-use codes, by the hashes of them.
    pub codes: BTreeMap<SecretHash, Code>,
    /// Who has joined.
    pub roster: BTreeMap<SecretHash, Member>,
    /// Whose notes are whose, as far as one can prove it; nothing outside of Write and Discuss.
    pub writing: Option<Writing>,
    /// What waits for the next reveal.
    pub waiting: BTreeMap<NoteId, Waiting>,
    /// The dots of the open round.
    pub ballots: Option<Ballots>,
    /// The answers to the open pulse.
    pub answers: Option<Answers>,
    /// Withdrawn and erased notes and ended clusters, which must not come to life again.
    pub gone: BTreeSet<Item>,
}

/// A single-use code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The batch it was made in.
    pub batch: BatchId,
    /// For whom, if the board has organisations.
    pub organisation: Option<OrganisationIndex>,
    /// Whether a participant who came in by it has contributed, or tried to. By whom is not kept.
    pub spent: bool,
    /// Whether it was withdrawn, and doesn't open the board any more.
    pub withdrawn: bool,
}

/// The hashes of a board's link secrets.
#[derive(Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Links {
    pub organiser: SecretHash,
    pub facilitator: SecretHash,
    /// Nothing if participants come in by codes.
    pub participant: Option<SecretHash>,
    pub projector: SecretHash,
}

/// A person who has joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What they are on the board.
    pub role: Role,
    /// Their organisation, if participants were asked for one.
    pub organisation: Option<OrganisationIndex>,
    /// The code they came in by, until it is spent.
    pub code: Option<SecretHash>,
}

/// One run of a phase in which people write notes or replies, from its opening to its seal.
#[derive(Clone, Serialize, Deserialize)]
pub struct Writing {
    /// What its tags depend on.
    pub salt: Salt,
    /// The tag of every note whose author can still prove that it is theirs.
    pub tags: BTreeMap<NoteId, Tag>,
    /// The tags of those who say *same here* to a note.
    pub same_here: BTreeMap<NoteId, BTreeSet<Tag>>,
    /// The same as it was at the last release.
    pub published: BTreeMap<NoteId, BTreeSet<Tag>>,
}

/// What waits under a note's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// A note that only its author has seen.
    Note(Content),
    /// A reply to a note or cluster that only its author has seen.
    Reply(Content, Item),
    /// A new text for a note that facilitators or everyone have seen.
    Rewrite(Content),
    /// The end of a note that facilitators or everyone have seen.
    Withdrawal,
}

/// The dots of one open round: for every item the tags of the dots on it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ballots {
    /// The round.
    pub round: RoundId,
    /// What its tags depend on.
    pub salt: Salt,
    /// The dots.
    pub items: BTreeMap<Item, BTreeSet<Tag>>,
    /// How many people of which organisation have dots on an item. Numbers, never who.
    pub backers: BTreeMap<Item, Backers>,
}

/// The answers to one open pulse.
#[derive(Clone, Serialize, Deserialize)]
pub struct Answers {
    /// The pulse.
    pub pulse: PulseId,
    /// What its tags depend on.
    pub salt: Salt,
    /// The answers, by the tags of those who gave them.
    pub given: BTreeMap<Tag, u8>,
}

/// How many people of each organisation stand behind an item.
pub(super) type Backers = BTreeMap<OrganisationIndex, u32>;

impl Vault {
    /// The Vault of a new board.
    #[must_use]
    pub fn opened(links: Links) -> Self {
        Self {
            links,
            codes: BTreeMap::new(),
            roster: BTreeMap::new(),
            writing: None,
            waiting: BTreeMap::new(),
            ballots: None,
            answers: None,
            gone: BTreeSet::new(),
        }
    }

    /// Whether this is the token of an organiser.
    pub fn check_organiser(&self, token: SecretHash) -> Result<(), Denied> {
        match self.roster.get(&token).map(|member| member.role) {
            Some(Role::Organiser) => Ok(()),
            Some(Role::Participant | Role::Facilitator | Role::Projector) => {
                Err(Denied::OrganisersOnly)
            }
            None => Err(Denied::NotJoined),
        }
    }

    /// A code that lets people in.
    pub(super) fn code(&self, opener: &SecretHash) -> Option<&Code> {
        self.codes.get(opener).filter(|code| !code.withdrawn)
    }

    /// What a link's secret or a code makes one.
    pub(super) fn role_of(&self, opener: &SecretHash) -> Result<Role, Denied> {
        let by_code = || self.code(opener).map(|_| Role::Participant);
        let role = self.role_of_link(opener).or_else(by_code);
        role.ok_or(Denied::WrongSecret)
    }

    fn role_of_link(&self, secret: &SecretHash) -> Option<Role> {
        let Links {
            organiser,
            facilitator,
            participant,
            projector,
        } = &self.links;
        [
            (Some(organiser), Role::Organiser),
            (Some(facilitator), Role::Facilitator),
            (participant.as_ref(), Role::Participant),
            (Some(projector), Role::Projector),
        ]
        .into_iter()
        .find_map(|(link, role)| link?.is(secret).then_some(role))
    }
}
