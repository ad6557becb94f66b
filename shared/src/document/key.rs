//! What a document is made of: its maps, by name, and what stands in them under which keys.

use std::marker::PhantomData;

/// The keys of a document.
pub trait Keys {
    /// The names of its maps, the one of its fields first. They are on the wire and on disk: never change them.
    const MAPS: &'static [&'static str];
    /// What an update changed.
    type Change;

    /// What it means that the entry under `key` changed in a map; nothing if no such key can be in it.
    fn change(map: &'static str, key: &str) -> Option<Self::Change>;
}

/// A map of a document from ids to values. An id is written as its text, a value as JSON.
pub(crate) struct Table<I, V> {
    pub(super) map: usize,
    types: PhantomData<fn(I) -> V>,
}

impl<I, V> Table<I, V> {
    /// The map of this name among [`Keys::MAPS`]. Another name doesn't compile in a constant.
    pub(crate) const fn of<K: Keys>(name: &str) -> Self {
        let mut map = 0;
        while !is_same(K::MAPS[map], name) {
            map += 1;
        }
        let types = PhantomData;
        Self { map, types }
    }
}

// Derived, these would ask the same of ids and values.
impl<I, V> Clone for Table<I, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, V> Copy for Table<I, V> {}

/// A single value of a document, in the first of its maps, with a key of its own.
pub(crate) struct Field<V> {
    pub(super) key: &'static str,
    types: PhantomData<fn() -> V>,
}

impl<V> Field<V> {
    /// The value under this key.
    pub(crate) const fn new(key: &'static str) -> Self {
        let types = PhantomData;
        Self { key, types }
    }
}

impl<V> Clone for Field<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Field<V> {}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
