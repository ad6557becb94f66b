//! Candour's server, in reading order.
//!
//! [`serve`] takes its listeners and its shutdown, so that `main` and the tests differ only there.

pub mod config;
pub mod clock;
pub mod random;
pub mod keys;
pub mod log;
pub mod storage;
pub mod board;
pub mod hub;
pub mod metrics;
pub mod limits;
pub mod origins;
pub mod tls;
mod write_timeout;
mod connection;
pub mod http;
pub mod socket;
#[cfg(test)]
mod simulation;

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::interval;

use board::Environment;
pub use config::Config;
use connection::Server;
use http::App;
use hub::Hub;
use limits::Limiter;
use origins::{Origin, Origins};
pub use storage::Storage;

/// How often limits forget whom they needn't remember.
const FORGET: Duration = Duration::from_secs(60);

/// Where a server listens.
#[derive(Debug)]
pub struct Listeners {
    /// For everybody.
    pub public: TcpListener,
    /// For Prometheus, if it is to read the metrics.
    pub metrics: Option<TcpListener>,
}

/// Serves boards until `shutdown` is ready; then tells every page to come back, and closes the log.
pub async fn serve(
    listeners: Listeners,
    config: Config,
    storage: Storage,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let tls = config.tls.as_ref().map(tls::Tls::acceptor).transpose()?;
    let Config {
        idle,
        clock,
        mut random,
        ..
    } = config.clone();
    let Storage { log, key, metrics } = storage;
    let limiter = Limiter::new(config.limits.clone(), &mut random);
    let origins = origins(&listeners.public, &config)?;
    let origins = Arc::new(Origins::new(origins, config.proxies));
    let env = Environment {
        log: log.clone(),
        clock,
        random,
        metrics: metrics.clone(),
        idle,
        limiter: Arc::clone(&limiter),
    };
    let hub = Hub::new(env, key, config.limits.boards);
    let expiring = tokio::spawn(Arc::clone(&hub).keep_expiring());
    let (stop, running) = watch::channel(());
    let server = Server {
        routes: http::routes(App {
            hub: Arc::clone(&hub),
            origins: Arc::clone(&origins),
            limiter: Arc::clone(&limiter),
            metrics: metrics.clone(),
        }),
        limiter: Arc::clone(&limiter),
        origins,
        tls,
        running,
    };
    let for_prometheus = Server {
        routes: metrics::routes(metrics),
        tls: None,
        ..server.clone()
    };
    tokio::select! {
        () = server.serve(&listeners.public) => {}
        () = async {
            match &listeners.metrics {
                Some(listener) => for_prometheus.serve(listener).await,
                None => pending().await,
            }
        } => {}
        () = keep_forgetting(&limiter) => {}
        () = shutdown => {}
    }
    drop(stop);
    expiring.abort();
    hub.stop().await;
    log.close().await;
    Ok(())
}

/// The server's own addresses.
fn origins(listener: &TcpListener, config: &Config) -> anyhow::Result<Vec<Origin>> {
    if !config.origins.is_empty() {
        return Ok(config.origins.clone());
    }
    let listening = listener.local_addr()?;
    if listening.ip().is_unspecified() {
        tracing::warn!(
            "only browsers on this machine are answered: say with --origin how others reach it"
        );
    }
    Ok(Origins::own(listening, config.scheme()))
}

async fn keep_forgetting(limiter: &Limiter) {
    let mut now = interval(FORGET);
    loop {
        now.tick().await;
        limiter.forget();
    }
}
