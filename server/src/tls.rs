//! TLS without a proxy (RFC 8446, and RFC 5246 for old browsers).

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use bytes::{Bytes, BytesMut};
use tokio::io::ReadBuf;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::NoServerSessionStorage;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ServerConfig, ServerConnection};

/// What TLS needs, as PEM files.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The certificate, and those that lead from it to a root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

impl Tls {
    /// Reads the files.
    pub fn acceptor(&self) -> anyhow::Result<TlsAcceptor> {
        let Self { certificate, key } = self;
        let certificates: Vec<_> = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect)
            .with_context(|| format!("reading the certificate {}", certificate.display()))?;
        let key = PrivateKeyDer::from_pem_file(key)
            .with_context(|| format!("reading the private key {}", key.display()))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_no_client_auth()
            .with_single_cert(certificates, key)
            .context("the certificate and the private key don't belong together")?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        // Sessions that can be resumed would let the server tell that two connections are one person's.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// One connection's encryption, once the WebSocket's frames go past the stream that agreed on it. Shared by
/// the outbox, which encrypts, and the socket's task, which decrypts.
pub struct Encryption(Mutex<Agreed>);

struct Agreed {
    connection: ServerConnection,
    /// What was decrypted and not read yet: as much as a record holds, and what was behind it.
    decrypted: BytesMut,
    /// Whether the peer said that nothing follows.
    over: bool,
}

impl Encryption {
    /// Goes on with what a stream agreed on.
    pub fn new(mut connection: ServerConnection) -> io::Result<Arc<Self>> {
        // What is encrypted is taken out at once.
        connection.set_buffer_limit(None);
        let mut agreed = Agreed {
            connection,
            decrypted: BytesMut::new(),
            over: false,
        };
        agreed.digest()?;
        Ok(Arc::new(Self(Mutex::new(agreed))))
    }

    /// The records for these bytes, behind whatever TLS has to say of its own accord.
    pub fn encrypt(&self, plain: &[u8]) -> io::Result<Bytes> {
        let Agreed { connection, .. } = &mut *self.agreed();
        connection.writer().write_all(plain)?;
        let mut records = Vec::new();
        while connection.wants_write() {
            connection.write_tls(&mut records)?;
        }
        Ok(records.into())
    }

    /// The last record: nothing follows it.
    pub fn end(&self) -> io::Result<Bytes> {
        self.agreed().connection.send_close_notify();
        self.encrypt(&[])
    }

    /// Takes records in, or parts of them.
    pub fn decrypt(&self, mut records: &[u8]) -> io::Result<()> {
        let mut agreed = self.agreed();
        while !records.is_empty() {
            agreed.connection.read_tls(&mut records)?;
            agreed.digest()?;
        }
        Ok(())
    }

    /// Moves what was decrypted into a buffer. False if there is nothing yet; true without anything moved
    /// if nothing follows.
    pub fn read(&self, buffer: &mut ReadBuf<'_>) -> bool {
        let Agreed {
            decrypted, over, ..
        } = &mut *self.agreed();
        let read = decrypted.len().min(buffer.remaining());
        buffer.put_slice(&decrypted.split_to(read));
        read > 0 || *over
    }

    fn agreed(&self) -> MutexGuard<'_, Agreed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Agreed {
    /// Decrypts what came, and takes it out at once: rustls takes nothing in while it holds a record.
    fn digest(&mut self) -> io::Result<()> {
        let state = self.connection.process_new_packets();
        let state = state.map_err(io::Error::other)?;
        let held = self.decrypted.len();
        self.decrypted
            .resize(held + state.plaintext_bytes_to_read(), 0);
        self.connection
            .reader()
            .read_exact(&mut self.decrypted[held..])?;
        self.over = state.peer_has_closed();
        Ok(())
    }
}
