//! Waits until sources change.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::stale::Stale;
use crate::workspace::Workspace;

/// An editor that saves, or a branch that is checked out, changes files several times at once: a build begins when so
/// long nothing has changed.
const QUIET: Duration = Duration::from_millis(60);

/// The folders with sources, and whether what is below them counts. The server's folder also holds what is built.
const FOLDERS: [(&str, RecursiveMode); 6] = [
    ("", RecursiveMode::NonRecursive),
    ("client", RecursiveMode::Recursive),
    ("docs", RecursiveMode::NonRecursive),
    ("server", RecursiveMode::NonRecursive),
    ("server/src", RecursiveMode::Recursive),
    ("shared", RecursiveMode::Recursive),
];

/// Sees the sources of the page and of the server.
pub(super) struct Watch {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    /// It watches for as long as it is kept.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Changes count from now on.
    pub(super) fn over(workspace: &Workspace) -> Result<Self> {
        let (send, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(send)?;
        for (folder, mode) in FOLDERS {
            let folder = workspace.root.join(folder);
            watcher
                .watch(&folder, mode)
                .with_context(|| format!("{} can't be watched", folder.display()))?;
        }
        Ok(Self {
            root: workspace.root.clone(),
            events,
            _watcher: watcher,
        })
    }

    /// Waits for changes, and until there are no more for a moment. Says what they make stale.
    pub(super) fn next(&self) -> Result<Stale> {
        let mut stale = Stale::default();
        loop {
            let event = if stale == Stale::default() {
                self.events
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(QUIET)
            };
            match event {
                Ok(event) => stale = stale.and(self.by(&event?)),
                Err(RecvTimeoutError::Timeout) => return Ok(stale),
                Err(RecvTimeoutError::Disconnected) => bail!("changes aren't seen any more"),
            }
        }
    }

    fn by(&self, event: &Event) -> Stale {
        // Compilers read.
        if matches!(event.kind, EventKind::Access(_)) {
            return Stale::default();
        }
        let paths = event.paths.iter();
        let paths = paths.filter_map(|path| path.strip_prefix(&self.root).ok());
        paths.map(Stale::by).fold(Stale::default(), Stale::and)
    }
}
