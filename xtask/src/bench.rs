//! `cargo xtask bench`: measures what the budgets bound.

use anyhow::{Result, ensure};
use clap::Subcommand;

use crate::build::{self, Profile};
use crate::workspace::{Workspace, succeed};

/// What the page may weigh before it is usable, in bytes compressed with brotli.
const PAGE_BUDGET: usize = 300_000;

/// Measure against the budgets.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// How long a command takes to be durable and acknowledged, with 100 people posting.
    Ack,
    /// What the page weighs.
    Size,
}

/// Builds what is measured, and measures it.
pub(crate) fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ack => ack(workspace),
        Bench::Size => size(workspace),
    }
}

fn ack(workspace: &Workspace) -> Result<()> {
    let server = build::server(workspace, Profile::Release)?;
    let run = [
        "run",
        "--release",
        "--package",
        "candour-e2e",
        "--bin",
        "bench_ack",
    ];
    succeed(workspace.cargo(&run).env("CANDOUR_BIN", server))
}

fn size(workspace: &Workspace) -> Result<()> {
    let page = build::page(workspace, Profile::Release)?;
    print!("{}", page.table());
    println!("{:<36} {:>10} {PAGE_BUDGET:>10}", "budget", "");
    ensure!(
        page.compressed() <= PAGE_BUDGET,
        "the page is over its budget"
    );
    Ok(())
}
