//! Flags.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop};
use candour_shared::backstage::Flag;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::NoteId;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;

fn flag(note: NoteId) -> Command {
    Command::FlagNote { note }
}

async fn sees(facilitator: &Person, note: NoteId, flag: Option<Flag>) {
    facilitator
        .until(|view| view.backstage().read().flag(note) == flag)
        .await;
}

/// A revealed note of somebody.
async fn with_a_note(ann: &Person, workshop: &Workshop) -> NoteId {
    let note = ann.posts("Dr Smith never calls back").await;
    workshop.reveal().await;
    ann.until(|view| view.said(note).is_some()).await;
    note
}

#[tokio::test]
async fn facilitators_learn_of_a_flag_and_nobody_else() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let projector = workshop.projector().await;
    let note = with_a_note(&ann, &workshop).await;
    let others = [&ann, &cem, &projector];
    for person in others {
        workshop.catches_up(person).await;
    }
    let before = others.map(|person| person.sees(View::frames));
    bob.does(flag(note)).await;
    for moderator in [&workshop.facilitator, &workshop.organiser] {
        sees(moderator, note, Some(Flag::Raised)).await;
    }
    // Nor of what facilitators make of it.
    let settle = Command::SettleFlag { note };
    workshop.facilitator.does(settle).await;
    sees(&workshop.organiser, note, Some(Flag::Settled)).await;
    for (signals, (person, before)) in (1..).zip(others.into_iter().zip(before)) {
        workshop.catches_up(person).await;
        let came = person.sees(View::frames) - before;
        assert_eq!(came, signals, "something else than the signals");
        assert_eq!(person.sees(|view| view.cursor(Store::Backstage)), None);
    }
}

#[tokio::test]
async fn neither_who_flags_nor_how_often_makes_a_difference() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    let facilitator = &workshop.facilitator;
    bob.does(flag(note)).await;
    sees(facilitator, note, Some(Flag::Raised)).await;
    workshop.catches_up(facilitator).await;
    let changes = |person: &Person| person.sees(|view| view.changes.len());
    let before = changes(facilitator);
    for person in [&bob, &cem, &ann] {
        person.does(flag(note)).await;
    }
    workshop.catches_up(facilitator).await;
    assert_eq!(changes(facilitator), before + 1, "the signal");
}

#[tokio::test]
async fn what_was_looked_at_stays_so_until_it_says_something_else() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = with_a_note(&ann, &workshop).await;
    let facilitator = &workshop.facilitator;
    bob.does(flag(note)).await;
    facilitator.does(Command::SettleFlag { note }).await;
    sees(facilitator, note, Some(Flag::Settled)).await;
    bob.does(flag(note)).await;
    workshop.catches_up(facilitator).await;
    sees(facilitator, note, Some(Flag::Settled)).await;

    ann.edits(note, "Dr Smith never ever calls back").await;
    workshop.reveal().await;
    sees(facilitator, note, None).await;
    bob.does(flag(note)).await;
    sees(facilitator, note, Some(Flag::Raised)).await;
    // A rewrite does not take away what nobody has looked at.
    ann.edits(note, "Dr Smith!").await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Dr Smith!")).await;
    workshop.catches_up(facilitator).await;
    sees(facilitator, note, Some(Flag::Raised)).await;
}

#[tokio::test]
async fn holding_and_erasing_settle_a_flag_for_good() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let held = with_a_note(&ann, &workshop).await;
    let erased = with_a_note(&ann, &workshop).await;
    let facilitator = &workshop.facilitator;
    for note in [held, erased] {
        bob.does(flag(note)).await;
        sees(facilitator, note, Some(Flag::Raised)).await;
    }
    let reason = Reason::NamesAPerson;
    facilitator
        .does(Command::HoldNote { note: held, reason })
        .await;
    facilitator
        .does(Command::EraseNote {
            note: erased,
            reason,
        })
        .await;
    for note in [held, erased] {
        sees(facilitator, note, None).await;
    }
    bob.does(flag(held)).await;
    assert_eq!(bob.denied(flag(erased)).await, Denied::NoSuchNote);
    workshop.catches_up(facilitator).await;
    sees(facilitator, held, None).await;
}

#[tokio::test]
async fn nobody_finds_out_by_flags_what_they_can_not_see() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let waiting = ann.posts("Not yet seen").await;
    for note in [waiting, fresh::note()] {
        assert_eq!(bob.denied(flag(note)).await, Denied::NoSuchNote);
        let settle = Command::SettleFlag { note };
        workshop.facilitator.does(settle).await;
    }
}

#[tokio::test]
async fn harm_can_be_flagged_when_everything_is_closed() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["Dr Smith never calls back"]).await;
    let [ann] = workshop.participants().await;
    workshop.go_to(Phase::Closed).await;
    ann.does(flag(note)).await;
    sees(&workshop.facilitator, note, Some(Flag::Raised)).await;
}
