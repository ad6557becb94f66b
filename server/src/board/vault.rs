//! The Vault: what nobody receives. Unreleased notes, ownership tags, ballots, who has joined.
//!
//! It is a fold over [`VaultChange`]s, which are what the log's records hold.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::denied::Denied;
use candour_shared::ids::{BatchId, Item, NoteId, OrganisationIndex, PulseId, RoundId};
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
    /// Whether somebody who came in by it has contributed, or tried to. By whom is not kept.
    pub spent: bool,
    /// Whether it lets nobody in any more.
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

/// Somebody who has joined.
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
    /// The tag of every note that somebody can still call theirs.
    pub tags: BTreeMap<NoteId, Tag>,
    /// The tags of those who say *same here* to a note.
    pub same_here: BTreeMap<NoteId, BTreeSet<Tag>>,
    /// The same as it was at the last release.
    pub told: BTreeMap<NoteId, BTreeSet<Tag>>,
}

/// What waits under a note's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// A note nobody but its author has seen.
    Note(Content),
    /// A reply to a thing nobody but its author has seen.
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

/// Somebody's organisation comes to stand behind an item with one person more, or one less.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum Backer {
    /// One more.
    More(OrganisationIndex),
    /// One less.
    Less(OrganisationIndex),
}

/// One change of the Vault.
#[derive(Clone, Serialize, Deserialize)]
pub enum VaultChange {
    /// Somebody joined.
    Joined(SecretHash, Member),
    /// A role's link was replaced.
    LinkReplaced {
        /// Whose.
        role: Role,
        /// The new secret.
        secret: SecretHash,
        /// Who replaced it, and stays in.
        by: SecretHash,
    },
    /// A batch of codes was made.
    CodesMade(BatchId, Option<OrganisationIndex>, Vec<SecretHash>),
    /// A batch's codes let nobody in any more. Who has come in by one stays: if only those stayed who
    /// have contributed, the number of people would tell how many have.
    CodesWithdrawn(BatchId),
    /// Somebody who came in by a code has contributed, or tried to. Others who came in by it can look on.
    CodeSpent {
        /// The code.
        code: SecretHash,
        /// Whose it is from now on.
        by: SecretHash,
    },
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
    /// Somebody says *same here* to a note, or no longer does.
    SameHere {
        /// The note.
        note: NoteId,
        /// Their tag on it.
        tag: Tag,
        /// Whether they say it.
        on: bool,
    },
    /// How many say *same here* was told.
    SameHereTold,
    /// Nobody says *same here* to a note any more: it says something else.
    SameHereForgotten(NoteId),
    /// A pulse was opened.
    PulseOpened(PulseId, Salt),
    /// Somebody answered the open pulse.
    Answered(Tag, u8),
    /// The open pulse was closed.
    PulseClosed,
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
        /// What that means for the giver's organisation.
        backer: Option<Backer>,
    },
    /// An item can't be voted on any more; its dots go back to whoever gave them.
    ItemGone(Item),
    /// The open round was closed.
    RoundClosed,
}

impl VaultChange {
    /// Whether somebody may lose their way in by it.
    #[must_use]
    pub fn revokes(&self) -> bool {
        matches!(self, Self::LinkReplaced { role, .. } if *role != Role::Participant)
    }
}

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

    /// Folds a change into the Vault.
    pub fn apply(&mut self, change: VaultChange) {
        match change {
            VaultChange::Joined(token, member) => {
                self.roster.insert(token, member);
            }
            VaultChange::LinkReplaced { role, secret, by } => {
                match role {
                    // Their notes are theirs by their tokens alone, so they stay.
                    Role::Participant => self.links.participant = Some(secret),
                    Role::Facilitator => self.links.facilitator = secret,
                    Role::Organiser => self.links.organiser = secret,
                    Role::Projector => self.links.projector = secret,
                }
                if role != Role::Participant {
                    self.roster
                        .retain(|token, member| member.role != role || *token == by);
                }
            }
            VaultChange::CodesMade(batch, organisation, codes) => {
                let code = Code {
                    batch,
                    organisation,
                    spent: false,
                    withdrawn: false,
                };
                self.codes
                    .extend(codes.into_iter().map(|hash| (hash, code)));
            }
            VaultChange::CodesWithdrawn(batch) => {
                for code in self.codes.values_mut().filter(|code| code.batch == batch) {
                    code.withdrawn = true;
                }
            }
            VaultChange::CodeSpent { code, by } => self.spend(code, by),
            VaultChange::WritingOpened(salt) => {
                self.writing = Some(Writing {
                    salt,
                    tags: BTreeMap::new(),
                    same_here: BTreeMap::new(),
                    told: BTreeMap::new(),
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
                        writing.same_here.remove(&note);
                        writing.told.remove(&note);
                    }
                }
                self.gone.insert(item);
            }
            VaultChange::WritingSealed => {
                self.writing = None;
                self.settle_codes();
            }
            VaultChange::SameHere { note, tag, on } => {
                if let Some(writing) = &mut self.writing {
                    let tags = writing.same_here.entry(note).or_default();
                    if on {
                        tags.insert(tag);
                    } else {
                        tags.remove(&tag);
                    }
                    if tags.is_empty() {
                        writing.same_here.remove(&note);
                    }
                }
            }
            VaultChange::SameHereTold => {
                if let Some(writing) = &mut self.writing {
                    writing.told = writing.same_here.clone();
                }
            }
            VaultChange::SameHereForgotten(note) => {
                if let Some(writing) = &mut self.writing {
                    writing.same_here.remove(&note);
                    writing.told.remove(&note);
                }
            }
            VaultChange::PulseOpened(pulse, salt) => {
                self.answers = Some(Answers {
                    pulse,
                    salt,
                    given: BTreeMap::new(),
                });
            }
            VaultChange::Answered(tag, answer) => {
                if let Some(answers) = &mut self.answers {
                    answers.given.insert(tag, answer);
                }
            }
            VaultChange::PulseClosed => {
                self.answers = None;
                self.settle_codes();
            }
            VaultChange::RoundOpened(round, salt) => {
                self.ballots = Some(Ballots {
                    round,
                    salt,
                    items: BTreeMap::new(),
                    backers: BTreeMap::new(),
                });
            }
            VaultChange::Cast {
                item,
                on,
                off,
                backer,
            } => {
                if let Some(ballots) = &mut self.ballots {
                    let tags = ballots.items.entry(item).or_default();
                    tags.extend(on);
                    for tag in off {
                        tags.remove(&tag);
                    }
                    if tags.is_empty() {
                        ballots.items.remove(&item);
                    }
                    if let Some(backer) = backer {
                        count_backer(ballots.backers.entry(item).or_default(), backer);
                    }
                }
            }
            VaultChange::ItemGone(item) => {
                if let Some(ballots) = &mut self.ballots {
                    ballots.items.remove(&item);
                    ballots.backers.remove(&item);
                }
            }
            VaultChange::RoundClosed => {
                self.ballots = None;
                self.settle_codes();
            }
        }
    }

    fn spend(&mut self, code: SecretHash, by: SecretHash) {
        if let Some(code) = self.codes.get_mut(&code) {
            code.spent = true;
        }
        if let Some(member) = self.roster.get_mut(&by) {
            member.code = None;
        }
    }

    /// At a seal, every unspent code that exactly one person came in by becomes theirs, whether they
    /// contributed or not: which codes are spent must not tell who did.
    fn settle_codes(&mut self) {
        let mut redeemed: BTreeMap<SecretHash, Option<SecretHash>> = BTreeMap::new();
        let unspent = |code: &SecretHash| self.codes.get(code).is_some_and(|code| !code.spent);
        for (token, member) in &self.roster {
            if let Some(code) = member.code.filter(unspent) {
                redeemed
                    .entry(code)
                    .and_modify(|only| *only = None)
                    .or_insert(Some(*token));
            }
        }
        for (code, only) in redeemed {
            if let Some(by) = only {
                self.spend(code, by);
            }
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

fn count_backer(backers: &mut Backers, backer: Backer) {
    match backer {
        Backer::More(organisation) => *backers.entry(organisation).or_default() += 1,
        Backer::Less(organisation) => {
            if let Some(count) = backers.get_mut(&organisation) {
                *count = count.saturating_sub(1);
            }
        }
    }
}
