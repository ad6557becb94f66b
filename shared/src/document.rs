//! A yrs document of named maps with JSON values: what [`crate::wall`] and [`crate::backstage`] are
//! made of.
//!
//! The maps are flat and the values are texts. A nested yrs type costs an item for every field, and a
//! deeply nested update overflows the decoder's stack; a yrs map value would be written in the random
//! order of its hash map, so that equal boards would not be equal bytes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use yrs::updates::decoder::Decode;
use yrs::{
    Any, ClientID, Doc, Map, MapRef, Observable, Out, ReadTxn, StateVector, Transact, Transaction,
    TransactionMut, Update,
};

/// The random number under which a process writes to a document; only its low 53 bits are used.
///
/// Every opening of a board uses a fresh one: reusing one after a crash makes replicas diverge
/// silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriterId(pub u64);

/// Bytes that are not an update of this document.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the update can't be applied: {0}")]
pub struct DamagedUpdate(String);

/// A changed entry: which map (by its index at [`Replica::new`]) and which key.
pub type ChangedKey = (usize, Arc<str>);

/// An entry that an update changed, as everybody who has the document reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of its map.
    pub map: &'static str,
    /// Its key.
    pub key: Arc<str>,
    /// Its value, a JSON text; nothing if the entry is gone.
    pub value: Option<Arc<str>>,
}

/// One copy of a document.
pub struct Replica {
    doc: Doc,
    maps: Box<[MapRef]>,
    changed: Arc<Mutex<BTreeSet<ChangedKey>>>,
}

impl Replica {
    /// An empty document with these maps.
    #[must_use]
    pub fn new(maps: &[&'static str], writer: WriterId) -> Self {
        let doc = Doc::with_client_id(ClientID::new(writer.0 & ((1 << 53) - 1)).get());
        let maps: Box<[MapRef]> = maps
            .iter()
            .map(|name| doc.get_or_insert_map(*name))
            .collect();
        let changed = Arc::new(Mutex::new(BTreeSet::new()));
        for (index, map) in maps.iter().enumerate() {
            let changed = Arc::clone(&changed);
            map.observe("changed", move |txn, event| {
                let mut changed = changed.lock().unwrap_or_else(PoisonError::into_inner);
                changed.extend(event.keys(txn).keys().map(|key| (index, Arc::clone(key))));
            });
        }
        Self { doc, maps, changed }
    }

    /// Applies an update (yrs, version 1) and says which entries it changed.
    pub fn apply(&mut self, update: &[u8]) -> Result<BTreeSet<ChangedKey>, DamagedUpdate> {
        let damaged = |fault: &dyn std::fmt::Display| DamagedUpdate(fault.to_string());
        let update = Update::decode_v1(update).map_err(|fault| damaged(&fault))?;
        self.doc
            .transact_mut()
            .apply_update(update)
            .map_err(|fault| damaged(&fault))?;
        Ok(std::mem::take(
            &mut self.changed.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }

    /// Applies an update and shows the entries it changed, each with what `change` makes of it.
    pub fn apply_with<C>(
        &mut self,
        maps: &[&'static str],
        update: &[u8],
        change: impl Fn(usize, &str) -> Option<C>,
    ) -> Result<Vec<(C, Entry)>, DamagedUpdate> {
        let changed = self.apply(update)?;
        let now = self.read();
        let entry = |(map, key): ChangedKey| {
            let change = change(map, &key)?;
            let value = now.text(map, &key);
            let map = maps[map];
            Some((change, Entry { map, key, value }))
        };
        Ok(changed.into_iter().filter_map(entry).collect())
    }

    /// The whole document as one update (yrs, version 1).
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// Opens the document for reading.
    #[must_use]
    pub fn read(&self) -> Access<'_, Transaction<'_>> {
        Access {
            maps: &self.maps,
            txn: self.doc.transact(),
        }
    }

    /// Opens the document for writing. What is written until [`Access::finish`] is one update.
    #[must_use]
    pub fn edit(&mut self) -> Access<'_, TransactionMut<'_>> {
        Access {
            maps: &self.maps,
            txn: self.doc.transact_mut(),
        }
    }

    /// A document with the same entries and no history, written in the order of maps and keys under
    /// another writer: nothing in it tells in which order things came to be.
    #[must_use]
    pub fn rebuilt(&self, maps: &[&'static str], writer: WriterId) -> Self {
        let mut fresh = Self::new(maps, writer);
        let old = self.read();
        let mut new = fresh.edit();
        for map in 0..maps.len() {
            let mut entries: Vec<(&str, Arc<str>)> = old.texts(map).collect();
            entries.sort_unstable();
            for (key, text) in entries {
                new.put(map, key, &text);
            }
        }
        drop(new);
        fresh
            .changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        fresh
    }
}

/// A document opened for reading or writing.
pub struct Access<'a, T> {
    maps: &'a [MapRef],
    txn: T,
}

impl<T: ReadTxn> Access<'_, T> {
    /// The value under a key, if there is one of this type.
    pub fn get<V: DeserializeOwned>(&self, map: usize, key: &str) -> Option<V> {
        serde_json::from_str(&self.text(map, key)?).ok()
    }

    /// Whether there is a value under a key.
    pub fn has(&self, map: usize, key: &str) -> bool {
        self.maps[map].contains_key(&self.txn, key)
    }

    /// How many entries a map has.
    pub fn len(&self, map: usize) -> usize {
        self.maps[map].len(&self.txn) as usize
    }

    /// Every entry of a map whose value is of this type, in no order.
    pub fn entries<V: DeserializeOwned>(&self, map: usize) -> impl Iterator<Item = (&str, V)> {
        self.texts(map)
            .filter_map(|(key, text)| Some((key, serde_json::from_str(&text).ok()?)))
    }

    fn text(&self, map: usize, key: &str) -> Option<Arc<str>> {
        as_text(self.maps[map].get(&self.txn, key)?)
    }

    fn texts(&self, map: usize) -> impl Iterator<Item = (&str, Arc<str>)> {
        self.maps[map]
            .iter(&self.txn)
            .filter_map(|(key, value)| Some((key, as_text(value)?)))
    }
}

impl Access<'_, TransactionMut<'_>> {
    /// Writes a value. Writing what is there already changes nothing.
    pub fn set<V: Serialize>(&mut self, map: usize, key: &str, value: &V) {
        // Our values are plain structs with text keys, which JSON can always hold.
        let Ok(text) = serde_json::to_string(value) else {
            return;
        };
        self.put(map, key, &text);
    }

    /// Removes a value.
    pub fn remove(&mut self, map: usize, key: &str) {
        let map = &self.maps[map];
        map.remove(&mut self.txn, key);
    }

    /// Ends the writing: the update of all that was written, if anything was.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        self.txn.has_changes().then(|| self.txn.encode_update_v1())
    }

    fn put(&mut self, map: usize, key: &str, text: &str) {
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

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: &[&str] = &["a", "b"];

    #[test]
    fn an_update_carries_what_was_written_and_names_what_changed() {
        let mut server = Replica::new(MAPS, WriterId(1));
        let mut page = Replica::new(MAPS, WriterId(2));
        let mut edit = server.edit();
        edit.set(0, "x", &1);
        edit.set(1, "y", &"two");
        let update = edit.finish().unwrap();
        let changed = page.apply(&update).unwrap();
        assert_eq!(changed, BTreeSet::from([(0, "x".into()), (1, "y".into())]));
        assert_eq!(page.read().get::<u8>(0, "x"), Some(1));
        assert_eq!(page.read().get::<String>(1, "y").as_deref(), Some("two"));
    }

    #[test]
    fn writing_what_is_there_already_is_no_update() {
        let mut replica = Replica::new(MAPS, WriterId(1));
        let mut edit = replica.edit();
        edit.set(0, "x", &1);
        assert!(edit.finish().is_some());
        let mut edit = replica.edit();
        edit.set(0, "x", &1);
        edit.remove(0, "nothing");
        assert_eq!(edit.finish(), None);
    }

    #[test]
    fn a_rebuilt_document_forgets_order_and_former_values() {
        let written = |keys: [&str; 2]| {
            let mut replica = Replica::new(MAPS, WriterId(1));
            for key in keys {
                let mut edit = replica.edit();
                edit.set(0, key, &"a former value");
                edit.set(0, key, &key);
                drop(edit);
            }
            replica.rebuilt(MAPS, WriterId(9)).state()
        };
        assert_eq!(written(["x", "y"]), written(["y", "x"]));
        let state = written(["x", "y"]);
        assert!(!String::from_utf8_lossy(&state).contains("former"));
    }

    #[test]
    fn bytes_that_are_no_update_are_refused() {
        assert!(
            Replica::new(MAPS, WriterId(1))
                .apply(&[7, 7, 7, 7])
                .is_err()
        );
    }
}
