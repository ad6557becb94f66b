//! A board with people whose tokens are known, and what the log holds of it.

use candour_shared::command::Command;
use candour_shared::ids::{BoardId, ClusterId, NoteId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::settings::Admission;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::time::Millis;
use candour_shared::voting::Budget;

use super::super::request::{Answer, Identity, Joining, LinkSecrets, Opening, Outcome, Request};
use super::super::{Engine, LogEntry, record};
use crate::board::load;
use crate::keys::{Secret, ServerKey};
use crate::log::{Stored, StoredBoard};
use crate::random::Random;

pub(super) const BUDGET: Budget = Budget {
    dots: 3,
    per_item: 2,
};

/// What becomes of what a tick writes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fate {
    Answered,
    /// It is lost, and the board is loaded again.
    Refused,
    /// It is stored, but the board doesn't learn of it and is loaded again.
    Unanswered,
}

/// A board with people whose tokens are known, and what the log holds of it.
pub(super) struct Board {
    pub(super) engine: Engine,
    stored: StoredBoard,
    /// The first is a facilitator.
    pub(super) people: Vec<Identity>,
    pub(super) organiser: Identity,
    random: Random,
}

impl Board {
    pub(super) fn new() -> Self {
        let mut random = Random::seeded(7);
        let mut settings = Template::WorkingTogether.settings(Language::English);
        settings.title = "A board".into();
        let key = ServerKey::random(&mut random);
        let secrets = LinkSecrets::random(Admission::SharedLink, &mut random);
        let links = secrets.links();
        let opening = Opening {
            settings,
            secrets,
            notes: Vec::new(),
            today: "2026-01-31".parse().unwrap(),
            expires_on: "2026-03-02".parse().unwrap(),
        };
        let body = record::encode(&Engine::open(&opening, &mut random)).unwrap();
        let stored = StoredBoard::new(body, opening.expires_on);
        let engine = loaded(key, &stored, &random);
        let people: Vec<Identity> = (0..4)
            .map(|_| Identity::new(Secret::random(&mut random)))
            .collect();
        let mut board = Self {
            engine,
            stored,
            people,
            organiser: Identity::new(Secret::random(&mut random)),
            random,
        };
        let joins = board.people.iter().enumerate().map(|(person, identity)| {
            let opener = match person {
                0 => links.facilitator,
                _ => links.participant.unwrap(),
            };
            Request::Join(Joining::new(opener, identity.hash))
        });
        let organises = Request::Join(Joining::new(links.organiser, board.organiser.hash));
        let joins: Vec<Request> = joins.chain([organises]).collect();
        assert!(board.run(&joins).iter().all(Result::is_ok));
        board
    }

    /// Runs one tick, which is stored.
    pub(super) fn tick(&mut self, commands: &[(usize, Command)]) -> Vec<Outcome<Answer>> {
        self.tick_and(commands, Fate::Answered)
    }

    /// Runs one tick, and does with what it writes what its fate is.
    pub(super) fn tick_and(
        &mut self,
        commands: &[(usize, Command)],
        fate: Fate,
    ) -> Vec<Outcome<Answer>> {
        let ask = |(person, command): &(usize, Command)| {
            Request::Command(self.people[*person].clone(), command.clone())
        };
        let requests: Vec<Request> = commands.iter().map(ask).collect();
        self.run_and(&requests, fate)
    }

    pub(super) fn run(&mut self, requests: &[Request]) -> Vec<Outcome<Answer>> {
        self.run_and(requests, Fate::Answered)
    }

    fn run_and(&mut self, requests: &[Request], fate: Fate) -> Vec<Outcome<Answer>> {
        let tick = self.engine.tick(requests, Millis::SECOND, &mut self.random);
        match (tick.entry, fate) {
            (None, _) | (_, Fate::Refused) => {}
            (Some(write), Fate::Answered | Fate::Unanswered) => self.store(&write),
        }
        match fate {
            Fate::Answered => {}
            Fate::Refused | Fate::Unanswered => self.engine = self.reloaded(),
        }
        tick.outcomes
    }

    fn store(&mut self, write: &LogEntry) {
        let sequence = self.engine.last_tick();
        self.stored.last = Some(sequence);
        match write {
            LogEntry::Record(tick) => {
                let body = record::encode(tick).unwrap();
                self.stored.records.push(Stored { sequence, body });
            }
            LogEntry::Snapshot(snapshot) => {
                let body = record::encode(snapshot.as_ref()).unwrap();
                self.stored.snapshot = Stored { sequence, body };
                self.stored.records.clear();
            }
        }
    }

    /// The board as the log would rebuild it.
    pub(super) fn reloaded(&self) -> Engine {
        loaded(self.engine.key.clone(), &self.stored, &self.random)
    }

    pub(super) fn facilitate(&mut self, command: Command) -> Outcome<Answer> {
        self.tick(&[(0, command)]).remove(0)
    }

    pub(super) fn go_to(&mut self, to: Phase) {
        let from = self.engine.wall.read().phase();
        let step = None;
        self.facilitate(Command::SetPhase {
            from,
            from_step: None,
            to,
            step,
        })
        .unwrap();
    }

    pub(super) fn wall_bytes(&self) -> String {
        String::from_utf8_lossy(&self.engine.wall.state()).into_owned()
    }
}

fn loaded(key: ServerKey, stored: &StoredBoard, random: &Random) -> Engine {
    let board = BoardId::from_bytes([1; 16]);
    load(board, key, stored.clone(), &mut random.clone())
        .unwrap()
        .engine
}

pub(super) fn note(number: u8) -> NoteId {
    NoteId::from_bytes([number; 16])
}

pub(super) fn cluster(number: u8) -> ClusterId {
    ClusterId::from_bytes([number; 16])
}

pub(super) fn content(text: &str) -> Content {
    Content::new(0, text)
}
