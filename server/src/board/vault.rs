//! The Vault: what nobody receives. Unreleased notes, ownership tags, ballots, who has joined.
//!
//! It is a fold over [`VaultChange`]s, which are what the log's records hold.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::command::Content;
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::policy::Role;
use candour_shared::settings::OrganisationIndex;
use serde::{Deserialize, Serialize};

use crate::keys::{Salt, SecretHash, Tag};

/// The server's private state of one board.
#[derive(Clone, Serialize, Deserialize)]
pub struct Vault {
    /// What opens the board, by role.
    pub links: Links,
    /// Who has joined.
    pub roster: BTreeMap<SecretHash, Member>,
    /// Whose notes are whose, as far as one can prove it; nothing before Write and after its seal.
    pub writing: Option<Writing>,
    /// What waits for the next reveal.
    pub waiting: BTreeMap<NoteId, Waiting>,
    /// The dots of the open round.
    pub ballots: Option<Ballots>,
    /// Withdrawn and erased notes and ended clusters, which must not come to life again.
    pub gone: BTreeSet<Item>,
}

/// The hashes of a board's three link secrets.
#[derive(Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Links {
    pub organiser: SecretHash,
    pub facilitator: SecretHash,
    pub participant: SecretHash,
}

/// Somebody who has joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What they are on the board.
    pub role: Role,
    /// Their organisation, if participants were asked for one.
    pub organisation: Option<OrganisationIndex>,
}

/// One run of the Write phase, from its opening to its seal.
#[derive(Clone, Serialize, Deserialize)]
pub struct Writing {
    /// What its tags depend on.
    pub salt: Salt,
    /// The tag of every note that somebody can still call theirs.
    pub tags: BTreeMap<NoteId, Tag>,
}

/// What waits under a note's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// A note nobody but its author has seen.
    Note(Content),
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
}

/// One change of the Vault.
#[derive(Clone, Serialize, Deserialize)]
pub enum VaultChange {
    /// Somebody joined.
    Joined(SecretHash, Member),
    /// A role's link was replaced.
    LinkReplaced(Role, SecretHash),
    /// Writing was opened, under a new salt.
    WritingOpened(Salt),
    /// Somebody can call this note theirs.
    Owned(NoteId, Tag),
    /// This waits under a note's id, instead of what may have waited there.
    Waits(NoteId, Waiting),
    /// Nothing waits under a note's id any more.
    WaitsNoLonger(NoteId),
    /// A note was withdrawn or erased, or a cluster ended.
    Gone(Item),
    /// Writing was sealed.
    WritingSealed,
    /// A round was opened.
    RoundOpened(RoundId, Salt),
    /// Dots came onto an item, others left it.
    Cast {
        /// The item.
        item: Item,
        /// The tags of dots that are on it now.
        on: Vec<Tag>,
        /// The tags of dots that are not.
        off: Vec<Tag>,
    },
    /// An item can't be voted on any more; its dots go back to whoever gave them.
    ItemGone(Item),
    /// The open round was closed.
    RoundClosed,
}

impl Vault {
    /// The Vault of a new board.
    #[must_use]
    pub fn opened(links: Links) -> Self {
        Self {
            links,
            roster: BTreeMap::new(),
            writing: None,
            waiting: BTreeMap::new(),
            ballots: None,
            gone: BTreeSet::new(),
        }
    }

    /// Folds a change into the Vault.
    pub fn apply(&mut self, change: VaultChange) {
        match change {
            VaultChange::Joined(token, member) => {
                self.roster.insert(token, member);
            }
            VaultChange::LinkReplaced(role, secret) => match role {
                Role::Participant => self.links.participant = secret,
                Role::Facilitator => self.links.facilitator = secret,
                Role::Organiser => self.links.organiser = secret,
            },
            VaultChange::WritingOpened(salt) => {
                self.writing = Some(Writing {
                    salt,
                    tags: BTreeMap::new(),
                });
            }
            VaultChange::Owned(note, tag) => {
                if let Some(writing) = &mut self.writing {
                    writing.tags.insert(note, tag);
                }
            }
            VaultChange::Waits(note, waiting) => {
                self.waiting.insert(note, waiting);
            }
            VaultChange::WaitsNoLonger(note) => {
                self.waiting.remove(&note);
            }
            VaultChange::Gone(item) => {
                if let Item::Note(note) = item {
                    self.waiting.remove(&note);
                    if let Some(writing) = &mut self.writing {
                        writing.tags.remove(&note);
                    }
                }
                self.gone.insert(item);
            }
            VaultChange::WritingSealed => self.writing = None,
            VaultChange::RoundOpened(round, salt) => {
                self.ballots = Some(Ballots {
                    round,
                    salt,
                    items: BTreeMap::new(),
                });
            }
            VaultChange::Cast { item, on, off } => {
                if let Some(ballots) = &mut self.ballots {
                    let tags = ballots.items.entry(item).or_default();
                    tags.extend(on);
                    for tag in off {
                        tags.remove(&tag);
                    }
                    if tags.is_empty() {
                        ballots.items.remove(&item);
                    }
                }
            }
            VaultChange::ItemGone(item) => {
                if let Some(ballots) = &mut self.ballots {
                    ballots.items.remove(&item);
                }
            }
            VaultChange::RoundClosed => self.ballots = None,
        }
    }

    /// What a link's secret opens.
    #[must_use]
    pub fn role_of_link(&self, secret: &SecretHash) -> Option<Role> {
        let Links {
            organiser,
            facilitator,
            participant,
        } = &self.links;
        [
            (organiser, Role::Organiser),
            (facilitator, Role::Facilitator),
            (participant, Role::Participant),
        ]
        .into_iter()
        .find_map(|(link, role)| link.is(secret).then_some(role))
    }
}
