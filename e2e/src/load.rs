//! A crowd on one server, Candour or another, and how that one bears it.
//!
//! The pace doesn't wait for answers (open loop): a change has a time at which it is to be sent, and its latency
//! counts from that time, so that a server that falls behind shows it. Few sockets read what they get; all
//! others only drain theirs, at the cost of a read, so that the server is what is measured.
//!
//! - [`subject`]: what a server has to offer to be measured; [`candour`] and [`yjs`]: those there are.
//! - [`crowd`]: the sockets; [`process`]: what the system says about a process.

pub mod candour;
pub mod crowd;
pub mod process;
pub mod subject;
pub mod yjs;

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::{Instant, sleep, sleep_until};

use self::crowd::{Crowd, Outcome};
use self::process::Process;
use self::subject::Subject;

/// What happens after the last change: whoever is late has so long to see it.
const LINGERS: Duration = Duration::from_secs(3);
/// How long the server has to come to rest once everybody is there.
const RESTS: Duration = Duration::from_secs(2);

/// How many people do how much.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many people are there.
    pub people: usize,
    /// How many changes they make together in a second.
    pub rate: u32,
    /// For how many seconds.
    pub seconds: u32,
}

/// What came of it.
#[derive(Debug)]
pub struct Figures {
    /// What the crowd found out.
    pub outcome: Outcome,
    /// How many times a change should have reached somebody.
    pub deliveries: u64,
    /// The processor's time the server took meanwhile.
    pub processor: Duration,
    /// What the server's memory grew by, for each connection, in bytes.
    pub memory: u64,
}

/// Lets a crowd come to a server, make its changes, and go.
pub async fn measure(subject: &mut impl Subject, plan: Plan) -> Result<Figures> {
    let process = Process::of(subject.process());
    let empty = process.memory()?;
    let mut crowd = Crowd::gather(subject, plan.people).await?;
    sleep(RESTS).await;
    let memory = process.memory()?.saturating_sub(empty) / plan.people as u64;

    let before = process.processor()?;
    let begin = Instant::now() + Duration::from_millis(100);
    let pace = Duration::from_secs(1) / plan.rate;
    let changes = plan.rate * plan.seconds;
    crowd.expect(begin, pace, changes);
    for change in 0..changes {
        sleep_until(begin + pace * change).await;
        crowd.change(subject, change).await?;
    }
    sleep(LINGERS).await;
    let processor = process.processor()?.saturating_sub(before);
    let outcome = crowd.leave().await;
    ensure!(!outcome.seen.is_empty(), "nobody saw any change");
    Ok(Figures {
        outcome,
        deliveries: u64::from(changes) * plan.people as u64,
        processor,
        memory,
    })
}
