//! What happens, one story each.

use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, RoundId};
use candour_shared::layout::Area;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{self, Store};
use candour_shared::wall::{Note, Place};
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::super::request::{Answer, Mine, Request};
use super::fixture::{BUDGET, Board, cluster, content, note};
use crate::keys::Secret;

#[test]
fn totals_are_the_dots_that_people_cast() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    for number in 1..=3 {
        let command = Command::post_note(note(number), content("A text"));
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
            among: Vec::new(),
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
    assert_eq!(board.engine.wall.read().round(round).unwrap().totals, None);
    board.facilitate(Command::CloseRound { round }).unwrap();
    let totals = board
        .engine
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
        let post = Command::post_note(note(number), content);
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
        let wall = board.engine.wall.read();
        let loose = wall.places().filter_map(|(_, place)| match place {
            Place::Loose(at) => Some(Area::of_note(at)),
            Place::In { .. } | Place::Under(_) => None,
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
    let command = Command::post_note(note(1), content("The letter comes late"));
    board.tick(&[(1, command)]).remove(0).unwrap();
    let author = board.people[1].token.clone();
    assert_eq!(board.engine.mine(&author).notes.len(), 1);
    assert!(!board.wall_bytes().contains("letter"));
    let generation = board.engine.cursor(Store::Wall).generation;
    board.go_to(Phase::Cluster);
    assert!(board.wall_bytes().contains("letter"));
    assert_eq!(board.engine.mine(&author).notes, []);
    assert!(board.engine.vault.writing.is_none());
    assert_eq!(board.engine.cursor(Store::Wall).generation, generation + 1);
}

#[test]
fn a_held_note_can_be_rewritten_and_goes_by_a_facilitator_again() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = Command::post_note(note(1), content("Dr Mustermann is slow"));
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
        board.engine.wall.read().note(note(1)),
        Some(Note::Held(reason))
    );
    let author = board.people[1].token.clone();
    let state = |board: &Board| board.engine.mine(&author).notes[0].state;
    assert_eq!(state(&board), protocol::NoteState::Held(reason));
    let edit = Command::edit_note(note(1), content("Replies are slow"));
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
    let post = Command::post_note(note(1), content("A canary"));
    board.tick(&[(1, post.clone())]).remove(0).unwrap();
    board.facilitate(Command::Reveal { number: 1 }).unwrap();
    let erase = Command::EraseNote {
        note: note(1),
        reason: Reason::PatientDetail,
    };
    board.facilitate(erase).unwrap();
    assert_eq!(
        board.tick(&[(1, post)]).remove(0),
        Ok(Answer::Done(Mine::Same))
    );
    assert!(!board.wall_bytes().contains("canary"));
    let backstage = board.engine.backstage.state();
    assert!(!String::from_utf8_lossy(&backstage).contains("canary"));
}

#[test]
fn somebody_elses_note_and_an_unknown_one_get_the_same_answer() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = Command::post_note(note(1), content("Mine"));
    board.tick(&[(1, post)]).remove(0).unwrap();
    for number in [1, 2] {
        let edit = Command::edit_note(note(number), content("Yours"));
        assert_eq!(board.tick(&[(2, edit)]).remove(0), Err(Denied::NotYours));
        let withdraw = Command::WithdrawNote { note: note(number) };
        assert_eq!(
            board.tick(&[(2, withdraw)]).remove(0),
            Err(Denied::NotYours)
        );
    }
}

#[test]
fn what_was_asked_before_a_revocation_and_comes_after_it_is_refused() {
    let mut board = Board::new();
    let facilitator = board.people[0].clone();
    let organiser = board.organiser.hash;
    let secret = Secret::random(&mut StdRng::seed_from_u64(1));
    let command = |paused| Request::Command(facilitator.clone(), Command::PausePosting { paused });
    let done = board.run(&[
        command(true),
        Request::ReplaceLink(organiser, Role::Facilitator, secret.clone()),
        command(false),
        Request::ReplaceLink(facilitator.hash, Role::Facilitator, secret),
    ]);
    assert_eq!(
        done,
        [
            Ok(Answer::Done(Mine::Same)),
            Ok(Answer::Done(Mine::Same)),
            Err(Denied::NotJoined),
            Err(Denied::NotJoined)
        ]
    );
    assert!(board.engine.wall.read().posting_paused());
}

#[test]
fn what_was_asked_before_the_phase_changed_and_comes_after_it_is_refused() {
    let mut board = Board::new();
    board.go_to(Phase::Write);
    let post = |number| Command::post_note(note(number), content("Just in time"));
    let (from, to) = (Phase::Write, Phase::Cluster);
    let done = board.tick(&[
        (1, post(1)),
        (
            0,
            Command::SetPhase {
                from,
                from_step: None,
                to,
                step: None,
            },
        ),
        (1, post(2)),
    ]);
    let phase = Phase::Cluster;
    assert_eq!(done[2], Err(Denied::WrongPhase { phase }));
    assert_eq!(board.engine.wall.read().note_count(), 1);
}
