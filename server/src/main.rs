//! The command `candour`: reads its settings, opens its sockets and serves until told to stop.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use candour_server::limits::Limits;
use candour_server::origins::Origin;
use candour_server::tls::Tls;
use candour_server::{Config, Listeners, Storage, serve, storage};
use clap::{Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpSocket, ToSocketAddrs, lookup_host};
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
    #[arg(
        long,
        env = "CANDOUR_DATABASE",
        default_value = "sqlite:candour.db",
        global = true
    )]
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
    /// The address to answer Prometheus on, at /metrics. Without it, there are none to be read.
    #[arg(long, env = "CANDOUR_METRICS", value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// How the log on standard error is written.
    #[arg(
        long,
        env = "CANDOUR_LOG_FORMAT",
        value_name = "FORMAT",
        value_enum,
        default_value = "text"
    )]
    log_format: LogFormat,
    #[command(flatten)]
    limits: Limits,
    /// What to do instead of serving.
    #[command(subcommand)]
    task: Option<Task>,
}

/// What looks after a database, also while a server uses it.
#[derive(Subcommand)]
enum Task {
    /// Copies every board to a new file, each as it is at one moment, and verifies it on the way.
    ///
    /// The key file is not copied. With both one can tell whose the notes and dots of open phases are:
    /// keep them apart, and no copy for longer than you need it.
    Backup {
        /// The new file.
        to: PathBuf,
    },
    /// Makes the database from a backup; there must be none yet. Needs its key file beside it.
    Restore {
        /// The backup.
        from: PathBuf,
    },
    /// Verifies every board; fails if one is damaged.
    Check,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// For programs: a JSON object on every line.
    Json,
}

/// How many connections may wait to be accepted: as many as Linux allows without being told (`somaxconn`). Where
/// there is no room, who comes back after an interruption tries again only after 1, 3 and 7 seconds.
const BACKLOG: u32 = 4096;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    start_log(arguments.log_format);
    match &arguments.task {
        Some(task) => look_after(task, &Config::new(&arguments.database)).await,
        None => run(arguments).await,
    }
}

async fn look_after(task: &Task, config: &Config) -> Result<()> {
    let findings = match task {
        Task::Backup { to } => storage::back_up(config, to).await?,
        Task::Restore { from } => storage::restore(config, from).await?,
        Task::Check => storage::check(config).await?,
    };
    println!("Boards that are whole: {}", findings.whole);
    for fault in &findings.faults {
        println!("The database is damaged: {fault}");
    }
    for (board, damage) in &findings.damaged {
        println!("Board {board} is damaged: {damage}");
    }
    ensure!(findings.is_whole(), "not everything is whole");
    Ok(())
}

async fn run(arguments: Arguments) -> Result<()> {
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
    // Before anybody is told that there is a server.
    let storage = Storage::open(&config).await?;
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
    serve(listeners, config, storage, shutdown).await
}

async fn listen(address: impl ToSocketAddrs + std::fmt::Debug) -> Result<TcpListener> {
    let listening = async {
        let mut fault = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in lookup_host(&address).await? {
            match bind(address) {
                Ok(listener) => return Ok(listener),
                Err(failed) => fault = failed,
            }
        }
        Err(fault)
    };
    let listener = listening.await;
    listener.with_context(|| format!("listening on {address:?}"))
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // So that a server that was restarted gets its port back at once.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// A network, or an address, which is a network of one.
fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address
        .or_else(|_| text.parse())
        .map_err(|_| "expected an address like 10.0.0.1, or a network like 10.0.0.0/8".to_owned())
}

/// Writes to standard error what `RUST_LOG` asks for, without what must never be in a log: when libraries say
/// more than usual, they write down what passes through them, such as every frame of every socket.
fn start_log(format: LogFormat) {
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let harmless = filter_fn(|event| {
        event.target().starts_with("candour") || *event.level() <= LevelFilter::INFO
    });
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry()
        .with(asked)
        .with(harmless)
        .with(lines)
        .init();
}
