//! Holding, releasing and erasing notes.

use candour_e2e::fresh;
use candour_e2e::server::on_disk;
use candour_e2e::view::View;
use candour_e2e::workshop::Workshop;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::NoteId;
use candour_shared::moderation::{Action, LedgerLine, Reason};
use candour_shared::protocol::{NoteState, Store};
use candour_shared::wall::Note;

#[tokio::test]
async fn a_held_note_is_told_to_its_author_who_can_rewrite_it() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Dr Smith never calls back").await;
    workshop.reveal().await;
    let reason = Reason::NamesAPerson;
    let facilitator = &workshop.facilitator;
    facilitator.does(Command::HoldNote { note, reason }).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Held(reason)))
        .await;
    bob.until(|view| view.wall().read().note(note) == Some(Note::Held(reason)))
        .await;
    assert_eq!(bob.sees(|view| view.state_of(note)), None);

    ann.edits(note, "Nobody calls back").await;
    workshop.reveal().await;
    facilitator
        .until(|view| waits(view, note, "Nobody calls back"))
        .await;
    ann.until(|view| view.state_of(note) == Some(NoteState::WithFacilitators))
        .await;
    assert!(!bob.sees(|view| view.ever_received("Nobody calls back")));

    let notes = vec![note];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    bob.until(|view| view.shows("Nobody calls back")).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Released))
        .await;
}

#[tokio::test]
async fn a_held_note_can_be_released_as_it_is() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Fair, on second thought").await;
    workshop.reveal().await;
    let reason = Reason::Disrespectful;
    let facilitator = &workshop.facilitator;
    facilitator.does(Command::HoldNote { note, reason }).await;
    bob.until(|view| !view.shows("Fair, on second thought"))
        .await;
    let notes = vec![note];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    bob.until(|view| view.shows("Fair, on second thought"))
        .await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Released))
        .await;
}

#[tokio::test]
async fn under_pre_moderation_facilitators_see_notes_first() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    facilitator
        .does(Command::SetPreModeration { on: true })
        .await;
    bob.until(|view| view.wall().read().pre_moderation()).await;
    let note = ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    facilitator
        .until(|view| waits(view, note, "The letter comes after the patient"))
        .await;
    ann.until(|view| view.state_of(note) == Some(NoteState::WithFacilitators))
        .await;
    bob.posts("Another one").await;
    bob.sees(|view| {
        assert_eq!(view.wall().read().note_count(), 0);
        assert!(!view.ever_received("The letter comes after the patient"));
    });

    let notes = vec![note];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    bob.until(|view| view.shows("The letter comes after the patient"))
        .await;
    assert_eq!(
        facilitator.sees(|view| view.backstage().read().note(note)),
        None
    );
}

#[tokio::test]
async fn a_waiting_note_can_be_held_and_erased_unseen() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    facilitator
        .does(Command::SetPreModeration { on: true })
        .await;
    let note = ann.posts("Mrs Jones in bed four").await;
    workshop.reveal().await;
    let reason = Reason::PatientDetail;
    facilitator.does(Command::HoldNote { note, reason }).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Held(reason)))
        .await;
    facilitator.does(Command::EraseNote { note, reason }).await;
    ann.until(|view| view.state_of(note).is_none()).await;
    facilitator
        .until(|view| view.backstage().read().note(note).is_none())
        .await;
    bob.posts("Another one").await;
    bob.sees(|view| {
        assert!(!view.ever_received("Mrs Jones in bed four"));
        assert!(!view.ever_received(&note.to_string()));
    });
}

#[tokio::test]
async fn an_erased_note_is_gone_from_everywhere() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Mrs Jones in bed four").await;
    ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Mrs Jones in bed four")).await;
    let reason = Reason::PatientDetail;
    let facilitator = &workshop.facilitator;
    facilitator.does(Command::EraseNote { note, reason }).await;
    for person in [&ann, &bob, facilitator] {
        person
            .until(|view| view.wall().read().note(note).is_none())
            .await;
    }
    ann.until(|view| view.state_of(note).is_none()).await;
    assert_eq!(bob.sees(|view| view.wall().read().place(note)), None);
    let erase = Command::EraseNote { note, reason };
    facilitator.does(erase).await;

    let newcomer = workshop.participant(0).await;
    assert!(!newcomer.sees(|view| view.ever_received("Mrs Jones in bed four")));
    let folder = workshop.server.stop().await.unwrap();
    assert!(on_disk(folder.path(), "The letter comes after the patient").unwrap());
    assert!(!on_disk(folder.path(), "Mrs Jones in bed four").unwrap());
}

#[tokio::test]
async fn facilitators_actions_are_counted_by_reason() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let [first, second] = [ann.posts("One").await, ann.posts("Two").await];
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    let reason = Reason::Duplicate;
    for note in [first, second] {
        facilitator.does(Command::HoldNote { note, reason }).await;
    }
    let notes = vec![first];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    let note = second;
    facilitator.does(Command::EraseNote { note, reason }).await;
    let line = |action, count| LedgerLine {
        action,
        reason: Some(reason),
        count,
    };
    let lines = [
        line(Action::Held, 2),
        line(Action::Released, 1),
        line(Action::Erased, 1),
    ];
    facilitator
        .until(|view| view.backstage().read().ledger().0 == lines)
        .await;
    let export = workshop
        .api
        .export(workshop.board(), &workshop.organiser.token);
    assert_eq!(export.await.unwrap().moderation.0, lines);
}

#[tokio::test]
async fn what_is_not_there_can_be_neither_held_nor_released_nor_erased() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let private = ann.posts("Not revealed yet").await;
    let reason = Reason::OffTopic;
    for note in [private, fresh::note()] {
        for command in [
            Command::HoldNote { note, reason },
            Command::EraseNote { note, reason },
            Command::ReleaseNotes { notes: vec![note] },
        ] {
            let denied = workshop.facilitator.denied(command).await;
            assert_eq!(denied, Denied::NoSuchNote);
        }
    }
}

#[tokio::test]
async fn participants_never_receive_the_backstage() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    let reason = Reason::OffTopic;
    let facilitator = &workshop.facilitator;
    facilitator.does(Command::HoldNote { note, reason }).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::Held(reason)))
        .await;
    ann.sees(|view| {
        assert_eq!(view.cursor(Store::Backstage), None);
        assert!(view.changes.iter().all(|it| it.store == Store::Wall));
    });
    assert_ne!(facilitator.sees(|view| view.cursor(Store::Backstage)), None);
}

fn waits(view: &View, note: NoteId, text: &str) -> bool {
    let waiting = view.backstage().read().note(note);
    waiting.is_some_and(|it| it.content.text == text && it.held.is_none())
}
