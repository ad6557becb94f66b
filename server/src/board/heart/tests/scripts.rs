//! Random scripts against the heart: whatever people do in whatever order, the promises hold, and what
//! the log would rebuild is what is in memory.

use std::collections::BTreeMap;

use candour_shared::agenda::Step;
use candour_shared::command::{Command, Content, Move, Point};
use candour_shared::ids::{Item, PulseId, RoundId, StepId, TimerId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;
use candour_shared::wall::{Note, Place, first_step};
use proptest::prelude::*;

use super::super::super::vault::Waiting;
use super::super::Heart;
use super::fixture::{BUDGET, Board, cluster, content, note};

fn contents(heart: &Heart) -> impl PartialEq + std::fmt::Debug + use<> {
    let wall = heart.wall.read();
    let backstage = heart.backstage.read();
    (
        (wall.phase(), wall.timer(), wall.reveals(), wall.rounds()),
        (wall.agenda(), wall.step(), wall.spotlight(), wall.pulses()),
        wall.remarks().collect::<BTreeMap<_, _>>(),
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
    let s = || (0..3u8).prop_map(|n| StepId::from_bytes([n; 16]));
    let p = || (0..2u8).prop_map(|n| PulseId::from_bytes([n; 16]));
    let timer = || (0..2u8).prop_map(|n| TimerId::from_bytes([n; 16]));
    prop_oneof![
        4 => (n(), text()).prop_map(|(note, content)| Command::PostNote { note, content, confirmed: false }),
        2 => (n(), text()).prop_map(|(note, content)| Command::EditNote { note, content, confirmed: false }),
        1 => n().prop_map(|note| Command::WithdrawNote { note }),
        2 => (n(), at.clone()).prop_map(|(note, to)| Command::Move { moves: vec![Move { item: Item::Note(note), to }] }),
        4 => (c(), n(), n())
            .prop_map(|(cluster, note, onto)| Command::MakeCluster { cluster, note, onto }),
        3 => (c(), n()).prop_map(|(cluster, note)| Command::AddToCluster { cluster, note }),
        1 => (c(), c()).prop_map(|(from, into)| Command::MergeClusters { from, into }),
        1 => c().prop_map(|cluster| Command::DissolveCluster { cluster }),
        8 => (r(), any_item(), 0..4u8)
            .prop_map(|(round, item, dots)| Command::CastDots { round, item, dots }),
        4 => (phase(), phase()).prop_map(|(from, to)| Command::SetPhase { from, from_step: None, to, step: None }),
        1 => (phase(), prop::option::of(s()), s()).prop_map(|(phase, from_step, step)| Command::SetPhase { from: phase, from_step, to: phase, step: Some(step) }),
        1 => (s(), prop::option::of(s()), phase()).prop_map(|(step, after, phase)| Command::PutStep {
            step,
            after,
            content: Step { phase, title: "A step".into(), prompt: String::new(), minutes: 5, pulse: false },
        }),
        1 => s().prop_map(|step| Command::RemoveStep { step }),
        3 => (n(), any_item(), 0..1000u32).prop_map(|(note, to, number)| Command::PostReply {
            note,
            to,
            text: format!("text {number} of a reply"),
            confirmed: false,
        }),
        4 => (n(), any::<bool>()).prop_map(|(note, on)| Command::SameHere { note, on }),
        1 => n().prop_map(|note| Command::FlagNote { note }),
        1 => n().prop_map(|note| Command::SettleFlag { note }),
        1 => prop::option::of(any_item()).prop_map(|on| Command::SetSpotlight { on }),
        2 => p().prop_map(|pulse| Command::OpenPulse { pulse, question: "How safe is it?".into() }),
        3 => (p(), 1..6u8).prop_map(|(pulse, answer)| Command::AnswerPulse { pulse, answer }),
        1 => p().prop_map(|pulse| Command::ClosePulse { pulse }),
        1 => (prop::option::of(any_item()), 0..9u8)
            .prop_map(|(on, number)| Command::SetRemark { on, text: format!("remark {number}") }),
        1 => (c(), at).prop_map(|(cluster, to)| Command::Move { moves: vec![Move { item: Item::Cluster(cluster), to }] }),
        2 => (0..6u32).prop_map(|number| Command::Reveal { number }),
        1 => any::<bool>().prop_map(|on| Command::SetPreModeration { on }),
        2 => (n(), reason()).prop_map(|(note, reason)| Command::HoldNote { note, reason }),
        2 => n().prop_map(|note| Command::ReleaseNotes { notes: vec![note] }),
        1 => (n(), reason()).prop_map(|(note, reason)| Command::EraseNote { note, reason }),
        3 => r().prop_map(|round| Command::OpenRound {
            round,
            question: String::new(),
            budget: BUDGET,
        among: Vec::new(),
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
            (0, Command::SetPhase { from, from_step: None, to, step: None })
        }),
    ];
    prop::collection::vec(prop::collection::vec(one, 1..5), 1..60)
}

fn check(board: &Board) {
    let heart = &board.heart;
    let wall = heart.wall.read();
    let bytes = board.wall_bytes();
    for (id, waiting) in &heart.vault.waiting {
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
            Some(Place::Under(item)) => assert!(wall.is_there(item), "a reply to nothing"),
            None => panic!("a note without a place"),
        }
    }
    for (id, _) in wall.clusters() {
        assert!(!wall.members(id).is_empty(), "an empty cluster");
    }
    assert_eq!(wall.open_round().is_some(), heart.vault.ballots.is_some());
    assert_eq!(wall.open_pulse().is_some(), heart.vault.answers.is_some());
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
