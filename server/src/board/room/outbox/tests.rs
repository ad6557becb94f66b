//! The way out of a socket, over real connections.

use futures_util::StreamExt as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as ClientStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::server::TlsStream as ServerStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::*;
use crate::tls::Tls;

async fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let reader = TcpStream::connect(listener.local_addr().unwrap());
    let (reader, server) = tokio::join!(reader, listener.accept());
    (server.unwrap().0, reader.unwrap())
}

async fn outbox_and_reader() -> (Arc<Outbox>, WebSocketStream<TcpStream>) {
    let (server, reader) = connection().await;
    (draining(server, None), websocket(reader).await)
}

fn draining(server: TcpStream, encryption: Option<Arc<Encryption>>) -> Arc<Outbox> {
    let outbox = Arc::new(Outbox::new(server.into_split().1, encryption));
    let draining = Arc::clone(&outbox);
    tokio::spawn(async move { draining.drain().await });
    outbox
}

async fn websocket<S: AsyncRead + AsyncWrite + Unpin>(reader: S) -> WebSocketStream<S> {
    WebSocketStream::from_raw_socket(reader, Role::Client, None).await
}

/// The two ends of a connection that agreed on TLS.
async fn encrypted() -> (ServerStream<TcpStream>, ClientStream<TcpStream>) {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let tls = Tls {
        certificate: folder.path().join("certificate.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&tls.certificate, made.cert.pem()).unwrap();
    std::fs::write(&tls.key, made.signing_key.serialize_pem()).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let client = ClientConfig::builder_with_provider(ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let (server, reader) = connection().await;
    let acceptor = tls.acceptor().unwrap();
    let connector = TlsConnector::from(Arc::new(client));
    let name = "localhost".try_into().unwrap();
    let (server, reader) = tokio::join!(acceptor.accept(server), connector.connect(name, reader));
    (server.unwrap(), reader.unwrap())
}

#[tokio::test]
async fn frames_larger_than_the_kernels_buffer_arrive_whole_and_in_order() {
    let (outbox, mut reader) = outbox_and_reader().await;
    for number in 0..30u8 {
        outbox.send(binary_frame(vec![number; 100_000]));
    }
    for number in 0..30u8 {
        let Message::Binary(bytes) = reader.next().await.unwrap().unwrap() else {
            panic!("a binary frame was sent");
        };
        assert_eq!(bytes, vec![number; 100_000]);
    }
}

#[tokio::test]
async fn under_tls_too_frames_arrive_whole_and_in_order_and_the_end_is_one() {
    let (server, reader) = encrypted().await;
    let (server, encryption) = server.into_inner();
    let outbox = draining(server, Some(Encryption::new(encryption).unwrap()));
    let mut reader = websocket(reader).await;
    for number in 0..30u8 {
        outbox.send(binary_frame(vec![number; 100_000]));
    }
    for number in 0..30u8 {
        let message = reader.next().await.unwrap().unwrap();
        assert_eq!(message, Message::binary(vec![number; 100_000]));
    }
    outbox.close(CloseReason::Restarting);
    let Message::Close(Some(close)) = reader.next().await.unwrap().unwrap() else {
        panic!("no close frame came");
    };
    assert_eq!(
        CloseReason::from_code(close.code.into()),
        Some(CloseReason::Restarting)
    );
    let mut more = Vec::new();
    let end = reader.get_mut().read_to_end(&mut more).await;
    assert_eq!(
        (end.unwrap(), more),
        (0, vec![]),
        "TLS did not say that it ends"
    );
}

#[tokio::test]
async fn a_reader_too_slow_for_its_outbox_is_told_to_resync_after_a_whole_frame() {
    let (outbox, mut reader) = outbox_and_reader().await;
    let frames = 3 * LIMIT / 100_000;
    for _ in 0..frames {
        outbox.send(binary_frame(vec![7; 100_000]));
    }
    let mut received = 0;
    let last = loop {
        match reader.next().await.unwrap().unwrap() {
            Message::Binary(bytes) => assert_eq!(bytes, vec![7; 100_000]),
            last @ (Message::Text(_)
            | Message::Ping(_)
            | Message::Pong(_)
            | Message::Close(_)
            | Message::Frame(_)) => break last,
        }
        received += 1;
    };
    let Message::Close(Some(close)) = last else {
        panic!("{last:?} is no close frame")
    };
    assert_eq!(
        CloseReason::from_code(close.code.into()),
        Some(CloseReason::Resync)
    );
    assert!(received > 0 && received < frames);
}
