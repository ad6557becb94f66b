//! How a server is set up.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use ipnet::IpNet;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::origins::{Origin, Scheme};
use crate::random::Random;
use crate::tls::Tls;

/// Everything a server can be told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where boards are stored: `sqlite:PATH`. The key file lies beside it: `PATH.key`.
    pub database: String,
    /// Under which addresses browsers reach the server, and no others. If none is given, where it
    /// listens and on its own machine.
    pub origins: Vec<Origin>,
    /// Who is believed when they say for whom they ask.
    pub proxies: Vec<IpNet>,
    /// How to encrypt connections. Without it a proxy should.
    pub tls: Option<Tls>,
    /// What one address or one person may use up.
    pub limits: Limits,
    /// How long a board without sockets stays in memory.
    pub idle: Duration,
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
            origins: Vec::new(),
            proxies: Vec::new(),
            tls: None,
            limits: Limits::default(),
            idle: Duration::from_secs(60),
            clock: Clock::System,
            random: Random::system(),
        }
    }

    /// How browsers reach the server where it listens.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        match self.tls {
            Some(_) => Scheme::Https,
            None => Scheme::Http,
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
