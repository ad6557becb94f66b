//! HTTP as bytes, for what no library would send.

use std::net::SocketAddr;

use candour_e2e::PATIENCE;
use candour_e2e::api::{ApiError, Socket};
use candour_shared::denied::Denied;
use candour_shared::http::Refusal;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Error;

/// An answer, as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// Reads an answer's bytes; nothing if they are none.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        Some(Self {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head,
            body: bytes[end + 4..].to_vec(),
        })
    }

    /// The values of a header.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1);
        let named = lines.filter_map(|line| line.split_once(": "));
        named
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    /// The one value of a header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        match self.all(name)[..] {
            [value] => value,
            [] | [_, ..] => "",
        }
    }

    /// The body, if it is what is expected.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The body as a text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Why it was refused.
    pub(crate) fn denied(&self) -> (u16, Denied) {
        (self.status, self.json::<Refusal>().denied)
    }
}

/// A request: its first line, its other lines, its body.
pub(crate) fn request(first: &str, lines: &[&str], body: &str) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    format!(
        "{first} HTTP/1.1\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}

/// Sends bytes and reads what comes until the other end closes the connection.
pub(crate) async fn exchange<S>(mut stream: S, bytes: &str) -> Vec<u8>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut answer = Vec::new();
    let exchanged = timeout(PATIENCE, async {
        stream.write_all(bytes.as_bytes()).await?;
        stream.read_to_end(&mut answer).await
    });
    // How the end comes is the server's affair, as long as it comes.
    let _ = exchanged.await.expect("the connection stays open");
    answer
}

/// Asks over a connection of its own.
pub(crate) async fn ask(to: SocketAddr, first: &str, lines: &[&str], body: &str) -> Answer {
    let stream = TcpStream::connect(to).await.unwrap();
    let bytes = exchange(stream, &request(first, lines, body)).await;
    Answer::parse(&bytes).expect("no answer")
}

/// The status with which a live connection was refused.
pub(crate) fn refused(opened: Result<Socket, ApiError>) -> u16 {
    let Err(ApiError::NoSocket(fault)) = opened else {
        panic!("it was not refused");
    };
    let Error::Http(response) = *fault else {
        panic!("{fault}");
    };
    response.status().as_u16()
}
