//! The life of a note, from its author to everyone.

use candour_e2e::fresh;
use candour_e2e::workshop::{Person, Workshop, content};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use candour_shared::protocol::{FrameKind, NoteState, Store};
use candour_shared::wall::Place;

#[tokio::test]
async fn a_note_is_its_authors_alone_until_the_reveal() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("The letter comes after the patient").await;
    let state = |person: &Person| person.sees(|view| view.state_of(note));
    ann.until(|view| view.state_of(note) == Some(NoteState::Waiting))
        .await;

    // Whoever comes now, and whoever asks for something now, would be told of it too.
    let newcomer = workshop.participant(1).await;
    bob.posts("Another one").await;
    for other in [&bob, &newcomer, &workshop.facilitator, &workshop.organiser] {
        assert_eq!(state(other), None);
        other.sees(|view| {
            assert!(!view.ever_received("The letter comes after the patient"));
            assert!(!view.ever_received(&note.to_string()));
        });
    }

    workshop.reveal().await;
    for everyone in [&ann, &bob, &newcomer, &workshop.facilitator] {
        everyone
            .until(|view| view.shows("The letter comes after the patient"))
            .await;
    }
    ann.until(|view| view.state_of(note) == Some(NoteState::Released))
        .await;
    assert_eq!(state(&bob), None);
}

#[tokio::test]
async fn a_reveal_shows_all_notes_in_one_frame() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    for number in 0..7 {
        ann.posts(&format!("Ann's note {number}")).await;
        bob.posts(&format!("Bob's note {number}")).await;
    }
    workshop.reveal().await;
    bob.until(|view| view.wall().read().note_count() == 14)
        .await;
    bob.sees(|view| {
        let with_notes: Vec<_> = view
            .changes
            .iter()
            .filter(|change| change.notes > 0)
            .collect();
        assert_eq!(with_notes.len(), 1, "{with_notes:?}");
        assert_eq!(with_notes[0].kind, FrameKind::Tick);
        assert_eq!(with_notes[0].store, Store::Wall);
    });
}

#[tokio::test]
async fn revealed_notes_lie_apart_from_each_other() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    for number in 0..10 {
        ann.posts(&format!("Note {number}")).await;
    }
    workshop.reveal().await;
    ann.until(|view| view.wall().read().note_count() == 10)
        .await;
    ann.sees(|view| {
        let places: Vec<_> = view
            .wall()
            .read()
            .places()
            .map(|(_, place)| place)
            .collect();
        for (index, place) in places.iter().enumerate() {
            assert!(!places[..index].contains(place), "{places:?}");
        }
    });
}

#[tokio::test]
async fn neither_places_nor_ids_tell_in_which_order_notes_were_written() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let mut written = Vec::new();
    for number in 0..20 {
        written.push(ann.posts(&format!("Note {number}")).await);
    }
    workshop.reveal().await;
    ann.until(|view| view.wall().read().note_count() == 20)
        .await;
    let mut laid: Vec<_> = ann.sees(|view| view.wall().read().places().collect());
    laid.sort_by_key(|(_, place)| match place {
        Place::Loose(at) => (at.y, at.x),
        Place::In { .. } | Place::Under(_) => panic!("{place:?}"),
    });
    let laid: Vec<_> = laid.into_iter().map(|(note, _)| note).collect();
    // Any one order comes about by chance once in 20! reveals.
    assert_ne!(laid, written);
    let mut by_id = written.clone();
    by_id.sort_unstable();
    assert_ne!(laid, by_id);
}

#[tokio::test]
async fn a_note_rewritten_before_the_reveal_shows_only_its_last_words() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Nobody answers the pone").await;
    ann.edits(note, "Nobody answers the phone").await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Nobody answers the phone"))
        .await;
    assert!(!bob.sees(|view| view.ever_received("Nobody answers the pone")));
}

#[tokio::test]
async fn a_note_taken_back_before_the_reveal_never_shows() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("I should not have said this").await;
    ann.posts("I say this").await;
    ann.does(Command::WithdrawNote { note }).await;
    ann.until(|view| view.state_of(note).is_none()).await;

    // A late repeat of the first post must not bring it back.
    let content = content("I should not have said this");
    ann.does(Command::post_note(note, content)).await;
    workshop.reveal().await;
    bob.until(|view| view.shows("I say this")).await;
    assert_eq!(bob.sees(|view| view.wall().read().note_count()), 1);
    assert!(!bob.sees(|view| view.ever_received("I should not have said this")));
}

#[tokio::test]
async fn a_rewrite_of_a_released_note_waits_for_the_next_reveal() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Too many meetings").await;
    workshop.reveal().await;
    ann.edits(note, "Too many meetings without a decision")
        .await;
    ann.until(|view| view.state_of(note) == Some(NoteState::RewriteWaiting))
        .await;
    bob.posts("Another one").await;
    bob.sees(|view| {
        assert!(view.shows("Too many meetings"));
        assert!(!view.ever_received("Too many meetings without a decision"));
    });

    workshop.reveal().await;
    bob.until(|view| view.shows("Too many meetings without a decision"))
        .await;
    assert!(!bob.sees(|view| view.shows("Too many meetings")));
}

#[tokio::test]
async fn a_released_note_taken_back_goes_at_the_next_reveal() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("Too many meetings").await;
    workshop.reveal().await;
    ann.does(Command::WithdrawNote { note }).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::WithdrawalWaiting))
        .await;
    bob.posts("Another one").await;
    assert!(bob.sees(|view| view.shows("Too many meetings")));

    workshop.reveal().await;
    bob.until(|view| !view.shows("Too many meetings")).await;
    ann.until(|view| view.state_of(note).is_none()).await;
}

#[tokio::test]
async fn nobody_can_touch_or_find_out_about_somebody_elses_note() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("The letter comes after the patient").await;
    for note in [note, fresh::note()] {
        for other in [&bob, &workshop.facilitator, &workshop.organiser] {
            let edit = Command::edit_note(note, content("Not what Ann said"));
            assert_eq!(other.denied(edit).await, Denied::NotYours);
            let withdraw = Command::WithdrawNote { note };
            assert_eq!(other.denied(withdraw).await, Denied::NotYours);
        }
    }
    workshop.reveal().await;
    bob.until(|view| view.shows("The letter comes after the patient"))
        .await;
}

#[tokio::test]
async fn two_pages_of_one_person_show_the_same_notes() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let again = Person::with(&workshop.api, workshop.board(), &ann.token).await;
    let note = ann.posts("Written on the phone").await;
    again
        .until(|view| view.state_of(note) == Some(NoteState::Waiting))
        .await;
    again.edits(note, "Rewritten on the laptop").await;
    let rewritten = "Rewritten on the laptop";
    ann.until(|view| {
        view.mine()
            .notes
            .iter()
            .any(|it| it.content.text == rewritten)
    })
    .await;
}

#[tokio::test]
async fn leaving_the_phase_write_reveals_what_waits() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    ann.posts("Said at the last moment").await;
    workshop.go_to(Phase::Cluster).await;
    bob.until(|view| view.shows("Said at the last moment"))
        .await;
}

#[tokio::test]
async fn private_writing_moves_no_number_that_others_receive() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    workshop.catches_up(&bob).await;
    let note = ann.posts("A private note").await;
    ann.edits(note, "A private note, rewritten").await;
    ann.posts("Another one").await;
    workshop.catches_up(&bob).await;
    let wall = bob.sees(|view| {
        let of_wall = view
            .changes
            .iter()
            .filter(|change| change.store == Store::Wall);
        of_wall
            .map(|change| change.cursor.sequence)
            .collect::<Vec<_>>()
    });
    assert!(
        wall.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "gaps in {wall:?}"
    );
}
