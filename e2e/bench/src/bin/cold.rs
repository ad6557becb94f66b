//! Measures how soon a server that crashed has all its boards open again.

use anyhow::{Result, ensure};
use candour_bench::budgets::Budgets;
use candour_bench::cold::{Cold, NOTES};
use candour_bench::machine::{CROWD, open_many_files};
use candour_e2e::process::Process;
use clap::Parser;

/// Measures how long a server takes after a crash until it listens, and until all boards are served that are asked for at
/// once.
#[derive(Parser)]
struct Arguments {
    /// How many boards.
    #[arg(long, default_value_t = 1000)]
    boards: usize,
    /// How many notes are on each.
    #[arg(long, default_value_t = NOTES)]
    notes: usize,
}

// One thread for those who ask: they have one processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Arguments { boards, notes } = Arguments::parse();
    open_many_files()?;
    Process::this().pin(CROWD)?;
    let cold = Cold::measure(boards, notes).await?;
    cold.print();
    let mut budgets = Budgets::begin();
    cold.budgets(&mut budgets);
    ensure!(budgets.kept(), "over a budget");
    Ok(())
}
