//! A set of things on the plane. Each can be followed by itself, so that a change wakes only those it is
//! about.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::ids::Item;
use leptos::prelude::*;

/// Things that somebody chose. It is a handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Chosen {
    all: RwSignal<BTreeSet<Item>>,
    each: StoredValue<BTreeMap<Item, ArcRwSignal<bool>>>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            all: RwSignal::new(BTreeSet::new()),
            each: StoredValue::new(BTreeMap::new()),
        }
    }
}

impl Chosen {
    /// All of them, to follow.
    #[must_use]
    pub const fn all(self) -> RwSignal<BTreeSet<Item>> {
        self.all
    }

    /// Whether a thing is one of them, followed.
    #[must_use]
    pub fn has(self, item: Item) -> bool {
        let is = self.has_now(item);
        let signal = self.each.try_update_value(|each| {
            let signal = each.entry(item).or_insert_with(|| ArcRwSignal::new(is));
            signal.clone()
        });
        signal.is_some_and(|signal| signal.get())
    }

    /// Whether a thing is one of them now, not followed.
    #[must_use]
    pub fn has_now(self, item: Item) -> bool {
        self.all.with_untracked(|all| all.contains(&item))
    }

    /// Whether there are none now, not followed.
    #[must_use]
    pub fn is_empty_now(self) -> bool {
        self.all.with_untracked(BTreeSet::is_empty)
    }

    /// Chooses exactly these.
    pub fn put(self, chosen: BTreeSet<Item>) {
        let changed: Vec<Item> = self
            .all
            .with_untracked(|all| all.symmetric_difference(&chosen).copied().collect());
        if changed.is_empty() {
            return;
        }
        let signals: Vec<(ArcRwSignal<bool>, bool)> = self.each.with_value(|each| {
            let signal = |item: &Item| Some((each.get(item)?.clone(), chosen.contains(item)));
            changed.iter().filter_map(signal).collect()
        });
        self.all.set(chosen);
        for (signal, is) in signals {
            signal.set(is);
        }
    }

    /// Chooses these besides.
    pub fn add(self, more: impl IntoIterator<Item = Item>) {
        let mut chosen = self.all.get_untracked();
        chosen.extend(more);
        self.put(chosen);
    }

    /// Chooses a thing besides, or no longer.
    pub fn toggle(self, item: Item) {
        let mut chosen = self.all.get_untracked();
        if !chosen.remove(&item) {
            chosen.insert(item);
        }
        self.put(chosen);
    }

    /// Chooses nothing.
    pub fn clear(self) {
        self.put(BTreeSet::new());
    }

    /// A thing has left the plane.
    pub fn forget(self, item: Item) {
        self.each.try_update_value(|each| each.remove(&item));
        let chosen = self.all.try_with_untracked(|all| all.contains(&item));
        if chosen == Some(true) {
            self.all.update(|all| {
                all.remove(&item);
            });
        }
    }
}
