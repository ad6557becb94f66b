//! The engine of a board: what a command does. Pure: a synchronous, deterministic function of state,
//! requests, clock and random source, without sockets, disk or waiting.

mod admission;
mod agenda;
mod clusters;
mod crowd;
mod discussion;
mod export;
mod moderation;
mod notes;
mod phases;
mod pulse;
pub(super) mod record;
pub(super) mod release;
pub(super) mod request;
mod same_here;
mod support;
mod transaction;
pub(super) mod vault;
mod voter;
mod voting;

use candour_shared::agenda::Agenda;
use candour_shared::backstage::Backstage;
use candour_shared::command::Verb;
use candour_shared::denied::Denied;
use candour_shared::document::WriterId;
use candour_shared::http::BoardPreview;
use candour_shared::ids::{BoardId, NoteId, StepId};
use candour_shared::layout;
use candour_shared::layout::Point;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::policy;
use candour_shared::protocol;
use candour_shared::settings::Settings;
use candour_shared::time::{Day, Millis};
use candour_shared::wall::{Note, Place, Wall, WallEdit};
use rand::Rng;

use self::crowd::Crowd;
use self::record::{DamagedBoard, Record, Snapshot, Updates};
use self::request::{Answer, Identity, Opening, Outcome, Request};
use self::transaction::Transaction;
use self::vault::change::VaultChange;
use self::vault::{Member, Vault};
use self::voter::Voter;
use crate::keys::{Secret, SecretHash, ServerKey};

/// To a multiple of this the number of ticks is rounded up at a seal. It is stored, and would tell how many
/// private changes there were.
const TICKS_OF_A_GENERATION: u64 = 1 << 32;

/// What one tick came to.
pub struct Committed {
    /// What became of each request, in their order.
    pub outcomes: Vec<Outcome<Answer>>,
    /// What has to be on disk before anybody is told; nothing if nothing changed.
    pub entry: Option<LogEntry>,
    /// Whether facilitators or organisers may have lost their way in.
    pub revoked: bool,
}

/// What a tick writes to the log.
pub enum LogEntry {
    /// A record.
    Record(Record),
    /// After a seal or an erasure: the whole board, in place of all records.
    Snapshot(Box<Snapshot>),
}

/// One board.
pub struct Engine {
    board: BoardId,
    key: ServerKey,
    settings: Settings,
    wall: Wall,
    backstage: Backstage,
    vault: Vault,
    crowd: Crowd,
    generation: u32,
    /// The last tick that changed anything.
    tick: u64,
    updates: Updates,
}

impl Engine {
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
        let mut wall = Wall::opened(writer(rng), settings, &agenda, (*today, *expires_on));
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
    /// anybody learns of them; if they can't be stored, the engine is no longer the board and must be
    /// dropped.
    pub fn tick(&mut self, requests: &[Request], now: Millis, rng: &mut dyn Rng) -> Committed {
        let mut transaction = Transaction {
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
        let outcomes = requests
            .iter()
            .map(|request| transaction.request(request))
            .collect();
        let (record, seal) = transaction.finish();
        let revoked = record.vault.iter().any(VaultChange::revokes);
        if record.is_empty() {
            return Committed {
                outcomes,
                entry: None,
                revoked,
            };
        }
        self.count(&record);
        if !seal {
            return Committed {
                outcomes,
                entry: Some(LogEntry::Record(record)),
                revoked,
            };
        }
        self.wall = self.wall.rebuilt(writer(rng));
        self.backstage = self.backstage.rebuilt(writer(rng));
        self.generation += 1;
        self.updates = Updates::default();
        self.tick = self.tick.next_multiple_of(TICKS_OF_A_GENERATION);
        Committed {
            outcomes,
            entry: Some(LogEntry::Snapshot(Box::new(self.snapshot()))),
            revoked,
        }
    }

    /// Which board it is.
    #[must_use]
    pub const fn board(&self) -> BoardId {
        self.board
    }

    /// The server's key, by which its tags are made.
    #[must_use]
    pub const fn key(&self) -> &ServerKey {
        &self.key
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
    /// changes too, so pages are not told it.
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
    /// code is unspent is told to who joins: those who have joined already can come back.
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

    /// The day on which the board is deleted; one that is long over if its Wall says none, which no board does.
    #[must_use]
    pub fn expires_on(&self) -> Day {
        self.wall.read().expires_on().unwrap_or(Day::FIRST)
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

    /// Whether a person may show what they drag.
    pub fn may_drag(&self, identity: &Identity) -> Result<(), Denied> {
        let member = self.member(&identity.hash).ok_or(Denied::NotJoined)?;
        policy::check(member.role, Verb::Move, self.wall.read().situation())
    }

    /// Whether a person is an organiser of the board.
    pub fn check_organiser(&self, identity: SecretHash) -> Result<(), Denied> {
        self.vault.check_organiser(identity)
    }
}

/// The notes a board begins with have no author, and lie on a sheet in their order.
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
