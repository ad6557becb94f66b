//! `cargo xtask bench`: measures what the budgets bound.

use std::process::Command;

use anyhow::{Result, ensure};
use clap::Subcommand;

use crate::build::{self, Profile};
use crate::setup;
use crate::workspace::{Workspace, succeed};

/// What the page may weigh before it is usable, in bytes compressed with brotli.
const PAGE_BUDGET: usize = 300_000;

/// Measure against the budgets.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// How long a command takes to be durable and acknowledged, with 100 people posting.
    Ack,
    /// How the page bears 200, 2,000 and 5,000 notes in a browser, beside the same notes in tldraw.
    Page,
    /// What the page weighs.
    Size,
}

/// Builds what is measured, and measures it.
pub(crate) fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ack => ack(workspace),
        Bench::Page => page(workspace),
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

fn page(workspace: &Workspace) -> Result<()> {
    build::page(workspace, Profile::Release)?;
    let server = build::server(workspace, Profile::Release)?;
    setup::browser(workspace)?;
    setup::beside(workspace);
    let mut node = Command::new("node");
    node.arg("page.mjs")
        .current_dir(workspace.root.join("e2e/bench-page"))
        .env("CANDOUR_BIN", server)
        .env("CHROMIUM", setup::CHROMIUM);
    succeed(&mut node)
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
