//! Reading and writing the values of a document.

use std::borrow::Borrow;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use yrs::{Any, Map, MapRef, Out, ReadTxn, Transaction, TransactionMut};

use super::key::{Field, Table};

/// Where fields stand.
const FIELDS: usize = 0;

/// A document opened for reading, or for writing, which includes reading.
pub struct Access<'a, K, T> {
    maps: &'a [MapRef],
    txn: T,
    keys: PhantomData<K>,
}

/// A document opened for reading.
pub type Reading<'a, K> = Access<'a, K, Transaction<'a>>;

/// A document opened for writing.
pub type Edit<'a, K> = Access<'a, K, TransactionMut<'a>>;

/// A way of opening a document in which it can be read: every one.
pub trait Read: ReadTxn {}

impl<T: ReadTxn> Read for T {}

impl<'a, K, T> Access<'a, K, T> {
    pub(super) const fn new(maps: &'a [MapRef], txn: T) -> Self {
        Self {
            maps,
            txn,
            keys: PhantomData,
        }
    }
}

impl<K, T: Read> Access<'_, K, T> {
    /// The value of a field, if there is one of its type.
    pub(crate) fn field<V: DeserializeOwned>(&self, field: Field<V>) -> Option<V> {
        serde_json::from_str(&self.text(FIELDS, field.key)?).ok()
    }

    /// The value under an id, if there is one of the table's type.
    pub(crate) fn get<I: Display + Copy, V: DeserializeOwned>(
        &self,
        table: Table<I, V>,
        id: I,
    ) -> Option<V> {
        serde_json::from_str(&self.text(table.map, &id.to_string())?).ok()
    }

    /// Whether there is a value under an id.
    pub(crate) fn has<I: Display + Copy, V>(&self, table: Table<I, V>, id: I) -> bool {
        self.maps[table.map].contains_key(&self.txn, &id.to_string())
    }

    /// How many entries a table has.
    pub(crate) fn count<I, V>(&self, table: Table<I, V>) -> usize {
        self.maps[table.map].len(&self.txn) as usize
    }

    /// Every entry whose key and value are of the table's types, in no order.
    pub(crate) fn all<I: FromStr, V: DeserializeOwned>(
        &self,
        table: Table<I, V>,
    ) -> impl Iterator<Item = (I, V)> {
        self.texts(table.map).filter_map(|(key, text)| {
            let value = serde_json::from_str(&text).ok()?;
            Some((key.parse().ok()?, value))
        })
    }

    /// The same, by the number that each value has, then by id.
    pub(crate) fn numbered<I: FromStr + Ord, V: DeserializeOwned>(
        &self,
        table: Table<I, V>,
        number: impl Fn(&V) -> u32,
    ) -> Vec<(I, V)> {
        let mut all: Vec<(I, V)> = self.all(table).collect();
        all.sort_by(|(a, one), (b, other)| (number(one), a).cmp(&(number(other), b)));
        all
    }

    pub(super) fn text(&self, map: usize, key: &str) -> Option<Arc<str>> {
        as_text(self.maps[map].get(&self.txn, key)?)
    }

    pub(super) fn texts(&self, map: usize) -> impl Iterator<Item = (&str, Arc<str>)> {
        self.maps[map]
            .iter(&self.txn)
            .filter_map(|(key, value)| Some((key, as_text(value)?)))
    }
}

impl<K> Edit<'_, K> {
    /// Writes a field. Writing what is there already changes nothing.
    pub(crate) fn set<V: Borrow<W>, W: Serialize + ?Sized>(&mut self, field: Field<V>, value: &W) {
        self.write_json(FIELDS, field.key, value);
    }

    /// Writes a value under an id. Writing what is there already changes nothing.
    pub(crate) fn put<I: Display + Copy, V: Borrow<W>, W: Serialize + ?Sized>(
        &mut self,
        table: Table<I, V>,
        id: I,
        value: &W,
    ) {
        self.write_json(table.map, &id.to_string(), value);
    }

    /// Removes what is under an id, if anything is.
    pub(crate) fn remove<I: Display + Copy, V>(&mut self, table: Table<I, V>, id: I) {
        let map = &self.maps[table.map];
        map.remove(&mut self.txn, &id.to_string());
    }

    /// Ends the writing: the update (yrs, version 1) of all that was written, if anything was.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        self.txn.has_changes().then(|| self.txn.encode_update_v1())
    }

    fn write_json<W: Serialize + ?Sized>(&mut self, map: usize, key: &str, value: &W) {
        // Our values are plain structs with text keys, which JSON can always hold.
        if let Ok(text) = serde_json::to_string(value) {
            self.write(map, key, &text);
        }
    }

    pub(super) fn write(&mut self, map: usize, key: &str, text: &str) {
        if self.text(map, key).as_deref() != Some(text) {
            let map = &self.maps[map];
            map.insert(&mut self.txn, key, Any::from(text));
        }
    }
}

fn as_text(value: Out) -> Option<Arc<str>> {
    if let Out::Any(Any::String(text)) = value {
        Some(text)
    } else {
        None
    }
}
