//! Too many connections.

use std::num::NonZeroU32;

use candour_e2e::PATIENCE;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Workshop, participants_link, settings};
use candour_server::Config;
use candour_shared::phase::Phase;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::wire::refused;

const MOST: u32 = 12;

async fn workshop(set_up: impl FnOnce(&mut Config)) -> Workshop {
    let server = TestServer::with(set_up).await.unwrap();
    let workshop = Workshop::on(server, &settings()).await;
    workshop.go_to(Phase::Write).await;
    workshop
}

#[tokio::test]
async fn live_connections_count_as_long_as_they_last() {
    let workshop = workshop(|config| {
        config.limits.connections_per_address = NonZeroU32::new(MOST).unwrap();
    })
    .await;
    let (api, board) = (&workshop.api, workshop.board());
    let link = participants_link(&workshop.created);
    let token = api.token(board, link, Some(0)).await.unwrap();
    let mut open = Vec::new();
    while let Ok(socket) = api.open(api.handshake(board, &token).unwrap()).await {
        open.push(socket);
        assert!(
            open.len() < MOST as usize,
            "live connections are not counted"
        );
    }
    drop(open);
    let again = timeout(PATIENCE, async {
        while api
            .open(api.handshake(board, &token).unwrap())
            .await
            .is_err()
        {
            sleep(PATIENCE / 1_000).await;
        }
    });
    again.await.expect("there is never room again");
}

/// A connection that was asked for something, and whether there was an answer.
async fn asked(workshop: &Workshop) -> (TcpStream, bool) {
    let address = workshop.server.address();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /api/schema.json HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let mut first = [0];
    let answered = timeout(PATIENCE, async {
        stream.write_all(request.as_bytes()).await?;
        stream.read_exact(&mut first).await
    });
    let answered = answered.await.expect("neither an answer nor an end");
    (stream, answered.is_ok())
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_gets_more_only_when_some_end() {
    let workshop = workshop(|config| {
        config.limits.connections_per_address = NonZeroU32::new(MOST).unwrap();
    })
    .await;
    let [ann] = workshop.participants().await;
    let mut open = Vec::new();
    loop {
        assert!(open.len() < MOST as usize, "there is no limit");
        match asked(&workshop).await {
            (stream, true) => open.push(stream),
            (_, false) => break,
        }
    }
    assert!(!open.is_empty());
    ann.posts("Unharmed").await;
    drop(open);
    let again = timeout(PATIENCE, async {
        while !asked(&workshop).await.1 {
            sleep(PATIENCE / 1_000).await;
        }
    });
    again.await.expect("nobody gets in any more");
}

#[tokio::test]
async fn behind_a_proxy_live_connections_are_counted_by_whom_it_asks_for() {
    let workshop = workshop(|config| {
        config.limits.connections_per_address = NonZeroU32::new(3).unwrap();
        config.proxies = vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()];
    })
    .await;
    let [ann] = workshop.participants().await;
    let open = async |from: &str| {
        let mut handshake = workshop.api.handshake(workshop.board(), &ann.token)?;
        let headers = handshake.headers_mut();
        headers.insert("x-forwarded-for", from.parse().unwrap());
        workshop.api.open(handshake).await
    };
    let mut three = Vec::new();
    for _ in 0..3 {
        three.push(open("198.51.100.1").await.unwrap());
    }
    assert_eq!(refused(open("198.51.100.1").await), 429);
    let _another = open("198.51.100.2").await.unwrap();
    three.pop();
    let again = timeout(PATIENCE, async {
        while open("198.51.100.1").await.is_err() {
            sleep(PATIENCE / 1_000).await;
        }
    });
    again.await.expect("nobody gets in any more");
}
