//! How long a change takes until it is served, and where the time goes.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::dev::{Development, Stale, Steps};
use crate::workspace::Workspace;

/// How often each change is made; the median counts.
const TIMES: usize = 3;

/// A change that somebody makes while they work.
struct Change {
    name: &'static str,
    /// What is edited, and behind what in it.
    file: &'static str,
    behind: &'static str,
    /// What that makes stale.
    stale: Stale,
    /// Within how many seconds it is to be on the screen.
    budget: Option<f64>,
}

const CHANGES: [Change; 4] = [
    Change {
        name: "a style",
        file: "client/style/00-tokens.css",
        behind: "",
        stale: Stale::FILES,
        budget: Some(2.0),
    },
    Change {
        name: "a line of the page",
        file: "client/src/text/landing.rs",
        behind: "= \"",
        stale: Stale::CLIENT,
        budget: Some(10.0),
    },
    Change {
        name: "a line of the server",
        file: "server/src/http/page.rs",
        behind: "let words = \"",
        stale: Stale::SERVER,
        budget: Some(15.0),
    },
    Change {
        name: "a line of both",
        file: "shared/src/text.rs",
        behind: "=> \"Cymraeg",
        stale: Stale::EVERYTHING,
        budget: None,
    },
];

/// Edits sources in place, as somebody who works on them does, and puts them back.
pub(super) fn dev(workspace: &Workspace) -> Result<()> {
    let folder = workspace.target.join("bench-dev");
    fs::create_dir_all(&folder)?;
    let database = format!("sqlite:{}", folder.join("boards.db").display());
    let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let mut development = Development::new(workspace, &listen, &database);
    let mut steps = Steps::default();
    development.renew(Stale::EVERYTHING, &mut steps)?;
    print("at the start", &steps, None);
    let mut kept = true;
    for change in &CHANGES {
        let mut runs = Vec::new();
        for number in 1..=TIMES {
            let _edited = Edited::by(workspace, change, number)?;
            let mut steps = Steps::default();
            development.renew(change.stale, &mut steps)?;
            runs.push(steps);
        }
        runs.sort_by_key(Steps::whole);
        let median = &runs[TIMES / 2];
        print(change.name, median, change.budget);
        let seconds = median.whole().as_secs_f64();
        kept &= change.budget.is_none_or(|budget| seconds <= budget);
    }
    // With the sources as they were.
    development.renew(Stale::EVERYTHING, &mut Steps::default())?;
    ensure!(kept, "over a budget");
    Ok(())
}

fn print(name: &str, steps: &Steps, budget: Option<f64>) {
    let seconds = |took: Duration| took.as_secs_f64();
    let budget = budget.map(|budget| format!("  (at most {budget:.0})"));
    let budget = budget.unwrap_or_default();
    println!("{name:<32} {:>7.2} s{budget}", seconds(steps.whole()));
    for (step, took) in steps.each() {
        println!("  {step:<30} {:>7.2}", seconds(took));
    }
}

/// A source that is edited until this is dropped.
struct Edited {
    file: PathBuf,
    before: String,
}

impl Edited {
    fn by(workspace: &Workspace, change: &Change, number: usize) -> Result<Self> {
        let file = workspace.root.join(change.file);
        let before = fs::read_to_string(&file)?;
        let at = before
            .find(change.behind)
            .with_context(|| format!("{} has changed too much to be edited", change.file))?;
        let (head, tail) = before.split_at(at + change.behind.len());
        let insertion = match change.file.ends_with(".css") {
            true => format!(":root {{ --edited: {number}; }}\n"),
            false => format!("{number} "),
        };
        fs::write(&file, [head, &insertion, tail].concat())?;
        Ok(Self { file, before })
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        if let Err(fault) = fs::write(&self.file, &self.before) {
            eprintln!("{} is still edited: {fault}", self.file.display());
        }
    }
}
