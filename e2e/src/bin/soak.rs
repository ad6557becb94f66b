//! Lets people work for a long time, then breaks everything that breaks in real life, at full size, and says what
//! was lost.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use candour_e2e::faults::cable::{Afterwards, cable};
use candour_e2e::faults::clock::clock;
use candour_e2e::faults::damage::damage;
use candour_e2e::faults::freeze::freeze;
use candour_e2e::faults::full_disk::full_disk;
use candour_e2e::faults::kill::kill;
use candour_e2e::faults::repeat::repeat;
use candour_e2e::faults::soak::soak;
use candour_e2e::faults::stall::{Crowd, stall};
use candour_e2e::faults::verdict::Verdict;
use candour_e2e::server::storage;
use clap::{Parser, ValueEnum};

/// How often each happens, but for kills.
const FREEZES: usize = 30;
const FULL_DISKS: usize = 20;
const DAMAGES: usize = 800;
const CLOCKS: usize = 10;
const CABLES: usize = 40;
const BATCHES: usize = 60;
/// How long a server stands still.
const FROZEN: Duration = Duration::from_secs(2);
/// Who stops reading.
const CROWD: Crowd = Crowd {
    people: 500,
    stalled: 50,
    seconds: 30,
};

/// Lets people work for a long time, then breaks everything that breaks in real life. Ends with a table, and fails
/// if anything that was acknowledged was lost, or counted twice, or if there is something that nobody sent.
#[derive(Parser)]
struct Arguments {
    /// For how many minutes people work before anything is broken.
    #[arg(long, default_value_t = 30)]
    minutes: u32,
    /// How many times the server is killed.
    #[arg(long, default_value_t = 1_000)]
    cycles: usize,
    /// Only this.
    #[arg(long, value_enum)]
    only: Option<What>,
    /// The seed of all that is random; without it, any.
    #[arg(long)]
    seed: Option<u64>,
    /// A folder on the disk on which boards are stored; without it, where this program lies.
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Ordinary work.
    Work,
    /// The server is killed.
    Kill,
    /// The server stands still.
    Freeze,
    /// The disk is full.
    FullDisk,
    /// Files are damaged.
    Damage,
    /// The clock jumps.
    Clock,
    /// Connections go silent.
    Cable,
    /// People stop reading.
    Stall,
    /// Everything is sent twice.
    Repeat,
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let seed = arguments.seed.unwrap_or_else(rand::random);
    println!("seed {seed}");
    let all = What::value_variants().iter().copied();
    let mut rows = Vec::new();
    for what in all.filter(|what| arguments.only.is_none_or(|only| only == *what)) {
        println!("\n== {}", what.name());
        let begin = Instant::now();
        let found = what.happens(&arguments, seed).await;
        match &found {
            Ok(verdict) => println!("{verdict}"),
            Err(fault) => println!("{fault:#}"),
        }
        rows.push((what, begin.elapsed(), found));
    }
    println!(
        "\n{:<12} {:>8} {:>14} {:>8} {:>8} {:>8} {:>8}",
        "what", "times", "acknowledged", "lost", "doubled", "invented", "seconds"
    );
    for (what, took, found) in &rows {
        print!("{:<12} {:>8}", what.name(), what.times(&arguments));
        match found {
            Ok(verdict) => print!(
                " {:>14} {:>8} {:>8} {:>8}",
                verdict.acknowledged,
                verdict.lost.len(),
                verdict.doubled.len(),
                verdict.invented.len()
            ),
            Err(_) => print!(" {:>41}", "failed, see above"),
        }
        println!(" {:>8.1}", took.as_secs_f64());
    }
    let clean = |found: &Result<Verdict>| found.as_ref().is_ok_and(Verdict::is_clean);
    Ok(if rows.iter().all(|(_, _, found)| clean(found)) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

impl What {
    fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn times(self, arguments: &Arguments) -> usize {
        match self {
            Self::Work | Self::Stall => 1,
            Self::Kill => arguments.cycles,
            Self::Freeze => FREEZES,
            Self::FullDisk => FULL_DISKS,
            Self::Damage => DAMAGES,
            Self::Clock => CLOCKS,
            Self::Cable => CABLES,
            Self::Repeat => BATCHES,
        }
    }

    async fn happens(self, arguments: &Arguments, seed: u64) -> Result<Verdict> {
        let folder = storage(arguments.folder.as_deref())?;
        let (folder, times) = (folder.path(), self.times(arguments));
        match self {
            Self::Work => soak(folder, arguments.minutes, seed).await,
            Self::Kill => kill(folder, times, seed).await,
            Self::Freeze => freeze(folder, times, FROZEN, seed).await,
            Self::FullDisk => full_disk(times, seed).await,
            Self::Damage => damage(folder, times, seed).await,
            Self::Clock => clock(times, seed).await,
            Self::Cable => cable(folder, times, Afterwards::WaitForTheEnd, seed).await,
            Self::Stall => stall(folder, CROWD).await,
            Self::Repeat => repeat(folder, times, seed).await,
        }
    }
}
