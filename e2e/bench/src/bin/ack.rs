//! Measures how long a command takes to be durable and acknowledged, and beside it what the disk
//! takes for a bare append and fsync.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use candour_e2e::PATIENCE;
use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::fresh;
use candour_e2e::server::ServerProcess;
use candour_e2e::server::storage;
use candour_e2e::workshop::{content, move_phase, participants_link, settings};
use candour_shared::command::Command;
use candour_shared::phase::Phase;
use clap::Parser;
use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tokio::time::sleep_until;

/// How many bare appends are measured, and of how many bytes.
const APPENDS: usize = 500;
const APPEND_BYTES: usize = 4096;

/// Measures how long a posted note takes from the moment it was to be sent until its durable
/// acknowledgement. The pace doesn't wait for answers, so a server that falls behind shows it.
#[derive(Parser)]
struct Arguments {
    /// How many people post.
    #[arg(long, default_value_t = 100)]
    people: u32,
    /// How many notes they post together in a second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// A folder on the disk to be measured; without it, where this program lies.
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = storage(arguments.folder.as_deref())?;
    let server = ServerProcess::start(folder.path()).await?;
    let acks = post(&Api::new(&server.url()).patient(PATIENCE), &arguments).await?;
    drop(server);
    let disk = append(folder.path())?;
    println!(
        "{} people, {} notes/s together, {} s; milliseconds",
        arguments.people, arguments.rate, arguments.seconds
    );
    println!("{:<34} {:>8} {:>8} {:>8}", "", "p50", "p99", "max");
    print_row("command → durable acknowledgement", &acks);
    println!("{:<34} {:>8} {:>8}", "  budget", "15", "60");
    print_row("bare 4 KiB append + fsync", &disk);
    Ok(())
}

async fn post(api: &Api, arguments: &Arguments) -> Result<Histogram<u64>> {
    let created = api.create(&settings()).await?;
    let board = created.board;
    let facilitator = api.token(board, &created.facilitator, None).await?;
    let facilitator = TestClient::connect(api.clone(), board, facilitator);
    let mut clients = Vec::new();
    for _ in 0..arguments.people {
        let token = api
            .token(board, participants_link(&created), Some(0))
            .await?;
        clients.push(TestClient::connect(api.clone(), board, token));
    }
    facilitator
        .ask(move_phase(Phase::Lobby, Phase::Write))
        .await?;
    for client in &clients {
        client.wait_for(|view| view.phase() == Phase::Write).await?;
    }
    let clients: Vec<_> = clients.into_iter().map(std::sync::Arc::new).collect();
    let begin = tokio::time::Instant::now();
    let mut posts = JoinSet::new();
    for index in 0..arguments.rate * arguments.seconds {
        let intended =
            begin + Duration::from_secs_f64(f64::from(index) / f64::from(arguments.rate));
        let client = std::sync::Arc::clone(&clients[(index % arguments.people) as usize]);
        sleep_until(intended).await;
        posts.spawn(async move {
            let (note, content) = (fresh::note(), content("The letter comes after the patient"));
            client.ask(Command::post_note(note, content)).await?;
            anyhow::Ok(intended.elapsed())
        });
    }
    let mut acks = histogram()?;
    while let Some(ack) = posts.join_next().await {
        acks.record(micros(ack??)?)?;
    }
    Ok(acks)
}

fn append(folder: &Path) -> Result<Histogram<u64>> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("appended"))?;
    let mut appends = histogram()?;
    for _ in 0..APPENDS {
        let begin = Instant::now();
        file.write_all(&[0; APPEND_BYTES])?;
        file.sync_all()?;
        appends.record(micros(begin.elapsed())?)?;
    }
    Ok(appends)
}

fn histogram() -> Result<Histogram<u64>> {
    Ok(Histogram::new(3)?)
}

fn micros(duration: Duration) -> Result<u64> {
    Ok(u64::try_from(duration.as_micros())?)
}

fn print_row(name: &str, times: &Histogram<u64>) {
    let millis = |micros: u64| micros as f64 / 1000.0;
    println!(
        "{name:<34} {:>8.2} {:>8.2} {:>8.2}",
        millis(times.value_at_quantile(0.5)),
        millis(times.value_at_quantile(0.99)),
        millis(times.max()),
    );
}
