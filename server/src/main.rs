//! The command `candour`: reads its settings, opens its socket and serves until told to stop.

use anyhow::Context as _;
use candour_server::{Config, serve};
use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

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
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { listen, database } = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let listener = TcpListener::bind(&listen)
        .await
        .with_context(|| format!("listening on {listen}"))?;
    println!("Candour is at http://{}", listener.local_addr()?);
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let shutdown = async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    };
    serve(listener, Config::new(database), shutdown).await
}
