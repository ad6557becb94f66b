//! A server that does TLS itself.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use candour_e2e::PATIENCE;
use candour_e2e::api::{Api, secret};
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{participants_link, settings};
use candour_server::tls::Tls;
use candour_shared::http::{CreateBoard, Created, Join, Joined};
use candour_shared::protocol::{CloseReason, ServerMessage};
use futures_util::{SinkExt as _, StreamExt as _};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::wire::{Answer, exchange, request};
use crate::raw::hello;

/// A server with a certificate of its own, and who trusts it.
struct Encrypted {
    server: TestServer,
    connector: TlsConnector,
    _folder: TempDir,
}

impl Encrypted {
    async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let tls = Tls {
            certificate: folder.path().join("certificate.pem"),
            key: folder.path().join("key.pem"),
        };
        fs::write(&tls.certificate, made.cert.pem()).unwrap();
        fs::write(&tls.key, made.signing_key.serialize_pem()).unwrap();
        let set_up = |config: &mut candour_server::Config| {
            config.tls = Some(tls);
            config.limits.head_timeout = Duration::from_millis(500);
        };
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let mut client = ClientConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        client.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self {
            server: TestServer::with(set_up).await.unwrap(),
            connector: Arc::new(client).into(),
            _folder: folder,
        }
    }

    fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The server, as its certificate names it.
    fn host(&self) -> String {
        format!("localhost:{}", self.address().port())
    }

    async fn connect(&self) -> TlsStream<TcpStream> {
        let stream = TcpStream::connect(self.address()).await.unwrap();
        let name = "localhost".try_into().unwrap();
        self.connector.connect(name, stream).await.unwrap()
    }

    async fn ask(&self, first: &str, body: &str) -> Answer {
        let (host, origin) = (
            format!("Host: {}", self.host()),
            format!("Origin: https://{}", self.host()),
        );
        let asked = request(first, &[&host, &origin], body);
        Answer::parse(&exchange(self.connect().await, &asked).await).unwrap()
    }

    async fn joins(&self, created: &Created, bearer: bool) -> Answer {
        let join = Join {
            bearer,
            ..Join::new(secret(participants_link(created))).of(Some(0))
        };
        let first = format!("POST /api/boards/{}/join", created.board);
        self.ask(&first, &serde_json::to_string(&join).unwrap())
            .await
    }

    async fn board(&self) -> Created {
        let settings = settings();
        let body = serde_json::to_string(&CreateBoard {
            settings,
            notes: Vec::new(),
        })
        .unwrap();
        self.ask("POST /api/boards", &body).await.json()
    }

    async fn live(&self, created: &Created) -> WebSocketStream<TlsStream<TcpStream>> {
        let token = self
            .joins(created, true)
            .await
            .json::<Joined>()
            .token
            .unwrap();
        let api = Api::new(&format!("http://{}", self.host()));
        let handshake = api.handshake(created.board, &token).unwrap();
        client_async(handshake, self.connect().await)
            .await
            .unwrap()
            .0
    }
}

#[tokio::test]
async fn a_workshop_goes_over_tls() {
    let encrypted = Encrypted::start().await;
    let created = encrypted.board().await;
    let mut live = encrypted.live(&created).await;
    live.send(Message::text(hello())).await.unwrap();
    let welcomed = timeout(PATIENCE, async {
        let mut documents = 0;
        let mut welcomes = 0;
        while documents == 0 {
            match live.next().await.unwrap().unwrap() {
                Message::Text(text) => {
                    let message: ServerMessage = serde_json::from_str(&text).unwrap();
                    welcomes += u32::from(matches!(message, ServerMessage::Welcome(_)));
                }
                Message::Binary(_) => documents += 1,
                other @ (Message::Ping(_)
                | Message::Pong(_)
                | Message::Close(_)
                | Message::Frame(_)) => panic!("{other:?}"),
            }
        }
        welcomes
    });
    assert_eq!(welcomed.await.unwrap(), 1);
    // Larger than a record of TLS may be, in one message and in many.
    let large = " ".repeat(candour_shared::protocol::MAX_MESSAGE);
    for _ in 0..50 {
        live.send(Message::text(large.as_str())).await.unwrap();
    }
    let mut answers = 0;
    let answered = timeout(PATIENCE, async {
        while answers < 50 {
            let message = live.next().await.unwrap().unwrap();
            answers += u32::from(message.to_text().is_ok_and(|text| text.contains("refused")));
        }
    });
    answered.await.unwrap();
    encrypted.server.stop().await.unwrap();
    let ended = timeout(PATIENCE, async {
        loop {
            if let Message::Close(close) = live.next().await.unwrap().unwrap() {
                return CloseReason::from_code(close.unwrap().code.into());
            }
        }
    });
    assert_eq!(ended.await.unwrap(), Some(CloseReason::Restarting));
    let mut more = Vec::new();
    let end = live.get_mut().read_to_end(&mut more).await;
    assert_eq!(end.unwrap(), 0, "something follows the close frame");
}

#[tokio::test]
async fn under_tls_cookies_are_secure_and_browsers_are_told_to_stay() {
    let encrypted = Encrypted::start().await;
    let created = encrypted.board().await;
    let answer = encrypted.joins(&created, false).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Secure-candour_participant="),
        "{cookie}"
    );
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(
            cookie.split("; ").any(|found| found == attribute),
            "{cookie}"
        );
    }
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
    let page = encrypted.ask("GET /nowhere", "").await;
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn a_peer_that_does_not_agree_on_tls_is_cut_off() {
    let encrypted = Encrypted::start().await;
    for begin in [
        "",
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\u{16}\u{3}\u{1}",
    ] {
        let mut stream = TcpStream::connect(encrypted.address()).await.unwrap();
        stream.write_all(begin.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let ended = timeout(PATIENCE, stream.read_to_end(&mut answer));
        let _ = ended.await.expect("the connection stays open");
        assert!(!answer.starts_with(b"HTTP"));
    }
}
