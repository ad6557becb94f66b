//! Measures how a board bears that everybody comes at once: back, after all have lost their connections, or for the
//! first time.

use anyhow::{Result, ensure};
use candour_bench::budgets::Budgets;
use candour_bench::machine::{CROWD, open_many_files};
use candour_bench::storm::{NOTES, Table};
use candour_e2e::process::Process;
use clap::Parser;

/// Measures how long it takes until everybody is in sync again after all have lost their connections at once, and until
/// all are there who join at once; and how long others wait for their acknowledgements meanwhile.
#[derive(Parser)]
struct Arguments {
    /// How many people.
    #[arg(long, default_value_t = 5000)]
    people: usize,
    /// How many notes are on the board.
    #[arg(long, default_value_t = NOTES)]
    notes: usize,
}

// One thread for the crowd: it has one processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Arguments { people, notes } = Arguments::parse();
    open_many_files()?;
    Process::this().pin(CROWD)?;
    let storms = Table::measure(people, notes).await?;
    let mut budgets = Budgets::begin();
    storms.budgets(&mut budgets);
    ensure!(budgets.kept(), "over a budget");
    Ok(())
}
