//! A yrs document of named maps with JSON values: what [`crate::wall`] and [`crate::backstage`] are. Only
//! here is yrs known.
//!
//! The maps are flat and the values are texts. A nested yrs type costs an item for every field, and a
//! deeply nested update overflows the decoder's stack; a yrs map value would be written in the random
//! order of its hash map, so that equal boards would not be equal bytes.

mod access;
mod key;

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, MapRef, Observable, ReadTxn, StateVector, Transact, Update};

pub use self::access::{Access, Edit, Read, Reading};
pub use self::key::Keys;
pub(crate) use self::key::{Field, Table};

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

/// A changed entry: which map (by its place in [`Keys::MAPS`]) and which key.
type ChangedKey = (usize, Arc<str>);

/// An entry that an update changed, as every page that has the document reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name of its map.
    pub map: &'static str,
    /// Its key.
    pub key: Arc<str>,
    /// Its value, a JSON text; nothing if the entry is gone.
    pub value: Option<Arc<str>>,
}

/// One copy of a document with these keys.
pub struct Document<K> {
    doc: Doc,
    maps: Box<[MapRef]>,
    changed: Arc<Mutex<BTreeSet<ChangedKey>>>,
    keys: PhantomData<K>,
}

impl<K: Keys> Document<K> {
    /// An empty one, to write to or to apply updates to.
    #[must_use]
    pub fn new(writer: WriterId) -> Self {
        let doc = Doc::with_client_id(ClientID::new(writer.0 & ((1 << 53) - 1)).get());
        let maps: Box<[MapRef]> = K::MAPS
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
        Self {
            doc,
            maps,
            changed,
            keys: PhantomData,
        }
    }

    /// Applies an update (yrs, version 1) and shows the entries it changed, in the order of maps and keys;
    /// those whose keys are none of this document's are left out.
    pub fn apply(&mut self, update: &[u8]) -> Result<Vec<(K::Change, Entry)>, DamagedUpdate> {
        let changed = self.take(update)?;
        let now = self.read();
        let entry = |(map, key): ChangedKey| {
            let value = now.text(map, &key);
            let map = K::MAPS[map];
            Some((K::change(map, &key)?, Entry { map, key, value }))
        };
        Ok(changed.into_iter().filter_map(entry).collect())
    }

    /// Applies an update and says which entries it changed.
    fn take(&mut self, update: &[u8]) -> Result<BTreeSet<ChangedKey>, DamagedUpdate> {
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

    /// The whole document as one update (yrs, version 1).
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        self.doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default())
    }

    /// Opens the document for reading.
    #[must_use]
    pub fn read(&self) -> Reading<'_, K> {
        Access::new(&self.maps, self.doc.transact())
    }

    /// Opens the document for writing. What is written until [`Edit::finish`] is one update.
    #[must_use]
    pub fn edit(&mut self) -> Edit<'_, K> {
        Access::new(&self.maps, self.doc.transact_mut())
    }

    /// A document with the same entries and no history, written in the order of maps and keys under
    /// another writer: nothing in it tells in which order things came to be.
    #[must_use]
    pub fn rebuilt(&self, writer: WriterId) -> Self {
        let mut fresh = Self::new(writer);
        let old = self.read();
        let mut new = fresh.edit();
        for map in 0..K::MAPS.len() {
            let mut entries: Vec<(&str, Arc<str>)> = old.texts(map).collect();
            entries.sort_unstable();
            for (key, text) in entries {
                new.write(map, key, &text);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Two maps, and nothing told of changes.
    enum Both {}

    impl Keys for Both {
        const MAPS: &'static [&'static str] = &["a", "b"];
        type Change = ();

        fn change(_: &'static str, _: &str) -> Option<()> {
            None
        }
    }

    const NUMBER: Field<u8> = Field::new("x");
    const WORD: &str = "y";
    const A: Table<&str, String> = Table::of::<Both>("a");
    const B: Table<&str, String> = Table::of::<Both>("b");

    fn empty(writer: u64) -> Document<Both> {
        Document::new(WriterId(writer))
    }

    #[test]
    fn an_update_carries_what_was_written_and_names_what_changed() {
        let mut server = empty(1);
        let mut page = empty(2);
        let mut edit = server.edit();
        edit.set(NUMBER, &1);
        edit.put(B, WORD, "two");
        let update = edit.finish().unwrap();
        let changed = page.take(&update).unwrap();
        assert_eq!(changed, BTreeSet::from([(0, "x".into()), (1, "y".into())]));
        assert_eq!(page.read().field(NUMBER), Some(1));
        assert_eq!(page.read().get(B, WORD).as_deref(), Some("two"));
    }

    #[test]
    fn writing_what_is_there_already_is_no_update() {
        let mut document = empty(1);
        let mut edit = document.edit();
        edit.set(NUMBER, &1);
        assert!(edit.finish().is_some());
        let mut edit = document.edit();
        edit.set(NUMBER, &1);
        edit.remove(A, "nothing");
        assert_eq!(edit.finish(), None);
    }

    #[test]
    fn a_rebuilt_document_forgets_order_and_former_values() {
        let written = |keys: [&'static str; 2]| {
            let mut document = empty(1);
            for key in keys {
                let mut edit = document.edit();
                edit.put(A, key, "a former value");
                edit.put(A, key, key);
                drop(edit);
            }
            document.rebuilt(WriterId(9)).state()
        };
        assert_eq!(written(["x", "y"]), written(["y", "x"]));
        let state = written(["x", "y"]);
        assert!(!String::from_utf8_lossy(&state).contains("former"));
    }

    #[test]
    fn bytes_that_are_no_update_are_refused() {
        assert!(empty(1).apply(&[7, 7, 7, 7]).is_err());
    }
}
