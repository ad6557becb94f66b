use candour_shared::command::Command;
use candour_shared::ids::NoteId;
use candour_shared::note::Content;
use candour_shared::policy::Role;
use candour_shared::protocol::{Mine, Presence, Welcome};
use candour_shared::time::Millis;

use super::*;
use crate::state::Kept;

const PAGE: PageId = PageId::from_bytes([6; 16]);
const SPREAD: u32 = 500;

fn connection() -> (Connection, State) {
    let state = State::new(Role::Participant, Kept::default());
    (Connection::new(PAGE, Pace::BROWSER, Millis(0)), state)
}

fn hear(
    connection: &mut Connection,
    state: &mut State,
    message: ServerMessage,
    now: Millis,
) -> Heard {
    let text = serde_json::to_string(&message).unwrap();
    connection.hear(state, message, text, now)
}

fn welcome(connection: &mut Connection, state: &mut State, now: Millis) -> Heard {
    let presence = Presence {
        spread: SPREAD,
        ..Presence::default()
    };
    let welcome = Welcome {
        role: Role::Participant,
        now: Millis(0),
        presence,
        mine: Mine::default(),
    };
    hear(connection, state, ServerMessage::Welcome(welcome), now)
}

fn post(state: &mut State, note: u8) {
    state.give_unchecked(Command::post_note(
        NoteId::from_bytes([note; 16]),
        Content::new(0, "Late letters"),
    ));
}

fn numbers(messages: Vec<ClientMessage>) -> Vec<u64> {
    let number = |message| match message {
        ClientMessage::Command { id, .. } => Some(id),
        ClientMessage::Hello { .. } | ClientMessage::Drags { .. } | ClientMessage::Ready { .. } => {
            None
        }
    };
    messages.into_iter().filter_map(number).collect()
}

#[test]
fn nothing_is_sent_before_the_welcome_and_everything_unanswered_again_after_the_next() {
    let (mut connection, mut state) = connection();
    post(&mut state, 1);
    post(&mut state, 2);
    assert_eq!(connection.to_send(&mut state), []);
    assert_eq!(
        welcome(&mut connection, &mut state, Millis(1)),
        Heard::Welcomed
    );
    assert_eq!(numbers(connection.to_send(&mut state)), [0, 1]);
    assert_eq!(
        hear(
            &mut connection,
            &mut state,
            ServerMessage::Done { id: 0 },
            Millis(2)
        ),
        Heard::Taken
    );
    assert!(matches!(
        connection.lose(None, Millis(3), 0.0),
        Next::Retry(500)
    ));
    post(&mut state, 3);
    assert_eq!(connection.to_send(&mut state), []);
    connection.connect(Millis(503));
    assert_eq!(connection.to_send(&mut state), []);
    welcome(&mut connection, &mut state, Millis(504));
    assert_eq!(numbers(connection.to_send(&mut state)), [1, 2]);
}

#[test]
fn what_the_server_could_not_take_waits_and_nothing_overtakes_it() {
    let (mut connection, mut state) = connection();
    welcome(&mut connection, &mut state, Millis(0));
    post(&mut state, 1);
    assert_eq!(numbers(connection.to_send(&mut state)), [0]);
    let refused = ServerMessage::Refused {
        id: Some(0),
        denied: Denied::Unavailable,
    };
    let heard = hear(&mut connection, &mut state, refused, Millis(10));
    let rest = Some(Pace::BROWSER.try_later);
    let denied = Denied::Unavailable;
    assert_eq!(heard, Heard::TryLater { denied, rest });
    post(&mut state, 2);
    assert_eq!(connection.to_send(&mut state), []);
    connection.go_on();
    assert_eq!(numbers(connection.to_send(&mut state)), [0, 1]);
}

#[test]
fn a_page_that_the_server_never_welcomed_asks_why() {
    let (mut connection, mut state) = connection();
    assert_eq!(connection.lose(None, Millis(0), 0.0), Next::AskWhy(500));
    connection.connect(Millis(500));
    welcome(&mut connection, &mut state, Millis(501));
    assert_eq!(connection.lose(None, Millis(502), 0.0), Next::Retry(500));
}

#[test]
fn who_was_too_slow_comes_back_at_once_but_only_once_in_a_row() {
    let (mut connection, mut state) = connection();
    welcome(&mut connection, &mut state, Millis(0));
    assert_eq!(
        connection.lose(Some(CloseReason::Resync), Millis(1), 0.0),
        Next::Retry(0)
    );
    connection.connect(Millis(1));
    welcome(&mut connection, &mut state, Millis(2));
    let again = connection.lose(Some(CloseReason::Resync), Millis(3), 0.0);
    assert_eq!(again, Next::Retry(500));
    connection.connect(Millis(503));
    welcome(&mut connection, &mut state, Millis(503));
    let later = connection.lose(Some(CloseReason::Resync), Millis(10_504), 0.0);
    assert_eq!(later, Next::Retry(0), "it was steady");
}

#[test]
fn what_is_over_stays_over() {
    let (mut connection, mut state) = connection();
    welcome(&mut connection, &mut state, Millis(0));
    assert_eq!(
        connection.lose(Some(CloseReason::Deleted), Millis(1), 0.0),
        Next::Over
    );
    assert_eq!(connection.lose(None, Millis(2), 0.0), Next::Over);
    assert_eq!(connection.standing(), Standing::Ended(Ending::Deleted));
}

#[test]
fn a_connection_is_dead_when_an_answer_or_everything_stays_out() {
    let (mut connection, mut state) = connection();
    assert!(!connection.is_dead(PATIENCE));
    assert!(connection.is_dead(PATIENCE + Millis(1)), "no welcome");
    let start = Millis(20_000);
    welcome(&mut connection, &mut state, start);
    assert!(!connection.is_dead(start + SILENCE));
    assert!(connection.is_dead(start + SILENCE + Millis(1)));
    let heard = start + SILENCE + Millis(1);
    hear(&mut connection, &mut state, ServerMessage::StillHere, heard);
    assert!(!connection.is_dead(heard));
    let hello = connection.hello(&state);
    connection.sent(&mut state, &hello, String::new(), heard);
    assert!(connection.is_dead(heard + PATIENCE + Millis(1)));
}
