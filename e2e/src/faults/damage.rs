//! The database's files are damaged while the server is down: by flipped bits, pages of zeros, and missing ends.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::StatusCode;
use tokio::time::sleep;

use super::Stage;
use super::meeting::Meeting;
use super::verdict::Verdict;
use crate::api::ApiError;
use crate::database;
use crate::report;

/// How long people work before it.
const WORK: Duration = Duration::from_millis(500);
/// The files.
const DATABASE: &str = "boards.db";
const LOG: &str = "boards.db-wal";
/// What SQLite makes anew of the others.
const INDEX: &str = "boards.db-shm";
/// How large a page is, in bytes.
const PAGE: usize = 1024;

/// What is done to the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    /// A bit of what is stored of one board.
    Body,
    /// Its last records, as if the way to them were damaged.
    Records,
    /// A bit of a file, a page of it, or its end.
    Bit(&'static str),
    Page(&'static str),
    End(&'static str),
}

/// What may become of a board.
#[derive(Debug, Default)]
struct Tally {
    /// It opened as it was.
    opened: usize,
    /// It opened as it was at some earlier moment.
    earlier: usize,
    /// The server said that it can't be opened.
    refused: usize,
    /// The server said that there is none.
    unknown: usize,
    /// The server did not start.
    unstarted: usize,
}

/// So many times the files are damaged after people have worked.
pub async fn damage(folder: &Path, cycles: usize, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut stage = Stage::set(folder, random.random()).await?;
    let mut verdict = work(&mut stage).await?;
    stage.server.kill().await?;
    let files = [DATABASE, LOG].map(|name| Ok((name, fs::read(folder.join(name))?)));
    let files = files
        .into_iter()
        .collect::<Result<BTreeMap<&str, Vec<u8>>>>()?;
    let mut tallies: BTreeMap<Damage, Tally> = BTreeMap::new();
    for cycle in 0..cycles {
        for (name, bytes) in &files {
            fs::write(folder.join(name), bytes)?;
        }
        fs::remove_file(folder.join(INDEX)).ok();
        let damage = Damage::ALL[cycle % Damage::ALL.len()];
        let target = random.random_range(0..stage.meetings.len());
        let target = stage.meetings[target].created.board;
        damage.strike(folder, target, &mut random).await?;
        let tally = tallies.entry(damage).or_default();
        match stage.server.restart().await {
            Ok(()) => {
                verdict.add(look(&mut stage, damage, target, tally).await?);
                stage.server.kill().await?;
            }
            // It says why, and which file it is.
            Err(fault) if fault.to_string().contains(DATABASE) => {
                let is_of_one = damage.is_of_one_board();
                ensure!(!is_of_one, "one damaged board stops the server");
                tally.unstarted += 1;
            }
            Err(fault) => return Err(fault),
        }
    }
    for (damage, tally) in tallies {
        report(&format!("{damage:?}: {tally}"));
    }
    verdict.acknowledged += stage.ends()?;
    Ok(verdict)
}

/// People work for a while; afterwards nothing is under way, and all is as they remember it.
async fn work(stage: &mut Stage) -> Result<Verdict> {
    let stop = AtomicBool::new(false);
    let working = async {
        sleep(WORK).await;
        stop.store(true, Ordering::Relaxed);
        anyhow::Ok(())
    };
    let living = stage.meetings.iter_mut().map(|it| it.lives(&stop));
    tokio::try_join!(working, try_join_all(living))?;
    let mut verdict = Verdict::default();
    for meeting in &mut stage.meetings {
        meeting.finishes_step().await?;
        verdict.add(meeting.check());
    }
    Ok(verdict)
}

/// Whether a server says that it can't open a board: because of the board's own bytes, or of the database's.
fn says_so(fault: &ApiError) -> bool {
    match fault {
        ApiError::Refused { refusal, .. } => refusal.denied == Denied::Damaged,
        ApiError::Unexpected { status, body } => {
            *status == StatusCode::INTERNAL_SERVER_ERROR && body.contains("\"fault\"")
        }
        ApiError::Unreachable(_) | ApiError::NoSocket(_) => false,
    }
}

/// Looks at every board: it is as it was, or said to be damaged.
async fn look(
    stage: &mut Stage,
    damage: Damage,
    target: BoardId,
    tally: &mut Tally,
) -> Result<Verdict> {
    let api = &stage.api;
    let mut verdict = Verdict::default();
    for meeting in &mut stage.meetings {
        let board = meeting.created.board;
        let struck = damage.is_of_one_board() && board == target;
        match api.export(board, &meeting.organiser).await {
            Ok(_) => {
                let mut found = meeting.looks_again().await?;
                if struck {
                    found
                        .invented
                        .push(format!("{board:?} is damaged and opened"));
                }
                if damage.takes_back() && !found.lost.is_empty() {
                    found.lost.clear();
                    tally.earlier += 1;
                } else {
                    tally.opened += 1;
                }
                verdict.add(found);
            }
            Err(fault) if says_so(&fault) => {
                tally.refused += 1;
                if damage.is_of_one_board() && !struck {
                    verdict
                        .lost
                        .push(format!("{board:?} is not damaged and doesn't open"));
                }
            }
            Err(ApiError::Refused { status, .. }) if status == StatusCode::NOT_FOUND => {
                tally.unknown += 1;
                if damage.is_of_one_board() {
                    verdict.lost.push(format!("{board:?} is not there"));
                }
            }
            Err(fault) => verdict.invented.push(format!("{board:?}: {fault}")),
        }
    }
    Ok(verdict)
}

impl Damage {
    const ALL: [Self; 8] = [
        Self::Body,
        Self::Records,
        Self::Bit(DATABASE),
        Self::Page(DATABASE),
        Self::End(DATABASE),
        Self::Bit(LOG),
        Self::Page(LOG),
        Self::End(LOG),
    ];

    /// Whether the others have nothing to do with it.
    fn is_of_one_board(self) -> bool {
        matches!(self, Self::Body | Self::Records)
    }

    /// Whether what was acknowledged last may be gone: the write-ahead log counts up to where it is whole.
    fn takes_back(self) -> bool {
        match self {
            Self::Body | Self::Records => false,
            Self::Bit(file) | Self::Page(file) | Self::End(file) => file == LOG,
        }
    }

    async fn strike(self, folder: &Path, board: BoardId, random: &mut StdRng) -> Result<()> {
        let database = folder.join(DATABASE);
        let file = match self {
            Self::Body => return database::flip_bit(&database, board, random).await,
            Self::Records => return database::lose_records(&database, board, random).await,
            Self::Bit(file) | Self::Page(file) | Self::End(file) => file,
        };
        let mut bytes = fs::read(folder.join(file))?;
        let at = random.random_range(0..bytes.len());
        match self {
            Self::Body | Self::Records => {}
            Self::Bit(_) => bytes[at] ^= 1 << random.random_range(0..8),
            Self::Page(_) => {
                let begin = at / PAGE * PAGE;
                let end = bytes.len().min(begin + PAGE);
                bytes[begin..end].fill(0);
            }
            Self::End(_) => bytes.truncate(at),
        }
        Ok(fs::write(folder.join(file), bytes)?)
    }
}

impl Meeting {
    /// Everybody loads their page anew and compares, and forgets what was found: it comes of damage.
    async fn looks_again(&mut self) -> Result<Verdict> {
        self.reloads().await?;
        let memories: Vec<_> = self.people.iter().map(|it| it.memory.clone()).collect();
        let verdict = self.check();
        for (person, memory) in self.people.iter_mut().zip(memories) {
            person.memory = memory;
        }
        Ok(verdict)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} opened, {} as they were earlier, {} can't be opened, {} not found, {} times no start",
            self.opened, self.earlier, self.refused, self.unknown, self.unstarted
        )
    }
}
