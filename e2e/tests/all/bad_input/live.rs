//! Over the live connection.

use candour_e2e::PATIENCE;
use candour_e2e::api::{Api, ApiError};
use candour_e2e::fresh;
use candour_e2e::workshop::{Person, Workshop, content, move_cluster, move_note};
use candour_shared::checks::{CLUSTER_CHARS, NOTE_CHARS};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::Refusal;
use candour_shared::ids::BoardId;
use candour_shared::layout::{FARTHEST, Point};
use candour_shared::phase::Phase;
use candour_shared::protocol::{self, CloseReason, FrameKind, MAX_MESSAGE, VERSION};
use futures_util::StreamExt as _;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::http::header::{AUTHORIZATION, SEC_WEBSOCKET_PROTOCOL};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::raw::{Heard, Raw, hello};

/// A workshop, a connection that has said hello, and somebody who must not notice anything.
async fn board() -> (Workshop, Raw, Person) {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let raw = Raw::greeted(&workshop.api, workshop.board(), &ann.token).await;
    (workshop, raw, bob)
}

/// Nothing was lost: somebody else's note is saved and shown.
async fn nothing_is_lost(workshop: &Workshop, bystander: &Person) {
    bystander.posts("Unharmed").await;
    workshop.reveal().await;
    bystander.until(|view| view.shows("Unharmed")).await;
    bystander.sees(|view| {
        assert_eq!(view.welcomes, 1);
        assert_eq!(view.faults, [""; 0]);
    });
}

#[tokio::test]
async fn text_that_is_no_json_is_refused_and_the_connection_goes_on() {
    let (workshop, mut raw, bob) = board().await;
    for text in [
        "",
        "{",
        "post_note",
        "\u{0}",
        r#"{"id":1"#,
        "[]",
        "7",
        r#"{"id":1}"#,
    ] {
        raw.says(text).await;
        let (_, why) = raw.hears_malformed().await;
        assert!(!why.is_empty());
    }
    raw.goes_on().await;
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn unknown_commands_and_fields_are_refused_by_name_and_number() {
    let (workshop, mut raw, bob) = board().await;
    let note = fresh::note();
    for (text, named) in [
        (r#"{"id":4,"command":{"fly":{}}}"#.to_owned(), "fly"),
        (
            format!(
                r#"{{"id":4,"command":{{"withdraw_note":{{"note":"{note}","author":"me"}}}}}}"#
            ),
            "author",
        ),
        (
            format!(
                r#"{{"id":4,"command":{{"post_note":{{"note":"{note}","content":{{"category":0,"text":"x","colour":"red"}}}}}}}}"#
            ),
            "colour",
        ),
        (
            r#"{"id":4,"command":{"withdraw_note":{"note":"7"}}}"#.to_owned(),
            "22 characters",
        ),
    ] {
        raw.says(&text).await;
        let (id, why) = raw.hears_malformed().await;
        assert_eq!(id, Some(4));
        assert!(why.contains(named), "{why}");
    }
    raw.says(r#"{"id":4,"command":{"fly":{}},"to":"the moon"}"#)
        .await;
    assert!(raw.hears_malformed().await.1.contains("to"));
    raw.says(r#"{"id":-4,"command":{"fly":{}}}"#).await;
    assert_eq!(raw.hears_malformed().await.0, None);
    raw.goes_on().await;
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn readiness_is_a_plain_yes_or_no_and_says_nothing_else() {
    let (workshop, mut raw, bob) = board().await;
    for text in [
        r#"{"ready":1}"#,
        r#"{"ready":null,"id":1}"#,
        r#"{"ready":"yes"}"#,
        r#"{"id":1,"ready":true}"#,
        r#"{"ready":true,"step":"7"}"#,
        r#"{"ready":{"ready":true}}"#,
    ] {
        raw.says(text).await;
        raw.hears_malformed().await;
    }
    raw.says(r#"{"ready":true}"#).await;
    bob.until(|view| view.presence().ready == 1).await;
    raw.goes_on().await;
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn deeply_nested_json_is_refused() {
    let (workshop, mut raw, bob) = board().await;
    let depth = MAX_MESSAGE / 2 - 100;
    let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for text in [
        nested.clone(),
        format!(r#"{{"id":1,"command":{nested}}}"#),
        format!(r#"{{"id":1,"command":{{"post_note":{{"note":{nested}}}}}}}"#),
        "{\"hello\":".repeat(1_000),
    ] {
        raw.says(&text).await;
        raw.hears_malformed().await;
    }
    raw.goes_on().await;
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_message_over_the_limit_is_refused_and_ends_the_connection() {
    let (workshop, mut raw, bob) = board().await;
    raw.says(&" ".repeat(MAX_MESSAGE)).await;
    raw.hears_malformed().await;
    raw.says(&" ".repeat(MAX_MESSAGE + 1)).await;
    let too_large = Denied::TooLarge { limit: MAX_MESSAGE };
    assert_eq!(raw.hears().await, Heard::Refused(None, too_large));
    assert_eq!(raw.hears().await, Heard::Closed(Some(CloseReason::Misused)));
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_binary_frame_is_refused_and_ends_the_connection() {
    let (workshop, mut raw, bob) = board().await;
    raw.sends(Message::binary(vec![1, 1, 0, 0])).await;
    assert_eq!(raw.hears().await, Heard::Refused(None, Denied::NoBinary));
    assert_eq!(raw.hears().await, Heard::Closed(Some(CloseReason::Misused)));
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn text_that_is_no_utf8_ends_the_connection() {
    let (workshop, mut raw, bob) = board().await;
    let frame = Frame::message(vec![0xff, 0xfe], OpCode::Data(Data::Text), true);
    raw.sends(Message::Frame(frame)).await;
    assert!(matches!(raw.hears().await, Heard::Closed(_)));
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_command_before_the_hello_is_refused_and_ends_the_connection() {
    let (workshop, _, bob) = board().await;
    let [ann] = workshop.participants().await;
    let mut raw = Raw::open(&workshop.api, workshop.board(), &ann.token).await;
    let note = fresh::note();
    raw.says(&format!(
        r#"{{"id":1,"command":{{"withdraw_note":{{"note":"{note}"}}}}}}"#
    ))
    .await;
    assert_eq!(raw.hears().await, Heard::Refused(None, Denied::HelloFirst));
    assert_eq!(raw.hears().await, Heard::Closed(Some(CloseReason::Misused)));
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_second_hello_is_refused_and_ends_the_connection() {
    let (workshop, mut raw, bob) = board().await;
    raw.goes_on().await;
    raw.says(&hello()).await;
    assert_eq!(raw.hears().await, Heard::Refused(None, Denied::HelloFirst));
    assert_eq!(raw.hears().await, Heard::Closed(Some(CloseReason::Misused)));
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn an_outdated_client_is_told_to_reload_and_gets_nothing() {
    let (workshop, _, bob) = board().await;
    let [ann] = workshop.participants().await;
    for version in [0, VERSION + 1] {
        let mut raw = Raw::open(&workshop.api, workshop.board(), &ann.token).await;
        raw.says(&format!(
            r#"{{"hello":{{"version":{version},"of":"then"}}}}"#
        ))
        .await;
        let outdated = Denied::Outdated { speaks: VERSION };
        assert_eq!(raw.hears().await, Heard::Refused(None, outdated));
        assert_eq!(
            raw.hears().await,
            Heard::Closed(Some(CloseReason::Outdated))
        );
    }
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_cursor_from_the_future_gets_the_board_whole() {
    let (workshop, _, bob) = board().await;
    let [ann] = workshop.participants().await;
    for cursor in [
        r#"{"generation":1,"sequence":18446744073709551615}"#,
        r#"{"generation":4294967295,"sequence":0}"#,
    ] {
        let mut raw = Raw::open(&workshop.api, workshop.board(), &ann.token).await;
        let page = fresh::page();
        raw.says(&format!(
            r#"{{"hello":{{"version":{VERSION},"page":"{page}","wall":{cursor},"backstage":{cursor}}}}}"#
        ))
        .await;
        let snapshot = timeout(PATIENCE, async {
            loop {
                if let Message::Binary(bytes) = raw.0.next().await.unwrap().unwrap() {
                    return bytes;
                }
            }
        });
        let bytes = snapshot.await.unwrap();
        let kind = protocol::Frame::decode(&bytes).unwrap().kind;
        assert_eq!(kind, FrameKind::Snapshot);
    }
    nothing_is_lost(&workshop, &bob).await;
}

#[tokio::test]
async fn a_handshake_needs_a_token_a_subprotocol_and_a_board() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let handshake = || {
        workshop
            .api
            .handshake(workshop.board(), &ann.token)
            .unwrap()
    };
    let mut tokenless = handshake();
    tokenless.headers_mut().remove(AUTHORIZATION);
    assert_eq!(
        refused(&workshop.api, tokenless).await,
        (401, Some(Denied::NotJoined))
    );
    let mut foreign = handshake();
    let token = workshop.created.organiser.split_once('#').unwrap().1;
    let bearer = format!("Bearer {token}").parse().unwrap();
    foreign.headers_mut().insert(AUTHORIZATION, bearer);
    assert_eq!(
        refused(&workshop.api, foreign).await,
        (401, Some(Denied::NotJoined))
    );
    let mut other = handshake();
    let protocol = "candour.v0".parse().unwrap();
    other.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, protocol);
    let (status, denied) = refused(&workshop.api, other).await;
    assert_eq!(status, 400);
    assert!(
        matches!(denied, Some(Denied::Malformed { .. })),
        "{denied:?}"
    );
    let nowhere = BoardId::from_bytes([9; 16]);
    let nowhere = workshop.api.handshake(nowhere, &ann.token).unwrap();
    assert_eq!(
        refused(&workshop.api, nowhere).await,
        (404, Some(Denied::NoSuchBoard))
    );
}

async fn refused(api: &Api, handshake: Request<()>) -> (u16, Option<Denied>) {
    let Err(ApiError::NoSocket(fault)) = api.open(handshake).await else {
        panic!("the handshake was not refused");
    };
    let Error::Http(response) = *fault else {
        panic!("{fault}");
    };
    let body = response.body().as_deref().unwrap_or_default();
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    (response.status().as_u16(), refusal.map(|it| it.denied))
}

#[tokio::test]
async fn texts_and_numbers_outside_their_limits_are_refused() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    let name = "é".repeat(CLUSTER_CHARS + 1);
    let limit = CLUSTER_CHARS;
    let naming = Command::NameCluster { cluster, name };
    assert_eq!(ann.denied(naming).await, Denied::TooLong { limit });
    let far = FARTHEST + 1;
    let limit = FARTHEST.unsigned_abs();
    for to in [Point { x: far, y: 0 }, Point { x: 0, y: i32::MIN }] {
        let moving = move_cluster(cluster, to);
        assert_eq!(ann.denied(moving).await, Denied::OutOfRange { limit });
    }

    workshop.go_to(Phase::Write).await;
    for (text, denied) in [
        (String::new(), Denied::Empty),
        (" \n\t\u{7} ".to_owned(), Denied::Empty),
        (
            "é".repeat(NOTE_CHARS + 1),
            Denied::TooLong { limit: NOTE_CHARS },
        ),
    ] {
        let post = Command::post_note(fresh::note(), content(&text));
        assert_eq!(ann.denied(post).await, denied);
    }
    let mut unknown = content("Fine");
    unknown.category = 3;
    let mut odd = content("Fine");
    odd.aspect = Some(250);
    for content in [unknown, odd] {
        let note = fresh::note();
        let denied = ann.denied(Command::post_note(note, content)).await;
        assert_eq!(denied, Denied::NoSuchCategory);
    }
    assert_eq!(ann.sees(|view| view.mine().notes.len()), 0);
    ann.posts(&"é".repeat(NOTE_CHARS)).await;
    ann.until(|view| view.mine().notes.len() == 1).await;
}

#[tokio::test]
async fn things_that_are_not_there_are_refused_by_what_they_are() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let (note, cluster) = (fresh::note(), fresh::cluster());
    let to = Point { x: 0, y: 0 };
    let there = ann.clusters("Letters", &[one, two]).await;
    for (command, denied) in [
        (move_note(note, to), Denied::NoSuchNote),
        (
            Command::AddToCluster { cluster, note: one },
            Denied::NoSuchCluster,
        ),
        (
            Command::AddToCluster {
                cluster: there,
                note,
            },
            Denied::NoSuchNote,
        ),
        (
            Command::MakeCluster {
                cluster,
                note: one,
                onto: one,
            },
            Denied::NoSuchNote,
        ),
        (Command::DissolveCluster { cluster }, Denied::NoSuchCluster),
        (
            Command::MergeClusters {
                from: there,
                into: there,
            },
            Denied::NoSuchCluster,
        ),
        (move_cluster(cluster, to), Denied::NoSuchCluster),
    ] {
        assert_eq!(ann.denied(command).await, denied);
    }
    assert_eq!(ann.sees(|view| view.members(there)), [one, two]);
}
