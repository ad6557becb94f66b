//! `cargo xtask test`: every test, on a clean checkout.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::bench::BENCHES;
use crate::build::{self, Profile};
use crate::setup;
use crate::suites::{Tally, count, node_result, rust_result};
use crate::workspace::{Workspace, succeed};

/// Run every test.
///
/// Installs what is missing first (the wasm target; through apt-get Chromium and Node.js; the npm
/// packages of the browser tests). Ends with a line for every suite, and fails if anything failed; a
/// failing suite does not stop the later ones.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Run only these suites.
    #[arg(value_enum)]
    suites: Vec<Suite>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Suite {
    /// The sources are formatted.
    Format,
    /// Clippy has nothing to say, nor about the page as wasm.
    Lint,
    /// The documentation builds without warnings, and its examples run.
    Docs,
    /// The page and the server build.
    Build,
    /// The parts, one by one.
    Unit,
    /// Whole servers, over real sockets.
    Protocol,
    /// Whole workshops in real browsers.
    Browser,
    /// The benchmarks compile, and count right.
    Benches,
}

impl Suite {
    const ALL: [Self; 8] = [
        Self::Format,
        Self::Lint,
        Self::Docs,
        Self::Build,
        Self::Unit,
        Self::Protocol,
        Self::Browser,
        Self::Benches,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Docs => "docs",
            Self::Build => "build",
            Self::Unit => "unit",
            Self::Protocol => "protocol",
            Self::Browser => "browser",
            Self::Benches => "benches",
        }
    }

    fn run(self, tests: &Tests<'_>) -> Result<Tally> {
        match self {
            Self::Format => Ok(tests.check("fmt --all --check")),
            Self::Lint => {
                let host = "clippy --workspace --all-targets -- -D warnings";
                let page = "clippy --package candour-client --target wasm32-unknown-unknown \
                            -- -D warnings";
                setup::wasm_target(tests.workspace)?;
                Ok(tests.check(host).and(tests.check(page)))
            }
            Self::Docs => {
                let examples = tests.count("test --workspace --doc")?;
                Ok(tests.check("doc --workspace --no-deps").and(examples))
            }
            Self::Build => Ok(tests.build()),
            // Both name the whole workspace, so that its dependencies are built once for both.
            Self::Unit => tests.count("test --workspace --no-fail-fast --lib --bins"),
            Self::Protocol => tests.count("test --workspace --no-fail-fast --test *"),
            Self::Browser => tests.browser(),
            Self::Benches => tests.benches(),
        }
    }
}

/// Runs the suites and says what came out.
pub(crate) fn test(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let suites = if arguments.suites.is_empty() {
        &Suite::ALL[..]
    } else {
        &arguments.suites
    };
    let tests = Tests { workspace };
    let mut results = Vec::new();
    for suite in suites {
        println!("\n== {}", suite.name());
        let tally = suite
            .run(&tests)
            .unwrap_or_else(|fault| Tally::of(&Err(fault)));
        println!("{}: {tally}", suite.name());
        results.push((suite, tally));
    }
    println!();
    for (suite, tally) in &results {
        println!("{}: {tally}", suite.name());
    }
    if results.iter().any(|(_, tally)| tally.failed > 0) {
        bail!("not everything passed");
    }
    Ok(())
}

struct Tests<'a> {
    workspace: &'a Workspace,
}

impl Tests<'_> {
    fn cargo(&self, words: &str) -> Command {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut cargo = self.workspace.cargo(&words);
        cargo.env("RUSTDOCFLAGS", "-D warnings");
        cargo
    }

    /// One cargo command that has to succeed.
    fn check(&self, words: &str) -> Tally {
        Tally::of(&succeed(&mut self.cargo(words)))
    }

    /// Some Rust tests.
    fn count(&self, words: &str) -> Result<Tally> {
        let mut cargo = self.cargo(words);
        cargo.env("CANDOUR_BIN", self.workspace.server("debug"));
        count(&mut cargo, rust_result)
    }

    /// The page as it is shipped, in a server that is quick to build.
    fn build(&self) -> Tally {
        let page = build::page(self.workspace, Profile::Release).map(|page| {
            print!("{}", page.table());
        });
        let server = build::server(self.workspace, Profile::Dev).map(drop);
        Tally::of(&page).and(Tally::of(&server))
    }

    /// A workspace of its own, which only this suite and who measures compile. After the others most of its
    /// dependencies are there; Clippy would have them checked once more.
    fn benches(&self) -> Result<Tally> {
        let mut format = self.workspace.cargo_apart("fmt", BENCHES);
        let formatted = Tally::of(&succeed(format.arg("--check")));
        let mut tests = self.workspace.cargo_apart("test", BENCHES);
        tests.args(["--no-fail-fast", "--lib", "--bins"]);
        Ok(formatted.and(count(&mut tests, rust_result)?))
    }

    fn browser(&self) -> Result<Tally> {
        let folder = self.workspace.root.join("e2e/browser");
        let mut tests: Vec<PathBuf> = fs::read_dir(&folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
        tests.sort();
        if tests.is_empty() {
            return Ok(Tally::default());
        }
        setup::browser(self.workspace)?;
        let mut node = Command::new("node");
        node.args(["--test", "--test-reporter=spec"])
            .args(tests)
            .current_dir(&folder)
            .env("CANDOUR_BIN", self.workspace.server("debug"))
            .env("CHROMIUM", setup::CHROMIUM)
            // Colours would hide the results from whoever counts them.
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR");
        count(&mut node, node_result)
    }
}
