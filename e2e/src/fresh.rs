//! New ids, as a browser makes them.

use candour_shared::document::WriterId;
use candour_shared::ids::{
    ClusterId, CommitmentId, NoteId, PageId, PulseId, RoundId, StepId, TimerId,
};

/// A new note's id.
#[must_use]
pub fn note() -> NoteId {
    NoteId::from_bytes(rand::random())
}

/// A new cluster's id.
#[must_use]
pub fn cluster() -> ClusterId {
    ClusterId::from_bytes(rand::random())
}

/// A new round's id.
#[must_use]
pub fn round() -> RoundId {
    RoundId::from_bytes(rand::random())
}

/// A new step's id.
#[must_use]
pub fn step() -> StepId {
    StepId::from_bytes(rand::random())
}

/// A new pulse's id.
#[must_use]
pub fn pulse() -> PulseId {
    PulseId::from_bytes(rand::random())
}

/// A new commitment's id.
#[must_use]
pub fn commitment() -> CommitmentId {
    CommitmentId::from_bytes(rand::random())
}

/// A new timer's id.
#[must_use]
pub fn timer() -> TimerId {
    TimerId::from_bytes(rand::random())
}

/// A new page's id.
#[must_use]
pub fn page() -> PageId {
    PageId::from_bytes(rand::random())
}

/// The writer of a replica that only reads.
#[must_use]
pub fn writer() -> WriterId {
    WriterId(rand::random())
}
