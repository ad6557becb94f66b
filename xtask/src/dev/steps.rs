//! Where the time of a build goes.

use std::fmt;
use std::time::{Duration, Instant};

/// The steps of a build, in their order, and how long each took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Steps {
    taken: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// Does a step and notes how long it took, whether or not it succeeds.
    pub(crate) fn take<T>(&mut self, name: &'static str, step: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let done = step();
        self.taken.push((name, begin.elapsed()));
        done
    }

    /// Each step and its time.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&'static str, Duration)> + '_ {
        self.taken.iter().copied()
    }

    /// All of them together.
    pub(crate) fn whole(&self) -> Duration {
        self.taken.iter().map(|(_, took)| took).sum()
    }
}

/// `Served after 3.1 s (compile the page 2.6, bind it 0.5)`.
impl fmt::Display for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Served after {:.1} s", self.whole().as_secs_f64())?;
        let steps = self.each();
        let steps = steps.map(|(name, took)| format!("{name} {:.1}", took.as_secs_f64()));
        write!(f, " ({})", steps.collect::<Vec<_>>().join(", "))
    }
}
