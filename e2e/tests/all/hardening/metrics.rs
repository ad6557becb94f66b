//! What whoever runs the server can read off its counters.

use candour_e2e::workshop::{Workshop, content};
use candour_e2e::{fresh, server::TestServer};
use candour_shared::command::Command;
use candour_shared::denied::Denied;

use super::wire::ask;

async fn metrics(server: &TestServer) -> String {
    let answer = ask(
        server.metrics_address(),
        "GET /metrics",
        &["Host: metrics"],
        "",
    )
    .await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    answer.text()
}

#[tokio::test]
async fn metrics_count_what_happens_and_say_nothing_of_boards_or_people() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    ann.posts("Only Ann knows this").await;
    let unknown = Command::edit_note(fresh::note(), content("Not mine"));
    assert_eq!(ann.denied(unknown).await, Denied::NotYours);
    let text = metrics(&workshop.server).await;
    let value = |name: &str| -> u64 {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let value = line.and_then(|value| value.trim().parse().ok());
        value.unwrap_or_else(|| panic!("{name} is not in:\n{text}"))
    };
    assert_eq!(value("candour_boards "), 1);
    assert_eq!(value("candour_sockets "), 3);
    // The phase, and the note.
    assert_eq!(value("candour_commands_total{outcome=\"done\"} "), 2);
    assert_eq!(value("candour_commands_total{outcome=\"refused\"} "), 1);
    assert!(value("candour_ticks_total ") >= 3);
    assert_eq!(value("candour_log_failures_total "), 0);
    let joins = "candour_requests_total{route=\"/api/boards/{board}/join\",status=\"2xx\"} ";
    assert_eq!(value(joins), 3);
    let handshakes = "candour_requests_total{route=\"/api/boards/{board}/live\",status=\"1xx\"} ";
    assert_eq!(value(handshakes), 3);
    let board = workshop.board().to_string();
    for told in [
        &board,
        &ann.token,
        "Only Ann",
        "127.0.0.1",
        "Acute hospital",
    ] {
        assert!(!text.contains(told), "{told} is in:\n{text}");
    }
}

#[tokio::test]
async fn metrics_are_where_they_are_wanted_and_nowhere_else() {
    let [one, other] = [
        TestServer::start().await.unwrap(),
        TestServer::start().await.unwrap(),
    ];
    let host = format!("Host: {}", one.address());
    assert_eq!(
        ask(one.address(), "GET /metrics", &[&host], "")
            .await
            .status,
        404
    );
    assert_eq!(
        ask(one.metrics_address(), "GET /", &["Host: metrics"], "")
            .await
            .status,
        404
    );
    assert!(
        metrics(&one)
            .await
            .contains("route=\"none\",status=\"4xx\"} 1")
    );
    assert!(
        !metrics(&other).await.contains("route="),
        "two servers count together"
    );
}
