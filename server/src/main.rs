//! The command `candour`: reads its settings, opens its sockets and serves until told to stop.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use candour_server::front::Origin;
use candour_server::limits::Limits;
use candour_server::tls::Tls;
use candour_server::{Config, Listeners, serve};
use clap::Parser;
use ipnet::IpNet;
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, fmt};

/// A live, anonymous workshop board for people of different organisations.
///
/// Boards are stored in one SQLite file, made at the first start; a key file beside it, PATH.key, is
/// needed to read who may change what, and belongs in no backup of the database.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The address to listen on.
    #[arg(long, env = "CANDOUR_LISTEN", default_value = "127.0.0.1:3000")]
    listen: String,
    /// Where boards are stored.
    #[arg(long, env = "CANDOUR_DATABASE", default_value = "sqlite:candour.db")]
    database: String,
    /// The address people open in their browsers, as in `https://board.example.org`; more than one may be
    /// given. Requests for any other are refused. Without it: where the server listens, and localhost.
    #[arg(
        long = "origin",
        env = "CANDOUR_ORIGIN",
        value_name = "ORIGIN",
        value_delimiter = ','
    )]
    origins: Vec<Origin>,
    /// The address of a proxy in front of the server, or a network of them, as in 10.0.0.0/8; more than one
    /// may be given. Only they are believed when they say in X-Forwarded-For who asks.
    #[arg(
        long = "trusted-proxy",
        env = "CANDOUR_TRUSTED_PROXY",
        value_name = "ADDRESS",
        value_delimiter = ',',
        value_parser = network
    )]
    proxies: Vec<IpNet>,
    /// A certificate, with those that lead to its root, to serve HTTPS without a proxy: a PEM file.
    #[arg(
        long,
        env = "CANDOUR_TLS_CERTIFICATE",
        value_name = "PATH",
        requires = "tls_key"
    )]
    tls_certificate: Option<PathBuf>,
    /// The certificate's private key: a PEM file.
    #[arg(
        long,
        env = "CANDOUR_TLS_KEY",
        value_name = "PATH",
        requires = "tls_certificate"
    )]
    tls_key: Option<PathBuf>,
    /// The address to answer Prometheus on, at /metrics. Without it, nobody reads the metrics.
    #[arg(long, env = "CANDOUR_METRICS", value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    #[command(flatten)]
    limits: Limits,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    start_log();
    let tls = arguments.tls_certificate.zip(arguments.tls_key);
    let config = Config {
        origins: arguments.origins,
        proxies: arguments.proxies,
        tls: tls.map(|(certificate, key)| Tls { certificate, key }),
        limits: arguments.limits,
        ..Config::new(arguments.database)
    };
    let listeners = Listeners {
        public: listen(&arguments.listen).await?,
        metrics: match &arguments.metrics {
            Some(address) => Some(listen(address).await?),
            None => None,
        },
    };
    let scheme = config.scheme();
    println!(
        "Candour is at {scheme}://{}",
        listeners.public.local_addr()?
    );
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let shutdown = async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    };
    serve(listeners, config, shutdown).await
}

async fn listen(address: impl ToSocketAddrs + std::fmt::Debug) -> Result<TcpListener> {
    let listener = TcpListener::bind(&address).await;
    listener.with_context(|| format!("listening on {address:?}"))
}

/// A network, or an address, which is a network of one.
fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address
        .or_else(|_| text.parse())
        .map_err(|_| "expected an address like 10.0.0.1, or a network like 10.0.0.0/8".to_owned())
}

/// Writes to standard error what `RUST_LOG` asks for, without what nobody may ask for: when libraries say
/// more than usual, they write down what passes through them, such as every frame of every socket.
fn start_log() {
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let harmless = filter_fn(|event| {
        event.target().starts_with("candour") || *event.level() <= LevelFilter::INFO
    });
    tracing_subscriber::registry()
        .with(asked)
        .with(harmless)
        .with(fmt::layer().with_writer(std::io::stderr))
        .init();
}
