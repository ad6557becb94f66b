//! The server while sources change.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How long a server may take until it listens, and until it has ended.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often that is looked at.
const PACE: Duration = Duration::from_millis(20);

/// A server that ends with this.
pub(super) struct Running {
    server: Child,
}

impl Running {
    /// Starts one, and waits until it listens.
    pub(super) fn start(binary: &Path, listen: &str, database: &str) -> Result<Self> {
        let server = Command::new(binary)
            .args(["--listen", listen, "--database", database])
            .spawn()
            .with_context(|| format!("{} can't be started", binary.display()))?;
        let mut running = Self { server };
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(status) = running.server.try_wait()? {
                bail!("the server has ended ({status})");
            }
            if TcpStream::connect(listen).is_ok() {
                return Ok(running);
            }
            sleep(PACE);
        }
        bail!("the server doesn't listen on {listen}");
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
