mod pending;

use candour_page::state::Kept;
use candour_shared::document::WriterId;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{Cursor, Frame, FrameKind, Store};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::wall::Wall;

use super::*;

/// A board of a ready template, in a phase.
pub(in crate::view) fn wall(phase: Phase) -> Wall {
    let mut settings = Template::WorkingTogether.settings(Language::English);
    settings.title = "Winter".into();
    let dates = ["2026-10-01", "2026-10-31"]
        .map(|day| day.parse().unwrap())
        .into();
    let mut wall = Wall::opened(WriterId(7), &settings, &Vec::new(), dates);
    wall.edit().set_phase(phase);
    wall
}

/// A participant's page of a board.
pub(in crate::view) fn page_of(wall: &Wall) -> State {
    let cursor = Cursor {
        generation: 1,
        sequence: 1,
    };
    let frame = Frame::encode_update(FrameKind::Snapshot, Store::Wall, cursor, &wall.state());
    let mut state = State::new(Role::Participant, Kept::default());
    state.take_frame(&frame).unwrap();
    state
}

fn content(category: u8, aspect: Option<u8>) -> Content {
    let text = "Letters come late".to_owned();
    Content::new(category, text).about(aspect)
}

#[test]
fn a_note_carries_the_names_of_its_category_and_aspect() {
    let settings = Template::WorkingTogether.settings(Language::English);
    let said = Said::of(&content(1, Some(1)), &settings);
    assert_eq!(said.category, "Pressures");
    assert_eq!(said.colour, Colour::Amber);
    assert_eq!(said.aspect.as_deref(), Some("Technology"));
    assert_eq!(Said::of(&content(9, None), &settings).colour, Colour::Slate);
}

#[test]
fn a_held_note_says_why_and_nothing_of_its_text() {
    let held = Note::Held(Reason::NamesAPerson);
    let view = NoteView::of(&held, &Template::Blank.settings(Language::English));
    assert_eq!(
        view.words(),
        "Held by a facilitator because it names or points at a person."
    );
}

#[test]
fn a_long_note_is_named_by_its_beginning() {
    let title = beginning(&"word ".repeat(40));
    assert!(title.ends_with("word…"), "{title}");
    assert!(title.chars().count() <= 61);
    assert_eq!(beginning("one\n two"), "one two");
}
