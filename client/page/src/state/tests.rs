use candour_shared::command::Move;
use candour_shared::ids::{ClusterId, RoundId};
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::protocol::{Frame, FrameKind, Store};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::time::Millis;
use candour_shared::voting::{Budget, Tally};
use candour_shared::wall::{Note, Place, Round};

use super::*;

mod history;
mod traffic;

const NOW: Millis = Millis(1_000_000);
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
            ["2026-10-01", "2026-10-31"]
                .map(|day| day.parse().unwrap())
                .into(),
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

/// Where a note is shown.
#[derive(Debug, PartialEq, Eq)]
enum Spot {
    Loose(Point),
    Dragged(Point),
}

fn spot(page: &State, note: NoteId) -> Option<Spot> {
    match (page.dragged_to(Item::Note(note)), page.place(note)?) {
        (Some(at), _) => Some(Spot::Dragged(at)),
        (None, Place::Loose(at)) => Some(Spot::Loose(at)),
        (None, Place::In { .. } | Place::Under(_)) => None,
    }
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
        Some(Refused::ForGood(Denied::Locked))
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
    assert_eq!(answer, Some(Refused::ForNow(Denied::Unavailable)));
    assert_eq!(sent(&mut page), first);
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
fn a_drag_by_somebody_else_ends_where_a_snapshot_has_the_note_elsewhere() {
    let mut server = Server::open(Phase::Cluster);
    server.place(note(1), Place::Loose(at(0)));
    server.place(note(2), Place::Loose(at(5)));
    let mut page = server.page(Role::Participant);
    let drags = [1, 2].map(|n| Drag {
        item: Item::Note(note(n)),
        at: at(20),
    });
    page.hear(ServerMessage::Drags(drags.to_vec()), NOW);
    server.place(note(1), Place::Loose(at(40)));
    page.take_frame(&server.snapshot()).unwrap();
    assert_eq!(spot(&page, note(1)), Some(Spot::Loose(at(40))));
    assert_eq!(spot(&page, note(2)), Some(Spot::Dragged(at(20))));
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
