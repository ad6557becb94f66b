//! A board on which something is pending.

use candour_page::State;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId};
use candour_shared::layout::Point;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::{ClientMessage, Mine, MyNote, MyVotes, NoteState, ServerMessage};
use candour_shared::time::Millis;
use candour_shared::voting::{Budget, Tally};
use candour_shared::wall::{Cluster, Note, Place, Round, Wall};

use super::{page_of, wall};
use crate::view::mine::{BallotView, MyState, my_notes};
use crate::view::{ClusterView, Spot, spot};

const NOW: Millis = Millis(1_000_000);

fn put_place(wall: &mut Wall, id: NoteId, place: Place) {
    let mut edit = wall.edit();
    edit.put_note(id, &Note::Said(content("A note")));
    edit.put_place(id, place);
}

fn note(n: u8) -> NoteId {
    NoteId::from_bytes([n; 16])
}

fn cluster(n: u8) -> ClusterId {
    ClusterId::from_bytes([n; 16])
}

fn content(text: &str) -> Content {
    Content::new(0, text)
}

fn at(x: i32) -> Point {
    Point { x, y: 0 }
}

fn sent(state: &mut State) -> Vec<u64> {
    let messages = state.messages_to_send().into_iter();
    messages
        .filter_map(|message| match message {
            ClientMessage::Command { id, .. } => Some(id),
            ClientMessage::Hello { .. }
            | ClientMessage::Drags { .. }
            | ClientMessage::Ready { .. } => None,
        })
        .collect()
}

#[test]
fn a_note_is_saving_until_the_server_says_done() {
    let wall = wall(Phase::Write);
    let mut page = page_of(&wall);
    let settings = page.settings().unwrap().clone();
    page.give(Command::post_note(note(1), content("Mine")))
        .unwrap();
    assert_eq!(my_notes(&page, &settings)[0].state, MyState::Saving);
    let mine = Mine {
        notes: vec![MyNote {
            note: note(1),
            content: content("Mine"),
            to: None,
            state: NoteState::Waiting,
        }],
        ..Mine::default()
    };
    let id = sent(&mut page)[0];
    page.hear(ServerMessage::Mine(mine), NOW);
    page.hear(ServerMessage::Done { id }, NOW);
    let notes = my_notes(&page, &settings);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].state, MyState::Saved(NoteState::Waiting));
}

#[test]
fn dropping_a_note_on_a_note_shows_a_group_of_both_where_the_lower_one_lay() {
    let mut wall = wall(Phase::Cluster);
    put_place(&mut wall, note(1), Place::Loose(at(0)));
    put_place(&mut wall, note(2), Place::Loose(at(300)));
    let mut page = page_of(&wall);
    page.give(Command::MakeCluster {
        cluster: cluster(9),
        note: note(1),
        onto: note(2),
    })
    .unwrap();
    page.give(Command::NameCluster {
        cluster: cluster(9),
        name: "Letters".into(),
    })
    .unwrap();
    assert_eq!(page.cluster_ids(), [cluster(9)]);
    let view = ClusterView::of(&page, cluster(9)).unwrap();
    assert_eq!(view.members, [note(2), note(1)]);
    assert_eq!(view.title, "Letters");
    assert_eq!(page.cluster(cluster(9)).unwrap().at, at(300));
}

#[test]
fn merging_and_dissolving_move_every_note() {
    let mut wall = wall(Phase::Cluster);
    for (n, group) in [(1, 7), (2, 7), (3, 8), (4, 8)] {
        let place = Place::In {
            cluster: cluster(group),
            order: u32::from(n),
        };
        put_place(&mut wall, note(n), place);
    }
    let mut edit = wall.edit();
    for (n, name) in [(7, ""), (8, "Beds")] {
        let named = Cluster {
            name: name.into(),
            at: at(0),
        };
        edit.put_cluster(cluster(n), &named);
    }
    drop(edit);
    let mut page = page_of(&wall);
    page.give(Command::MergeClusters {
        from: cluster(8),
        into: cluster(7),
    })
    .unwrap();
    assert_eq!(page.cluster_ids(), [cluster(7)]);
    let merged = ClusterView::of(&page, cluster(7)).unwrap();
    assert_eq!(merged.members, [1, 2, 3, 4].map(note));
    assert_eq!(merged.name, "Beds");
    page.give(Command::DissolveCluster {
        cluster: cluster(7),
    })
    .unwrap();
    assert_eq!(page.cluster_ids(), Vec::<ClusterId>::new());
    assert!(matches!(spot(&page, note(4)), Some(Spot::Loose(_))));
}

#[test]
fn dots_are_counted_with_the_pending_ones_and_never_exceed_the_budget() {
    let mut wall = wall(Phase::Vote);
    let round = RoundId::from_bytes([5; 16]);
    let open = Round {
        number: 1,
        question: String::new(),
        budget: Budget::default(),
        among: Vec::new(),
        totals: None,
        support: Vec::new(),
    };
    wall.edit().put_round(round, &open);
    let mut page = page_of(&wall);
    let item = |n| Item::Note(note(n));
    let cast = |n, dots| Command::CastDots {
        round,
        item: item(n),
        dots,
    };
    let votes = MyVotes {
        round,
        dots: vec![Tally {
            item: item(1),
            dots: 2,
        }],
    };
    let mine = Mine {
        votes: Some(votes),
        ..Mine::default()
    };
    page.hear(ServerMessage::Mine(mine), NOW);
    page.give(cast(2, 2)).unwrap();
    let ballot = BallotView::of(&page).unwrap();
    assert_eq!((ballot.left(), ballot.on(item(2))), (1, 2));
    assert_eq!(page.give(cast(3, 2)), Err(Denied::OverBudget { dots: 5 }));
    page.give(cast(1, 0)).unwrap();
    assert_eq!(BallotView::of(&page).unwrap().left(), 3);
}
