//! What somebody takes part with: where its requests come from, what they say of it, and all that it
//! was answered.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use reqwest::ClientBuilder;
use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio_tungstenite::tungstenite::http::{HeaderMap, Response};

/// See the module. The default is any address, and no headers. Clones are the same device.
#[derive(Clone, Default)]
pub struct Device {
    address: Option<Ipv4Addr>,
    headers: HeaderMap,
    answers: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Device {
    /// A device at one of this machine's addresses, whose requests all carry these headers.
    #[must_use]
    pub fn new(address: Ipv4Addr, headers: HeaderMap) -> Self {
        Self {
            address: Some(address),
            headers,
            answers: Arc::default(),
        }
    }

    /// Every answer so far, head and body, in order; handshakes of live connections included.
    #[must_use]
    pub fn answers(&self) -> Vec<Vec<u8>> {
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// An HTTP client on this device.
    pub(crate) fn http(&self) -> ClientBuilder {
        reqwest::Client::builder()
            .local_address(self.address.map(IpAddr::V4))
            .default_headers(self.headers.clone())
    }

    /// A connection to `host:port`.
    pub(crate) async fn connect(&self, host: &str) -> io::Result<TcpStream> {
        let Some(address) = self.address else {
            return TcpStream::connect(host).await;
        };
        let server = lookup_host(host).await?.find(SocketAddr::is_ipv4);
        let socket = TcpSocket::new_v4()?;
        socket.bind((address, 0).into())?;
        socket.connect(server.ok_or(io::ErrorKind::NotFound)?).await
    }

    /// What its requests carry.
    pub(crate) fn headers(&self) -> HeaderMap {
        self.headers.clone()
    }

    /// Reads an answer to its end and keeps a copy.
    pub(crate) async fn answered(
        &self,
        response: reqwest::Response,
    ) -> reqwest::Result<reqwest::Response> {
        let mut read = Response::new(Bytes::new());
        *read.status_mut() = response.status();
        *read.headers_mut() = response.headers().clone();
        *read.body_mut() = response.bytes().await?;
        self.keep(&read);
        Ok(read.into())
    }

    /// Keeps a copy of an answer.
    pub(crate) fn keep<T: AsRef<[u8]>>(&self, response: &Response<T>) {
        let mut answer = response.status().to_string().into_bytes();
        for (name, value) in response.headers() {
            answer.extend([b"\n", name.as_str().as_bytes(), b": ", value.as_bytes()].concat());
        }
        answer.extend_from_slice(b"\n\n");
        answer.extend_from_slice(response.body().as_ref());
        self.answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(answer);
    }
}
