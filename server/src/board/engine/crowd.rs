//! Whose notes wait for a pool: what its size is measured by.

use std::collections::BTreeMap;

use candour_shared::settings::Pool;
use candour_shared::time::Millis;

use crate::keys::SecretHash;

/// The people of whom something waits, and since when: what the size of a pool is measured by. It is in
/// memory only, and begins anew after a restart, so that a pool is never taken for larger or older than
/// it is. A participant who comes back then isn't counted before they write again: if a pool became full because
/// one person came, everybody would know that something of theirs had been waiting.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// Since when something of each has been waiting.
    people: BTreeMap<SecretHash, Millis>,
    /// How many of them may be here no more: something that waited was erased, and the server doesn't know whose.
    lost: usize,
}

impl Crowd {
    /// Something of this person waits.
    pub(super) fn add(&mut self, person: SecretHash, now: Millis) {
        self.people.entry(person).or_insert(now);
    }

    /// Nothing of this person waits any more.
    pub(super) fn remove(&mut self, person: &SecretHash) {
        self.people.remove(person);
    }

    /// Of so many of them nothing may wait any more; of which, the server doesn't know.
    pub(super) fn lose(&mut self, people: usize) {
        self.lost += people;
    }

    /// Whether a pool can be released, with so many people here.
    pub(super) fn is_full(&self, present: usize, now: Millis) -> bool {
        let first = self.people.values().min();
        let waited = first.map_or(0, |since| (now - *since).0 / Millis::SECOND.0);
        Pool::is_full(
            self.people.len().saturating_sub(self.lost),
            present,
            u32::try_from(waited).unwrap_or(0),
        )
    }
}
