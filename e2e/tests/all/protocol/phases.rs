//! Phases, timers, and the seal.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Workshop, content, move_phase};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::Item;
use candour_shared::phase::Phase;
use candour_shared::protocol::{FrameKind, NoteState, Store};
use candour_shared::wall::Timer;

#[tokio::test]
async fn everyone_follows_the_facilitator_through_the_phases() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann] = workshop.participants().await;
    for phase in &Phase::ALL[1..] {
        workshop.go_to(*phase).await;
        ann.until(|view| view.phase() == *phase).await;
    }
    workshop.go_to(Phase::Discuss).await;
    ann.until(|view| view.phase() == Phase::Discuss).await;
}

#[tokio::test]
async fn two_facilitators_do_not_move_the_board_twice() {
    let workshop = Workshop::start().await;
    workshop.go_to(Phase::Cluster).await;
    let late = move_phase(Phase::Write, Phase::Vote);
    let phase = Phase::Cluster;
    let denied = workshop.organiser.denied(late).await;
    assert_eq!(denied, Denied::PhaseMoved { phase });
    // The same wish as the other's is simply fulfilled.
    let same = move_phase(Phase::Write, Phase::Cluster);
    workshop.organiser.does(same).await;
}

#[tokio::test]
async fn a_board_does_not_go_back_to_the_lobby() {
    let workshop = Workshop::start().await;
    let back = move_phase(Phase::Write, Phase::Lobby);
    let denied = workshop.facilitator.denied(back).await;
    assert_eq!(denied, Denied::IllegalMove);
}

#[tokio::test]
async fn a_timer_can_be_started_prolonged_and_stopped() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let timer = fresh::timer();
    let facilitator = &workshop.facilitator;
    let set = |seconds| Command::SetTimer { timer, seconds };
    facilitator.does(set(120)).await;
    ann.until(|view| running(view).is_some_and(|it| it.seconds == 120))
        .await;
    let started = ann.sees(|view| running(view).unwrap().started);
    facilitator.does(set(180)).await;
    ann.until(|view| running(view).is_some_and(|it| it.seconds == 180))
        .await;
    assert_eq!(ann.sees(|view| running(view).unwrap().started), started);
    facilitator.does(Command::StopTimer { timer }).await;
    ann.until(|view| running(view).is_none()).await;

    // A late repeat must not start it again.
    facilitator.does(set(180)).await;
    workshop.catches_up(&ann).await;
    assert_eq!(ann.sees(running), None);
    let again = Command::SetTimer {
        timer: fresh::timer(),
        seconds: 60,
    };
    facilitator.does(again).await;
    ann.until(|view| running(view).is_some_and(|it| it.seconds == 60))
        .await;
}

#[tokio::test]
async fn the_seal_starts_a_new_generation_and_forgets_whose_notes_are_whose() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Released))
        .await;
    let generation = |view: &View| view.cursor(Store::Wall).unwrap().generation;
    let before = [&ann, &bob].map(|person| person.sees(generation));

    workshop.go_to(Phase::Cluster).await;
    for (person, before) in [&ann, &bob].into_iter().zip(before) {
        person.until(|view| generation(view) > before).await;
        person.sees(|view| {
            assert!(view.shows("The letter comes after the patient"));
            assert_eq!(view.changes.last().unwrap().kind, FrameKind::Snapshot);
        });
    }
    ann.until(|view| view.mine().notes.is_empty()).await;
    let facilitator = &workshop.facilitator;
    facilitator
        .until(|view| view.cursor(Store::Backstage).unwrap().generation > before[0])
        .await;
}

#[tokio::test]
async fn writing_again_starts_afresh() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Said in the first hour").await;
    workshop.go_to(Phase::Cluster).await;
    workshop.go_to(Phase::Write).await;
    let withdraw = Command::WithdrawNote { note };
    assert_eq!(ann.denied(withdraw).await, Denied::NotYours);
    let edit = Command::edit_note(note, content("Said otherwise"));
    assert_eq!(ann.denied(edit).await, Denied::NotYours);

    let later = ann.posts("Said in the second hour").await;
    ann.until(|view| view.mine().notes.len() == 1).await;
    assert!(!bob.sees(|view| view.ever_received("Said in the second hour")));
    workshop.go_to(Phase::Cluster).await;
    bob.until(|view| view.shows("Said in the second hour"))
        .await;
    assert!(bob.sees(|view| view.said(note).is_some() && view.said(later).is_some()));
}

#[tokio::test]
async fn what_belongs_to_another_phase_is_refused_with_the_phase() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["One"]).await;
    let [ann] = workshop.participants().await;
    let phase = Phase::Cluster;
    let round = fresh::round();
    for command in [
        Command::post_note(fresh::note(), content("Too late")),
        Command::edit_note(note, content("Too late")),
        Command::WithdrawNote { note },
        Command::CastDots {
            round,
            item: Item::Note(note),
            dots: 1,
        },
    ] {
        assert_eq!(ann.denied(command).await, Denied::WrongPhase { phase });
    }
    let facilitator = &workshop.facilitator;
    let reveal = facilitator.denied(Command::Reveal { number: 9 }).await;
    assert_eq!(reveal, Denied::WrongPhase { phase });
}

fn running(view: &View) -> Option<Timer> {
    view.wall().read().timer().filter(|timer| !timer.stopped)
}
