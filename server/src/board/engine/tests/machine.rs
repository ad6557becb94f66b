//! The board against a model of it: whatever people do in whatever order, and whatever of it the log loses when
//! the server crashes, the model says what is done and who sees what; every command can be repeated; and what
//! the log would rebuild is what is in memory.

use std::collections::BTreeMap;

use candour_shared::agenda::{Step, first_step};
use candour_shared::command::{Command, Move};
use candour_shared::ids::{Item, NoteId, PulseId, RoundId, StepId, TimerId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;
use candour_shared::wall::{Note, Place};
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use super::super::Engine;
use super::super::vault::Waiting;
use super::fixture::{BUDGET, Board, Fate, cluster, content, note};
use super::model::{Model, NOTES, VOTERS};

/// A tick: what is asked in it, by whom, and what becomes of what it writes.
#[derive(Debug, Clone)]
struct Ticked {
    asked: Vec<(usize, Command)>,
    fate: Fate,
}

/// The model, and what it says of the last tick.
#[derive(Debug, Clone)]
struct Expected {
    model: Model,
    done: Vec<Option<bool>>,
}

struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Expected;
    type Transition = Ticked;

    fn init_state() -> BoxedStrategy<Expected> {
        let model = Model::new();
        let done = Vec::new();
        Just(Expected { model, done }).boxed()
    }

    fn transitions(Expected { model, .. }: &Expected) -> BoxedStrategy<Ticked> {
        let fate = prop_oneof![
            20 => Just(Fate::Answered),
            1 => Just(Fate::Refused),
            1 => Just(Fate::Unanswered),
        ];
        (prop::collection::vec(anything(model), 1..5), fate)
            .prop_map(|(asked, fate)| Ticked { asked, fate })
            .boxed()
    }

    fn apply(Expected { model, .. }: Expected, ticked: &Ticked) -> Expected {
        let mut after = model.clone();
        let ask = |(who, command): &(usize, Command)| after.ask(*who, command);
        let done = ticked.asked.iter().map(ask).collect();
        let model = match ticked.fate {
            Fate::Answered | Fate::Unanswered => after,
            Fate::Refused => model,
        };
        Expected { model, done }
    }
}

struct Machine;

impl StateMachineTest for Machine {
    type SystemUnderTest = Board;
    type Reference = Reference;

    fn init_test(_: &Expected) -> Board {
        Board::new()
    }

    fn apply(mut board: Board, expected: &Expected, ticked: Ticked) -> Board {
        let Ticked { asked, fate } = ticked;
        let done = board.tick_and(&asked, fate);
        for ((done, expected), asked) in done.iter().zip(&expected.done).zip(&asked) {
            if let Some(expected) = expected {
                assert_eq!(done.is_ok(), *expected, "{asked:?} was answered {done:?}");
            }
        }
        if let ([one], Fate::Answered) = (&asked[..], fate) {
            let before = contents(&board.engine);
            let again = board.tick(std::slice::from_ref(one));
            let simply = |done: &Result<_, _>| done.as_ref().map(drop).map_err(Clone::clone);
            assert_eq!(simply(&done[0]), simply(&again[0]), "{one:?} again");
            assert!(
                contents(&board.engine) == before,
                "{one:?} changed something again"
            );
        }
        board
    }

    fn check_invariants(board: &Board, expected: &Expected) {
        expected.model.check(board);
        check(board);
        assert_eq!(contents(&board.engine), contents(&board.reloaded()));
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do_and_the_log_loses_a_board_is_what_the_model_says(
        sequential
        20..100
        =>
        Machine
    );
}

/// What somebody asks: mostly what the phase is for, so that scripts get somewhere.
fn anything(model: &Model) -> impl Strategy<Value = (usize, Command)> + use<> {
    let (writing, voting, moving_on) = match model.phase {
        Phase::Lobby | Phase::Cluster | Phase::Closed => (1, 1, 4),
        Phase::Write | Phase::Discuss => (12, 1, 1),
        Phase::Vote => (1, 16, 1),
    };
    let from = model.phase;
    let to = match from {
        Phase::Lobby | Phase::Discuss => Phase::Write,
        Phase::Write => Phase::Cluster,
        Phase::Cluster => Phase::Vote,
        Phase::Vote | Phase::Closed => Phase::Discuss,
    };
    let on = Command::SetPhase {
        from,
        from_step: None,
        to,
        step: None,
    };
    prop_oneof![
        writing => (0..VOTERS, write(model.fresh())),
        4 => (leader(), lead(model)),
        voting => vote(model),
        8 => (0..4usize, all_the_rest()),
        moving_on => Just((0, on)),
    ]
}

/// Mostly a facilitator.
fn leader() -> impl Strategy<Value = usize> {
    prop_oneof![4 => Just(0), 1 => 1..VOTERS]
}

/// A note that was posted, or the next.
fn one(fresh: u8) -> impl Strategy<Value = NoteId> {
    (0..=fresh).prop_map(note)
}

fn words() -> impl Strategy<Value = Content> {
    (0..1000u32).prop_map(|n| content(&format!("text {n} of a note")))
}

fn any_reason() -> impl Strategy<Value = Reason> {
    prop::sample::select(Reason::ALL.to_vec())
}

fn any_phase() -> impl Strategy<Value = Phase> {
    prop::sample::select(Phase::ALL.to_vec())
}

fn write(fresh: u8) -> impl Strategy<Value = Command> {
    let one = move || one(fresh);
    prop_oneof![
        6 => words().prop_map(move |content| Command::post_note(note(fresh), content)),
        2 => (one(), words()).prop_map(move |(note, content)| Command::post_note(note, content)),
        8 => (one(), words()).prop_map(move |(note, content)| Command::edit_note(note, content)),
        1 => one().prop_map(|note| Command::WithdrawNote { note }),
    ]
}

fn lead(model: &Model) -> impl Strategy<Value = Command> + use<> {
    let (fresh, reveals) = (model.fresh(), model.reveals);
    let one = move || one(fresh);
    prop_oneof![
        6 => (0..3u32).prop_map(move |more| Command::Reveal { number: reveals + more }),
        2 => (0..3u8).prop_map(|often| Command::SetPreModeration { on: often == 0 }),
        2 => (0..4u8).prop_map(|often| Command::PausePosting { paused: often == 0 }),
        4 => (one(), any_reason()).prop_map(|(note, reason)| Command::HoldNote { note, reason }),
        6 => one().prop_map(|note| Command::ReleaseNotes { notes: vec![note] }),
        1 => (one(), any_reason()).prop_map(|(note, reason)| Command::EraseNote { note, reason }),
        1 => (any_phase(), any_phase()).prop_map(|(from, to)| Command::SetPhase { from, from_step: None, to, step: None }),
    ]
}

/// Mostly in the open round. Whose dots the model doesn't know gives them to what it doesn't know.
fn vote(model: &Model) -> impl Strategy<Value = (usize, Command)> + use<> {
    let (fresh, open) = (model.fresh(), model.open);
    let round = move || {
        let any = (0..10u8).prop_map(|n| RoundId::from_bytes([n; 16]));
        (any, 0..4u8).prop_map(move |(any, often)| open.filter(|_| often > 0).unwrap_or(any))
    };
    let unknown = prop_oneof![
        (NOTES..NOTES + 3).prop_map(|n| Item::Note(note(n))),
        (0..3u8).prop_map(|n| Item::Cluster(cluster(n))),
    ];
    let cast = |(round, item, dots)| Command::CastDots { round, item, dots };
    prop_oneof![
        12 => (0..VOTERS, (round(), one(fresh).prop_map(Item::Note), 0..4u8).prop_map(cast)),
        3 => (Just(VOTERS), (round(), unknown, 0..4u8).prop_map(cast)),
        3 => (leader(), round().prop_map(|round| Command::OpenRound { round, question: String::new(), budget: BUDGET, among: Vec::new() })),
        1 => (leader(), round().prop_map(|round| Command::CloseRound { round })),
    ]
}

/// What changes nothing that the model knows: other notes, replies, clusters and whatever else there is.
fn all_the_rest() -> impl Strategy<Value = Command> {
    let every = || (0..NOTES + 3).prop_map(note);
    let n = || (NOTES..NOTES + 3).prop_map(note);
    let c = || (0..3u8).prop_map(cluster);
    let item = |notes: BoxedStrategy<NoteId>| {
        prop_oneof![
            notes.prop_map(Item::Note),
            (0..3u8).prop_map(|n| Item::Cluster(cluster(n)))
        ]
    };
    let any_item = || item(every().boxed());
    let at = (-500..500i32, -500..500i32).prop_map(|(x, y)| Point { x, y });
    let s = || (0..3u8).prop_map(|n| StepId::from_bytes([n; 16]));
    let p = || (0..2u8).prop_map(|n| PulseId::from_bytes([n; 16]));
    let timer = || (0..2u8).prop_map(|n| TimerId::from_bytes([n; 16]));
    prop_oneof![
        4 => (n(), words()).prop_map(move |(note, content)| Command::post_note(note, content)),
        1 => (n(), words()).prop_map(move |(note, content)| Command::edit_note(note, content)),
        1 => n().prop_map(|note| Command::WithdrawNote { note }),
        1 => (n(), any_reason()).prop_map(|(note, reason)| Command::HoldNote { note, reason }),
        1 => n().prop_map(|note| Command::ReleaseNotes { notes: vec![note] }),
        1 => (n(), any_reason()).prop_map(|(note, reason)| Command::EraseNote { note, reason }),
        2 => (any_item(), at).prop_map(|(item, to)| Command::Move { moves: vec![Move { item, to }] }),
        4 => (c(), n(), n()).prop_map(|(cluster, note, onto)| Command::MakeCluster { cluster, note, onto }),
        3 => (c(), n()).prop_map(|(cluster, note)| Command::AddToCluster { cluster, note }),
        1 => (c(), c()).prop_map(|(from, into)| Command::MergeClusters { from, into }),
        1 => c().prop_map(|cluster| Command::DissolveCluster { cluster }),
        1 => (any_phase(), prop::option::of(s()), s()).prop_map(|(phase, from_step, step)| Command::SetPhase { from: phase, from_step, to: phase, step: Some(step) }),
        1 => (s(), prop::option::of(s()), any_phase()).prop_map(|(step, after, phase)| Command::PutStep {
            step,
            after,
            content: Step::new(phase, "A step").lasting(5),
        }),
        1 => s().prop_map(|step| Command::RemoveStep { step }),
        3 => (n(), any_item(), 0..1000u32).prop_map(move |(note, to, number)| Command::post_reply(note, to, format!("text {number} of a reply"))),
        4 => (every(), any::<bool>()).prop_map(|(note, on)| Command::SameHere { note, on }),
        1 => every().prop_map(|note| Command::FlagNote { note }),
        1 => every().prop_map(|note| Command::SettleFlag { note }),
        1 => prop::option::of(any_item()).prop_map(|on| Command::SetSpotlight { on }),
        2 => p().prop_map(|pulse| Command::OpenPulse { pulse, question: "How safe is it?".into() }),
        3 => (p(), 1..6u8).prop_map(|(pulse, answer)| Command::AnswerPulse { pulse, answer }),
        1 => p().prop_map(|pulse| Command::ClosePulse { pulse }),
        1 => (prop::option::of(any_item()), 0..9u8)
            .prop_map(|(on, number)| Command::SetRemark { on, text: format!("remark {number}") }),
        1 => (timer(), 20..1000u32).prop_map(|(timer, seconds)| Command::SetTimer { timer, seconds }),
        1 => timer().prop_map(|timer| Command::StopTimer { timer }),
    ]
}

fn contents(engine: &Engine) -> impl PartialEq + std::fmt::Debug + use<> {
    let wall = engine.wall.read();
    let backstage = engine.backstage.read();
    (
        (wall.phase(), wall.timer(), wall.reveals(), wall.rounds()),
        (wall.agenda(), wall.step(), wall.spotlight(), wall.pulses()),
        wall.remarks().collect::<BTreeMap<_, _>>(),
        wall.notes().collect::<BTreeMap<_, _>>(),
        wall.places().collect::<BTreeMap<_, _>>(),
        wall.clusters().collect::<BTreeMap<_, _>>(),
        backstage.notes().collect::<BTreeMap<_, _>>(),
        backstage.ledger(),
        postcard::to_stdvec(&engine.vault).unwrap(),
        engine.last_tick(),
        Store::ALL.map(|store| engine.cursor(store)),
    )
}

fn check(board: &Board) {
    let engine = &board.engine;
    let wall = engine.wall.read();
    let bytes = board.wall_bytes();
    for (id, waiting) in &engine.vault.waiting {
        if let Waiting::Note(Content { text, .. }) | Waiting::Reply(Content { text, .. }, _) =
            waiting
        {
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
    for gone in &engine.vault.gone {
        let is_back = match gone {
            Item::Note(id) => wall.note(*id).is_some(),
            Item::Cluster(id) => wall.cluster(*id).is_some(),
        };
        assert!(!is_back, "{gone:?} is back");
    }
    for (id, there) in wall.notes() {
        if let Note::Held(_) = there {
            let with_facilitators = engine.backstage.read().note(id).is_some();
            assert!(with_facilitators, "a held note whose text nobody has");
        }
        match wall.place(id) {
            Some(Place::In { cluster, .. }) => assert!(wall.cluster(cluster).is_some()),
            Some(Place::Loose(_)) => {}
            Some(Place::Under(item)) => assert!(wall.is_there(item), "a reply to nothing"),
            None => panic!("a note without a place"),
        }
    }
    for (id, _) in wall.clusters() {
        assert!(!wall.members(id).is_empty(), "an empty cluster");
    }
    assert_eq!(wall.open_round().is_some(), engine.vault.ballots.is_some());
    assert_eq!(wall.open_pulse().is_some(), engine.vault.answers.is_some());
    let agenda = wall.agenda();
    match wall.step() {
        Some(here) => assert!(
            agenda
                .iter()
                .any(|(id, step)| *id == here && step.phase == wall.phase())
        ),
        None => assert!(first_step(&agenda, wall.phase()).is_none()),
    }
    if let Some(item) = wall.spotlight() {
        assert!(wall.is_there(item), "a spotlight on nothing");
    }
    for (on, _) in wall.remarks() {
        assert!(
            on.is_none_or(|item| wall.is_there(item)),
            "a remark about nothing"
        );
    }
    for person in &board.people {
        let votes = engine.mine(&person.token).votes;
        let spent: u32 = votes
            .iter()
            .flat_map(|votes| &votes.dots)
            .map(|tally| tally.dots)
            .sum();
        assert!(spent <= u32::from(BUDGET.dots));
    }
}
