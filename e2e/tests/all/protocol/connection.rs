//! Coming, going and coming back.

use candour_e2e::view::{Change, View};
use candour_e2e::workshop::{Workshop, content, move_note, signal};
use candour_shared::command::Command;
use candour_shared::ids::{Item, NoteId};
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::protocol::{
    ClientMessage, CloseReason, Cursor, Drag, FrameKind, MAX_DRAGS, Store,
};
use candour_shared::wall::Place;

use crate::raw::{self, Heard, Raw};

#[tokio::test]
async fn a_reconnecting_participant_sees_what_was_revealed_meanwhile() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    bob.drops_connection().await;
    ann.posts("The letter comes after the patient").await;
    workshop.reveal().await;
    bob.comes_back().await;
    bob.until(|view| view.shows("The letter comes after the patient"))
        .await;
}

#[tokio::test]
async fn whoever_comes_back_gets_the_ticks_since_and_nothing_else() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    workshop.facilitator.does(signal("First")).await;
    bob.until(|view| view.signal() == "First").await;
    bob.drops_connection().await;
    for text in ["Second", "Third"] {
        workshop.facilitator.does(signal(text)).await;
    }
    ann.posts("Nothing on the Wall changes by this").await;
    let had = bob.sees(|view| view.cursor(Store::Wall));
    bob.comes_back().await;
    bob.until(|view| view.signal() == "Third").await;
    bob.sees(|view| {
        let since: Vec<_> = view.changes.iter().filter(|it| it.welcome == 2).collect();
        assert_eq!(since.len(), 2, "{since:?}");
        let mut last = had.unwrap();
        for change in since {
            assert_eq!(change.kind, FrameKind::Tick);
            assert!(change.cursor > last);
            last = change.cursor;
        }
        assert_eq!(view.faults, [""; 0]);
    });
}

#[tokio::test]
async fn whoever_is_up_to_date_gets_no_document_again() {
    let workshop = Workshop::start().await;
    let [bob] = workshop.participants().await;
    let note = bob.posts("Mine").await;
    for person in [&bob, &workshop.facilitator] {
        person.drops_connection().await;
        person.comes_back().await;
    }
    // A repeat changes nothing, and its answer comes after everything that was sent before.
    let content = content("Mine");
    for person in [&bob, &workshop.facilitator] {
        let content = content.clone();
        person.does(Command::post_note(note, content)).await;
        let again = |view: &View| {
            view.changes
                .iter()
                .filter(|it| it.welcome == 2)
                .copied()
                .collect::<Vec<_>>()
        };
        assert_eq!(person.sees(again), []);
    }
}

#[tokio::test]
async fn what_a_page_says_on_a_former_connection_is_not_taken_once_it_has_come_back() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("As it was").await;
    let hello = raw::hello();
    let connect = async || {
        let mut page = Raw::open(&workshop.api, workshop.board(), &ann.token).await;
        page.says(&hello).await;
        page.goes_on().await;
        page
    };
    let mut former = connect().await;
    let mut present = connect().await;
    let command = Command::edit_note(note, content("Said before the connection was lost"));
    let late = ClientMessage::Command { id: 1_000, command };
    former.says(&serde_json::to_string(&late).unwrap()).await;
    assert_eq!(
        former.hears().await,
        Heard::Closed(Some(CloseReason::Resync))
    );
    present.goes_on().await;
    workshop.catches_up(&ann).await;
    ann.sees(|view| {
        assert_eq!(view.welcomes, 1, "another page of theirs was cut off");
        let mut texts = view.mine().notes.iter().map(|mine| &mine.content.text);
        assert!(texts.any(|text| text == "As it was"));
    });
}

#[tokio::test]
async fn a_newcomer_gets_the_board_whole() {
    let workshop = Workshop::start().await;
    workshop.with_notes(["One", "Two"]).await;
    let newcomer = workshop.participant(0).await;
    newcomer.sees(|view| {
        assert!(view.shows("One") && view.shows("Two"));
        assert_eq!(view.changes[0].kind, FrameKind::Snapshot);
        assert_eq!(view.phase(), Phase::Cluster);
    });
}

#[tokio::test]
async fn what_is_done_offline_is_saved_in_order_on_return() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    ann.drops_connection().await;
    let offline = async {
        let note = ann.posts("Written in the lift").await;
        ann.edits(note, "Written in the lift, and corrected").await;
    };
    let return_ = async {
        ann.until(|view| view.pending() > 0).await;
        ann.comes_back().await;
    };
    tokio::join!(offline, return_);
    workshop.reveal().await;
    bob.until(|view| view.shows("Written in the lift, and corrected"))
        .await;
    assert_eq!(bob.sees(|view| view.wall().read().note_count()), 1);
}

#[tokio::test]
async fn a_drag_is_seen_by_others_and_kept_by_nobody() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["The letter"]).await;
    let [ann, bob] = workshop.participants().await;
    let before = bob.sees(|view| view.wall().read().place(note));
    let cursor = bob.sees(|view| view.cursor(Store::Wall));
    let drag = Drag {
        item: Item::Note(note),
        at: Point { x: 700, y: -300 },
    };
    ann.client.drag(&[drag]).await.unwrap();
    bob.until(|view| view.drags == [drag]).await;
    let newcomer = workshop.participant(2).await;
    newcomer.sees(|view| {
        assert_eq!(view.wall().read().place(note), before);
        assert_eq!(view.drags, []);
        assert_eq!(view.cursor(Store::Wall), cursor, "a drag became a tick");
    });
}

#[tokio::test]
async fn a_newcomer_to_a_busy_board_gets_it_whole_and_not_its_history() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["The letter"]).await;
    let [ann, bob] = workshop.participants().await;
    for step in 0..400 {
        ann.does(move_note(note, Point { x: step, y: 0 })).await;
    }
    workshop.catches_up(&bob).await;
    let bytes = |view: &View| view.received.iter().map(Vec::len).sum::<usize>();
    let stayed = bob.sees(bytes);
    let newcomer = workshop.participant(2).await;
    newcomer.sees(|view| {
        let place = view.wall().read().place(note);
        assert_eq!(place, Some(Place::Loose(Point { x: 399, y: 0 })));
        let came = bytes(view);
        assert!(came < 20_000, "{came} bytes came; who stayed got {stayed}");
    });
}

#[tokio::test]
async fn things_dragged_together_are_seen_together_up_to_a_limit() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    workshop.go_to(Phase::Cluster).await;
    bob.until(|view| view.phase() == Phase::Cluster).await;
    let drags: Vec<Drag> = (0..=MAX_DRAGS)
        .map(|number| Drag {
            item: Item::Note(NoteId::from_bytes((number as u128).to_be_bytes())),
            at: Point { x: 0, y: 0 },
        })
        .collect();
    ann.client.drag(&drags).await.unwrap();
    bob.until(|view| view.drags == drags[..MAX_DRAGS]).await;
}

#[tokio::test]
async fn people_are_counted_as_they_come_and_go() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann, bob] = workshop.participants().await;
    ann.until(|view| view.presence().people == 4).await;
    bob.drops_connection().await;
    ann.until(|view| view.presence().people == 3).await;
    bob.comes_back().await;
    ann.until(|view| view.presence().people == 4).await;
    bob.until(|view| view.presence().people == 4).await;
}

#[tokio::test]
async fn a_deleted_board_says_goodbye_and_is_gone() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let organiser = &workshop.organiser;
    let deleted = workshop
        .api
        .delete(workshop.board(), &organiser.token)
        .await;
    deleted.unwrap();
    for person in [&ann, organiser, &workshop.facilitator] {
        person
            .until(|view| view.close_reason == Some(CloseReason::Deleted))
            .await;
    }
    let export = workshop.api.export(workshop.board(), &organiser.token);
    assert!(export.await.is_err());
}

#[tokio::test]
async fn a_server_that_stops_asks_everyone_to_come_back() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    workshop.server.stop().await.unwrap();
    ann.until(|view| view.close_reason == Some(CloseReason::Restarting))
        .await;
}

#[tokio::test]
async fn a_cursor_of_a_former_generation_gets_the_board_whole() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    bob.drops_connection().await;
    ann.posts("One").await;
    workshop.go_to(Phase::Cluster).await;
    bob.comes_back().await;
    bob.until(|view| view.shows("One")).await;
    bob.sees(|view| {
        let since: Vec<_> = view.changes.iter().filter(|it| it.welcome == 2).collect();
        assert_eq!(since.len(), 1, "{since:?}");
        assert_eq!(since[0].kind, FrameKind::Snapshot);
        let generations: Vec<_> = view.changes.iter().map(generation).collect();
        assert!(generations.is_sorted(), "{generations:?}");
        assert!(generations.first() < generations.last());
    });
}

fn generation(change: &Change) -> u32 {
    let Cursor { generation, .. } = change.cursor;
    generation
}
