//! *Same here*.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop, reply, signal};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;

fn unsay(note: NoteId) -> Command {
    Command::SameHere { note, on: false }
}

fn say(note: NoteId) -> Command {
    Command::SameHere { note, on: true }
}

fn count(person: &Person, note: NoteId) -> u32 {
    person.sees(|view| view.wall().read().same_here(note))
}

async fn is_told(person: &Person, note: NoteId, number: u32) {
    person
        .until(|view| view.wall().read().same_here(note) == number)
        .await;
}

/// A board with a revealed note.
async fn with_a_note(ann: &Person, workshop: &Workshop) -> NoteId {
    let note = ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    ann.until(|view| view.said(note).is_some()).await;
    note
}

#[tokio::test]
async fn the_number_comes_with_the_next_release_and_nothing_before() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    let facilitator = &workshop.facilitator;
    for person in [&ann, &cem, facilitator] {
        workshop.catches_up(person).await;
    }
    let received = |person: &Person| person.sees(View::frames);
    let before = [&ann, &cem, facilitator].map(received);
    bob.agrees(note).await;
    bob.until(|view| view.mine().same_here == [note]).await;
    facilitator.does(signal("Is there anything?")).await;
    for person in [&ann, &cem] {
        person
            .until(|view| view.signal() == "Is there anything?")
            .await;
    }
    let after = [&ann, &cem, facilitator].map(received);
    let came = [0, 1, 2].map(|index| after[index] - before[index]);
    assert_eq!(came, [1, 1, 2], "the signal, and the answer to it");
    let newcomer = workshop.participant(2).await;
    for person in [&ann, &bob, &cem, &newcomer] {
        assert_eq!(count(person, note), 0);
    }
    assert!(newcomer.sees(|view| view.mine().same_here.is_empty()));
    workshop.reveal().await;
    for person in [&ann, &bob, &cem, &newcomer] {
        is_told(person, note, 1).await;
    }
    assert!(ann.sees(|view| view.mine().same_here.is_empty()));
}

#[tokio::test]
async fn a_person_counts_once_however_often_they_say_it() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    let again = Person::with(&workshop.api, workshop.board(), &bob.token).await;
    for page in [&bob, &bob, &again] {
        page.agrees(note).await;
    }
    cem.agrees(note).await;
    workshop.facilitator.agrees(note).await;
    workshop.reveal().await;
    is_told(&ann, note, 3).await;
    bob.agrees(note).await;
    workshop.reveal().await;
    workshop.catches_up(&ann).await;
    assert_eq!(count(&ann, note), 3);
}

#[tokio::test]
async fn nobody_agrees_with_themselves() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    assert_eq!(ann.denied(say(note)).await, Denied::OnesOwn);
    assert_eq!(ann.denied(unsay(note)).await, Denied::OnesOwn);
}

#[tokio::test]
async fn what_is_taken_back_does_not_count_or_no_longer() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    for person in [&bob, &cem] {
        person.agrees(note).await;
    }
    bob.does(unsay(note)).await;
    bob.does(unsay(note)).await;
    bob.until(|view| view.mine().same_here.is_empty()).await;
    workshop.reveal().await;
    is_told(&ann, note, 1).await;
    cem.does(unsay(note)).await;
    workshop.catches_up(&ann).await;
    assert_eq!(count(&ann, note), 1);
    workshop.reveal().await;
    is_told(&ann, note, 0).await;
}

#[tokio::test]
async fn only_what_everybody_sees_can_be_agreed_to() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let held = with_a_note(&ann, &workshop).await;
    let reason = Reason::OffTopic;
    let hold = Command::HoldNote { note: held, reason };
    workshop.facilitator.does(hold).await;
    let waiting = ann.posts("Not yet seen").await;
    for note in [held, waiting, fresh::note()] {
        assert_eq!(bob.denied(say(note)).await, Denied::NoSuchNote);
    }
}

#[tokio::test]
async fn what_was_said_under_a_seal_stays_and_nobody_can_say_more() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    bob.agrees(note).await;
    bob.until(|view| view.mine().same_here == [note]).await;
    workshop.go_to(Phase::Cluster).await;
    is_told(&ann, note, 1).await;
    bob.until(|view| view.mine().same_here.is_empty()).await;
    let phase = Phase::Cluster;
    assert_eq!(cem.denied(say(note)).await, Denied::WrongPhase { phase });
    workshop.go_to(Phase::Write).await;
    for person in [&ann, &bob, &cem] {
        assert_eq!(person.denied(say(note)).await, Denied::SameHereOver);
    }
    workshop.catches_up(&ann).await;
    assert_eq!(count(&ann, note), 1);
}

#[tokio::test]
async fn whoever_agreed_did_not_agree_to_a_rewrite() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    bob.agrees(note).await;
    workshop.reveal().await;
    is_told(&cem, note, 1).await;
    ann.edits(note, "Dr Smith is to blame").await;
    workshop.catches_up(&cem).await;
    assert_eq!(count(&cem, note), 1, "the former text is still there");
    workshop.reveal().await;
    cem.until(|view| view.shows("Dr Smith is to blame")).await;
    is_told(&cem, note, 0).await;
    bob.until(|view| view.mine().same_here.is_empty()).await;
    bob.agrees(note).await;
    workshop.reveal().await;
    is_told(&cem, note, 1).await;
}

#[tokio::test]
async fn an_erased_note_takes_its_number_with_it() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    bob.agrees(note).await;
    workshop.reveal().await;
    is_told(&ann, note, 1).await;
    let reason = Reason::OffTopic;
    workshop
        .facilitator
        .does(Command::EraseNote { note, reason })
        .await;
    is_told(&ann, note, 0).await;
    bob.until(|view| view.mine().same_here.is_empty()).await;
}

#[tokio::test]
async fn a_reply_is_not_agreed_to() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["One"]).await;
    let [ann, bob] = workshop.participants().await;
    workshop.go_to(Phase::Discuss).await;
    let answer = fresh::note();
    ann.does(reply(answer, Item::Note(note), "So it is")).await;
    workshop.go_to(Phase::Write).await;
    bob.until(|view| view.shows("So it is")).await;
    assert_eq!(bob.denied(say(answer)).await, Denied::NoSuchNote);
}
