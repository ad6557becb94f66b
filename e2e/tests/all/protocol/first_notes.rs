//! Notes that a board begins with.

use candour_e2e::api::Api;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Person, content, participants_link, settings};
use candour_shared::agenda::{MAX_STEPS, STEP_MINUTES, Step};
use candour_shared::checks::{CLUSTER_CHARS, NAME_CHARS, NOTE_CHARS, PROMPT_CHARS, TITLE_CHARS};
use candour_shared::command::Command;
use candour_shared::denied::{Denied, SettingsFault, SettingsPart};
use candour_shared::http::MAX_FIRST_NOTES;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::settings::{Category, Colour, MAX_CATEGORIES, MAX_ORGANISATIONS};
use candour_shared::wall::Place;

use crate::refusal::refusal;

#[tokio::test]
async fn a_board_begins_with_notes_that_are_nobodys() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let notes: Vec<Content> = (0..MAX_FIRST_NOTES)
        .map(|number| content(&format!(" Note {number} ")))
        .collect();
    let created = api.create_with(&settings(), &notes).await.unwrap();
    let board = created.board;
    let ann = Person::joins(&api, board, participants_link(&created), Some(0)).await;
    let organiser = Person::joins(&api, board, &created.organiser, None).await;
    ann.sees(|view| {
        assert_eq!(view.phase(), Phase::Lobby);
        assert_eq!(view.wall().read().note_count(), MAX_FIRST_NOTES);
        assert!((0..MAX_FIRST_NOTES).all(|number| view.shows(&format!("Note {number}"))));
        let places: Vec<_> = view
            .wall()
            .read()
            .places()
            .map(|(_, place)| place)
            .collect();
        for (index, place) in places.iter().enumerate() {
            assert!(matches!(place, Place::Loose(_)), "{place:?}");
            assert!(!places[..index].contains(place), "{places:?}");
        }
    });
    let to = Phase::Write;
    let write = candour_e2e::workshop::move_phase(Phase::Lobby, to);
    organiser.does(write).await;
    let note = ann.sees(|view| view.note_saying("Note 0")).unwrap();
    for person in [&ann, &organiser] {
        let edit = Command::edit_note(note, content("Mine"));
        assert_eq!(person.denied(edit).await, Denied::NotYours);
        let agree = Command::SameHere { note, on: true };
        assert_eq!(person.denied(agree).await, Denied::SameHereOver);
        assert!(person.sees(|view| view.mine().notes.is_empty()));
    }
}

#[tokio::test]
async fn a_board_opens_with_everything_as_long_and_as_many_as_can_be() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let long = |chars: usize| "\u{1F3E5}".repeat(chars);
    let names = |count: usize| {
        let named = |number| format!("{number:03}{}", long(NAME_CHARS - 3));
        (0..count).map(named).collect::<Vec<_>>()
    };
    let mut settings = settings();
    settings.title = long(TITLE_CHARS);
    settings.organisations = names(MAX_ORGANISATIONS);
    settings.aspects = names(MAX_CATEGORIES);
    let category = |name| Category {
        name,
        colour: Colour::Rose,
    };
    settings.categories = names(MAX_CATEGORIES).into_iter().map(category).collect();
    let step = Step::new(Phase::Write, long(CLUSTER_CHARS))
        .asking(long(PROMPT_CHARS))
        .lasting(STEP_MINUTES)
        .on_a_scale();
    settings.agenda = vec![step; MAX_STEPS];
    let notes = vec![content(&long(NOTE_CHARS)); MAX_FIRST_NOTES];
    let created = api.create_with(&settings, &notes).await.unwrap();
    let link = participants_link(&created);
    let ann = Person::joins(&api, created.board, link, Some(0)).await;
    let count = ann.sees(|view| view.wall().read().note_count());
    assert_eq!(count, MAX_FIRST_NOTES);
}

#[tokio::test]
async fn notes_that_could_not_be_written_are_not_begun_with() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let limit = NOTE_CHARS;
    let mut unknown = content("Fine");
    unknown.category = 3;
    for (note, denied) in [
        (content(" "), Denied::Empty),
        (content(&"é".repeat(limit + 1)), Denied::TooLong { limit }),
        (content("See 943 476 5919"), Denied::LooksLikeNhsNumber),
        (unknown, Denied::NoSuchCategory),
    ] {
        let notes = [content("Fine"), note];
        let (status, refused) = refusal(api.create_with(&settings(), &notes).await);
        assert_eq!(refused, denied);
        assert!((400..500).contains(&status), "{status}");
    }
    let notes = vec![content("Fine"); MAX_FIRST_NOTES + 1];
    let fault = SettingsFault::TooMany {
        part: SettingsPart::Note,
        limit: MAX_FIRST_NOTES,
    };
    let refused = refusal(api.create_with(&settings(), &notes).await);
    assert_eq!(refused, (400, Denied::BadSettings { fault }));
}
