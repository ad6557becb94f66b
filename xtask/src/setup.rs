//! Installs what a build or the tests need and a fresh machine lacks: Debian and rustup are all it
//! takes.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, spelled, succeed};

/// Where Debian puts Chromium.
pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";

const WASM: &str = "wasm32-unknown-unknown";

/// The version of y-sweet, beside which the server is measured.
const Y_SWEET: &str = "0.9.1";

/// Adds rustup's target for the page, if it is missing. Without rustup the toolchain has to have it.
pub(crate) fn wasm_target(workspace: &Workspace) -> Result<()> {
    let installed = Command::new("rustup")
        .args(["target", "list", "--installed"])
        .current_dir(&workspace.root)
        .stderr(Stdio::null())
        .output();
    let Ok(installed) = installed else {
        return Ok(());
    };
    if String::from_utf8_lossy(&installed.stdout)
        .lines()
        .any(|target| target == WASM)
    {
        return Ok(());
    }
    succeed(
        Command::new("rustup")
            .args(["target", "add", WASM])
            .current_dir(&workspace.root),
    )
}

/// Installs Chromium, Node.js and the packages of the browser tests, as far as they are missing.
pub(crate) fn browser(workspace: &Workspace) -> Result<()> {
    let mut missing = node_js();
    if !Path::new(CHROMIUM).exists() {
        missing.push("chromium");
    }
    debian_packages(&missing)?;
    npm_packages(&workspace.root.join("e2e/browser"))
}

/// Installs what the page is measured beside. Says whether it is there: nothing else needs it, and who can't
/// have it goes on without.
pub(crate) fn beside_page(workspace: &Workspace) -> bool {
    beside(&workspace.root.join("e2e/bench/page"))
}

/// Installs what the server is measured beside that runs in Node.js. Says whether it is there.
pub(crate) fn beside_server(workspace: &Workspace) -> bool {
    beside(&workspace.root.join("e2e/bench/peers"))
}

/// Builds y-sweet, a server in Rust that the server is measured beside, and says where it is; nothing if it can't be
/// built.
pub(crate) fn y_sweet(workspace: &Workspace) -> Option<PathBuf> {
    let place = workspace.root.join("target/peers");
    let program = place.join(format!("bin/y-sweet{}", env::consts::EXE_SUFFIX));
    let version = Command::new(&program).arg("version").output();
    if version.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).trim() == Y_SWEET) {
        return Some(program);
    }
    let mut install = workspace.cargo(&["install", "y-sweet", "--locked", "--force"]);
    install.args(["--version", Y_SWEET, "--root"]).arg(&place);
    let installed = succeed(&mut install);
    if let Err(fault) = &installed {
        eprintln!("{fault:#}; it goes on without y-sweet");
    }
    installed.ok().map(|()| program)
}

fn beside(folder: &Path) -> bool {
    let installed = debian_packages(&node_js()).and_then(|()| npm_packages(folder));
    if let Err(fault) = &installed {
        eprintln!("{fault:#}");
    }
    installed.is_ok()
}

/// What is missing of Node.js.
fn node_js() -> Vec<&'static str> {
    let programs = [("node", "nodejs"), ("npm", "npm")].into_iter();
    let missing = programs.filter(|(program, _)| !answers(program, &["--version"]));
    missing.map(|(_, package)| package).collect()
}

fn debian_packages(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let as_root = apt_get(&["update"]).with_context(|| {
        format!(
            "the tests need these Debian packages; install them and try again: {}",
            missing.join(" ")
        )
    })?;
    let mut install = as_root;
    install.extend(["install", "--yes", "--no-install-recommends"]);
    install.extend(missing);
    let mut command = Command::new(install[0]);
    command
        .args(&install[1..])
        .env("DEBIAN_FRONTEND", "noninteractive");
    succeed(&mut command)
}

/// Runs apt-get as root, directly or through sudo, and says which words did it.
fn apt_get(arguments: &[&str]) -> Result<Vec<&'static str>> {
    for prefix in [vec!["apt-get"], vec!["sudo", "-n", "apt-get"]] {
        let mut command = Command::new(prefix[0]);
        command.args(&prefix[1..]).args(arguments);
        if command.status().is_ok_and(|status| status.success()) {
            return Ok(prefix);
        }
        eprintln!("{} did not work", spelled(&command));
    }
    bail!("apt-get can be run neither as root nor through sudo without a password")
}

// npm writes its own copy of the lock when it has installed it, so a newer copy means: up to date.
fn npm_packages(folder: &Path) -> Result<()> {
    let changed = |path: &str| {
        folder
            .join(path)
            .metadata()
            .and_then(|file| file.modified())
    };
    let installed = changed("node_modules/.package-lock.json");
    let wanted = changed("package-lock.json")?;
    if installed.is_ok_and(|installed| installed >= wanted) {
        return Ok(());
    }
    succeed(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(folder),
    )
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
