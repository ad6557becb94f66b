//! Frames that are sent a second time, by whoever can.

use candour_e2e::fresh;
use candour_e2e::workshop::{Workshop, content};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use candour_shared::protocol::ClientMessage;

use crate::raw::{Heard, Raw};

fn frames(commands: impl IntoIterator<Item = Command>) -> Vec<String> {
    let numbered = (0..).zip(commands);
    numbered
        .map(|(id, command)| ClientMessage::Command { id, command })
        .map(|message| serde_json::to_string(&message).unwrap())
        .collect()
}

/// Sends frames over several connections, each of them over every one before the next.
async fn everywhere(connections: &mut [Raw], frames: &[String]) -> Vec<Heard> {
    let mut heard = Vec::new();
    for frame in frames {
        for connection in &mut *connections {
            connection.says(frame).await;
        }
        for connection in &mut *connections {
            heard.push(connection.hears().await);
        }
    }
    heard
}

#[tokio::test]
async fn frames_that_are_sent_again_over_another_connection_change_nothing() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let (kept, withdrawn) = (fresh::note(), fresh::note());
    let post = |note, text: &str| Command::post_note(note, content(text));
    let frames = frames([
        post(kept, "The first words"),
        Command::edit_note(kept, content("The last words")),
        post(withdrawn, "Better unsaid"),
        Command::WithdrawNote { note: withdrawn },
    ]);
    let (api, board) = (&workshop.api, workshop.board());
    let mut own = [
        Raw::greeted(api, board, &ann.token).await,
        Raw::greeted(api, board, &ann.token).await,
    ];
    for heard in everywhere(&mut own, &frames).await {
        assert!(matches!(heard, Heard::Done(_)), "{heard:?}");
    }
    // Somebody on the way who joined as well knows the frames, but has another token.
    let mut thief = [Raw::greeted(api, board, &bob.token).await];
    let heard = everywhere(&mut thief, &frames).await;
    assert_eq!(heard[1], Heard::Refused(Some(1), Denied::NotYours));

    workshop.reveal().await;
    let alone = |view: &candour_e2e::view::View| {
        view.shows("The last words") && view.wall().read().note_count() == 1
    };
    bob.until(alone).await;
    workshop.go_to(Phase::Cluster).await;
    everywhere(&mut own, &frames).await;
    everywhere(&mut thief, &frames).await;
    workshop.catches_up(&bob).await;
    assert!(bob.sees(alone));
}

#[tokio::test]
async fn dots_that_are_placed_again_over_another_connection_are_the_same_dots() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let round = workshop.open_round(3, 3).await;
    let cast = |note, dots| Command::CastDots {
        round,
        item: candour_shared::ids::Item::Note(note),
        dots,
    };
    let frames = frames([cast(one, 2), cast(two, 1)]);
    let mut own = [
        Raw::greeted(&workshop.api, workshop.board(), &ann.token).await,
        Raw::greeted(&workshop.api, workshop.board(), &ann.token).await,
    ];
    for _ in 0..3 {
        for heard in everywhere(&mut own, &frames).await {
            assert!(matches!(heard, Heard::Done(_)), "{heard:?}");
        }
    }
    workshop
        .facilitator
        .does(Command::CloseRound { round })
        .await;
    ann.until(|view| {
        view.wall()
            .read()
            .round(round)
            .is_some_and(|round| round.totals.is_some())
    })
    .await;
    let totals = ann.sees(|view| view.wall().read().round(round).unwrap().totals.unwrap());
    let mut dots: Vec<u32> = totals.iter().map(|tally| tally.dots).collect();
    dots.sort_unstable();
    assert_eq!(dots, [1, 2]);
}
