//! A crowd on one server, Candour or another, and how that one bears it.
//!
//! The pace doesn't wait for answers (open loop): a change has a time at which it is to be sent, and its latency
//! counts from that time, so that a server that falls behind shows it. Few sockets read what they get; all
//! others only drain theirs, at the cost of a read, so that the server is what is measured.
//!
//! - [`subject`]: what a server has to offer to be measured; [`candour`] and [`yjs`]: those there are.
//! - [`scenario`]: what people do.
//! - [`boards`]: those of Candour, before anybody comes.
//! - [`entrance`]: how one gets in to Candour; [`mod@line`]: what a socket goes over; [`drained`]: one that isn't read.
//! - [`storm`]: everybody comes back at once, as [`returning`] says how, while [`authors`] go on working.
//! - [`cold`]: a server starts again, and everybody asks for another board.
//! - [`crowd`]: the sockets; [`machine`]: the processors it runs on, and open files.
//! - [`budgets`]: what is allowed.

pub mod authors;
pub mod boards;
pub mod budgets;
pub mod candour;
pub mod cold;
pub mod crowd;
pub mod drained;
pub mod entrance;
pub mod line;
pub mod machine;
pub mod returning;
pub mod scenario;
pub mod storm;
pub mod subject;
pub mod yjs;

use std::time::Duration;

use anyhow::{Result, ensure};
use candour_e2e::process::Process;
use hdrhistogram::Histogram;
use tokio::time::{Instant, sleep, sleep_until};

use self::crowd::{Crowd, Outcome};
use self::scenario::Scenario;
use self::subject::Subject;

/// What happens after the last change: whoever is late has so long to see it.
const LINGERS: Duration = Duration::from_secs(3);
/// How long the server has to come to rest once everybody is there.
const RESTS: Duration = Duration::from_secs(2);

/// Most people who move notes on one board; each has a note of their own.
const AUTHORS: usize = 50;
/// How many read what they get, if there are not more boards; of the largest crowds two in a thousand.
const WATCHERS: usize = 10;

/// How many people do how much of what, on how many boards.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What they do.
    pub scenario: Scenario,
    /// Whether the server does TLS.
    pub encrypted: bool,
    /// How many boards there are.
    pub boards: usize,
    /// How many people are there, over all boards.
    pub people: usize,
    /// How many changes they make together in a second.
    pub rate: u32,
    /// For how many seconds.
    pub seconds: u32,
}

impl Plan {
    /// How many people make changes: those who come first.
    #[must_use]
    pub fn authors(&self) -> usize {
        match self.scenario {
            Scenario::Write | Scenario::Vote => self.people,
            Scenario::Cluster => AUTHORS.max(self.boards).min(self.people),
            Scenario::Idle => 0,
        }
    }

    /// How many notes everybody on a board sees.
    #[must_use]
    pub fn notes(&self) -> usize {
        match self.scenario {
            Scenario::Write => 0,
            Scenario::Cluster => self.authors().div_ceil(self.boards),
            Scenario::Vote | Scenario::Idle => AUTHORS,
        }
    }

    /// How many people read what they get: those who come next. There is one on each board.
    #[must_use]
    pub fn watchers(&self) -> usize {
        WATCHERS.max(self.boards)
    }

    /// On which board a person is, both counted from 0.
    #[must_use]
    pub const fn board_of(&self, person: usize) -> usize {
        person % self.boards
    }

    /// Who makes a change, both counted from 0.
    #[must_use]
    pub fn author_of(&self, change: u32) -> usize {
        change as usize % self.authors()
    }

    /// How many changes they make.
    #[must_use]
    pub const fn changes(&self) -> u32 {
        match self.scenario {
            Scenario::Write | Scenario::Cluster | Scenario::Vote => self.rate * self.seconds,
            Scenario::Idle => 0,
        }
    }

    /// How many of the changes are made on each board.
    #[must_use]
    pub fn changes_by_board(&self) -> Vec<u32> {
        let mut changes = vec![0; self.boards];
        for change in 0..self.changes() {
            changes[self.board_of(self.author_of(change))] += 1;
        }
        changes
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Figures {
    /// What the crowd found out.
    pub outcome: Outcome,
    /// How many times a change should have reached somebody; 0 if others see nothing of it.
    pub deliveries: u64,
    /// The processor's time the server took meanwhile.
    pub processor: Duration,
    /// What the server's memory grew by, for each connection, in bytes.
    pub memory: u64,
}

impl Figures {
    /// Seconds of the processor for a million deliveries; nothing if nothing was to be delivered.
    #[must_use]
    pub fn per_million(&self) -> Option<f64> {
        let millions = self.deliveries as f64 / 1e6;
        (millions > 0.0).then(|| self.processor.as_secs_f64() / millions)
    }

    /// What a connection takes of the memory, in KB.
    #[must_use]
    pub fn kilobytes(&self) -> f64 {
        self.memory as f64 / 1024.0
    }
}

/// A quantile of times that are recorded in microseconds, in milliseconds.
#[must_use]
pub fn millis(times: &Histogram<u64>, quantile: f64) -> f64 {
    times.value_at_quantile(quantile) as f64 / 1000.0
}

/// Lets a crowd come to a server, make its changes, and go.
pub async fn measure(subject: &mut impl Subject, plan: Plan) -> Result<Figures> {
    machine::has_room_for(plan.people)?;
    let process = Process::of(subject.process());
    let empty = process.memory()?;
    let mut crowd = Crowd::gather(subject, plan).await?;
    sleep(RESTS).await;
    let memory = process.memory()?.saturating_sub(empty) / plan.people as u64;

    let before = process.processor()?;
    let begin = Instant::now() + Duration::from_millis(100);
    let pace = Duration::from_secs(1) / plan.rate;
    crowd.expect(begin, pace);
    for change in 0..plan.changes() {
        sleep_until(begin + pace * change).await;
        crowd.change(subject, change).await?;
    }
    sleep(LINGERS).await;
    let processor = process.processor()?.saturating_sub(before);
    let outcome = crowd.leave().await;
    let (done, changes) = (outcome.acknowledged.len(), u64::from(plan.changes()));
    if plan.scenario.is_seen() {
        ensure!(!outcome.seen.is_empty(), "nobody saw any change");
    } else {
        ensure!(
            done == changes,
            "{done} of {changes} changes were acknowledged"
        );
    }
    Ok(Figures {
        outcome,
        deliveries: match plan.scenario.is_seen() {
            true => changes * (plan.people / plan.boards) as u64,
            false => 0,
        },
        processor,
        memory,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_on_a_board_that_has_an_author_and_a_watcher() {
        for (boards, people) in [(1, 3), (1, 5000), (7, 70), (1000, 10_000)] {
            let plan = Plan {
                scenario: Scenario::Cluster,
                encrypted: false,
                boards,
                people,
                rate: 100,
                seconds: 10,
            };
            let changes = plan.changes_by_board();
            assert_eq!(changes.iter().sum::<u32>(), plan.changes());
            assert!(changes.iter().all(|changes| *changes > 0));
            let watchers = plan.authors()..plan.authors() + plan.watchers();
            for board in 0..boards {
                assert!(
                    watchers
                        .clone()
                        .any(|person| plan.board_of(person) == board)
                );
            }
        }
    }
}
