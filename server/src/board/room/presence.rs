//! How many people are here, as pages are told it.

use std::sync::Arc;

use candour_shared::protocol;

use crate::board::channel::Headcount;
use crate::limits::Limiter;
use crate::metrics::Metrics;

/// A return is spread over a multiple of this, in milliseconds.
const SPREAD_STEP: u32 = 500;

/// What pages are told of how many people are here.
pub(super) struct Presence {
    metrics: Metrics,
    limiter: Arc<Limiter>,
    /// What all of them believe; nothing if they believe different things.
    told: Option<protocol::Presence>,
}

impl Presence {
    /// All pages believe that there are none.
    pub(super) fn new(metrics: Metrics, limiter: Arc<Limiter>) -> Self {
        Self {
            metrics,
            limiter,
            told: Some(protocol::Presence::default()),
        }
    }

    /// What a page is told that comes now. The others are told later.
    pub(super) fn for_one(&mut self, headcount: Headcount) -> protocol::Presence {
        self.told = None;
        self.of(headcount)
    }

    /// What everybody has to be told, if they don't believe it yet.
    pub(super) fn for_all(&mut self, headcount: Headcount) -> Option<protocol::Presence> {
        let presence = self.of(headcount);
        let is_new = self.told != Some(presence);
        self.told = Some(presence);
        is_new.then_some(presence)
    }

    fn of(&self, headcount: Headcount) -> protocol::Presence {
        let Headcount {
            people,
            participants,
            ready,
        } = headcount;
        protocol::Presence {
            people,
            participants,
            ready,
            spread: self.spread(),
        }
    }

    /// Over how long those who lose their connection should spread their return, in milliseconds. In steps,
    /// which say little of how many are on other boards.
    fn spread(&self) -> u32 {
        let sockets = self.metrics.sockets();
        let returns = self.limiter.limits().returns_per_second;
        let seconds = f64::from(sockets) / f64::from(returns.get());
        let steps = (seconds * 1_000.0 / f64::from(SPREAD_STEP)).ceil();
        (steps as u32).max(1).saturating_mul(SPREAD_STEP)
    }
}
