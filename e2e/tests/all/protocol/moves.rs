//! Moving many things at once.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::Workshop;
use candour_shared::command::{Command, MOVES, Move};
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId};
use candour_shared::layout::{FARTHEST, Point};
use candour_shared::wall::Place;

fn at(number: i32) -> Point {
    Point {
        x: 300 * number,
        y: -500,
    }
}

fn moves(items: impl IntoIterator<Item = Item>) -> Command {
    let moves = items.into_iter().zip(0..).map(|(item, number)| Move {
        item,
        to: at(number),
    });
    Command::Move {
        moves: moves.collect(),
    }
}

fn place(view: &View, note: NoteId) -> Option<Place> {
    view.wall().read().place(note)
}

#[tokio::test]
async fn many_things_go_to_their_places_in_one_frame() {
    let workshop = Workshop::start().await;
    let [a, b, c, d] = workshop.with_notes(["A", "B", "C", "D"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &[a, b]).await;
    workshop.catches_up(&bob).await;
    let before = bob.sees(|view| view.changes.len());
    let many = [Item::Note(c), Item::Cluster(cluster), Item::Note(d)];
    ann.does(moves(many)).await;
    bob.until(|view| place(view, d) == Some(Place::Loose(at(2))))
        .await;
    bob.sees(|view| {
        assert_eq!(place(view, c), Some(Place::Loose(at(0))));
        assert_eq!(view.wall().read().cluster(cluster).unwrap().at, at(1));
        assert_eq!(view.members(cluster), [a, b]);
        assert_eq!(view.changes.len(), before + 1);
    });
}

#[tokio::test]
async fn a_note_that_is_moved_leaves_its_cluster() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["A", "B", "C"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    ann.does(moves([Item::Note(notes[1])])).await;
    bob.until(|view| view.members(cluster) == [notes[0], notes[2]])
        .await;
    // The last one ends it.
    ann.does(moves([Item::Note(notes[0]), Item::Note(notes[2])]))
        .await;
    bob.until(|view| view.wall().read().cluster(cluster).is_none())
        .await;
}

#[tokio::test]
async fn what_is_gone_meanwhile_is_left_out() {
    let workshop = Workshop::start().await;
    let [a, b, c] = workshop.with_notes(["A", "B", "C"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &[a, b]).await;
    let dissolve = Command::DissolveCluster { cluster };
    ann.does(dissolve).await;
    let gone = [Item::Cluster(cluster), Item::Note(fresh::note())];
    ann.does(moves(gone.into_iter().chain([Item::Note(c)])))
        .await;
    bob.until(|view| place(view, c) == Some(Place::Loose(at(2))))
        .await;
    let denied = ann.denied(moves([gone[1]])).await;
    assert_eq!(denied, Denied::NoSuchNote);
    let denied = ann.denied(moves([gone[0]])).await;
    assert_eq!(denied, Denied::NoSuchCluster);
}

#[tokio::test]
async fn as_many_things_as_can_be_are_moved_as_far_as_can_be() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["A"]).await;
    let [ann] = workshop.participants().await;
    let to = Point {
        x: -FARTHEST,
        y: -FARTHEST,
    };
    let gone = (1..MOVES).map(|_| Item::Cluster(fresh::cluster()));
    let moves = gone.chain([Item::Note(note)]).map(|item| Move { item, to });
    ann.does(Command::Move {
        moves: moves.collect(),
    })
    .await;
    ann.until(|view| place(view, note) == Some(Place::Loose(to)))
        .await;
}

#[tokio::test]
async fn only_so_many_things_are_moved_at_once_and_none_off_the_board() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["A"]).await;
    let [ann] = workshop.participants().await;
    let limit = MOVES;
    let too_many = moves(vec![Item::Note(note); limit + 1]);
    assert_eq!(ann.denied(too_many).await, Denied::Full { limit });
    let before = ann.sees(|view| place(view, note));
    let off = Command::Move {
        moves: [
            at(0),
            Point {
                x: FARTHEST + 1,
                y: 0,
            },
        ]
        .map(|to| Move {
            item: Item::Note(note),
            to,
        })
        .to_vec(),
    };
    let limit = FARTHEST.unsigned_abs();
    assert_eq!(ann.denied(off).await, Denied::OutOfRange { limit });
    assert_eq!(ann.sees(|view| place(view, note)), before);
    ann.does(moves(vec![Item::Note(note); MOVES])).await;
    let last = at(MOVES as i32 - 1);
    ann.until(|view| place(view, note) == Some(Place::Loose(last)))
        .await;
}
