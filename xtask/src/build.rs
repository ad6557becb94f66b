//! `cargo xtask build`: the page, then the server with the page inside.

use std::path::PathBuf;

use anyhow::Result;

use crate::page::{Bound, Page, Purpose};
use crate::setup;
use crate::workspace::{Workspace, succeed};

/// Build the page and the server with the page inside.
///
/// The result is one self-contained binary, `target/release/candour`. With `--dev` it is `target/debug/candour`, which reads
/// the page's files from this folder. The wasm target is added if it is missing; no other tool is needed.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    dev: Dev,
}

/// How to build.
#[derive(Clone, Copy, clap::Args)]
pub(crate) struct Dev {
    /// Build quickly instead of small and fast, for work on the page.
    #[arg(long)]
    dev: bool,
}

/// How well something is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Small and fast.
    Release,
    /// Quickly built.
    Dev,
}

impl From<Dev> for Profile {
    fn from(flag: Dev) -> Self {
        if flag.dev { Self::Dev } else { Self::Release }
    }
}

/// Builds everything and says where it is.
pub(crate) fn build(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let profile = arguments.dev.into();
    print!("{}", page(workspace, profile)?.table());
    let binary = server(workspace, profile)?;
    println!("The server is at {}.", workspace.shown(&binary).display());
    Ok(())
}

/// Builds the page and puts it where the server finds it.
pub(crate) fn page(workspace: &Workspace, profile: Profile) -> Result<Page> {
    let bound = Bound::of(&client(workspace, profile)?, profile)?;
    let purpose = match profile {
        Profile::Release => Purpose::Use,
        Profile::Dev => Purpose::Development { server: 0 },
    };
    let page = Page::make(workspace, &bound, purpose)?;
    page.install(workspace)?;
    Ok(page)
}

/// Compiles the client and says where its module is.
pub(crate) fn client(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    setup::wasm_target(workspace)?;
    let (cargo_profile, directory) = match profile {
        Profile::Release => ("wasm", "wasm"),
        Profile::Dev => ("dev", "debug"),
    };
    let build = "build --package candour-client --bin candour-client \
                 --target wasm32-unknown-unknown --profile";
    let mut arguments: Vec<&str> = build.split_whitespace().collect();
    arguments.push(cargo_profile);
    let mut cargo = workspace.cargo(&arguments);
    if profile == Profile::Dev {
        // No browser shows lines of Rust without an extension, and half of the module would be about them. The names of
        // functions stay.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "none");
    }
    succeed(&mut cargo)?;
    Ok(workspace
        .target
        .join("wasm32-unknown-unknown")
        .join(directory)
        .join("candour-client.wasm"))
}

/// Builds the server with the page that is in place, and says where it is.
pub(crate) fn server(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    let (cargo_profile, directory) = match profile {
        Profile::Release => ("release", "release"),
        Profile::Dev => ("dev", "debug"),
    };
    let arguments = [
        "build",
        "--package",
        "candour-server",
        "--profile",
        cargo_profile,
    ];
    succeed(&mut workspace.cargo(&arguments))?;
    Ok(workspace.server(directory))
}
