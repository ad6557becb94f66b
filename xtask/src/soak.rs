//! `cargo xtask soak`: people work for a long time, and everything breaks that breaks in real life.

use anyhow::Result;

use crate::build::{self, Profile};
use crate::workspace::{Workspace, succeed};

/// Let people work for a long time, then break everything that breaks in real life.
///
/// Ends with a table, and fails if anything that was acknowledged was lost or counted twice. A full disk takes
/// root, to mount a small one.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// For how many minutes people work before anything is broken.
    #[arg(long, default_value_t = 30)]
    minutes: u32,
    /// How many times the server is killed.
    #[arg(long, default_value_t = 1_000)]
    cycles: u32,
    /// Only one thing: work, kill, freeze, full-disk, damage, clock, cable, stall or repeat.
    #[arg(long)]
    only: Option<String>,
    /// The seed of all that is random, as an earlier run printed it.
    #[arg(long)]
    seed: Option<u64>,
}

/// Builds the server and the people, and lets them loose.
pub(crate) fn soak(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let server = build::server(workspace, Profile::Release)?;
    let run = "run --release --package candour-e2e --bin soak --";
    let mut soak = workspace.cargo(&run.split(' ').collect::<Vec<_>>());
    soak.args(["--minutes", &arguments.minutes.to_string()])
        .args(["--cycles", &arguments.cycles.to_string()]);
    if let Some(only) = &arguments.only {
        soak.args(["--only", only]);
    }
    if let Some(seed) = arguments.seed {
        soak.args(["--seed", &seed.to_string()]);
    }
    succeed(soak.env("CANDOUR_BIN", server))
}
