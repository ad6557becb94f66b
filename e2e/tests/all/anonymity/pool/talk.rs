//! *Same here* and replies wait for a pool as notes do, and whoever they are of is one of its crowd.

use candour_e2e::view::View;
use candour_e2e::workshop::{Person, signal};
use candour_shared::command::Command;
use candour_shared::ids::{Item, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::wall::Place;

use super::{Pooled, release_three, shown};

fn count(person: &Person, note: NoteId) -> u32 {
    person.sees(|view| view.wall().read().same_here(note))
}

fn unsay(note: NoteId) -> Command {
    Command::SameHere { note, on: false }
}

#[tokio::test]
async fn whoever_agrees_is_one_of_the_crowd() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, of_bob, _] = release_three(&board, [&ann, &bob, &cem]).await;
    cem.agrees(of_ann).await;
    cem.agrees(of_bob).await;
    bob.agrees(of_ann).await;
    board.next_look(&ann).await;
    assert_eq!(count(&ann, of_ann), 0, "two people are too few");
    let note = ann.posts("The third of them").await;
    board.next_look(&ann).await;
    assert_eq!(count(&ann, of_ann), 2);
    assert_eq!(count(&ann, of_bob), 1);
    assert!(ann.sees(|view| view.said(note).is_some()));
}

#[tokio::test]
async fn taking_back_what_was_told_waits_for_a_pool_too() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, of_bob, of_cem] = release_three(&board, [&ann, &bob, &cem]).await;
    for (person, note) in [(&ann, of_bob), (&bob, of_cem), (&cem, of_ann)] {
        person.agrees(note).await;
    }
    board.next_look(&ann).await;
    assert_eq!(count(&bob, of_bob), 1);
    ann.does(unsay(of_bob)).await;
    bob.does(unsay(of_cem)).await;
    board.next_look(&cem).await;
    assert_eq!(count(&cem, of_bob), 1);
    cem.does(unsay(of_ann)).await;
    board.next_look(&cem).await;
    for note in [of_ann, of_bob, of_cem] {
        assert_eq!(count(&cem, note), 0);
    }
}

#[tokio::test]
async fn what_is_taken_back_before_it_was_told_leaves_the_crowd() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, of_bob, _] = release_three(&board, [&ann, &bob, &cem]).await;
    bob.agrees(of_ann).await;
    cem.agrees(of_ann).await;
    ann.agrees(of_bob).await;
    ann.does(unsay(of_bob)).await;
    for _ in 0..3 {
        board.next_look(&ann).await;
        assert_eq!(count(&ann, of_ann), 0);
    }
    // Whoever has something else that waits stays.
    let note = ann.posts("Another one").await;
    ann.agrees(of_bob).await;
    ann.does(unsay(of_bob)).await;
    board.next_look(&ann).await;
    assert_eq!(count(&ann, of_ann), 2);
    assert!(ann.sees(|view| view.said(note).is_some()));
}

#[tokio::test]
async fn whoever_agreed_to_what_was_erased_is_no_crowd() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, ..] = release_three(&board, [&ann, &bob, &cem]).await;
    bob.agrees(of_ann).await;
    cem.agrees(of_ann).await;
    let reason = Reason::OffTopic;
    let erase = Command::EraseNote {
        note: of_ann,
        reason,
    };
    board.workshop.facilitator.does(erase).await;
    let alone = ann.posts("All that waits").await;
    for _ in 0..12 {
        board.next_look(&cem).await;
        assert!(cem.sees(|view| view.said(alone).is_none()));
    }
}

#[tokio::test]
async fn replies_wait_for_a_pool() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, ..] = release_three(&board, [&ann, &bob, &cem]).await;
    board.workshop.go_to(Phase::Discuss).await;
    let to = Item::Note(of_ann);
    let mut replies = Vec::new();
    for person in [&ann, &bob] {
        replies.push(person.replies(to, "So it is").await);
    }
    board.next_look(&cem).await;
    assert_eq!(shown(&cem), 3);
    replies.push(cem.replies(to, "With us, too").await);
    assert_eq!(shown(&cem), 3);
    board.next_look(&cem).await;
    for reply in replies {
        let place = cem.sees(|view| view.wall().read().place(reply));
        assert_eq!(place, Some(Place::Under(to)));
    }
}

#[tokio::test]
async fn screens_are_nobody_among_whom_notes_could_appear() {
    let board = Pooled::start().await;
    let [ann, bob] = board.workshop.participants().await;
    let projectors = [
        board.workshop.projector().await,
        board.workshop.projector().await,
    ];
    for person in [&ann, &bob, &board.workshop.facilitator] {
        person.posts("One of three").await;
    }
    for _ in 0..10 {
        board.next_look(&projectors[0]).await;
    }
    assert_eq!(shown(&projectors[0]), 0);
}

#[tokio::test]
async fn facilitators_receive_nothing_when_somebody_agrees_or_replies() {
    let board = Pooled::start().await;
    let [ann, bob, cem] = board.workshop.participants().await;
    let [of_ann, ..] = release_three(&board, [&ann, &bob, &cem]).await;
    let facilitator = &board.workshop.facilitator;
    let received = || facilitator.sees(View::frames);
    board.workshop.catches_up(facilitator).await;
    let before = received();
    bob.agrees(of_ann).await;
    bob.does(unsay(of_ann)).await;
    facilitator.does(signal("Is there anything?")).await;
    assert_eq!(received() - before, 2, "the signal and the answer to it");

    board.workshop.go_to(Phase::Discuss).await;
    board.workshop.catches_up(facilitator).await;
    let before = received();
    let note = bob.replies(Item::Note(of_ann), "So it is").await;
    bob.edits(note, "So it is, with us").await;
    bob.does(Command::WithdrawNote { note }).await;
    facilitator.does(signal("And now?")).await;
    assert_eq!(received() - before, 2, "the signal and the answer to it");
}
