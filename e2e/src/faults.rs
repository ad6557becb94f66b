//! What goes wrong in real life, done on purpose to a real server while people work, each fault a function with
//! a size: small in the tests, large in `cargo xtask soak`. After each, every change that was acknowledged is
//! looked for, one by one.
//!
//! - [`memory`], [`witness`], [`meeting`]: people on boards who do things of all kinds and remember what was
//!   acknowledged; comparing that with what is there gives a [`verdict`].
//! - [`kill`], [`freeze`], [`repeat`], [`full_disk`], [`damage`], [`clock`], [`cable`] (by a [`relay`]),
//!   [`stall`]: the faults.
//! - [`soak`]: nothing goes wrong, for long; [`vitals`]: what the server takes of its machine meanwhile.

pub mod cable;
mod check;
pub mod clock;
pub mod damage;
pub mod freeze;
pub mod full_disk;
pub mod kill;
pub mod meeting;
pub mod memory;
pub mod relay;
pub mod repeat;
pub mod soak;
pub mod stall;
pub mod verdict;
pub mod vitals;
pub mod witness;

use std::path::Path;

use anyhow::{Result, ensure};

use self::meeting::{Meeting, STEPS};
use self::verdict::Verdict;
use crate::PATIENCE;
use crate::api::Api;
use crate::server::ServerProcess;

/// How many boards there are at a time, at different steps.
const BOARDS: usize = 4;
/// How many people are on each.
const PEOPLE: usize = 3;

/// A server in a process of its own, with boards on which people work.
struct Stage {
    server: ServerProcess,
    api: Api,
    meetings: Vec<Meeting>,
}

impl Stage {
    /// Starts a server with its database in this folder, and opens the boards.
    async fn set(folder: &Path, seed: u64) -> Result<Self> {
        let server = ServerProcess::with(folder, |command| {
            command.args(["--boards-per-minute", "1000000"]);
        })
        .await?;
        let api = Api::new(&server.url()).patient(PATIENCE);
        Self::on(server, api, seed).await
    }

    /// Opens the boards on a server.
    async fn on(server: ServerProcess, api: Api, seed: u64) -> Result<Self> {
        let mut meetings = Vec::new();
        for index in 0..BOARDS {
            let step = index * STEPS / BOARDS;
            let seed = seed.wrapping_add(index as u64);
            meetings.push(Meeting::open(&api, PEOPLE, step, seed).await?);
        }
        Ok(Self {
            server,
            api,
            meetings,
        })
    }

    /// Compares what everybody remembers with what is there. A board whose workshop is over is taken away, and
    /// makes room for another one.
    async fn check(&mut self, seed: u64) -> Result<Verdict> {
        let mut verdict = Verdict::default();
        for (index, meeting) in self.meetings.iter_mut().enumerate() {
            verdict.add(meeting.check());
            if meeting.goes_on() {
                continue;
            }
            let export = meeting.ends().await?;
            verdict.add(meeting.check_export(&export));
            verdict.acknowledged += meeting.acknowledged();
            let seed = seed.wrapping_add(index as u64);
            *meeting = Meeting::open(&self.api, PEOPLE, 0, seed).await?;
        }
        Ok(verdict)
    }

    /// How many deeds were acknowledged on the boards that there are, and whether the server ever panicked.
    fn ends(self) -> Result<usize> {
        let log = self.server.log()?;
        ensure!(!log.contains("panicked"), "the server panicked: {log}");
        let meetings = self.meetings.iter();
        Ok(meetings.map(Meeting::acknowledged).sum())
    }
}
