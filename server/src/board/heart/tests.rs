//! Random scripts against the heart: whatever people do in whatever order, the promises hold, and what
//! the log would rebuild is what is in memory.

use std::collections::BTreeMap;

use candour_shared::command::{Content, Point};
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId, TimerId};
use candour_shared::layout::Area;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;
use candour_shared::templates::Template;
use candour_shared::voting::Budget;
use candour_shared::wall::{Note, Place};
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::super::record;
use super::super::vault::Waiting;
use super::*;

const BUDGET: Budget = Budget {
    dots: 3,
    per_item: 2,
};

/// A board with people whose tokens are known, and a copy of it that is fed from the log alone.
struct Board {
    heart: Heart,
    copy: Heart,
    people: Vec<Asker>,
    rng: StdRng,
}

impl Board {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(7);
        let mut settings = Template::WorkingTogether.settings();
        settings.title = "A board".into();
        let key_folder = tempfile::tempdir().unwrap();
        let key = ServerKey::open(&key_folder.path().join("key"), &mut rng).unwrap();
        let [organiser, facilitator, participant] = [0; 3].map(|_| Secret::random(&mut rng));
        let links = Links {
            organiser: organiser.hash(),
            facilitator: facilitator.hash(),
            participant: Some(participant.hash()),
        };
        let opening = Opening {
            settings,
            links,
            participant_secret: Some(participant.clone()),
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
        let people = (0..4).map(|_| Asker::new(Secret::random(&mut rng)));
        let mut board = Self {
            heart,
            copy,
            people: people.collect(),
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
        let joins: Vec<Request> = joins.collect();
        assert!(board.run(&joins).iter().all(Result::is_ok));
        board
    }

    /// Runs one tick and gives the copy what the log would hold of it.
    fn tick(&mut self, commands: &[(usize, Command)]) -> Vec<Done> {
        let ask = |(person, command): &(usize, Command)| {
            Request::Command(self.people[*person].clone(), command.clone())
        };
        let requests: Vec<Request> = commands.iter().map(ask).collect();
        self.run(&requests)
    }

    fn run(&mut self, requests: &[Request]) -> Vec<Done> {
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

    fn facilitate(&mut self, command: Command) -> Done {
        self.tick(&[(0, command)]).remove(0)
    }

    fn go_to(&mut self, to: Phase) {
        let from = self.heart.wall.read().phase();
        self.facilitate(Command::SetPhase { from, to }).unwrap();
    }

    fn wall_bytes(&self) -> String {
        String::from_utf8_lossy(&self.heart.wall.state()).into_owned()
    }
}

fn note(number: u8) -> NoteId {
    NoteId::from_bytes([number; 16])
}

fn cluster(number: u8) -> ClusterId {
    ClusterId::from_bytes([number; 16])
}

fn content(text: &str) -> Content {
    Content {
        category: 0,
        aspect: None,
        text: text.to_owned(),
    }
}

fn contents(heart: &Heart) -> impl PartialEq + std::fmt::Debug + use<> {
    let wall = heart.wall.read();
    let backstage = heart.backstage.read();
    (
        (wall.phase(), wall.timer(), wall.reveals(), wall.rounds()),
        wall.notes().collect::<BTreeMap<_, _>>(),
        wall.places().collect::<BTreeMap<_, _>>(),
        wall.clusters().collect::<BTreeMap<_, _>>(),
        backstage.notes().collect::<BTreeMap<_, _>>(),
        backstage.ledger(),
        postcard::to_stdvec(&heart.vault).unwrap(),
        heart.last_tick(),
        [Store::Wall, Store::Backstage].map(|store| heart.cursor(store)),
    )
}

fn any_item() -> impl Strategy<Value = Item> {
    prop_oneof![
        (0..6u8).prop_map(|n| Item::Note(note(n))),
        (0..3u8).prop_map(|n| Item::Cluster(cluster(n))),
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    let n = || (0..6u8).prop_map(note);
    let c = || (0..3u8).prop_map(cluster);
    let text = || (0..1000u32).prop_map(|n| content(&format!("text {n} of a note")));
    let r = || (0..3u8).prop_map(|n| RoundId::from_bytes([n; 16]));
    let phase = || prop::sample::select(Phase::ALL.to_vec());
    let at = (-500..500i32, -500..500i32).prop_map(|(x, y)| Point { x, y });
    let reason = || prop::sample::select(Reason::ALL.to_vec());
    let timer = || (0..2u8).prop_map(|n| TimerId::from_bytes([n; 16]));
    prop_oneof![
        4 => (n(), text()).prop_map(|(note, content)| Command::PostNote { note, content, confirmed: false }),
        2 => (n(), text()).prop_map(|(note, content)| Command::EditNote { note, content, confirmed: false }),
        1 => n().prop_map(|note| Command::WithdrawNote { note }),
        2 => (n(), at).prop_map(|(note, to)| Command::MoveNote { note, to }),
        4 => (c(), n(), n())
            .prop_map(|(cluster, note, onto)| Command::MakeCluster { cluster, note, onto }),
        3 => (c(), n()).prop_map(|(cluster, note)| Command::AddToCluster { cluster, note }),
        1 => (c(), c()).prop_map(|(from, into)| Command::MergeClusters { from, into }),
        1 => c().prop_map(|cluster| Command::DissolveCluster { cluster }),
        8 => (r(), any_item(), 0..4u8)
            .prop_map(|(round, item, dots)| Command::CastDots { round, item, dots }),
        4 => (phase(), phase()).prop_map(|(from, to)| Command::SetPhase { from, to }),
        2 => (0..6u32).prop_map(|number| Command::Reveal { number }),
        1 => any::<bool>().prop_map(|on| Command::SetPreModeration { on }),
        2 => (n(), reason()).prop_map(|(note, reason)| Command::HoldNote { note, reason }),
        2 => n().prop_map(|note| Command::ReleaseNotes { notes: vec![note] }),
        1 => (n(), reason()).prop_map(|(note, reason)| Command::EraseNote { note, reason }),
        3 => r().prop_map(|round| Command::OpenRound {
            round,
            question: String::new(),
            budget: BUDGET
        }),
        2 => r().prop_map(|round| Command::CloseRound { round }),
        1 => (timer(), 1..600u32).prop_map(|(timer, seconds)| Command::SetTimer { timer, seconds }),
        1 => timer().prop_map(|timer| Command::StopTimer { timer }),
    ]
}

/// Commands of anybody; the phase is walked forward now and then, so that scripts get somewhere.
fn any_script() -> impl Strategy<Value = Vec<Vec<(usize, Command)>>> {
    let one = prop_oneof![
        9 => (0..4usize, any_command()),
        1 => prop::sample::select(Phase::ALL[..5].to_vec()).prop_map(|from| {
            let to = Phase::ALL[Phase::ALL.iter().position(|phase| *phase == from).unwrap() + 1];
            (0, Command::SetPhase { from, to })
        }),
    ];
    prop::collection::vec(prop::collection::vec(one, 1..5), 1..60)
}

fn check(board: &Board) {
    let heart = &board.heart;
    let wall = heart.wall.read();
    let bytes = board.wall_bytes();
    for (id, waiting) in &heart.vault.waiting {
        if let Waiting::Note(Content { text, .. }) = waiting {
            assert!(wall.note(*id).is_none());
            let elsewhere = wall
                .notes()
                .any(|(_, note)| matches!(note, Note::Said(c) if c.text == *text));
            assert!(
                elsewhere || !bytes.contains(text.as_str()),
                "a waiting text is on the Wall"
            );
        }
    }
    for gone in &heart.vault.gone {
        let is_back = match gone {
            Item::Note(id) => wall.note(*id).is_some(),
            Item::Cluster(id) => wall.cluster(*id).is_some(),
        };
        assert!(!is_back, "{gone:?} is back");
    }
    for (id, there) in wall.notes() {
        if let Note::Held(_) = there {
            let with_facilitators = heart.backstage.read().note(id).is_some();
            assert!(with_facilitators, "a held note whose text nobody has");
        }
        match wall.place(id) {
            Some(Place::In { cluster, .. }) => assert!(wall.cluster(cluster).is_some()),
            Some(Place::Loose(_)) => {}
            None => panic!("a note without a place"),
        }
    }
    for (id, _) in wall.clusters() {
        assert!(!wall.members(id).is_empty(), "an empty cluster");
    }
    assert_eq!(wall.open_round().is_some(), heart.vault.ballots.is_some());
    for person in &board.people {
        let votes = heart.mine(&person.token).votes;
        let spent: u32 = votes
            .iter()
            .flat_map(|votes| &votes.dots)
            .map(|tally| tally.dots)
            .sum();
        assert!(spent <= u32::from(BUDGET.dots));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do_the_log_rebuilds_it_and_the_promises_hold(script in any_script()) {
        let mut board = Board::new();
        for commands in script {
            board.tick(&commands);
            prop_assert_eq!(contents(&board.heart), contents(&board.copy));
            check(&board);
        }
    }

    #[test]
    fn every_command_can_be_repeated_at_once_without_changing_anything(script in any_script()) {
        let mut board = Board::new();
        for commands in script.into_iter().flatten() {
            let first = board.tick(std::slice::from_ref(&commands)).remove(0);
            let before = contents(&board.heart);
            let again = board.tick(&[commands]).remove(0);
            prop_assert_eq!(first.map(|_| ()), again.map(|_| ()));
            prop_assert_eq!(contents(&board.heart), before);
        }
    }
}

#[test]
fn totals_are_the_dots_that_people_cast() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    for number in 1..=3 {
        let command = Command::PostNote {
            note: note(number),
            content: content("A text"),
            confirmed: false,
        };
        board.tick(&[(1, command)]).remove(0).unwrap();
    }
    board.go_to(Phase::Vote);
    let round = RoundId::from_bytes([9; 16]);
    let question = "What first?".to_owned();
    board
        .facilitate(Command::OpenRound {
            round,
            question,
            budget: BUDGET,
        })
        .unwrap();
    let cast = |number, dots| Command::CastDots {
        round,
        item: Item::Note(note(number)),
        dots,
    };
    let done = board.tick(&[
        (1, cast(1, 2)),
        (2, cast(1, 1)),
        (2, cast(2, 2)),
        (2, cast(3, 1)),
        (3, cast(3, 2)),
        (3, cast(3, 1)),
    ]);
    assert_eq!(done[3], Err(Denied::OverBudget { dots: 3 }));
    assert_eq!(board.heart.wall.read().round(round).unwrap().totals, None);
    board.facilitate(Command::CloseRound { round }).unwrap();
    let totals = board
        .heart
        .wall
        .read()
        .round(round)
        .unwrap()
        .totals
        .unwrap();
    let of = |number| {
        totals
            .iter()
            .find(|tally| tally.item == Item::Note(note(number)))
    };
    assert_eq!(
        [1, 2, 3].map(|number| of(number).map(|tally| tally.dots)),
        [Some(3), Some(2), Some(1)]
    );
}

#[test]
fn a_growing_cluster_covers_nothing() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    for number in 1..=30 {
        let content = content(&format!("Text {number}"));
        let post = Command::PostNote {
            note: note(number),
            content,
            confirmed: false,
        };
        board.tick(&[(1, post)]).remove(0).unwrap();
    }
    board.go_to(Phase::Cluster);
    let (first, second) = (cluster(1), cluster(2));
    let make = |cluster, note, onto| Command::MakeCluster {
        cluster,
        note,
        onto,
    };
    board
        .tick(&[(1, make(first, note(1), note(2)))])
        .remove(0)
        .unwrap();
    board
        .tick(&[(2, make(second, note(3), note(4)))])
        .remove(0)
        .unwrap();
    for number in 5..=20 {
        let cluster = if number % 2 == 0 { first } else { second };
        let add = Command::AddToCluster {
            cluster,
            note: note(number),
        };
        board.tick(&[(3, add)]).remove(0).unwrap();
        let wall = board.heart.wall.read();
        let loose = wall.places().filter_map(|(_, place)| match place {
            Place::Loose(at) => Some(Area::of_note(at)),
            Place::In { .. } => None,
        });
        let clusters = wall
            .clusters()
            .map(|(id, cluster)| Area::of_cluster(cluster.at, wall.members(id).len()));
        let areas: Vec<Area> = loose.chain(clusters).collect();
        for (index, area) in areas.iter().enumerate() {
            assert!(
                !areas[..index].iter().any(|other| other.meets(*area)),
                "{area:?}"
            );
        }
    }
}

#[test]
fn leaving_write_reveals_and_forgets_whose_notes_are_whose() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let command = Command::PostNote {
        note: note(1),
        content: content("The letter comes late"),
        confirmed: false,
    };
    board.tick(&[(1, command)]).remove(0).unwrap();
    let author = board.people[1].token.clone();
    assert_eq!(board.heart.mine(&author).notes.len(), 1);
    assert!(!board.wall_bytes().contains("letter"));
    let generation = board.heart.cursor(Store::Wall).generation;
    board.go_to(Phase::Cluster);
    assert!(board.wall_bytes().contains("letter"));
    assert_eq!(board.heart.mine(&author).notes, []);
    assert!(board.heart.vault.writing.is_none());
    assert_eq!(board.heart.cursor(Store::Wall).generation, generation + 1);
}

#[test]
fn a_held_note_can_be_rewritten_and_goes_by_a_facilitator_again() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = Command::PostNote {
        note: note(1),
        content: content("Dr Mustermann is slow"),
        confirmed: false,
    };
    board.tick(&[(1, post)]).remove(0).unwrap();
    board.facilitate(Command::Reveal { number: 1 }).unwrap();
    let reason = Reason::NamesAPerson;
    board
        .facilitate(Command::HoldNote {
            note: note(1),
            reason,
        })
        .unwrap();
    assert_eq!(
        board.heart.wall.read().note(note(1)),
        Some(Note::Held(reason))
    );
    let author = board.people[1].token.clone();
    let state = |board: &Board| board.heart.mine(&author).notes[0].state;
    assert_eq!(state(&board), protocol::NoteState::Held(reason));
    let edit = Command::EditNote {
        note: note(1),
        content: content("Replies are slow"),
        confirmed: false,
    };
    board.tick(&[(1, edit)]).remove(0).unwrap();
    assert_eq!(state(&board), protocol::NoteState::Waiting);
    board.facilitate(Command::Reveal { number: 2 }).unwrap();
    assert_eq!(state(&board), protocol::NoteState::WithFacilitators);
    assert!(!board.wall_bytes().contains("Replies"));
    board
        .facilitate(Command::ReleaseNotes {
            notes: vec![note(1)],
        })
        .unwrap();
    assert_eq!(state(&board), protocol::NoteState::Released);
    assert!(board.wall_bytes().contains("Replies"));
}

#[test]
fn an_erased_note_is_in_no_document_and_cannot_come_back() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = Command::PostNote {
        note: note(1),
        content: content("A canary"),
        confirmed: false,
    };
    board.tick(&[(1, post.clone())]).remove(0).unwrap();
    board.facilitate(Command::Reveal { number: 1 }).unwrap();
    let erase = Command::EraseNote {
        note: note(1),
        reason: Reason::PatientDetail,
    };
    board.facilitate(erase).unwrap();
    assert_eq!(board.tick(&[(1, post)]).remove(0), Ok(Mine::Same));
    assert!(!board.wall_bytes().contains("canary"));
    let backstage = board.heart.backstage.state();
    assert!(!String::from_utf8_lossy(&backstage).contains("canary"));
}

#[test]
fn somebody_elses_note_and_an_unknown_one_get_the_same_answer() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = Command::PostNote {
        note: note(1),
        content: content("Mine"),
        confirmed: false,
    };
    board.tick(&[(1, post)]).remove(0).unwrap();
    for number in [1, 2] {
        let edit = Command::EditNote {
            note: note(number),
            content: content("Yours"),
            confirmed: false,
        };
        assert_eq!(board.tick(&[(2, edit)]).remove(0), Err(Denied::NotYours));
        let withdraw = Command::WithdrawNote { note: note(number) };
        assert_eq!(
            board.tick(&[(2, withdraw)]).remove(0),
            Err(Denied::NotYours)
        );
    }
}
