//! What somebody remembers: what they asked of a board, and what of it was acknowledged.
//!
//! Every thing is changed by one person alone, and to absolute values. So what was acknowledged last is how it
//! has to be, unless a later change was sent and not answered: then either may be.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use candour_shared::command::Command;
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId};
use candour_shared::layout::Point;
use candour_shared::wall::Place;

use super::verdict::Verdict;
use crate::workshop::{content, move_note};

/// Something that a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Deed {
    Post(NoteId, String),
    Edit(NoteId, String),
    Withdraw(NoteId),
    Move(NoteId, Point),
    Cluster {
        cluster: ClusterId,
        note: NoteId,
        onto: NoteId,
    },
    Cast {
        round: RoundId,
        note: NoteId,
        dots: u8,
    },
}

/// Where somebody put a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Spot {
    At(Point),
    In(ClusterId),
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// What one's notes say; nothing for those that were taken back.
    pub notes: Facts<NoteId, Option<String>>,
    /// Where one put notes; nothing for those that one left where they were.
    pub spots: Facts<NoteId, Option<Spot>>,
    /// How many dots one gave.
    pub dots: Facts<(RoundId, NoteId), u8>,
    /// How many deeds were acknowledged.
    pub acknowledged: usize,
}

/// What somebody knows of the things of one kind.
#[derive(Debug, Clone)]
pub struct Facts<K, V>(BTreeMap<K, Fact<V>>);

/// What somebody knows of a thing.
#[derive(Debug, Clone, Default)]
struct Fact<V> {
    /// How it was acknowledged to be last.
    sure: V,
    /// How it may be instead: what was sent since and not answered.
    open: Vec<V>,
    /// How it ever was.
    former: Vec<V>,
}

/// What is to become of what was asked.
#[derive(Clone, Copy)]
enum Step {
    Asked,
    Done,
    Refused,
}

impl Deed {
    /// How a board is asked for it.
    #[must_use]
    pub fn command(&self) -> Command {
        match self.clone() {
            Self::Post(note, text) => Command::post_note(note, content(&text)),
            Self::Edit(note, text) => Command::edit_note(note, content(&text)),
            Self::Withdraw(note) => Command::WithdrawNote { note },
            Self::Move(note, to) => move_note(note, to),
            Self::Cluster {
                cluster,
                note,
                onto,
            } => Command::MakeCluster {
                cluster,
                note,
                onto,
            },
            Self::Cast { round, note, dots } => Command::CastDots {
                round,
                item: Item::Note(note),
                dots,
            },
        }
    }

    /// The notes it is about.
    #[must_use]
    pub fn notes(&self) -> Vec<NoteId> {
        match self {
            Self::Post(note, _)
            | Self::Edit(note, _)
            | Self::Withdraw(note)
            | Self::Move(note, _)
            | Self::Cast { note, .. } => vec![*note],
            Self::Cluster { note, onto, .. } => vec![*note, *onto],
        }
    }
}

impl Spot {
    /// Where a note is.
    #[must_use]
    pub fn of(place: Place) -> Option<Self> {
        match place {
            Place::Loose(at) => Some(Self::At(at)),
            Place::In { cluster, .. } => Some(Self::In(cluster)),
            Place::Under(_) => None,
        }
    }
}

impl Memory {
    /// Something is about to be sent.
    pub fn asked(&mut self, deed: &Deed) {
        self.take(deed, Step::Asked);
    }

    /// It was acknowledged.
    pub fn done(&mut self, deed: &Deed) {
        self.acknowledged += 1;
        self.take(deed, Step::Done);
    }

    /// It was refused: nothing changed.
    pub fn refused(&mut self, deed: &Deed) {
        self.take(deed, Step::Refused);
    }

    /// Whether nothing that was done later has replaced it.
    #[must_use]
    pub fn stands(&self, deed: &Deed) -> bool {
        match deed.clone() {
            Deed::Post(note, text) | Deed::Edit(note, text) => self.notes.is(note, &Some(text)),
            Deed::Withdraw(note) => self.notes.is(note, &None),
            Deed::Move(note, to) => self.spots.is(note, &Some(Spot::At(to))),
            Deed::Cluster {
                cluster,
                note,
                onto,
            } => [note, onto]
                .into_iter()
                .all(|note| self.spots.is(note, &Some(Spot::In(cluster)))),
            Deed::Cast { round, note, dots } => self.dots.is((round, note), &dots),
        }
    }

    fn take(&mut self, deed: &Deed, step: Step) {
        match deed.clone() {
            Deed::Post(note, text) | Deed::Edit(note, text) => {
                self.notes.take(note, Some(text), step);
            }
            Deed::Withdraw(note) => self.notes.take(note, None, step),
            Deed::Move(note, to) => self.spots.take(note, Some(Spot::At(to)), step),
            Deed::Cluster {
                cluster,
                note,
                onto,
            } => {
                for note in [note, onto] {
                    self.spots.take(note, Some(Spot::In(cluster)), step);
                }
            }
            Deed::Cast { round, note, dots } => self.dots.take((round, note), dots, step),
        }
    }
}

impl<K, V> Default for Facts<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord + Copy + Debug, V: Default + Clone + PartialEq + Debug> Facts<K, V> {
    /// The things one knows of.
    pub fn things(&self) -> impl Iterator<Item = K> {
        self.0.keys().copied()
    }

    /// How a thing was acknowledged to be last, if nothing is open about it.
    #[must_use]
    pub fn sure(&self, thing: K) -> Option<&V> {
        let fact = self.0.get(&thing)?;
        fact.open.is_empty().then_some(&fact.sure)
    }

    /// The things of which one is sure, and how they are.
    pub fn all_sure(&self) -> impl Iterator<Item = (K, &V)> {
        self.things()
            .filter_map(|thing| Some((thing, self.sure(thing)?)))
    }

    /// All that a thing can be.
    pub fn possible(&self, thing: K) -> impl Iterator<Item = &V> {
        let facts = self.0.get(&thing).into_iter();
        facts.flat_map(|fact| fact.open.iter().chain([&fact.sure]))
    }

    /// Whether one ever asked that a thing be so.
    #[must_use]
    pub fn ever(&self, thing: K, value: &V) -> bool {
        let fact = self.0.get(&thing);
        fact.is_some_and(|fact| fact.former.contains(value) || fact.open.contains(value))
    }

    fn is(&self, thing: K, value: &V) -> bool {
        self.sure(thing) == Some(value)
    }

    fn take(&mut self, thing: K, value: V, step: Step) {
        let fact = self.0.entry(thing).or_default();
        match step {
            Step::Asked => {
                fact.former.push(value.clone());
                fact.open.push(value);
            }
            Step::Done => {
                fact.open.clear();
                fact.sure = value;
            }
            Step::Refused => fact.open.retain(|open| *open != value),
        }
    }

    /// Compares a thing with how it was found after a fault. From then on that is how it is: it was read
    /// from what is on disk.
    pub fn compare(&mut self, whose: &impl Display, thing: K, found: V, verdict: &mut Verdict) {
        let fact = self.0.entry(thing).or_default();
        if found != fact.sure && !fact.open.contains(&found) {
            let told = format!("{whose}: {thing:?} is {found:?}, and was {:?}", fact.sure);
            if found == V::default() || fact.former.contains(&found) {
                verdict.lost.push(told);
            } else {
                verdict.invented.push(told);
            }
        }
        fact.open.clear();
        fact.sure = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: NoteId = NoteId::from_bytes([1; 16]);

    fn compared(memory: &mut Memory, found: Option<&str>) -> Verdict {
        let mut verdict = Verdict::default();
        let found = found.map(str::to_owned);
        memory.notes.compare(&"Ann", NOTE, found, &mut verdict);
        verdict
    }

    fn memory() -> Memory {
        let mut memory = Memory::default();
        let post = Deed::Post(NOTE, "First".into());
        memory.asked(&post);
        memory.done(&post);
        let edit = Deed::Edit(NOTE, "Second".into());
        memory.asked(&edit);
        memory.done(&edit);
        memory
    }

    #[test]
    fn an_acknowledged_change_that_is_gone_is_lost() {
        for found in [None, Some("First")] {
            assert_eq!(compared(&mut memory(), found).lost.len(), 1);
        }
        assert!(compared(&mut memory(), Some("Second")).is_clean());
    }

    #[test]
    fn what_was_not_answered_may_be_or_not_until_it_was_read() {
        let withdraw = Deed::Withdraw(NOTE);
        for found in [None, Some("Second")] {
            let mut memory = memory();
            memory.asked(&withdraw);
            assert!(compared(&mut memory, found).is_clean());
            let other = found.map_or(Some("Second"), |_| None);
            assert_eq!(compared(&mut memory, other).lost.len(), 1);
        }
    }

    #[test]
    fn what_nobody_sent_is_invented() {
        assert_eq!(compared(&mut memory(), Some("Third")).invented.len(), 1);
    }
}
