//! `cargo xtask test`: every test, on a clean checkout.

mod chosen;
mod suite;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use self::chosen::Chosen;
use self::suite::Suite;
use crate::bench::BENCHES;
use crate::build::{self, Profile};
use crate::setup;
use crate::suites::{Tally, count, node_result, rust_result};
use crate::workspace::{Workspace, succeed};

/// Run every test, or those that are chosen.
///
/// Installs what is missing first (the wasm target; through apt-get Chromium and Node.js; the npm packages of the browser
/// tests). Ends with a line for every suite, and fails if anything failed; a failing suite does not stop the later ones.
///
///   cargo xtask test                    everything
///   cargo xtask test format lint        these suites
///   cargo xtask test reconnecting       the tests of unit and protocol with this in their names
///   cargo xtask test browser keyboard   those of this suite
///   cargo xtask test --quick            what catches most, in under three minutes
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Suites to run, or parts of names of tests.
    ///
    /// The suites are format, lint, docs, build, unit, protocol, browser and benches. Any other word chooses the tests
    /// whose names have it in them, of the suites that are named or else of unit and protocol.
    #[arg(value_name = "SUITE|NAME")]
    words: Vec<String>,
    /// Only what catches most before a change is shown to others: format, Clippy without the page, unit, the rules
    /// of the sources, and the protocol without attacks and faults.
    #[arg(long, conflicts_with = "words")]
    quick: bool,
}

/// Runs the suites and says what came out.
pub(crate) fn test(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let chosen = if arguments.quick {
        Chosen::quick()
    } else {
        Chosen::by(&arguments.words)
    };
    let tests = Tests {
        workspace,
        chosen: &chosen,
    };
    let mut results = Vec::new();
    for suite in &chosen.suites {
        println!("\n== {}", suite.name());
        let tally = tests
            .run(*suite)
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
    let ran: usize = results.iter().map(|(_, tally)| tally.passed).sum();
    ensure!(ran > 0, "no test has that in its name");
    Ok(())
}

struct Tests<'a> {
    workspace: &'a Workspace,
    chosen: &'a Chosen,
}

impl Tests<'_> {
    fn run(&self, suite: Suite) -> Result<Tally> {
        match suite {
            Suite::Format => Ok(self.check("fmt --all --check")),
            Suite::Lint => self.lint(),
            Suite::Docs => {
                let examples = self.count("test --workspace --doc", &self.chosen.names)?;
                Ok(self.check("doc --workspace --no-deps").and(examples))
            }
            Suite::Build => Ok(self.build()),
            Suite::Unit => {
                let parts = "test --workspace --no-fail-fast --lib --bins";
                self.count(parts, &self.chosen.names)
            }
            Suite::Protocol => self.protocol(),
            Suite::Browser => self.browser(),
            Suite::Benches => self.benches(),
        }
    }

    fn lint(&self) -> Result<Tally> {
        let host = self.check("clippy --workspace --all-targets -- -D warnings");
        if self.chosen.quick {
            return Ok(host);
        }
        setup::wasm_target(self.workspace)?;
        let page = "clippy --package candour-client --target wasm32-unknown-unknown -- -D warnings";
        Ok(host.and(self.check(page)))
    }

    fn protocol(&self) -> Result<Tally> {
        // Cargo leaves out packages without such tests, and with them what they want of common dependencies: those
        // would be built once more. The page's program has no tests, and makes them the same as for the suite unit.
        let servers = "test --workspace --no-fail-fast --bin candour-client --test";
        if !self.chosen.quick {
            return self.count(&format!("{servers} *"), &self.chosen.names);
        }
        let rules = self.count(&format!("{servers} architecture"), &[])?;
        let talk = self.count(&format!("{servers} all"), &["protocol::".to_owned()])?;
        Ok(rules.and(talk))
    }

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

    /// Some Rust tests: those with one of these words in their names, or all.
    fn count(&self, words: &str, names: &[String]) -> Result<Tally> {
        let mut cargo = self.cargo(words);
        cargo.arg("--").args(names);
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
        let names = self.chosen.names.iter();
        node.args(["--test", "--test-reporter=spec"])
            .args(names.map(|name| format!("--test-name-pattern={name}")))
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
