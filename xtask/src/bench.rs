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
    /// How one board bears 100 to 5,000 people, beside Hocuspocus and y-websocket.
    Load,
    /// How the page bears 200, 2,000 and 5,000 notes in a browser, beside the same notes in tldraw.
    Page,
    /// What the page weighs.
    Size,
}

/// Builds what is measured, and measures it.
pub(crate) fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ack => ack(workspace),
        Bench::Load => load(workspace),
        Bench::Page => page(workspace),
        Bench::Size => size(workspace),
    }
}

fn ack(workspace: &Workspace) -> Result<()> {
    crowd(workspace, "bench_ack", &[])
}

fn load(workspace: &Workspace) -> Result<()> {
    let peers = workspace.root.join("e2e/bench-load");
    let peers = peers.to_string_lossy();
    if setup::beside_server(workspace) {
        crowd(workspace, "bench_load", &["--peers", &peers])
    } else {
        crowd(workspace, "bench_load", &[])
    }
}

/// Runs a program of `e2e` that measures the server.
fn crowd(workspace: &Workspace, program: &str, arguments: &[&str]) -> Result<()> {
    let server = build::server(workspace, Profile::Release)?;
    let run = "run --release --package candour-e2e --bin";
    let mut run: Vec<&str> = run.split_whitespace().collect();
    run.extend([program, "--"]);
    run.extend(arguments);
    succeed(workspace.cargo(&run).env("CANDOUR_BIN", server))
}

fn page(workspace: &Workspace) -> Result<()> {
    build::page(workspace, Profile::Release)?;
    let server = build::server(workspace, Profile::Release)?;
    setup::browser(workspace)?;
    setup::beside_page(workspace);
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
