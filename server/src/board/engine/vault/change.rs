//! What can change in the Vault, one by one: what the log's records hold.

use std::collections::BTreeMap;

use candour_shared::ids::{BatchId, Item, NoteId, OrganisationIndex, PulseId, RoundId};
use candour_shared::policy::Role;
use serde::{Deserialize, Serialize};

use super::{Answers, Backers, Ballots, Code, Member, Vault, Waiting, Writing};
use crate::keys::{Salt, SecretHash, Tag};

/// A participant's organisation comes to stand behind an item with one person more, or one less.
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
    /// A person joined.
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
    /// A batch's codes were withdrawn. Who has come in by one stays: if only those stayed who
    /// have contributed, the number of people would tell how many have.
    CodesWithdrawn(BatchId),
    /// A participant who came in by a code has contributed, or tried to. Others who came in by it can look on.
    CodeSpent {
        /// The code.
        code: SecretHash,
        /// Whose it is from now on.
        by: SecretHash,
    },
    /// Writing was opened, under a new salt.
    WritingOpened(Salt),
    /// The author of this note can prove that it is theirs.
    Owned(NoteId, Tag),
    /// This waits under a note's id, instead of what may have waited there.
    Waits(NoteId, Waiting),
    /// Nothing waits under a note's id any more.
    WaitsNoLonger(NoteId),
    /// A note was withdrawn or erased, or a cluster ended.
    Gone(Item),
    /// Writing was sealed.
    WritingSealed,
    /// A participant says *same here* to a note, or no longer does.
    SameHere {
        /// The note.
        note: NoteId,
        /// Their tag on it.
        tag: Tag,
        /// Whether they say it.
        on: bool,
    },
    /// How many say *same here* was told.
    SameHerePublished,
    /// Those who said *same here* to a note no longer do: it says something else.
    SameHereForgotten(NoteId),
    /// A pulse was opened.
    PulseOpened(PulseId, Salt),
    /// A participant answered the open pulse.
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
    /// An item can't be voted on any more; its dots go back to the participants who gave them.
    ItemGone(Item),
    /// The open round was closed.
    RoundClosed,
}

impl VaultChange {
    /// Whether facilitators or organisers may lose their way in by it.
    #[must_use]
    pub fn revokes(&self) -> bool {
        matches!(self, Self::LinkReplaced { role, .. } if *role != Role::Participant)
    }
}

impl Vault {
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
                    published: BTreeMap::new(),
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
                        writing.published.remove(&note);
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
            VaultChange::SameHerePublished => {
                if let Some(writing) = &mut self.writing {
                    writing.published = writing.same_here.clone();
                }
            }
            VaultChange::SameHereForgotten(note) => {
                if let Some(writing) = &mut self.writing {
                    writing.same_here.remove(&note);
                    writing.published.remove(&note);
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
