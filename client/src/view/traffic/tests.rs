mod every;

use candour_page::traffic::Header;
use candour_shared::agenda::Step;
use candour_shared::backstage::BackstageNote;
use candour_shared::command::{Command, Move};
use candour_shared::commitment::Commitment;
use candour_shared::document::WriterId;
use candour_shared::ids::{ClusterId, CommitmentId, PageId, PulseId, RoundId, StepId, TimerId};
use candour_shared::layout::Point;
use candour_shared::moderation::{Action, Erasure, Ledger, Reason};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::{
    ClientMessage, Cursor, Drag, FILL, Frame, FrameKind, Hello, Mine, MyNote, Presence,
    ServerMessage, Store, filled,
};
use candour_shared::pulse::{Outcome, Pulse};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::time::Millis;
use candour_shared::voting::{Budget, Support, Tally};
use candour_shared::wall::{Cluster, Place, Round, Timer, Wall};
use serde::Serialize;

use super::fields::meaning;
use super::frames::received_json;
use super::*;
use crate::view::json::Readable;
use crate::view::tests::{page_of, wall};

const NOTE: NoteId = NoteId::from_bytes([1; 16]);
const CLUSTER: ClusterId = ClusterId::from_bytes([2; 16]);
const ROUND: RoundId = RoundId::from_bytes([3; 16]);
const TIMER: TimerId = TimerId::from_bytes([4; 16]);
const STEP: StepId = StepId::from_bytes([5; 16]);
const PULSE: PulseId = PulseId::from_bytes([6; 16]);
const COMMITMENT: CommitmentId = CommitmentId::from_bytes([7; 16]);
const PRESENCE: Presence = Presence {
    people: 7,
    participants: 5,
    ready: 2,
    spread: 500,
};
const AT: Point = Point { x: 1, y: 2 };
const CURSOR: Cursor = Cursor {
    generation: 1,
    sequence: 1,
};

fn content() -> Content {
    Content {
        category: 1,
        aspect: Some(0),
        text: "Letters come late".into(),
    }
}

fn step() -> Step {
    Step {
        phase: Phase::Write,
        title: "Private writing".into(),
        prompt: String::new(),
        minutes: 10,
        pulse: false,
    }
}

fn commitment() -> Commitment {
    Commitment {
        what: "Send letters the same day".into(),
        who: Some(0),
        when: "May".into(),
    }
}

/// A page of a board that is being written on.
fn page() -> State {
    page_of(&wall(Phase::Write))
}

/// A page that has posted a note.
fn posted() -> (State, String) {
    let mut page = page();
    let note = Command::PostNote {
        note: NOTE,
        content: content(),
        confirmed: false,
    };
    page.give(note).unwrap();
    let message = page.messages_to_send().remove(0);
    let text = filled(serde_json::to_string(&message).unwrap());
    page.remember_sent(&message, text.clone());
    page.hear(ServerMessage::Done { id: 0 }, Millis(0));
    (page, text)
}

fn stands(page: &mut State, state: NoteState) -> ItemView {
    let mine = Mine {
        notes: vec![MyNote {
            note: NOTE,
            content: content(),
            to: None,
            state,
        }],
        ..Mine::default()
    };
    page.hear(ServerMessage::Mine(mine), Millis(0));
    TrafficView::of(page).items.remove(0)
}

/// The first frame after the page's snapshot.
fn tick(payload: &[u8]) -> Vec<u8> {
    let cursor = Cursor {
        sequence: 2,
        ..CURSOR
    };
    Frame {
        kind: FrameKind::Tick,
        store: Store::Wall,
        cursor,
        is_compressed: false,
        payload,
    }
    .encode()
}

#[test]
fn a_waiting_note_shows_what_was_sent_and_that_nothing_has_gone_out() {
    let (mut page, text) = posted();
    let thing = stands(&mut page, NoteState::Waiting);
    assert_eq!(thing.title, "Your note “Letters come late”");
    assert_eq!(thing.reach, Reach::Nobody);
    assert!(thing.standing.contains("gone out to anybody yet"));
    let [frame] = &thing.frames[..] else {
        panic!("one frame: {:?}", thing.frames)
    };
    let told = format!("This page sent {FILL} bytes, ");
    assert!(frame.head.starts_with(&told), "{}", frame.head);
    let spaced = |text: &str| text.replace([' ', '\n'], "");
    assert_eq!(spaced(&frame.json), spaced(&text));
    let explained: Vec<&str> = frame.fields.iter().map(|(name, _)| name.as_str()).collect();
    let fields = [
        "id", "command", "note", "content", "category", "aspect", "text",
    ];
    assert_eq!(explained, fields);
}

#[test]
fn a_note_with_facilitators_shows_the_entry_they_have() {
    let (mut page, _) = posted();
    for (state, held) in [
        (NoteState::WithFacilitators, "\"held\": null"),
        (NoteState::Held(Reason::OffTopic), "\"held\": \"off_topic\""),
    ] {
        let thing = stands(&mut page, state);
        assert_eq!(thing.reach, Reach::Facilitators);
        let entry = thing.frames.last().unwrap();
        assert!(entry.head.starts_with("Facilitators"), "{}", entry.head);
        assert!(entry.json.contains(held), "{}", entry.json);
        assert!(entry.json.contains("Letters come late"));
    }
}

#[test]
fn a_released_note_shows_what_everybody_received() {
    let (mut page, _) = posted();
    let mut wall = Wall::new(WriterId(9));
    let mut edit = wall.edit();
    edit.put_note(NOTE, &Note::Said(content()));
    edit.put_place(NOTE, Place::Loose(AT));
    let payload = edit.finish().unwrap();
    let tick = tick(&payload);
    page.take_frame(&tick).unwrap();
    let thing = stands(&mut page, NoteState::Released);
    assert_eq!(thing.reach, Reach::Everybody);
    let frame = thing.frames.last().unwrap();
    let size = tick.len();
    assert_eq!(
        frame.head,
        format!("Everybody received, in a frame of {size} bytes")
    );
    for part in [
        "\"sequence\": 2",
        "\"map\": \"places\"",
        "Letters come late",
    ] {
        assert!(frame.json.contains(part), "{}", frame.json);
    }
    let view = TrafficView::of(&page);
    assert!(
        view.summary
            .contains("Others have received something of it"),
        "{}",
        view.summary
    );
}

#[test]
fn after_the_seal_a_note_still_says_who_has_received_it() {
    let (mut page, _) = posted();
    page.hear(ServerMessage::Mine(Mine::default()), Millis(0));
    let stands = |page: &State| TrafficView::of(page).items.remove(0);
    assert_eq!(stands(&page).reach, Reach::Nobody);
    let mut wall = Wall::new(WriterId(9));
    let mut edit = wall.edit();
    edit.put_note(NOTE, &Note::Said(content()));
    let payload = edit.finish().unwrap();
    page.take_frame(&tick(&payload)).unwrap();
    let thing = stands(&page);
    assert_eq!(thing.reach, Reach::Everybody);
    assert!(thing.standing.contains("nothing about who wrote it"));
}

#[test]
fn being_here_shows_the_number_of_people_that_everybody_received() {
    let mut page = page();
    let message = ServerMessage::Presence(PRESENCE);
    let text = serde_json::to_string(&message).unwrap();
    page.remember_told(&message, text, Millis(0));
    let view = TrafficView::of(&page);
    let here = view.items.last().unwrap();
    assert_eq!(here.about, Subject::Connection);
    assert_eq!(
        here.frames[0].json,
        "{\n  \"presence\": {\n    \"people\": 7,\n    \"participants\": 5,\n    \"ready\": 2,\n    \"spread\": 500\n  }\n}"
    );
}
