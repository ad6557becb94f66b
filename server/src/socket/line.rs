//! The connection under a WebSocket: plain TCP, or TLS over it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedReadHalf;
use tokio_rustls::server::TlsStream;

use crate::board::Outbox;
use crate::tls::Encryption;
use crate::write_timeout::WriteTimeout;

/// How much is read at once, in bytes: a socket costs this much even when its peer says nothing.
pub(super) const READ_BUFFER: usize = 4 * 1024;

/// The connection that is left when HTTP is done with it.
pub(super) struct Line {
    pub(super) stream: TcpStream,
    /// None if it isn't encrypted, or not by this server.
    pub(super) encryption: Option<Arc<Encryption>>,
    /// What came behind the handshake already.
    pub(super) begun: Vec<u8>,
}

impl Line {
    /// Nothing if it is none of the two kinds of streams that the server accepts.
    pub(super) fn of(upgraded: Upgraded) -> Option<Self> {
        let upgraded = match upgraded.downcast::<TokioIo<WriteTimeout<TcpStream>>>() {
            Ok(parts) => {
                return Some(Self {
                    stream: parts.io.into_inner().into_inner(),
                    encryption: None,
                    begun: parts.read_buf.to_vec(),
                });
            }
            Err(upgraded) => upgraded,
        };
        let parts = upgraded
            .downcast::<TokioIo<WriteTimeout<TlsStream<TcpStream>>>>()
            .ok()?;
        let (stream, connection) = parts.io.into_inner().into_inner().into_inner();
        Some(Self {
            stream,
            encryption: Some(Encryption::new(connection).ok()?),
            begun: parts.read_buf.to_vec(),
        })
    }
}

/// The stream tungstenite reads from. What it writes of its own accord, pongs and close frames, goes
/// out through the outbox like everything else, so that frames never mix.
pub(super) struct Duplex {
    pub(super) read: OwnedReadHalf,
    pub(super) encryption: Option<Arc<Encryption>>,
    pub(super) outbox: Arc<Outbox>,
}

impl Duplex {
    /// Reads until something was decrypted.
    fn poll_decrypted(
        &mut self,
        encryption: &Encryption,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while !encryption.read(buffer) {
            let mut records = [0; READ_BUFFER];
            let mut records = ReadBuf::new(&mut records);
            ready!(Pin::new(&mut self.read).poll_read(context, &mut records))?;
            if records.filled().is_empty() {
                break;
            }
            encryption.decrypt(records.filled())?;
            self.outbox.look();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Duplex {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.encryption.clone() {
            None => Pin::new(&mut self.read).poll_read(context, buffer),
            Some(encryption) => self.poll_decrypted(&encryption, context, buffer),
        }
    }
}

impl AsyncWrite for Duplex {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.outbox.send(Bytes::copy_from_slice(bytes));
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
