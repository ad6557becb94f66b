//! Peers that keep a server waiting.

use std::time::Duration;

use candour_e2e::PATIENCE;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Workshop, settings};
use candour_shared::denied::Denied;
use candour_shared::phase::Phase;
use futures_util::SinkExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{interval, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::wire::{Answer, request};
use crate::raw::Raw;

/// The server's patience here.
const SHORT: Duration = Duration::from_millis(300);
/// How often somebody who dribbles sends a byte.
const DRIBBLE: Duration = Duration::from_millis(20);

async fn workshop() -> Workshop {
    let server = TestServer::with(|config| {
        config.limits.head_timeout = SHORT;
        config.limits.body_timeout = SHORT;
        config.limits.stall_timeout = SHORT;
    });
    let workshop = Workshop::on(server.await.unwrap(), &settings()).await;
    workshop.go_to(Phase::Write).await;
    workshop
}

/// Sends the beginning at once and the rest byte by byte, until the server ends the connection; what it
/// said.
async fn dribbles(workshop: &Workshop, begin: &str, rest: &str) -> Vec<u8> {
    let stream = TcpStream::connect(workshop.server.address()).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let dribbling = async {
        write.write_all(begin.as_bytes()).await?;
        let mut now = interval(DRIBBLE);
        for byte in rest.bytes() {
            now.tick().await;
            write.write_all(&[byte]).await?;
        }
        std::io::Result::Ok(())
    };
    let mut answer = Vec::new();
    tokio::select! {
        ended = timeout(PATIENCE, read.read_to_end(&mut answer)) => {
            // By a reset, if it had not read everything.
            let _ = ended.expect("the connection stays open");
        }
        Ok(()) = dribbling => panic!("all of it was taken"),
    }
    answer
}

#[tokio::test]
async fn a_peer_that_dribbles_its_headers_is_cut_off_and_others_go_on() {
    let workshop = workshop().await;
    let [ann] = workshop.participants().await;
    let host = format!("GET / HTTP/1.1\r\nHost: {}\r\n", workshop.server.address());
    let slow = "X-Slow: yes\r\n".repeat(1_000);
    let (_, ()) = tokio::join!(dribbles(&workshop, &host, &slow), async {
        ann.posts("Unharmed").await;
    });
}

#[tokio::test]
async fn a_peer_that_says_nothing_is_cut_off_before_and_after_a_request() {
    let workshop = workshop().await;
    assert_eq!(dribbles_nothing(&workshop, "").await, [0; 0]);
    let address = workshop.server.address();
    let whole = format!("GET /api/schema.json HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let answer = dribbles_nothing(&workshop, &whole).await;
    assert_eq!(Answer::parse(&answer).unwrap().status, 200);
}

async fn dribbles_nothing(workshop: &Workshop, begin: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(workshop.server.address()).await.unwrap();
    stream.write_all(begin.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = timeout(PATIENCE, stream.read_to_end(&mut answer));
    ended.await.expect("the connection stays open").unwrap();
    answer
}

#[tokio::test]
async fn a_peer_that_dribbles_its_body_is_refused_and_others_go_on() {
    let workshop = workshop().await;
    let [ann] = workshop.participants().await;
    let host = format!("Host: {}", workshop.server.address());
    let body = format!("{{{}", " ".repeat(10_000));
    let whole = request("POST /api/boards", &[&host], &body);
    let (head, _) = whole.split_at(whole.len() - body.len());
    let (answer, ()) = tokio::join!(dribbles(&workshop, head, &body), async {
        ann.posts("Unharmed").await;
    });
    let (status, denied) = Answer::parse(&answer).unwrap().denied();
    assert_eq!(status, 400);
    assert!(matches!(denied, Denied::Malformed { .. }), "{denied:?}");
}

#[tokio::test]
async fn a_peer_that_reads_no_answers_is_cut_off() {
    let workshop = workshop().await;
    let address = workshop.server.address();
    let socket = TcpSocket::new_v4().unwrap();
    // The smaller the system's buffer, the sooner the server has to wait.
    socket.set_recv_buffer_size(4_096).unwrap();
    let stream = socket.connect(address).await.unwrap();
    let (_unread, mut write) = stream.into_split();
    let request = format!("GET /api/schema.json HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let asking = async { while write.write_all(request.as_bytes()).await.is_ok() {} };
    timeout(PATIENCE, asking)
        .await
        .expect("the connection stays open");
}

#[tokio::test]
async fn a_stalled_reader_is_dropped_and_nobody_waits_for_it() {
    let workshop = workshop().await;
    let [ann, bob] = workshop.participants().await;
    let Raw(mut stalled) = Raw::greeted(&workshop.api, workshop.board(), &ann.token).await;
    bob.until(|view| view.presence().people == 4).await;
    drop(ann);
    // Every message is answered, and no answer is read.
    let sending = async { while stalled.feed(Message::text("nothing")).await.is_ok() {} };
    let gone = async {
        bob.posts("Unharmed").await;
        bob.until(|view| view.presence().people == 3).await;
    };
    let (sent, ()) = tokio::join!(timeout(PATIENCE, sending), gone);
    sent.expect("the connection stays open");
    workshop.reveal().await;
    bob.until(|view| view.shows("Unharmed")).await;
}
