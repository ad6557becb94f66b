//! The server while sources change.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// How long a server may take to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often that is looked at.
const PACE: Duration = Duration::from_millis(20);

/// A server that ends with this.
pub(super) struct Running {
    server: Child,
    /// Kept open: a server that can't write there may end.
    _says: BufReader<ChildStdout>,
}

impl Running {
    /// Starts one, and waits until it says that it listens.
    pub(super) fn start(binary: &Path, listen: &str, database: &str) -> Result<Self> {
        let mut server = Command::new(binary)
            .args(["--listen", listen, "--database", database])
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} can't be started", binary.display()))?;
        let output = server.stdout.take().context("no standard output")?;
        let mut says = BufReader::new(output);
        let listens = says.read_line(&mut String::new())? > 0;
        let running = Self {
            server,
            _says: says,
        };
        ensure!(listens, "the server has ended");
        Ok(running)
    }

    /// Asks it to end, as whoever runs one does: what is under way is stored, and pages are told to come back.
    fn stop(&mut self) -> Result<()> {
        if cfg!(unix) {
            let number = self.server.id().to_string();
            Command::new("kill").args(["-TERM", &number]).status()?;
            let begin = Instant::now();
            while begin.elapsed() < PATIENCE {
                if self.server.try_wait()?.is_some() {
                    return Ok(());
                }
                sleep(PACE);
            }
        }
        self.server.kill()?;
        self.server.wait()?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(fault) = self.stop() {
            eprintln!("the server can't be stopped: {fault:#}");
        }
    }
}
