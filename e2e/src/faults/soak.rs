//! Ordinary work for a long time: many boards, one workshop after the other on each, people who come and go. What the
//! server takes of its machine is looked at every few seconds.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{Instant, interval, sleep_until};

use super::meeting::{Meeting, STEPS};
use super::verdict::Verdict;
use super::vitals::Vitals;
use super::witness::{Acks, Manner};
use crate::PATIENCE;
use crate::api::Api;
use crate::report;
use crate::server::ServerProcess;

/// How many boards there are at a time.
const BOARDS: usize = 20;
/// How many people are on each.
const PEOPLE: usize = 5;
/// How many things all people together do in a second.
const RATE: u32 = 50;
/// In how many of the steps of a workshop people do anything.
const BUSY: u32 = 6;
/// How long a step of a workshop takes.
const STEP: Duration = Duration::from_secs(10);
/// How often the server is looked at, and how many looks make a row.
const LOOK: Duration = Duration::from_secs(5);
const LOOKS: usize = 12;
/// By which share of its mean something may grow over the second half and still counts as flat.
const FLAT: f64 = 0.05;

/// One look at the server.
#[derive(Clone, Copy)]
struct Look {
    vitals: Vitals,
    database: u64,
    log: u64,
}

/// Lets people work for so many minutes.
pub async fn soak(folder: &Path, minutes: u32, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let server = ServerProcess::with(folder, |command| {
        command.args(["--boards-per-minute", "1000000"]);
    })
    .await?;
    let acks = Acks::default();
    let everyone = u32::try_from(BOARDS * PEOPLE)?;
    let manner = Manner {
        every: Duration::from_secs(1) * everyone * BUSY / (RATE * u32::try_from(STEPS)?),
        acks: acks.clone(),
    };
    let end = Instant::now() + Duration::from_secs(60) * minutes;
    let acknowledged = AtomicUsize::new(0);
    let tables = (0..BOARDS).map(|index| {
        let table = Table {
            api: Api::new(&server.url()).patient(PATIENCE),
            manner: manner.clone(),
            acknowledged: &acknowledged,
            random: StdRng::seed_from_u64(random.random()),
        };
        table.works(index % STEPS, end)
    });
    let looking = look_on(&server, folder, &acks, &acknowledged, end);
    let (verdicts, looks) = tokio::try_join!(try_join_all(tables), looking)?;
    let log = server.log()?;
    ensure!(!log.contains("panicked"), "the server panicked: {log}");
    let later = &looks[looks.len() / 2..];
    let of = |measure: fn(&Look) -> f64| later.iter().map(measure).collect::<Vec<f64>>();
    let memory = Trend::of(&of(|look| look.vitals.memory as f64 / 1024.0));
    let descriptors = Trend::of(&of(|look| look.vitals.descriptors as f64));
    report(&format!(
        "memory, KiB: {memory}\ndescriptors: {descriptors}"
    ));
    let mut verdict = Verdict::default();
    for found in verdicts {
        verdict.add(found);
    }
    Ok(verdict)
}

/// A board, and the next one once its workshop is over.
struct Table<'a> {
    api: Api,
    manner: Manner,
    acknowledged: &'a AtomicUsize,
    random: StdRng,
}

impl Table<'_> {
    async fn works(mut self, step: usize, end: Instant) -> Result<Verdict> {
        let mut verdict = Verdict::default();
        let mut meeting = self.opens(step).await?;
        while Instant::now() < end {
            let stop = AtomicBool::new(false);
            let timing = async {
                sleep_until(end.min(Instant::now() + STEP)).await;
                stop.store(true, Ordering::Relaxed);
                Ok(())
            };
            let before = meeting.acknowledged();
            tokio::try_join!(timing, meeting.lives(&stop))?;
            meeting.finishes_step().await?;
            verdict.add(meeting.check());
            let done = meeting.acknowledged() - before;
            verdict.acknowledged += done;
            self.acknowledged.fetch_add(done, Ordering::Relaxed);
            if !meeting.goes_on() {
                let export = meeting.ends().await?;
                verdict.add(meeting.check_export(&export));
                meeting = self.opens(0).await?;
            }
        }
        Ok(verdict)
    }

    async fn opens(&mut self, step: usize) -> Result<Meeting> {
        let mut meeting = Meeting::open(&self.api, PEOPLE, step, self.random.random()).await?;
        for person in &mut meeting.people {
            person.manner = Some(self.manner.clone());
        }
        Ok(meeting)
    }
}

/// Prints a row every minute.
async fn look_on(
    server: &ServerProcess,
    folder: &Path,
    acks: &Acks,
    acknowledged: &AtomicUsize,
    end: Instant,
) -> Result<Vec<Look>> {
    report(&format!(
        "{:>6} {:>10} {:>6} {:>8} {:>10} {:>10} {:>12} {:>8} {:>8} {:>8}",
        "minute",
        "RSS KiB",
        "fds",
        "threads",
        "db KiB",
        "WAL KiB",
        "acknowledged",
        "p50 ms",
        "p99 ms",
        "max ms"
    ));
    let mut looks = Vec::new();
    let mut now = interval(LOOK);
    while Instant::now() < end {
        now.tick().await;
        let size = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
        let look = Look {
            vitals: Vitals::of(server.number())?,
            database: size("boards.db"),
            log: size("boards.db-wal"),
        };
        looks.push(look);
        if looks.len() % LOOKS == 0 {
            let [half, most, all] = acks.take(&[0.5, 0.99, 1.0])[..] else {
                continue;
            };
            report(&format!(
                "{:>6} {:>10} {:>6} {:>8} {:>10} {:>10} {:>12} {half:>8.2} {most:>8.2} {all:>8.2}",
                looks.len() / LOOKS,
                look.vitals.memory / 1024,
                look.vitals.descriptors,
                look.vitals.threads,
                look.database / 1024,
                look.log / 1024,
                acknowledged.load(Ordering::Relaxed),
            ));
        }
    }
    Ok(looks)
}

/// How something changed, by the line that fits its measurements best.
struct Trend {
    mean: f64,
    /// By how much it changed in a minute.
    slope: f64,
    /// By which share of its mean it changed in all.
    share: f64,
}

impl Trend {
    /// That of measurements, one at each look.
    fn of(measured: &[f64]) -> Self {
        let count = measured.len() as f64;
        let middle = (count - 1.0) / 2.0;
        let mean = measured.iter().sum::<f64>() / count;
        let (mut along, mut across) = (0.0, 0.0);
        for (index, value) in measured.iter().enumerate() {
            let at = index as f64 - middle;
            along += at * at;
            across += at * (value - mean);
        }
        let slope = if along > 0.0 { across / along } else { 0.0 };
        Self {
            mean,
            slope: slope * LOOKS as f64,
            share: slope * count / mean,
        }
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flat = if self.share.abs() <= FLAT {
            "flat"
        } else {
            "not flat"
        };
        let Self { mean, slope, share } = self;
        let share = share * 100.0;
        write!(
            f,
            "{mean:.0} over the second half, {slope:+.1} a minute, {share:+.1} % in all: {flat}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_the_slope_of_what_grows_evenly() {
        let trend = Trend::of(&[100.0, 102.0, 104.0, 106.0]);
        assert!((trend.mean - 103.0).abs() < 1e-9);
        assert!((trend.slope - 24.0).abs() < 1e-9);
        assert!(trend.to_string().ends_with("not flat"));
        assert!(Trend::of(&[7.0; 4]).to_string().ends_with(": flat"));
    }
}
