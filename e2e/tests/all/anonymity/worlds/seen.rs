//! What was seen in a world, and whether two worlds look the same.

use std::fmt;

use candour_shared::protocol::Frame;

/// How many characters of a difference's beginning are shown, and how many on both sides of it.
const BEGINNING: usize = 120;
const AROUND: usize = 200;

/// Something that left the server.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Seen {
    /// In which step of the script.
    pub(super) step: usize,
    /// By whom, or where.
    pub(super) place: String,
    /// Whether it may depend on who the authors are.
    pub(super) audience: Audience,
    pub(super) bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// It must not.
    Everyone,
    /// It is an author's own business, and goes to them alone.
    Author,
}

impl Seen {
    /// Whether it is a document or a change of one.
    pub(super) fn is_document(&self) -> bool {
        Frame::decode(&self.bytes).is_ok()
    }
}

/// What was seen in one world and not in the other.
pub(super) struct Difference {
    one: Option<Seen>,
    other: Option<Seen>,
}

/// The first difference in what is for this audience.
pub(super) fn difference(one: &[Seen], other: &[Seen], audience: Audience) -> Option<Difference> {
    let mut one = one.iter().filter(|seen| seen.audience == audience);
    let mut other = other.iter().filter(|seen| seen.audience == audience);
    loop {
        let (one, other) = (one.next().cloned(), other.next().cloned());
        if one != other {
            return Some(Difference { one, other });
        }
        one.as_ref()?;
    }
}

impl Difference {
    /// In which step.
    pub(super) fn step(&self) -> usize {
        let steps = [&self.one, &self.other].into_iter().flatten();
        steps.map(|seen| seen.step).min().unwrap_or(0)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, other] = [&self.one, &self.other].map(|seen| match seen {
            Some(seen) => seen.to_string().chars().collect(),
            None => Vec::new(),
        });
        let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
        for (world, seen) in [("in one world", one), ("in the other", other)] {
            let before: String = seen.iter().take(BEGINNING.min(same)).collect();
            let around: String = seen
                .iter()
                .skip(same.saturating_sub(AROUND).max(BEGINNING.min(same)))
                .take(2 * AROUND)
                .collect();
            writeln!(f, "{world}, {before} … {around}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            step, place, bytes, ..
        } = self;
        write!(f, "{place} at step {step}: ")?;
        match Frame::decode(bytes) {
            Ok(frame) => {
                let update = frame.update().unwrap_or_default();
                let (kind, store, cursor) = (frame.kind, frame.store, frame.cursor);
                write!(f, "{kind:?} of the {store:?} at {cursor:?}, ")?;
                write!(f, "{} bytes: {}", update.len(), update.escape_ascii())
            }
            Err(_) => write!(f, "{}", String::from_utf8_lossy(bytes)),
        }
    }
}
