//! What a board lives in: where it is stored, and where it takes time and randomness from.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::limits::Limiter;
use crate::log::Log;
use crate::metrics::Metrics;
use crate::random::Random;

/// What every board of a process shares.
#[derive(Clone)]
pub struct Environment {
    /// Where boards are stored.
    pub log: Log,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// What is counted.
    pub metrics: Metrics,
    /// How fast people may go, and how many connections can be taken back in a second.
    pub limiter: Arc<Limiter>,
    /// How long a board without sessions stays in memory.
    pub idle: Duration,
}
