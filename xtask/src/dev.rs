//! `cargo xtask dev`: what changes is built again, and the browser shows it.

mod running;
mod stale;
mod steps;
mod watch;

use std::path::Path;

use anyhow::{Context as _, Result};

use self::running::Running;
use self::watch::Watch;
use crate::build::{self, Profile};
use crate::page::{Bound, Page, Purpose};
use crate::workspace::Workspace;

pub(crate) use self::stale::Stale;
pub(crate) use self::steps::Steps;

/// Build everything, start the server, and build again whatever changes.
///
/// A new style is put into the open pages; after anything else they load themselves anew. The server keeps its boards
/// when it is built again. What doesn't compile says so and changes nothing: the page and the server stay as they were.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
    /// Where the boards are kept; a file beside it keeps the server's key.
    #[arg(long, default_value = "sqlite:candour.db")]
    database: String,
}

/// Builds, serves and watches until it is stopped.
pub(crate) fn dev(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    // Before anything is built, so that no change is missed.
    let watch = Watch::over(workspace)?;
    let mut development = Development::new(workspace, &arguments.listen, &arguments.database);
    let mut stale = Stale::EVERYTHING;
    loop {
        let mut steps = Steps::default();
        match development.renew(stale, &mut steps) {
            Ok(()) => println!("{steps}: http://{}", arguments.listen),
            Err(fault) => eprintln!("{fault:#}; what is served stays as it was"),
        }
        stale = watch.next()?;
    }
}

/// A page and a server that follow the sources.
pub(crate) struct Development<'a> {
    workspace: &'a Workspace,
    listen: String,
    database: String,
    /// The client as it was compiled last: a new style doesn't need it bound again.
    bound: Option<Bound>,
    server: Option<Running>,
    /// How many servers have been started.
    starts: u32,
    /// What could not be built when it changed.
    owed: Stale,
}

impl<'a> Development<'a> {
    /// Nothing is built yet, and nothing served.
    pub(crate) fn new(workspace: &'a Workspace, listen: &str, database: &str) -> Self {
        Self {
            workspace,
            listen: listen.to_owned(),
            database: database.to_owned(),
            bound: None,
            server: None,
            starts: 0,
            owed: Stale::default(),
        }
    }

    /// Builds what is stale, or could not be built before, and serves it. Fails at the first part that can't be built;
    /// that part and those after it are owed.
    pub(crate) fn renew(&mut self, stale: Stale, steps: &mut Steps) -> Result<()> {
        self.owed = self.owed.and(stale);
        // First, because a page may ask for what only the new server knows.
        if self.owed.server {
            let binary = steps.take("compile the server", || {
                build::server(self.workspace, Profile::Dev)
            })?;
            steps.take("start it", || self.restart(&binary))?;
            self.owed.server = false;
            // Pages see by it that there is a new one.
            self.owed.files = true;
        }
        if self.owed.client {
            let module = steps.take("compile the page", || {
                build::client(self.workspace, Profile::Dev)
            })?;
            let bound = steps.take("bind it", || Bound::of(&module, Profile::Dev))?;
            self.bound = Some(bound);
            self.owed.client = false;
        }
        if self.owed.files {
            let bound = self.bound.as_ref().context("the page isn't built yet")?;
            let purpose = Purpose::Development {
                server: self.starts,
            };
            let page = steps.take("make its files", || {
                Page::make(self.workspace, bound, purpose)
            })?;
            steps.take("put them in place", || page.install(self.workspace))?;
            self.owed.files = false;
        }
        Ok(())
    }

    fn restart(&mut self, binary: &Path) -> Result<()> {
        // The former one has to free the address and the database first.
        self.server = None;
        self.starts += 1;
        self.server = Some(Running::start(binary, &self.listen, &self.database)?);
        Ok(())
    }
}
