//! The way in to a server: how its live connections are opened, in the clear or under TLS.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use candour_e2e::api::Api;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{ClientMessage, Hello};
use futures_util::SinkExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::client_async_with_config;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use super::line::{Line, Socket};

/// Under which name a server has its certificate.
const NAME: &str = "localhost";
/// How much is read at once: thousands of sockets should cost little while they open.
const READ_BUFFER: usize = 4 * 1024;

/// Opens live connections to one server.
pub struct Entrance {
    address: SocketAddr,
    api: Api,
    tls: Option<TlsConnector>,
}

/// A certificate that a server made for itself.
pub struct Certificate {
    /// The certificate, as a PEM file.
    pub path: PathBuf,
    /// Its private key, as a PEM file.
    pub key: PathBuf,
    itself: CertificateDer<'static>,
}

impl Certificate {
    /// Makes one, in this folder.
    pub fn make(folder: &Path) -> Result<Self> {
        let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
        let (path, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        fs::write(&path, made.cert.pem())?;
        fs::write(&key, made.signing_key.serialize_pem())?;
        Ok(Self {
            path,
            key,
            itself: made.cert.der().clone(),
        })
    }

    fn connector(&self) -> Result<TlsConnector> {
        let mut roots = RootCertStore::empty();
        roots.add(self.itself.clone())?;
        let config = ClientConfig::builder_with_provider(ring::default_provider().into())
            .with_protocol_versions(&[&TLS13])?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::new(config).into())
    }
}

impl Entrance {
    /// Of a server at this address, which has this certificate, if it does TLS.
    pub fn new(address: SocketAddr, certificate: Option<&Certificate>) -> Result<Self> {
        Ok(Self {
            address,
            api: Api::new(&address.to_string()),
            tls: certificate.map(Certificate::connector).transpose()?,
        })
    }

    /// Opens a connection and says hello.
    pub async fn open(&self, board: BoardId, token: &str, hello: Hello) -> Result<Socket> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let line = match &self.tls {
            None => Line::Clear(stream),
            Some(tls) => Line::Encrypted(Box::new(tls.connect(NAME.try_into()?, stream).await?)),
        };
        let mut config = WebSocketConfig::default();
        config.read_buffer_size = READ_BUFFER;
        let handshake = self.api.handshake(board, token)?;
        let (mut socket, _) = client_async_with_config(handshake, line, Some(config)).await?;
        let hello = serde_json::to_string(&ClientMessage::Hello { hello })?;
        socket.send(Message::text(hello)).await?;
        Ok(socket)
    }
}
