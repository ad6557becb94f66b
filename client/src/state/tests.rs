use candour_shared::command::Move;
use candour_shared::ids::{ClusterId, RoundId};
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::protocol::{Frame, FrameKind, MyNote, MyVotes, NoteState, Store};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::voting::{Budget, Tally};
use candour_shared::wall::{Cluster, Note, Place, Round};

use super::*;
use crate::view::mine::{BallotView, MyState, my_notes};
use crate::view::{ClusterView, Spot, spot};

mod history;
mod traffic;

const NOW: i64 = 1_000_000;
const PAGE: PageId = PageId::from_bytes([6; 16]);

/// The server's side of a board, as far as a page sees it.
struct Server {
    wall: Wall,
    at: Cursor,
}

impl Server {
    fn open(phase: Phase) -> Self {
        let mut settings = Template::WorkingTogether.settings(Language::English);
        settings.title = "Winter".into();
        let mut wall = Wall::opened(
            WriterId(7),
            &settings,
            &Vec::new(),
            ("2026-10-01", "2026-10-31"),
        );
        wall.edit().set_phase(phase);
        let at = Cursor {
            generation: 1,
            sequence: 1,
        };
        Self { wall, at }
    }

    fn snapshot(&self) -> Vec<u8> {
        self.frame(FrameKind::Snapshot, &self.wall.state())
    }

    fn tick(&mut self, change: impl FnOnce(&mut Self) -> Option<Vec<u8>>) -> Vec<u8> {
        let update = change(self).unwrap();
        self.at.sequence += 1;
        self.frame(FrameKind::Tick, &update)
    }

    fn place(&mut self, id: NoteId, place: Place) -> Vec<u8> {
        self.tick(|server| {
            let mut edit = server.wall.edit();
            edit.put_note(id, &Note::Said(content("A note")));
            edit.put_place(id, place);
            edit.finish()
        })
    }

    fn frame(&self, kind: FrameKind, update: &[u8]) -> Vec<u8> {
        Frame::encode_update(kind, Store::Wall, self.at, update)
    }

    fn page(&self, role: Role) -> State {
        let mut state = State::new(role, Kept::default());
        state.take_frame(&self.snapshot()).unwrap();
        state
    }
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

fn move_note(n: u8, to: Point) -> Command {
    let item = Item::Note(note(n));
    Command::Move {
        moves: vec![Move { item, to }],
    }
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
fn a_moved_note_is_shown_at_its_new_place_at_once_and_stays_there_once_done() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    page.give(move_note(1, at(50))).unwrap();
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(50))));
    let id = sent(&mut page)[0];
    let frame = server.place(note(1), Place::Loose(at(50)));
    page.take_frame(&frame).unwrap();
    assert_eq!(page.hear(ServerMessage::Done { id }, NOW), None);
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(50))));
    assert!(page.pending().is_empty());
}

#[test]
fn a_refused_move_puts_the_note_back_and_says_why() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    let to = at(50);
    page.give(move_note(1, to)).unwrap();
    let id = Some(sent(&mut page)[0]);
    page.take_changes();
    let denied = Denied::Locked;
    let refused = ServerMessage::Refused { id, denied };
    assert_eq!(
        page.hear(refused, NOW),
        Some(Answer::Refused(Denied::Locked))
    );
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(0))));
    assert!(page.take_changes().notes.contains(&note(1)));
}

#[test]
fn a_refused_note_gives_its_text_back_and_keeps_it_over_a_reload() {
    let server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    let said = content("The letter comes late");
    page.give(Command::post_note(note(1), said.clone()))
        .unwrap();
    let phase = Phase::Cluster;
    let refused = ServerMessage::Refused {
        id: Some(sent(&mut page)[0]),
        denied: Denied::WrongPhase { phase },
    };
    page.hear(refused, NOW);
    let kept = serde_json::to_string(&page.to_keep()).unwrap();
    let mut reloaded = State::new(Role::Participant, serde_json::from_str(&kept).unwrap());
    let returned = reloaded.take_returned(note(1)).unwrap();
    assert_eq!(returned.content, said);
    let phase = Phase::Cluster;
    assert_eq!(returned.denied, Denied::WrongPhase { phase });
    assert!(reloaded.returned().is_empty());
}

#[test]
fn a_passing_refusal_keeps_the_command_and_sends_it_again() {
    let server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
    page.give(Command::post_note(note(1), content("Kept")))
        .unwrap();
    let first = sent(&mut page);
    let (id, denied) = (Some(first[0]), Denied::Unavailable);
    let answer = page.hear(ServerMessage::Refused { id, denied }, NOW);
    assert_eq!(answer, Some(Answer::TryLater(Denied::Unavailable)));
    assert_eq!(sent(&mut page), first);
}

#[test]
fn a_note_is_saving_until_the_server_says_done() {
    let server = Server::open(Phase::Write);
    let mut page = server.page(Role::Participant);
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
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    server.place(note(2), Place::Loose(at(300)));
    let mut page = server.page(Role::Participant);
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
    let mut server = Server::open(Phase::Cluster);
    for (n, group) in [(1, 7), (2, 7), (3, 8), (4, 8)] {
        let place = Place::In {
            cluster: cluster(group),
            order: u32::from(n),
        };
        server.place(note(n), place);
    }
    let mut edit = server.wall.edit();
    for (n, name) in [(7, ""), (8, "Beds")] {
        let named = Cluster {
            name: name.into(),
            at: at(0),
        };
        edit.put_cluster(cluster(n), &named);
    }
    drop(edit);
    let mut page = server.page(Role::Participant);
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
    let mut server = Server::open(Phase::Vote);
    let round = RoundId::from_bytes([5; 16]);
    let open = Round::new(1, "", Budget::default());
    server.wall.edit().put_round(round, &open);
    let mut page = server.page(Role::Participant);
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

#[test]
fn a_tick_of_another_generation_asks_for_everything() {
    let mut server = Server::open(Phase::Cluster);
    let mut page = server.page(Role::Participant);
    server.at.generation = 2;
    let frame = server.place(note(1), Place::Loose(at(0)));
    assert_eq!(page.take_frame(&frame), Err(OutOfStep));
    page.ask_for_everything();
    page.take_frame(&server.snapshot()).unwrap();
    assert_eq!(page.note_ids(), [note(1)]);
    let ClientMessage::Hello { hello } = page.hello(PAGE) else {
        panic!("a hello")
    };
    assert_eq!(hello.wall, Some(server.at));
}

#[test]
fn a_snapshot_takes_away_what_is_gone_and_keeps_what_is_pending() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    server.place(note(2), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    let to = at(9);
    page.give(move_note(2, to)).unwrap();
    page.take_changes();
    server.wall.edit().remove_note(note(1));
    server.wall = server.wall.rebuilt(WriterId(8));
    server.at.generation += 1;
    page.take_frame(&server.snapshot()).unwrap();
    assert_eq!(page.note_ids(), [note(2)]);
    assert_eq!(spot(&page, note(2)), Some(Spot::Loose(to)));
    assert!(page.take_changes().notes.contains(&note(1)));
}

#[test]
fn a_drag_by_somebody_else_ends_where_the_note_is_dropped() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    let item = Item::Note(note(1));
    let drag = Drag { item, at: at(20) };
    page.hear(ServerMessage::Drags(vec![drag]), NOW);
    assert_eq!(spot(&page, note(1)), Some(Spot::Dragged(at(20))));
    let frame = server.place(note(1), Place::Loose(at(40)));
    page.take_frame(&frame).unwrap();
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(40))));
}

#[test]
fn ones_own_drag_is_shown_over_everything_until_it_ends() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    let mut page = server.page(Role::Participant);
    let moved = move_note(1, at(10));
    page.give(moved).unwrap();
    page.take_changes();
    let item = Item::Note(note(1));
    page.drag_own(vec![Drag { item, at: at(20) }], NOW);
    assert_eq!(spot(&page, note(1)), Some(Spot::Dragged(at(20))));
    assert!(page.take_changes().notes.contains(&note(1)));
    page.end_own_drag(NOW);
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(10))));
    assert!(page.take_changes().notes.contains(&note(1)));
}

#[test]
fn what_the_policy_refuses_is_never_sent() {
    let server = Server::open(Phase::Lobby);
    let mut page = server.page(Role::Participant);
    let posted = page.give(Command::post_note(note(1), content("Too early")));
    let phase = Phase::Lobby;
    assert_eq!(posted, Err(Denied::WrongPhase { phase }));
    assert_eq!(sent(&mut page), Vec::<u64>::new());
}

#[test]
fn a_page_that_is_reloaded_without_a_network_shows_the_board_as_it_was_and_asks_for_the_rest() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    let page = server.page(Role::Participant);
    let mut reloaded = State::new(Role::Participant, Kept::default());
    reloaded.restore(&page.copy().unwrap()).unwrap();
    assert_eq!(spot(&reloaded, note(1)), Some(Spot::Loose(at(0))));
    assert_eq!(reloaded.hello(PAGE), page.hello(PAGE));
    let frame = server.place(note(1), Place::Loose(at(50)));
    reloaded.take_frame(&frame).unwrap();
    assert_eq!(spot(&reloaded, note(1)), Some(Spot::Loose(at(50))));
}
