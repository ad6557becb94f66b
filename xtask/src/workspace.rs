//! Where things are, and how other programs are started.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The repository and cargo's target directory.
pub(crate) struct Workspace {
    /// The repository.
    pub(crate) root: PathBuf,
    /// What `CARGO_TARGET_DIR` or cargo's configuration says.
    pub(crate) target: PathBuf,
}

impl Workspace {
    /// Asks cargo where the workspace of this program is.
    pub(crate) fn find() -> Result<Self> {
        let output = Command::new(cargo_program())
            .args(["metadata", "--no-deps", "--format-version=1"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .context("cargo can't be started")?;
        if !output.status.success() {
            bail!("`cargo metadata` failed");
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let path = |key: &str| {
            metadata[key]
                .as_str()
                .map(PathBuf::from)
                .with_context(|| format!("`cargo metadata` names no {key}"))
        };
        Ok(Self {
            root: path("workspace_root")?,
            target: path("target_directory")?,
        })
    }

    /// Cargo, in the workspace.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(cargo_program());
        cargo.args(arguments).current_dir(&self.root);
        // A machine that starts from nothing gains nothing from incremental compilation.
        if env::var_os("CI").is_some() {
            cargo.env("CARGO_INCREMENTAL", "0");
        }
        cargo
    }

    /// Cargo, at the root but in a workspace of its own that lies in this folder. What it builds goes where the root's
    /// builds go, so that nothing is built twice.
    pub(crate) fn cargo_apart(&self, subcommand: &str, folder: &str) -> Command {
        let manifest = self.root.join(folder).join("Cargo.toml");
        let mut cargo = self.cargo(&[subcommand, "--manifest-path"]);
        cargo.arg(manifest);
        cargo.env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// The server's binary in a profile's directory, `release` or `debug`.
    pub(crate) fn server(&self, profile: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("candour{}", env::consts::EXE_SUFFIX))
    }

    /// A path as people want to see it: from where they are, if it is below.
    pub(crate) fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

/// Runs a program to its end; anything but success is an error that names it.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} can't be started", spelled(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", spelled(command));
    }
    Ok(())
}

/// A command as one would type it.
pub(crate) fn spelled(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    format!("`{}`", words.join(" "))
}

// Under `cargo xtask` this is the cargo that runs us, so that the toolchain is the same.
fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
