//! A board with people whose tokens are known, and a copy of it that is fed from the log alone.

use candour_shared::command::{Command, Content};
use candour_shared::ids::{BoardId, ClusterId, NoteId};
use candour_shared::phase::Phase;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::voting::Budget;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::super::super::record;
use super::super::{Asker, Done, Heart, Joining, Links, Opening, Request, Write};
use crate::keys::{Secret, ServerKey};

pub(super) const BUDGET: Budget = Budget {
    dots: 3,
    per_item: 2,
};

/// A board with people whose tokens are known, and a copy of it that is fed from the log alone.
pub(super) struct Board {
    pub(super) heart: Heart,
    pub(super) copy: Heart,
    /// The first is a facilitator.
    pub(super) people: Vec<Asker>,
    pub(super) organiser: Asker,
    rng: StdRng,
}

impl Board {
    pub(super) fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(7);
        let mut settings = Template::WorkingTogether.settings(Language::English);
        settings.title = "A board".into();
        let key_folder = tempfile::tempdir().unwrap();
        let key = ServerKey::open(&key_folder.path().join("key"), &mut rng).unwrap();
        let [organiser, facilitator, participant, projector] =
            [0; 4].map(|_| Secret::random(&mut rng));
        let links = Links {
            organiser: organiser.hash(),
            facilitator: facilitator.hash(),
            participant: Some(participant.hash()),
            projector: projector.hash(),
        };
        let opening = Opening {
            settings,
            links,
            participant_secret: Some(participant.clone()),
            projector_secret: projector,
            notes: Vec::new(),
            today: "2026-01-31".to_owned(),
            expires_on: "2026-03-02".to_owned(),
        };
        let bytes = record::encode(&Heart::open(&opening, &mut rng)).unwrap();
        let board = BoardId::from_bytes([1; 16]);
        let mut restored = || {
            let snapshot = record::decode(&bytes).unwrap();
            Heart::restore(board, key.clone(), snapshot, 0, &mut rng).unwrap()
        };
        let (heart, copy) = (restored(), restored());
        let people: Vec<Asker> = (0..4)
            .map(|_| Asker::new(Secret::random(&mut rng)))
            .collect();
        let mut board = Self {
            heart,
            copy,
            people,
            organiser: Asker::new(Secret::random(&mut rng)),
            rng,
        };
        let joins = board.people.iter().enumerate().map(|(person, asker)| {
            let link = if person == 0 {
                &facilitator
            } else {
                &participant
            };
            Request::Join(Joining {
                opener: link.hash(),
                organisation: None,
                token: asker.hash,
            })
        });
        let organises = Request::Join(Joining {
            opener: organiser.hash(),
            organisation: None,
            token: board.organiser.hash,
        });
        let joins: Vec<Request> = joins.chain([organises]).collect();
        assert!(board.run(&joins).iter().all(Result::is_ok));
        board
    }

    /// Runs one tick and gives the copy what the log would hold of it.
    pub(super) fn tick(&mut self, commands: &[(usize, Command)]) -> Vec<Done> {
        let ask = |(person, command): &(usize, Command)| {
            Request::Command(self.people[*person].clone(), command.clone())
        };
        let requests: Vec<Request> = commands.iter().map(ask).collect();
        self.run(&requests)
    }

    pub(super) fn run(&mut self, requests: &[Request]) -> Vec<Done> {
        let tick = self.heart.tick(requests, 1_000, &mut self.rng);
        match tick.write {
            None => {}
            Some(Write::Record(written)) => {
                let bytes = record::encode(&written).unwrap();
                self.copy.replay(&record::decode(&bytes).unwrap()).unwrap();
            }
            Some(Write::Seal(snapshot)) => {
                let bytes = record::encode(snapshot.as_ref()).unwrap();
                let snapshot = record::decode(&bytes).unwrap();
                let sequence = self.heart.last_tick();
                let key = self.heart.key.clone();
                self.copy =
                    Heart::restore(self.heart.board, key, snapshot, sequence, &mut self.rng)
                        .unwrap();
            }
        }
        tick.done
    }

    pub(super) fn facilitate(&mut self, command: Command) -> Done {
        self.tick(&[(0, command)]).remove(0)
    }

    pub(super) fn go_to(&mut self, to: Phase) {
        let from = self.heart.wall.read().phase();
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
        String::from_utf8_lossy(&self.heart.wall.state()).into_owned()
    }
}

pub(super) fn note(number: u8) -> NoteId {
    NoteId::from_bytes([number; 16])
}

pub(super) fn cluster(number: u8) -> ClusterId {
    ClusterId::from_bytes([number; 16])
}

pub(super) fn content(text: &str) -> Content {
    Content {
        category: 0,
        aspect: None,
        text: text.to_owned(),
    }
}
