//! Connections: accepted, bounded and handed to the routes, in the clear or under TLS.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::{Service as _, service_fn};

use crate::limits::{AddressPermit, Limiter};
use crate::origins::Origins;
use crate::write_timeout::WriteTimeout;

/// How soon it is tried again to accept a connection.
const AGAIN: Duration = Duration::from_millis(100);

/// Who a connection came from: a client or a proxy.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What a connection takes up of the bounds, as long as anybody holds it: a WebSocket holds it on when HTTP
/// is done with the connection.
#[derive(Clone)]
#[expect(dead_code, reason = "it is held, not read")]
pub(crate) struct ConnectionPermit(Arc<(Option<OwnedSemaphorePermit>, Option<AddressPermit>)>);

/// Serves connections; cheap to clone.
#[derive(Clone)]
pub(crate) struct Server {
    /// What answers.
    pub(crate) routes: Router,
    /// The bounds.
    pub(crate) limiter: Arc<Limiter>,
    /// The proxies, which stand for many.
    pub(crate) origins: Arc<Origins>,
    /// How to encrypt, if this server does.
    pub(crate) tls: Option<TlsAcceptor>,
    /// Closed when the server stops: then a connection ends with the request it is at.
    pub(crate) running: watch::Receiver<()>,
}

impl Server {
    /// Serves all connections, for ever.
    pub(crate) async fn serve(self, listener: &TcpListener) {
        let capacity = Arc::new(Semaphore::new(
            self.limiter.limits().connections.get() as usize
        ));
        loop {
            // The semaphore is never closed.
            let permit = Arc::clone(&capacity).acquire_owned().await.ok();
            let (stream, peer) = accept(listener).await;
            let address = if self.origins.is_proxy(peer.ip()) {
                None
            } else {
                let address = self.limiter.address(peer.ip());
                let Some(counted) = self.limiter.connection(address) else {
                    continue;
                };
                Some(counted)
            };
            let peer = Peer(peer.ip().to_canonical());
            let permit = ConnectionPermit(Arc::new((permit, address)));
            tokio::spawn(self.clone().connection(stream, peer, permit));
        }
    }

    async fn connection(self, stream: TcpStream, peer: Peer, permit: ConnectionPermit) {
        let Some(acceptor) = &self.tls else {
            return self.http(stream, peer, permit).await;
        };
        let agreed = timeout(self.limiter.limits().head_timeout, acceptor.accept(stream));
        if let Ok(Ok(stream)) = agreed.await {
            self.http(stream, peer, permit).await;
        }
    }

    async fn http<S>(&self, stream: S, peer: Peer, permit: ConnectionPermit)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let limits = self.limiter.limits();
        let routes = self.routes.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(permit.clone());
            routes.clone().call(request)
        });
        let mut running = self.running.clone();
        let stream = TokioIo::new(WriteTimeout::new(stream, limits.stall_timeout));
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_timeout)
            .serve_connection(stream, TowerToHyperService::new(service))
            .with_upgrades();
        let mut connection = pin!(connection);
        // How a connection ended is its peer's affair.
        tokio::select! {
            _ = connection.as_mut() => {}
            _ = running.changed() => {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Ticks are batches already; waiting for more to send would only add to their delay.
                stream.set_nodelay(true).ok();
                return (stream, peer);
            }
            Err(fault) => {
                // Out of descriptors, most likely: accepting again at once would spin.
                tracing::warn!(%fault, "a connection could not be accepted");
                sleep(AGAIN).await;
            }
        }
    }
}
