//! The heart of a board: what a command does. Pure: a synchronous, deterministic function of state,
//! requests, clock and random source, without sockets, disk or waiting.

use candour_shared::agenda::Agenda;
use candour_shared::backstage::Backstage;
use candour_shared::command::{Command, Verb};
use candour_shared::denied::Denied;
use candour_shared::document::WriterId;
use candour_shared::http::{BoardPreview, MakeCodes};
use candour_shared::ids::{BatchId, BoardId, NoteId, OrganisationIndex, StepId};
use candour_shared::layout;
use candour_shared::layout::Point;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::policy::{self, Role};
use candour_shared::protocol;
use candour_shared::settings::Settings;
use candour_shared::wall::{Note, Place, Wall, WallEdit};
use rand::Rng;

use super::admission::LinkSecrets;
use super::record::{DamagedBoard, Record, Snapshot, Updates};
use super::release::Crowd;
use super::scene::Scene;
use super::vault::{Member, Vault, VaultChange};
use super::voting::Voter;
use crate::keys::{Secret, SecretHash, ServerKey};

/// To a multiple of this the number of ticks is rounded up at a seal. It is stored, and would tell how many
/// private changes there were.
const TICKS_OF_A_GENERATION: u64 = 1 << 32;

/// Whoever asks, by what makes their notes and dots theirs. What they may do is looked up at every
/// request, so that nothing that was taken from them is still honoured for what they asked before.
#[derive(Clone)]
pub struct Asker {
    /// Their token.
    pub token: Secret,
    /// Under which the board knows them.
    pub hash: SecretHash,
}

impl Asker {
    /// Somebody with this token.
    #[must_use]
    pub fn new(token: Secret) -> Self {
        let hash = token.hash();
        Self { token, hash }
    }
}

/// Something asked of the heart that may change the board.
pub enum Request {
    /// A command.
    Command(Asker, Command),
    /// Somebody joins.
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
#[derive(Debug, Clone, Copy)]
pub struct Joining {
    /// The hash of the link's secret or of the code.
    pub opener: SecretHash,
    /// The organisation that was chosen.
    pub organisation: Option<OrganisationIndex>,
    /// The hash of the new token.
    pub token: SecretHash,
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
    /// Whether somebody may have lost their way in.
    pub revoked: bool,
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
    pub(super) crowd: Crowd,
    generation: u32,
    /// The last tick that changed anything.
    tick: u64,
    updates: Updates,
}

/// What a new board is made of.
pub struct Opening {
    /// What the organiser decided; checked.
    pub settings: Settings,
    /// The secrets of its links.
    pub secrets: LinkSecrets,
    /// The notes it begins with; checked.
    pub notes: Vec<Content>,
    /// Today, `YYYY-MM-DD`.
    pub today: String,
    /// The date on which the board is deleted, `YYYY-MM-DD`.
    pub expires_on: String,
}

impl Heart {
    /// The snapshot with which a new board begins.
    pub fn open(opening: &Opening, rng: &mut dyn Rng) -> Snapshot {
        let Opening {
            settings,
            secrets,
            notes,
            today,
            expires_on,
        } = opening;
        let mut agenda = Agenda::new();
        for step in &settings.agenda {
            agenda.push((StepId::from_bytes(id(rng)), step.clone()));
        }
        let mut wall = Wall::opened(writer(rng), settings, &agenda, (today, expires_on));
        put_first_notes(&mut wall.edit(), notes, rng);
        let secret = secrets.participant.as_ref().map(Secret::reveal);
        let projector = secrets.projector.reveal();
        let backstage = Backstage::opened(writer(rng), secret.as_deref(), &projector);
        Snapshot {
            generation: 1,
            updates: Updates::default(),
            wall: wall.state(),
            backstage: backstage.state(),
            vault: Vault::opened(secrets.links()),
        }
    }

    /// The board as it was stored after a tick.
    pub fn restore(
        board: BoardId,
        key: ServerKey,
        snapshot: Snapshot,
        tick: u64,
        rng: &mut dyn Rng,
    ) -> Result<Self, DamagedBoard> {
        let mut wall = Wall::new(writer(rng));
        let mut backstage = Backstage::new(writer(rng));
        wall.apply(&snapshot.wall)?;
        backstage.apply(&snapshot.backstage)?;
        let settings = wall.read().settings().ok_or(DamagedBoard::NoSettings)?;
        Ok(Self {
            board,
            key,
            settings,
            wall,
            backstage,
            vault: snapshot.vault,
            crowd: Crowd::default(),
            generation: snapshot.generation,
            tick,
            updates: snapshot.updates,
        })
    }

    /// Folds a stored record into the board.
    pub fn replay(&mut self, record: &Record) -> Result<(), DamagedBoard> {
        if let Some(update) = &record.wall {
            self.wall.apply(update)?;
        }
        if let Some(update) = &record.backstage {
            self.backstage.apply(update)?;
        }
        for change in &record.vault {
            self.vault.apply(change.clone());
        }
        self.count(record);
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
            crowd: &mut self.crowd,
            generation: self.generation,
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
        let revoked = record.vault.iter().any(VaultChange::revokes);
        if record.is_empty() {
            return Tick {
                done,
                write: None,
                revoked,
            };
        }
        self.count(&record);
        if !seal {
            return Tick {
                done,
                write: Some(Write::Record(record)),
                revoked,
            };
        }
        self.wall = self.wall.rebuilt(writer(rng));
        self.backstage = self.backstage.rebuilt(writer(rng));
        self.generation += 1;
        self.updates = Updates::default();
        self.tick = self.tick.next_multiple_of(TICKS_OF_A_GENERATION);
        Tick {
            done,
            write: Some(Write::Seal(Box::new(self.snapshot()))),
            revoked,
        }
    }

    /// Where a document stands.
    #[must_use]
    pub fn cursor(&self, store: protocol::Store) -> protocol::Cursor {
        let sequence = match store {
            protocol::Store::Wall => self.updates.wall,
            protocol::Store::Backstage => self.updates.backstage,
        };
        protocol::Cursor {
            generation: self.generation,
            sequence,
        }
    }

    /// The number of the last tick that changed anything: how the log orders records. It counts private
    /// changes too, so nobody is told it.
    #[must_use]
    pub fn last_tick(&self) -> u64 {
        self.tick
    }

    fn count(&mut self, record: &Record) {
        self.tick += 1;
        self.updates.wall += u64::from(record.wall.is_some());
        self.updates.backstage += u64::from(record.backstage.is_some());
    }

    /// The whole board, for the log.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            generation: self.generation,
            updates: self.updates,
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

    /// What one sees through a link, or with a code, before joining. Whether the doors are open and the
    /// code is unspent is told to who joins: whoever has joined already can come back.
    pub fn preview(&self, opener: &SecretHash) -> Result<BoardPreview, Denied> {
        Ok(BoardPreview {
            role: self.vault.role_of(opener)?,
            // A link says nothing of who brings it.
            joined: false,
            title: self.settings.title.clone(),
            organisations: self.settings.organisations.clone(),
            organisation: self.vault.code(opener).and_then(|code| code.organisation),
            privacy: self.settings.privacy.clone(),
            expires_on: self.expires_on(),
        })
    }

    /// The date on which the board is deleted, `YYYY-MM-DD`.
    #[must_use]
    pub fn expires_on(&self) -> String {
        self.wall.read().expires_on()
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
        let answers = self.vault.answers.as_ref();
        protocol::Mine {
            notes: self.notes_of(token),
            votes,
            pulse: answers.map(|open| open.mine(&self.key, self.board, token)),
            same_here: self.same_here_of(token),
        }
    }

    /// Where the workshop is.
    #[must_use]
    pub fn whereabouts(&self) -> (Phase, Option<StepId>) {
        let wall = self.wall.read();
        (wall.phase(), wall.step())
    }

    /// Whether somebody may show what they drag.
    pub fn may_drag(&self, asker: &Asker) -> Result<(), Denied> {
        let member = self.member(&asker.hash).ok_or(Denied::NotJoined)?;
        policy::check(member.role, Verb::Move, self.wall.read().situation())
    }

    /// Whether somebody is an organiser of the board.
    pub fn check_organiser(&self, asker: SecretHash) -> Result<(), Denied> {
        self.vault.check_organiser(asker)
    }
}

/// The notes a board begins with are nobody's, and lie on a sheet in their order.
fn put_first_notes(wall: &mut WallEdit<'_>, notes: &[Content], rng: &mut dyn Rng) {
    let columns = layout::sheet_columns(notes.len());
    for (index, content) in notes.iter().enumerate() {
        let note = NoteId::from_bytes(id(rng));
        let at = layout::cell(Point { x: 0, y: 0 }, columns, index);
        wall.put_place(note, Place::Loose(at));
        wall.put_note(note, &Note::Said(content.clone()));
    }
}

fn id(rng: &mut dyn Rng) -> [u8; 16] {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    bytes
}

fn writer(rng: &mut dyn Rng) -> WriterId {
    WriterId(rng.next_u64())
}

#[cfg(test)]
mod tests;
