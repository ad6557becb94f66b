//! `cargo xtask demo`: a whole workshop, played from a file of notes.

use std::path::PathBuf;

use anyhow::Result;

use crate::workspace::{Workspace, succeed};

/// Play a whole workshop over real connections and save its export.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The notes, as JSON: text, category, aspect, organisation and theme of each; without it, those
    /// of the tests.
    #[arg(long)]
    notes: Option<PathBuf>,
    /// Where the board's export goes.
    #[arg(long)]
    export: PathBuf,
    /// The address of a running server; without it, one is started for the play.
    #[arg(long)]
    server: Option<String>,
}

/// Builds the demo and runs it.
pub(crate) fn demo(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let run = [
        "run",
        "--quiet",
        "--package",
        "candour-e2e",
        "--bin",
        "demo",
        "--",
    ];
    let mut demo = workspace.cargo(&run);
    demo.arg("--export")
        .arg(std::path::absolute(&arguments.export)?);
    if let Some(notes) = &arguments.notes {
        demo.arg("--notes").arg(std::path::absolute(notes)?);
    }
    if let Some(server) = &arguments.server {
        demo.args(["--server", server]);
    }
    succeed(&mut demo)
}
