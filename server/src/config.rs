//! How a server is set up.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::clock::Clock;
use crate::random::Random;

/// Everything a server can be told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where boards are stored: `sqlite:PATH`. The key file lies beside it: `PATH.key`.
    pub database: String,
    /// How long a board without sockets stays in memory.
    pub idle: Duration,
    /// How long a peer may take to send the head of a request.
    pub header_timeout: Duration,
    /// Most connections at a time; more wait to be accepted.
    pub connections: usize,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where randomness comes from.
    pub random: Random,
}

impl Config {
    /// The usual settings, with boards stored in this database.
    #[must_use]
    pub fn new(database: impl Into<String>) -> Self {
        Self {
            database: database.into(),
            idle: Duration::from_secs(60),
            header_timeout: Duration::from_secs(10),
            connections: 20_000,
            clock: Clock::System,
            random: Random::system(),
        }
    }

    /// The path of the SQLite file.
    pub fn database_path(&self) -> anyhow::Result<PathBuf> {
        let path = self.database.strip_prefix("sqlite:").with_context(|| {
            format!(
                "the database must be given as sqlite:PATH, not “{}”",
                self.database
            )
        })?;
        if path.is_empty() {
            bail!("the database must be given as sqlite:PATH; the path is missing");
        }
        Ok(path.into())
    }

    /// The path of the key file.
    pub fn key_path(&self) -> anyhow::Result<PathBuf> {
        let mut path = self.database_path()?.into_os_string();
        path.push(".key");
        Ok(path.into())
    }
}
