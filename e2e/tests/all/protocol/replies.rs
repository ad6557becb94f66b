//! Replies: notes under notes and clusters, while people discuss.

mod ends;

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop, content, move_note, reply};
use candour_shared::checks::REPLY_CHARS;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::protocol::NoteState;
use candour_shared::wall::{Note, Place};

/// A board on which people discuss, with a cluster of two notes and a loose note.
struct Discussion {
    workshop: Workshop,
    cluster: ClusterId,
    members: [NoteId; 2],
    loose: NoteId,
}

impl Discussion {
    async fn start() -> Self {
        let workshop = Workshop::start().await;
        let [one, two, loose] = workshop.with_notes(["One", "Two", "Three"]).await;
        let facilitator = &workshop.facilitator;
        let cluster = facilitator.clusters("Letters", &[one, two]).await;
        workshop.go_to(Phase::Discuss).await;
        Self {
            workshop,
            cluster,
            members: [one, two],
            loose,
        }
    }
}

fn place(view: &View, note: NoteId) -> Option<Place> {
    view.wall().read().place(note)
}

async fn lies(person: &Person, note: NoteId, to: Item) {
    person
        .until(|view| place(view, note) == Some(Place::Under(to)))
        .await;
}

#[tokio::test]
async fn a_reply_is_its_authors_alone_until_the_reveal() {
    let Discussion {
        workshop,
        cluster,
        loose,
        ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    for (to, text) in [
        (Item::Cluster(cluster), "They come after the patient"),
        (Item::Note(loose), "Nobody picks up"),
    ] {
        let note = ann.replies(to, text).await;
        ann.until(|view| {
            let mine = view.mine().notes.iter().find(|mine| mine.note == note);
            mine.is_some_and(|mine| mine.to == Some(to) && mine.state == NoteState::Waiting)
        })
        .await;
        for other in [&bob, &workshop.facilitator] {
            workshop.catches_up(other).await;
            other.sees(|view| {
                assert!(!view.ever_received(text));
                assert!(!view.ever_received(&note.to_string()));
            });
        }
        workshop.reveal().await;
        for everyone in [&ann, &bob, &workshop.facilitator] {
            lies(everyone, note, to).await;
            assert!(everyone.sees(|view| view.shows(text)));
        }
        ann.until(|view| view.state_of(note) == Some(NoteState::Released))
            .await;
        assert_eq!(bob.sees(|view| view.state_of(note)), None);
    }
}

#[tokio::test]
async fn the_frame_of_a_reveal_does_not_tell_in_which_order_replies_were_written() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let mut written = Vec::new();
    for number in 0..15 {
        let text = format!("Reply number {number}.");
        ann.replies(Item::Note(loose), &text).await;
        written.push(text);
    }
    workshop.reveal().await;
    bob.until(|view| view.shows(&written[0])).await;
    let found = |text: &str| {
        bob.sees(|view| {
            let place = |frame: &Vec<u8>| {
                let mut places = frame.windows(text.len());
                places.position(|part| part == text.as_bytes())
            };
            view.received.iter().find_map(place).unwrap()
        })
    };
    let places: Vec<usize> = written.iter().map(|text| found(text)).collect();
    // Any one order comes about by chance once in 15! reveals.
    assert!(!places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn leaving_the_discussion_reveals_and_seals() {
    for to in [Phase::Cluster, Phase::Write, Phase::Closed] {
        let Discussion {
            workshop, loose, ..
        } = Discussion::start().await;
        let [ann, bob] = workshop.participants().await;
        let note = ann.replies(Item::Note(loose), "Nobody picks up").await;
        ann.until(|view| view.state_of(note).is_some()).await;
        workshop.go_to(to).await;
        lies(&bob, note, Item::Note(loose)).await;
        ann.until(|view| view.mine().notes.is_empty()).await;
        // The answer to the reply was lost, and the phase moved on since.
        ann.does(reply(note, Item::Note(loose), "Nobody picks up"))
            .await;
        let phase = to;
        let another = reply(fresh::note(), Item::Note(loose), "Too late");
        assert_eq!(ann.denied(another).await, Denied::WrongPhase { phase });
    }
}

#[tokio::test]
async fn what_was_written_in_write_is_nobodys_any_more_in_the_discussion() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("One").await;
    workshop.go_to(Phase::Discuss).await;
    ann.until(|view| view.phase() == Phase::Discuss && view.mine().notes.is_empty())
        .await;
    let edit = Command::edit_note(note, content("Two"));
    assert_eq!(ann.denied(edit).await, Denied::NotYours);
    let withdraw = Command::WithdrawNote { note };
    assert_eq!(ann.denied(withdraw).await, Denied::NotYours);
}

#[tokio::test]
async fn under_pre_moderation_facilitators_see_replies_first() {
    let Discussion {
        workshop, cluster, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    facilitator
        .does(Command::SetPreModeration { on: true })
        .await;
    let to = Item::Cluster(cluster);
    let note = ann.replies(to, "They come after the patient").await;
    workshop.reveal().await;
    facilitator
        .until(|view| {
            let waiting = view.backstage().read().note(note);
            waiting.is_some_and(|waiting| waiting.to == Some(to))
        })
        .await;
    ann.until(|view| view.state_of(note) == Some(NoteState::WithFacilitators))
        .await;
    workshop.catches_up(&bob).await;
    assert!(!bob.sees(|view| view.ever_received("They come after the patient")));
    let notes = vec![note];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    lies(&bob, note, to).await;
}

#[tokio::test]
async fn a_reply_can_be_held_rewritten_and_released_in_its_place() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let to = Item::Note(loose);
    let note = ann.replies(to, "Dr Smith never picks up").await;
    workshop.reveal().await;
    lies(&bob, note, to).await;
    let reason = Reason::NamesAPerson;
    let facilitator = &workshop.facilitator;
    facilitator.does(Command::HoldNote { note, reason }).await;
    bob.until(|view| view.wall().read().note(note) == Some(Note::Held(reason)))
        .await;
    assert_eq!(bob.sees(|view| place(view, note)), Some(Place::Under(to)));
    ann.until(|view| {
        let mine = view.mine().notes.iter().find(|mine| mine.note == note);
        mine.is_some_and(|mine| mine.to == Some(to) && mine.state == NoteState::Held(reason))
    })
    .await;
    let newcomer = workshop.participant(1).await;
    assert!(!newcomer.sees(|view| view.ever_received("Dr Smith never picks up")));

    ann.edits(note, "Nobody picks up").await;
    workshop.reveal().await;
    let waits = |view: &View| view.backstage().read().note(note).map(|it| it.content.text);
    facilitator
        .until(|view| waits(view).as_deref() == Some("Nobody picks up"))
        .await;
    let notes = vec![note];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    bob.until(|view| view.shows("Nobody picks up")).await;
    assert_eq!(bob.sees(|view| place(view, note)), Some(Place::Under(to)));
}

#[tokio::test]
async fn an_erased_reply_is_nowhere() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let to = Item::Note(loose);
    let note = ann.replies(to, "Dr Smith never picks up").await;
    workshop.reveal().await;
    lies(&bob, note, to).await;
    let reason = Reason::NamesAPerson;
    workshop
        .facilitator
        .does(Command::EraseNote { note, reason })
        .await;
    bob.until(|view| view.wall().read().note(note).is_none() && place(view, note).is_none())
        .await;
    ann.until(|view| view.mine().notes.is_empty()).await;
    // A late repeat must not bring it back.
    ann.does(reply(note, to, "Dr Smith never picks up")).await;
    workshop.reveal().await;
    workshop.catches_up(&bob).await;
    assert!(!bob.sees(|view| view.shows("Dr Smith never picks up")));
}

#[tokio::test]
async fn a_reply_is_rewritten_and_taken_back_like_a_note() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let to = Item::Note(loose);
    let private = ann.replies(to, "Better not").await;
    let note = ann.replies(to, "Nobody picks pu").await;
    ann.edits(note, "Nobody picks up").await;
    ann.does(Command::WithdrawNote { note: private }).await;
    ann.until(|view| view.state_of(private).is_none()).await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Nobody picks up")).await;
    bob.sees(|view| {
        assert!(!view.ever_received("Better not"));
        assert!(!view.ever_received("Nobody picks pu"));
    });
    for other in [&bob, &workshop.facilitator] {
        let withdraw = Command::WithdrawNote { note };
        assert_eq!(other.denied(withdraw).await, Denied::NotYours);
    }
    ann.edits(note, "Somebody picks up").await;
    ann.until(|view| view.state_of(note) == Some(NoteState::RewriteWaiting))
        .await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Somebody picks up")).await;
    lies(&bob, note, to).await;
    ann.does(Command::WithdrawNote { note }).await;
    ann.until(|view| view.state_of(note) == Some(NoteState::WithdrawalWaiting))
        .await;
    workshop.reveal().await;
    bob.until(|view| place(view, note).is_none()).await;
}

#[tokio::test]
async fn a_reply_keeps_its_limits_also_when_it_is_rewritten() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann] = workshop.participants().await;
    let to = Item::Note(loose);
    let limit = REPLY_CHARS;
    let post = |text: &str| reply(fresh::note(), to, text);
    let long = "é".repeat(limit + 1);
    assert_eq!(ann.denied(post(&long)).await, Denied::TooLong { limit });
    assert_eq!(ann.denied(post(" \n ")).await, Denied::Empty);
    let nhs = ann.denied(post("See 943 476 5919")).await;
    assert_eq!(nhs, Denied::LooksLikeNhsNumber);
    let note = ann.replies(to, &"é".repeat(limit)).await;
    for _ in 0..2 {
        let edit = Command::edit_note(note, content(&long));
        assert_eq!(ann.denied(edit).await, Denied::TooLong { limit });
        // And once it was released.
        workshop.reveal().await;
    }
    let paused = Command::PausePosting { paused: true };
    workshop.facilitator.does(paused).await;
    assert_eq!(ann.denied(post("Now")).await, Denied::PostingPaused);
    ann.does(Command::WithdrawNote { note }).await;
}

#[tokio::test]
async fn only_what_lies_on_the_board_is_replied_to() {
    let Discussion {
        workshop, loose, ..
    } = Discussion::start().await;
    let [ann, bob] = workshop.participants().await;
    let waiting = ann.replies(Item::Note(loose), "Not yet seen").await;
    let nowhere = fresh::cluster();
    for (to, denied) in [
        (Item::Note(waiting), Denied::NoSuchNote),
        (Item::Note(fresh::note()), Denied::NoSuchNote),
        (Item::Cluster(nowhere), Denied::NoSuchCluster),
    ] {
        let post = reply(fresh::note(), to, "So it is");
        assert_eq!(bob.denied(post).await, denied);
    }
    workshop.reveal().await;
    let to_a_reply = reply(fresh::note(), Item::Note(waiting), "So it is");
    assert_eq!(bob.denied(to_a_reply).await, Denied::NoSuchNote);
}

#[tokio::test]
async fn a_reply_is_neither_moved_nor_clustered_nor_voted_on() {
    let board = Discussion::start().await;
    let workshop = &board.workshop;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let to = Item::Note(board.loose);
    let note = ann.replies(to, "So it is").await;
    workshop.reveal().await;
    lies(&ann, note, to).await;
    let far = candour_shared::layout::Point { x: 4_000, y: 4_000 };
    for command in [
        move_note(note, far),
        Command::AddToCluster {
            cluster: board.cluster,
            note,
        },
        Command::MakeCluster {
            cluster: fresh::cluster(),
            note,
            onto: board.loose,
        },
        Command::MakeCluster {
            cluster: fresh::cluster(),
            note: board.loose,
            onto: note,
        },
    ] {
        assert_eq!(facilitator.denied(command).await, Denied::NoSuchNote);
    }
    let round = workshop.open_round(3, 3).await;
    let dots = Command::CastDots {
        round,
        item: Item::Note(note),
        dots: 1,
    };
    assert_eq!(ann.denied(dots).await, Denied::NoSuchItem);
    lies(&ann, note, to).await;
}
