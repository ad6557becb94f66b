//! `cargo xtask run`: builds everything and starts the server.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Dev};
use crate::workspace::Workspace;

/// Build everything and start the server in the foreground, at http://localhost:3000.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    dev: Dev,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
    /// Where the boards are kept; a file beside it keeps the server's key.
    #[arg(long, default_value = "sqlite:candour.db")]
    database: String,
}

/// Builds and runs until the server ends.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let profile = arguments.dev.into();
    print!("{}", build::page(workspace, profile)?.table());
    let binary = build::server(workspace, profile)?;
    let mut server = Command::new(binary);
    server
        .args(["--listen", &arguments.listen])
        .args(["--database", &arguments.database]);
    become_it(&mut server)
}

// The server takes this process over, so that every signal reaches it.
#[cfg(unix)]
fn become_it(server: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    Err(server.exec().into())
}

#[cfg(not(unix))]
fn become_it(server: &mut Command) -> Result<()> {
    crate::workspace::succeed(server)
}
