//! The heart of a board: what a command does. Pure: a synchronous, deterministic function of state,
//! requests, clock and random source, without sockets, disk or waiting.

use candour_shared::backstage::{Backstage, BackstageEdit};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::Door;
use candour_shared::ids::BoardId;
use candour_shared::policy::{self, Role};
use candour_shared::protocol;
use candour_shared::replica::WriterId;
use candour_shared::settings::{OrganisationIndex, Settings};
use candour_shared::wall::{Wall, WallEdit};
use rand::Rng;

use super::record::{DamagedBoard, Record, Snapshot};
use super::vault::{Links, Member, Vault, VaultChange};
use super::voting::Voter;
use crate::keys::{Secret, SecretHash, ServerKey};

/// Most people on one board.
const MAX_PEOPLE: usize = 20_000;

/// Whoever asks: their role and their token.
#[derive(Clone)]
pub struct Asker {
    /// What they are on this board.
    pub role: Role,
    /// What makes their notes and dots theirs.
    pub token: Secret,
}

/// Something asked of the heart that may change the board.
pub enum Request {
    /// A command.
    Command(Asker, Command),
    /// Somebody joins, with a token of this hash.
    Join(SecretHash, Member),
    /// A role's link gets another secret.
    ReplaceLink(Role, Secret),
}

/// Whose private view of the board a request changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mine {
    /// Nobody's.
    Same,
    /// The asker's.
    OfAsker,
    /// Maybe anybody's. Everybody is told, so that the telling doesn't show who is concerned.
    OfEveryone,
}

/// What became of a request.
pub(super) type Done = Result<Mine, Denied>;

/// What one tick came to.
pub struct Tick {
    /// What became of each request, in their order.
    pub done: Vec<Done>,
    /// What has to be on disk before anybody is told; nothing if nothing changed.
    pub write: Option<Write>,
}

/// What a tick writes to the log.
pub enum Write {
    /// A record.
    Record(Record),
    /// After a seal or an erasure: the whole board, in place of all records.
    Seal(Box<Snapshot>),
}

/// One board.
pub struct Heart {
    pub(super) board: BoardId,
    pub(super) key: ServerKey,
    pub(super) settings: Settings,
    pub(super) wall: Wall,
    pub(super) backstage: Backstage,
    pub(super) vault: Vault,
    cursor: protocol::Cursor,
}

/// What a new board is made of.
pub struct Opening {
    /// What the organiser decided; checked.
    pub settings: Settings,
    /// The hashes of the links' secrets.
    pub links: Links,
    /// The participants' secret itself.
    pub participant_secret: Secret,
    /// Today, `YYYY-MM-DD`.
    pub today: String,
}

impl Heart {
    /// The snapshot with which a new board begins.
    pub fn open(opening: &Opening, rng: &mut dyn Rng) -> Snapshot {
        let wall = Wall::opened(writer(rng), &opening.settings, &opening.today);
        let secret = opening.participant_secret.reveal();
        let backstage = Backstage::opened(writer(rng), &secret);
        Snapshot {
            generation: 1,
            wall: wall.state(),
            backstage: backstage.state(),
            vault: Vault::opened(opening.links.clone()),
        }
    }

    /// The board as it was stored, ready for ticks after `sequence`.
    pub fn restore(
        board: BoardId,
        key: ServerKey,
        snapshot: Snapshot,
        sequence: u64,
        rng: &mut dyn Rng,
    ) -> Result<Self, DamagedBoard> {
        let mut wall = Wall::new(writer(rng));
        let mut backstage = Backstage::new(writer(rng));
        wall.apply(&snapshot.wall)?;
        backstage.apply(&snapshot.backstage)?;
        let settings = wall.read().settings().ok_or(DamagedBoard::NoSettings)?;
        let cursor = protocol::Cursor {
            generation: snapshot.generation,
            sequence,
        };
        Ok(Self {
            board,
            key,
            settings,
            wall,
            backstage,
            vault: snapshot.vault,
            cursor,
        })
    }

    /// Folds a stored record into the board.
    pub fn replay(&mut self, record: Record) -> Result<(), DamagedBoard> {
        if let Some(update) = record.wall {
            self.wall.apply(&update)?;
        }
        if let Some(update) = record.backstage {
            self.backstage.apply(&update)?;
        }
        for change in record.vault {
            self.vault.apply(change);
        }
        self.cursor.sequence += 1;
        Ok(())
    }

    /// Does what was asked, in order. The changes are in memory at once and must be on disk before
    /// anybody learns of them; if they can't be stored, the heart is no longer the board and must be
    /// dropped.
    pub fn tick(&mut self, requests: &[Request], now: i64, rng: &mut dyn Rng) -> Tick {
        let mut scene = Scene {
            board: self.board,
            key: &self.key,
            settings: &self.settings,
            wall: self.wall.edit(),
            backstage: self.backstage.edit(),
            vault: &mut self.vault,
            now,
            rng: &mut *rng,
            changes: Vec::new(),
            seal: false,
        };
        let done = requests
            .iter()
            .map(|request| scene.request(request))
            .collect();
        let (record, seal) = scene.finish();
        if record.is_empty() {
            return Tick { done, write: None };
        }
        self.cursor.sequence += 1;
        if !seal {
            return Tick {
                done,
                write: Some(Write::Record(record)),
            };
        }
        self.wall = self.wall.rebuilt(writer(rng));
        self.backstage = self.backstage.rebuilt(writer(rng));
        self.cursor.generation += 1;
        Tick {
            done,
            write: Some(Write::Seal(Box::new(self.snapshot()))),
        }
    }

    /// Where the documents stand.
    #[must_use]
    pub fn cursor(&self) -> protocol::Cursor {
        self.cursor
    }

    /// The whole board, for the log.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            generation: self.cursor.generation,
            wall: self.wall.state(),
            backstage: self.backstage.state(),
            vault: self.vault.clone(),
        }
    }

    /// The whole of one document, for a client.
    #[must_use]
    pub fn state(&self, store: protocol::Store) -> Vec<u8> {
        match store {
            protocol::Store::Wall => self.wall.state(),
            protocol::Store::Backstage => self.backstage.state(),
        }
    }

    /// What one sees through a link before joining.
    pub fn door(&self, secret: &SecretHash) -> Result<Door, Denied> {
        Ok(Door {
            role: self.vault.role_of_link(secret).ok_or(Denied::WrongSecret)?,
            title: self.settings.title.clone(),
            organisations: self.settings.organisations.clone(),
            privacy: self.settings.privacy.clone(),
        })
    }

    /// Whom a link would let in.
    pub fn admit(
        &self,
        secret: &SecretHash,
        organisation: Option<OrganisationIndex>,
    ) -> Result<Member, Denied> {
        let role = self.vault.role_of_link(secret).ok_or(Denied::WrongSecret)?;
        let organisations = self.settings.organisations.len();
        let organisation = match role {
            Role::Facilitator | Role::Organiser => None,
            Role::Participant if organisations == 0 => None,
            Role::Participant => Some(
                organisation
                    .filter(|index| usize::from(*index) < organisations)
                    .ok_or(Denied::NoSuchOrganisation)?,
            ),
        };
        Ok(Member { role, organisation })
    }

    /// Who has joined with a token of this hash.
    #[must_use]
    pub fn member(&self, token: &SecretHash) -> Option<Member> {
        self.vault.roster.get(token).copied()
    }

    /// A person's own notes and votes.
    #[must_use]
    pub fn mine(&self, token: &Secret) -> protocol::Mine {
        let ballots = self.vault.ballots.as_ref();
        let votes = ballots.map(|open| Voter::new(open, &self.key, self.board, token).votes());
        protocol::Mine {
            notes: self.notes_of(token),
            votes,
        }
    }

    /// Whether somebody may show what they drag.
    pub fn may_drag(&self, role: Role) -> Result<(), Denied> {
        policy::check(
            role,
            candour_shared::command::Verb::MoveNote,
            self.wall.read().situation(),
        )
    }
}

/// A board during one tick: its documents opened for writing.
pub(super) struct Scene<'a> {
    pub(super) board: BoardId,
    pub(super) key: &'a ServerKey,
    pub(super) settings: &'a Settings,
    pub(super) wall: WallEdit<'a>,
    pub(super) backstage: BackstageEdit<'a>,
    pub(super) vault: &'a mut Vault,
    pub(super) now: i64,
    pub(super) rng: &'a mut dyn Rng,
    changes: Vec<VaultChange>,
    /// Whether this tick ends with the documents rebuilt and the log compacted.
    pub(super) seal: bool,
}

impl Scene<'_> {
    /// Changes the Vault, now and in the record.
    pub(super) fn note_in_vault(&mut self, change: VaultChange) {
        self.vault.apply(change.clone());
        self.changes.push(change);
    }

    fn finish(self) -> (Record, bool) {
        let Self {
            wall,
            backstage,
            changes,
            seal,
            ..
        } = self;
        let record = Record {
            wall: wall.finish(),
            backstage: backstage.finish(),
            vault: changes,
        };
        (record, seal)
    }

    fn request(&mut self, request: &Request) -> Done {
        match request {
            Request::Command(asker, command) => self.command(asker, command.clone().checked()?),
            Request::Join(token, member) => {
                if self.vault.roster.len() >= MAX_PEOPLE {
                    return Err(Denied::Full { limit: MAX_PEOPLE });
                }
                self.note_in_vault(VaultChange::Joined(*token, *member));
                Ok(Mine::Same)
            }
            Request::ReplaceLink(role, secret) => {
                self.note_in_vault(VaultChange::LinkReplaced(*role, secret.hash()));
                match role {
                    Role::Participant => self.backstage.set_participant_secret(&secret.reveal()),
                    Role::Facilitator | Role::Organiser => {}
                }
                Ok(Mine::Same)
            }
        }
    }

    fn command(&mut self, Asker { role, token }: &Asker, command: Command) -> Done {
        // A repeat of a post whose answer was lost finds the note, whatever the phase is by now.
        if let Command::PostNote { note, .. } = &command
            && self.is_known(*note)
        {
            return Ok(Mine::Same);
        }
        policy::check(*role, command.verb(), self.wall.situation())?;
        match command {
            Command::PostNote { note, content } => self.post_note(token, note, &content),
            Command::EditNote { note, content } => self.edit_note(token, note, &content),
            Command::WithdrawNote { note } => self.withdraw_note(token, note),
            Command::MoveNote { note, to } => self.move_note(note, to),
            Command::MakeCluster {
                cluster,
                note,
                onto,
            } => self.make_cluster(cluster, note, onto),
            Command::AddToCluster { cluster, note } => self.add_to_cluster(cluster, note),
            Command::NameCluster { cluster, name } => self.name_cluster(cluster, &name),
            Command::MoveCluster { cluster, to } => self.move_cluster(cluster, to),
            Command::MergeClusters { from, into } => self.merge_clusters(from, into),
            Command::DissolveCluster { cluster } => self.dissolve_cluster(cluster),
            Command::CastDots { round, item, dots } => self.cast_dots(token, round, item, dots),
            Command::SetPhase { from, to } => self.set_phase(from, to),
            Command::Reveal { number } => self.reveal(number),
            Command::SetPrompt { phase, text } => self.set_prompt(phase, &text),
            Command::SetTimer { timer, seconds } => self.set_timer(timer, seconds),
            Command::StopTimer { timer } => self.stop_timer(timer),
            Command::LockClusters { locked } => self.lock_clusters(locked),
            Command::SetPreModeration { on } => self.set_pre_moderation(on),
            Command::HoldNote { note, reason } => self.hold_note(note, reason),
            Command::ReleaseNotes { notes } => self.release_notes(&notes),
            Command::EraseNote { note, reason } => self.erase_note(note, reason),
            Command::OpenRound {
                round,
                question,
                budget,
            } => self.open_round(round, &question, budget),
            Command::CloseRound { round } => self.close_round(round),
        }
    }
}

fn writer(rng: &mut dyn Rng) -> WriterId {
    WriterId(rng.next_u64())
}

#[cfg(test)]
mod tests;
