//! Measures one board with many people on it, on Candour and on the servers people would otherwise build on.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use candour_e2e::load::candour::Candour;
use candour_e2e::load::process::Process;
use candour_e2e::load::subject::Subject;
use candour_e2e::load::yjs::{Kind, Yjs};
use candour_e2e::load::{Figures, Plan, measure};
use clap::Parser;
use hdrhistogram::Histogram;
use tempfile::TempDir;

/// The processor that is the server's alone, and the one on which everybody else is.
const SERVER: usize = 0;
const CROWD: usize = 1;

/// Measures one board with many people on it: how long changes take to be acknowledged and to be seen by others,
/// what share arrives, and what the server takes for it.
#[derive(Parser)]
struct Arguments {
    /// How many people, one run for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 500, 1000, 2000, 5000])]
    people: Vec<usize>,
    /// How many changes they make together in a second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// The folder with the packages of the other servers; without it, Candour is alone.
    #[arg(long)]
    peers: Option<PathBuf>,
}

// One thread: the crowd has one processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    Process::of(std::process::id()).pin(CROWD)?;
    println!(
        "{} changes/s for {} s; the server on one processor, the crowd on another; milliseconds",
        arguments.rate, arguments.seconds
    );
    println!(
        "{:<22} {:>6} | {:>7} {:>7} {:>7} | {:>7} {:>7} {:>7} | {:>9} {:>7} {:>8} {:>9}",
        "",
        "",
        "ack p50",
        "p99",
        "p99.9",
        "seen",
        "p99",
        "p99.9",
        "delivered",
        "lost",
        "CPU s/M",
        "KB/socket"
    );
    let mut notes: Vec<(String, &'static str)> = Vec::new();
    for people in &arguments.people {
        let plan = Plan {
            people: *people,
            rate: arguments.rate,
            seconds: arguments.seconds,
        };
        let folder = TempDir::new()?;
        let mut candour = Candour::start(folder.path()).await?;
        run(&mut candour, plan, &mut notes).await;
        candour.stop().await?;
        let Some(packages) = &arguments.peers else {
            continue;
        };
        for kind in [Kind::Hocuspocus, Kind::YWebsocket] {
            let folder = TempDir::new()?;
            let mut server = Yjs::start(kind, packages, folder.path()).await?;
            run(&mut server, plan, &mut notes).await;
            server.stop().await?;
        }
    }
    println!("\nWhen a change is durable:");
    for (name, durability) in notes {
        println!("{name:<22} {durability}");
    }
    Ok(())
}

/// Measures one server and prints its row; one that gives up doesn't end the others' runs.
async fn run(subject: &mut impl Subject, plan: Plan, notes: &mut Vec<(String, &'static str)>) {
    let name = subject.name();
    let measured = async {
        Process::of(subject.process()).pin(SERVER)?;
        measure(subject, plan).await
    };
    match measured.await {
        Ok(figures) => row(&name, plan, &figures),
        Err(fault) => println!("{name:<22} {:>6} | {fault:#}", plan.people),
    }
    // Whoever looks on sees each row as it comes; nobody may.
    let _ = std::io::stdout().flush();
    if !notes.iter().any(|(noted, _)| *noted == name) {
        notes.push((name, subject.durability()));
    }
}

fn row(name: &str, plan: Plan, figures: &Figures) {
    let per_million = figures.processor.as_secs_f64() * 1e6 / figures.deliveries as f64;
    println!(
        "{name:<22} {:>6} | {} | {} | {:>8.2}% {:>7} {:>8.2} {:>9.1}",
        plan.people,
        times(&figures.acknowledged),
        times(&figures.seen),
        figures.delivered * 100.0,
        figures.dropped,
        per_million,
        figures.memory as f64 / 1024.0,
    );
}

fn times(histogram: &Histogram<u64>) -> String {
    let at = |quantile| {
        let micros = Duration::from_micros(histogram.value_at_quantile(quantile));
        format!("{:>7.1}", micros.as_secs_f64() * 1000.0)
    };
    if histogram.is_empty() {
        return ["-"; 3].map(|none| format!("{none:>7}")).join(" ");
    }
    [0.5, 0.99, 0.999].map(at).join(" ")
}
