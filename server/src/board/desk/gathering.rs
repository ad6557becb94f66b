//! What is told but never stored, and gathered before it is told: how many people are here, and what they drag.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use candour_shared::command::Command;
use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::protocol::{Drag, MAX_DRAGS};
use candour_shared::time::Millis;

use crate::keys::SecretHash;

/// How long drags and arrivals are gathered before everybody is told: longer where many are told.
const GATHER: RangeInclusive<Millis> = Millis(50)..=Millis(500);
/// So many sessions more are a millisecond more.
const SESSIONS: usize = 25;

/// What everybody is told next.
#[derive(Default)]
pub(super) struct Gathering {
    drags: HashMap<Item, Point>,
    ready: HashSet<SecretHash>,
    /// When it is told, if there is anything.
    due: Option<Millis>,
}

impl Gathering {
    /// When everybody is told, if there is anything.
    pub(super) const fn due(&self) -> Option<Millis> {
        self.due
    }

    /// Who is done with the present step.
    pub(super) const fn ready(&self) -> &HashSet<SecretHash> {
        &self.ready
    }

    /// A person is done with the present step, or is not.
    pub(super) fn be_ready(&mut self, person: SecretHash, ready: bool) {
        if ready {
            self.ready.insert(person);
        } else {
            self.ready.remove(&person);
        }
    }

    /// The workshop went on to another step, with which nobody is done yet.
    pub(super) fn forget_ready(&mut self) {
        self.ready.clear();
    }

    /// Takes note of where things are dragged. Says whether there was anything to take note of.
    pub(super) fn drag(&mut self, drags: &[Drag]) -> bool {
        let drags = drags.iter().take(MAX_DRAGS);
        let possible = drags.filter(|drag| drag.at.check().is_ok());
        possible
            .map(|Drag { item, at }| self.drags.insert(*item, *at))
            .count()
            > 0
    }

    /// Things are dropped: where they were dragged before is not told after that, or pages would take them for dragged
    /// again.
    pub(super) fn end_drags(&mut self, drop: &Command) {
        if let Command::Move { moves } = drop {
            for step in moves {
                self.drags.remove(&step.item);
            }
        } else if let Command::MakeCluster { note, .. } | Command::AddToCluster { note, .. } = drop
        {
            self.drags.remove(&Item::Note(*note));
        } else if let Command::MergeClusters { from, .. } = drop {
            self.drags.remove(&Item::Cluster(*from));
        }
    }

    /// Sees to it that so many sessions are told soon.
    pub(super) fn gather(&mut self, now: Millis, sessions: usize) {
        self.due.get_or_insert(now + gathers(sessions));
    }

    /// What is dragged, maybe nothing, if it is time to tell everybody.
    pub(super) fn take_due(&mut self, now: Millis, sessions: usize) -> Option<Vec<Drag>> {
        self.due
            .take_if(|due| is_due(*due, gathers(sessions), now))?;
        let dragged = self.drags.drain();
        let mut drags: Vec<Drag> = dragged.map(|(item, at)| Drag { item, at }).collect();
        // In no order of who dragged first.
        drags.sort_unstable_by_key(|drag| drag.item);
        Some(drags)
    }
}

/// How long is gathered for so many sessions.
fn gathers(sessions: usize) -> Millis {
    let long = i64::try_from(sessions / SESSIONS).unwrap_or(i64::MAX);
    Millis(long).clamp(*GATHER.start(), *GATHER.end())
}

/// Whether something is due that is never due later than `within` from now, unless the clock was set back.
pub(super) fn is_due(due: Millis, within: Millis, now: Millis) -> bool {
    due <= now || due > now + within
}
