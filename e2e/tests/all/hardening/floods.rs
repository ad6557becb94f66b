//! More than anybody needs: too many requests and commands.

use std::num::NonZeroU32;
use std::time::Duration;

use candour_e2e::PATIENCE;
use candour_e2e::api::{Api, secret};
use candour_e2e::fresh;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Workshop, content, participants_link, settings};
use candour_server::limits::Limits;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::Join;
use candour_shared::phase::Phase;
use candour_shared::protocol::ClientMessage;
use tokio::time::{Instant, sleep};

use super::wire::ask;
use crate::raw::{Heard, Raw};

use crate::refusal::refusal;

/// How soon something is tried again.
const AGAIN: Duration = Duration::from_millis(50);

fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

async fn workshop(limit: impl FnOnce(&mut Limits)) -> Workshop {
    let server = TestServer::with(|config| limit(&mut config.limits))
        .await
        .unwrap();
    let workshop = Workshop::on(server, &settings()).await;
    workshop.go_to(Phase::Write).await;
    workshop
}

#[tokio::test]
async fn a_flood_of_joins_is_refused_and_whoever_is_on_the_board_goes_on() {
    let workshop = workshop(|limits| limits.joins_per_minute = number(10)).await;
    let [ann] = workshop.participants().await;
    let join = Join::new(secret(participants_link(&workshop.created)).to_owned())
        .of(Some(0))
        .with_token();
    let mut let_in = 0;
    let refused = loop {
        match workshop.api.join(workshop.board(), &join).await {
            Ok(_) if let_in < 100 => let_in += 1,
            joined => break refusal(joined),
        }
    };
    assert_eq!(refused, (429, Denied::TooFast));
    let preview = workshop.api.preview(workshop.board(), &join.secret).await;
    assert_eq!(refusal(preview), (429, Denied::TooFast));
    ann.posts("Unharmed").await;
    workshop.reveal().await;
    ann.until(|view| view.shows("Unharmed")).await;
}

#[tokio::test]
async fn a_flood_of_boards_is_refused() {
    let set_up = |config: &mut candour_server::Config| {
        config.limits.boards_per_minute = number(2);
    };
    let server = TestServer::with(set_up).await.unwrap();
    let api = Api::new(&server.url());
    for _ in 0..2 {
        api.create(&settings()).await.unwrap();
    }
    let third = api.create(&settings()).await;
    assert_eq!(refusal(third), (429, Denied::TooFast));
}

fn post(id: u64) -> String {
    let command = Command::post_note(fresh::note(), content("Again and again"));
    serde_json::to_string(&ClientMessage::Command { id, command }).unwrap()
}

#[tokio::test]
async fn a_flood_of_commands_is_refused_from_some_command_on_and_later_taken_again() {
    let workshop = workshop(|limits| limits.commands_per_minute = number(120)).await;
    let [ann, bob] = workshop.participants().await;
    let mut raw = Raw::greeted(&workshop.api, workshop.board(), &ann.token).await;
    let flood: Vec<String> = (0..200).map(post).collect();
    for text in &flood {
        raw.says(text).await;
    }
    let mut refused = Vec::new();
    let mut done = 0;
    for _ in &flood {
        match raw.hears().await {
            Heard::Done(_) => done += 1,
            Heard::Refused(Some(id), Denied::TooFast) => refused.push(id),
            heard @ (Heard::Refused(..) | Heard::Closed(_)) => panic!("{heard:?}"),
        }
    }
    assert!(done >= 60, "{done} of 60 at once were done");
    refused.sort_unstable();
    let rest: Vec<u64> = (done..200).collect();
    assert_eq!(refused, rest, "a command overtook one that was refused");
    bob.posts("Unharmed").await;

    let again = refused[0];
    let started = Instant::now();
    loop {
        raw.says(&flood[again as usize]).await;
        match raw.hears().await {
            Heard::Done(id) => break assert_eq!(id, again),
            Heard::Refused(_, Denied::TooFast) => sleep(AGAIN).await,
            heard @ (Heard::Refused(..) | Heard::Closed(_)) => panic!("{heard:?}"),
        }
        assert!(started.elapsed() < PATIENCE, "it is never taken");
    }
}

#[tokio::test]
async fn all_windows_of_a_person_share_their_pace_and_other_people_have_their_own() {
    let workshop = workshop(|limits| limits.commands_per_minute = number(20)).await;
    let [ann, bob] = workshop.participants().await;
    let mut windows = Vec::new();
    for _ in 0..4 {
        windows.push(Raw::greeted(&workshop.api, workshop.board(), &ann.token).await);
    }
    let mut done = 0;
    for window in &mut windows {
        for id in 0..10 {
            window.says(&post(id)).await;
        }
        for _ in 0..10 {
            done += u32::from(matches!(window.hears().await, Heard::Done(_)));
        }
    }
    assert!((10..40).contains(&done), "{done}");
    bob.posts("Unharmed").await;
}

#[tokio::test]
async fn a_flood_of_messages_that_mean_nothing_ends_the_connection() {
    let workshop = workshop(|limits| limits.commands_per_minute = number(20)).await;
    let [ann] = workshop.participants().await;
    let mut raw = Raw::greeted(&workshop.api, workshop.board(), &ann.token).await;
    for _ in 0..40 {
        raw.says("nothing").await;
    }
    let mut last = raw.hears().await;
    while let Heard::Refused(None, Denied::Malformed { .. }) = last {
        last = raw.hears().await;
    }
    assert_eq!(last, Heard::Refused(None, Denied::TooFast));
    assert!(matches!(raw.hears().await, Heard::Closed(Some(_))));
}

#[tokio::test]
async fn behind_a_proxy_everybody_has_their_own_pace_and_nobody_elses_word_counts() {
    let proxied = |config: &mut candour_server::Config| {
        config.limits.boards_per_minute = number(1);
        config.proxies = vec!["127.0.0.1/32".parse().unwrap()];
    };
    let straight = |config: &mut candour_server::Config| {
        config.limits.boards_per_minute = number(1);
    };
    let body = serde_json::to_string(&candour_shared::http::CreateBoard {
        settings: settings(),
        notes: Vec::new(),
    });
    let body = body.unwrap();
    let server = TestServer::with(proxied).await.unwrap();
    let host = format!("Host: {}", server.address());
    for (from, status) in [
        ("198.51.100.1", 201),
        ("198.51.100.2", 201),
        ("198.51.100.1", 429),
        ("192.0.2.7, 198.51.100.1", 429),
        ("2001:db8::1", 201),
        ("2001:db8::2", 429),
    ] {
        let from = format!("X-Forwarded-For: {from}");
        let lines = [host.as_str(), &from];
        let answer = ask(server.address(), "POST /api/boards", &lines, &body).await;
        assert_eq!(answer.status, status, "{from}");
    }
    let server = TestServer::with(straight).await.unwrap();
    let host = format!("Host: {}", server.address());
    for (from, status) in [("198.51.100.1", 201), ("198.51.100.2", 429)] {
        let from = format!("X-Forwarded-For: {from}");
        let lines = [host.as_str(), &from];
        let answer = ask(server.address(), "POST /api/boards", &lines, &body).await;
        assert_eq!(answer.status, status, "{from}");
    }
}
