//! Candour's server, in reading order.
//!
//! [`serve`] takes its listener and its shutdown, so that `main` and the tests differ only there.

pub mod config;
pub mod clock;
pub mod random;
pub mod keys;
pub mod log;
pub mod board;
pub mod hub;
pub mod error;
pub mod http;
pub mod ws;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use board::Surroundings;
pub use config::Config;
use hub::Hub;
use keys::ServerKey;
use log::Log;

/// Serves boards on a listener until `shutdown` is ready; then tells every page to come back, and
/// closes the log.
pub async fn serve(
    listener: TcpListener,
    config: Config,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let path = config.database_path()?;
    let key = config.key_path()?;
    let Config {
        idle,
        clock,
        mut random,
        ..
    } = config.clone();
    let key = ServerKey::open(&key, &mut random)
        .with_context(|| format!("opening the key file {}", key.display()))?;
    let log = Log::sqlite(&path)
        .await
        .with_context(|| format!("opening the database {}", path.display()))?;
    let around = Surroundings {
        log: log.clone(),
        clock,
        random,
        idle,
    };
    let hub = Hub::new(around, key);
    let expiring = tokio::spawn(Arc::clone(&hub).keep_expiring());
    let router = http::routes(Arc::clone(&hub));
    let connections = Arc::new(Semaphore::new(config.connections));
    tokio::pin!(shutdown);
    loop {
        let (permit, stream) = tokio::select! {
            accepted = accept(&listener, &connections) => accepted?,
            () = &mut shutdown => break,
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(config.header_timeout)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            // How a connection ended is its peer's affair.
            let _ = connection.await;
            drop(permit);
        });
    }
    expiring.abort();
    hub.stop().await;
    log.close().await;
    Ok(())
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
) -> anyhow::Result<(OwnedSemaphorePermit, TcpStream)> {
    let permit = Arc::clone(connections).acquire_owned().await?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Ticks are batches already; waiting for more to send would only add to their delay.
                stream.set_nodelay(true).ok();
                return Ok((permit, stream));
            }
            Err(fault) => {
                // Out of descriptors, most likely: accepting again at once would spin.
                tracing::warn!(%fault, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}
