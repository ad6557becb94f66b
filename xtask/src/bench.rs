//! `cargo xtask bench`: measures what the budgets bound.

mod dev;

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};

use crate::build::{self, Profile};
use crate::setup;
use crate::workspace::{Workspace, succeed};

/// The workspace of what measures.
pub(crate) const BENCHES: &str = "e2e/bench";

/// What the page may weigh before it is usable, in bytes compressed with brotli.
const PAGE_BUDGET: usize = 300_000;

/// Measure against the budgets.
#[derive(Subcommand)]
pub(crate) enum Bench {
    /// How long a command takes to be durable and acknowledged, with 100 people posting.
    Ack,
    /// How one board bears 100 to 5,000 people, and the server 1,000 boards, beside Hocuspocus, y-websocket and y-sweet.
    Load(Passed),
    /// How one board bears 5,000 people who come back at once, or join at once.
    Storm(Passed),
    /// How soon 1,000 boards are open again after a crash.
    Cold(Passed),
    /// How the page bears 200, 2,000 and 5,000 notes in a browser, beside the same notes in tldraw.
    Page,
    /// What the page weighs.
    Size,
    /// How long a change of a source takes until `cargo xtask dev` serves it, and where the time goes.
    Dev,
}

/// What is passed on.
#[derive(Args)]
pub(crate) struct Passed {
    /// For the program that measures: `-- --help` says what it takes.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Builds what is measured, and measures it.
pub(crate) fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ack => ack(workspace),
        Bench::Load(passed) => load(workspace, passed),
        Bench::Storm(passed) => crowd(workspace, "storm", &passed.arguments),
        Bench::Cold(passed) => crowd(workspace, "cold", &passed.arguments),
        Bench::Page => page(workspace),
        Bench::Size => size(workspace),
        Bench::Dev => dev::dev(workspace),
    }
}

fn ack(workspace: &Workspace) -> Result<()> {
    crowd(workspace, "ack", &[])
}

fn load(workspace: &Workspace, passed: &Passed) -> Result<()> {
    let mut arguments = passed.arguments.clone();
    if setup::beside_server(workspace) {
        let packages = workspace.root.join("e2e/bench/peers");
        arguments.extend(["--packages".into(), packages.into_os_string()]);
    }
    if let Some(y_sweet) = setup::y_sweet(workspace) {
        arguments.extend(["--y-sweet".into(), y_sweet.into_os_string()]);
    }
    crowd(workspace, "load", &arguments)
}

/// Runs a program of `e2e/bench` that measures the server.
fn crowd(workspace: &Workspace, program: &str, arguments: &[OsString]) -> Result<()> {
    let server = build::server(workspace, Profile::Release)?;
    let mut cargo = workspace.cargo_apart("run", BENCHES);
    cargo.args(["--release", "--bin", program, "--"]);
    succeed(cargo.args(arguments).env("CANDOUR_BIN", server))
}

fn page(workspace: &Workspace) -> Result<()> {
    build::page(workspace, Profile::Release)?;
    let server = build::server(workspace, Profile::Release)?;
    setup::browser(workspace)?;
    setup::beside_page(workspace);
    let mut node = Command::new("node");
    node.arg("page.mjs")
        .current_dir(workspace.root.join("e2e/bench/page"))
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;

    use super::*;

    /// The versions that a lock file names, by package.
    fn locked(path: &std::path::Path) -> BTreeMap<String, BTreeSet<String>> {
        let lock = fs::read_to_string(path).unwrap();
        let field = |package: &str, name: &str| {
            let mut lines = package.lines();
            let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            value.unwrap_or_default().trim_matches('"').to_owned()
        };
        let mut versions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for package in lock.split("[[package]]").skip(1) {
            let of = versions.entry(field(package, "name")).or_default();
            of.insert(field(package, "version"));
        }
        versions
    }

    // What is measured is what is shipped; and what both need is built once.
    #[test]
    fn the_benchmarks_are_locked_to_the_versions_of_everything_else() {
        let workspace = Workspace::find().unwrap();
        let everywhere = locked(&workspace.root.join("Cargo.lock"));
        for (name, versions) in locked(&workspace.root.join(BENCHES).join("Cargo.lock")) {
            if let Some(known) = everywhere.get(&name) {
                assert!(
                    versions.is_subset(known),
                    "{name}: {versions:?} beside {known:?}"
                );
            }
        }
    }
}
