//! Writing on the Wall: the server's part.

use super::{
    AGENDA, Agenda, BOARD, CLUSTERS, CLUSTERS_LOCKED, COMMITMENTS, Cluster, DOORS_CLOSED, LEDGER,
    NOTES, Note, PHASE, PLACES, POSTING_PAUSED, PRE_MODERATION, PULSES, Place, REMARKS, REVEALS,
    ROUNDS, Round, SAME_HERE, SPOTLIGHT, STEP, TIMER, Timer, WallEdit,
};
use crate::commitment::Commitment;
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId};
use crate::moderation::Ledger;
use crate::phase::Phase;
use crate::pulse::Pulse;

impl WallEdit<'_> {
    /// Moves the board to a phase.
    pub fn set_phase(&mut self, phase: Phase) {
        self.0.set(BOARD, PHASE, &phase);
    }

    /// Writes the agenda.
    pub fn set_agenda(&mut self, agenda: &Agenda) {
        self.0.set(BOARD, AGENDA, agenda);
    }

    /// Moves the workshop to a step of its phase, or to none.
    pub fn set_step(&mut self, step: Option<StepId>) {
        self.0.set(BOARD, STEP, &step);
    }

    /// Brings everybody to a thing, or no longer.
    pub fn set_spotlight(&mut self, on: Option<Item>) {
        self.0.set(BOARD, SPOTLIGHT, &on);
    }

    /// Starts, changes or stops the timer.
    pub fn set_timer(&mut self, timer: Timer) {
        self.0.set(BOARD, TIMER, &timer);
    }

    /// Locks or unlocks the clusters.
    pub fn set_clusters_locked(&mut self, locked: bool) {
        self.0.set(BOARD, CLUSTERS_LOCKED, &locked);
    }

    /// Switches pre-moderation.
    pub fn set_pre_moderation(&mut self, on: bool) {
        self.0.set(BOARD, PRE_MODERATION, &on);
    }

    /// Closes or opens the doors.
    pub fn set_doors_closed(&mut self, closed: bool) {
        self.0.set(BOARD, DOORS_CLOSED, &closed);
    }

    /// Pauses posting, or lets it go on.
    pub fn set_posting_paused(&mut self, paused: bool) {
        self.0.set(BOARD, POSTING_PAUSED, &paused);
    }

    /// Publishes the ledger.
    pub fn set_ledger(&mut self, ledger: &Ledger) {
        self.0.set(BOARD, LEDGER, ledger);
    }

    /// Says how often a facilitator has revealed.
    pub fn set_reveals(&mut self, number: u32) {
        self.0.set(BOARD, REVEALS, &number);
    }

    /// Puts a note on the board, or changes it.
    pub fn put_note(&mut self, id: NoteId, note: &Note) {
        self.0.set(NOTES, &id.to_string(), note);
    }

    /// Puts a released note somewhere.
    pub fn put_place(&mut self, note: NoteId, place: Place) {
        self.0.set(PLACES, &note.to_string(), &place);
    }

    /// Takes a note, its place and what was said about it off the board.
    pub fn remove_note(&mut self, note: NoteId) {
        self.0.remove(NOTES, &note.to_string());
        self.0.remove(PLACES, &note.to_string());
        self.0.remove(SAME_HERE, &note.to_string());
    }

    /// Says how many say *same here* to a note.
    pub fn set_same_here(&mut self, note: NoteId, count: u32) {
        self.0.set(SAME_HERE, &note.to_string(), &count);
    }

    /// Makes or changes a cluster.
    pub fn put_cluster(&mut self, id: ClusterId, cluster: &Cluster) {
        self.0.set(CLUSTERS, &id.to_string(), cluster);
    }

    /// Removes a cluster; its notes' places are the caller's business.
    pub fn remove_cluster(&mut self, cluster: ClusterId) {
        self.0.remove(CLUSTERS, &cluster.to_string());
    }

    /// Opens or closes a pulse.
    pub fn put_pulse(&mut self, id: PulseId, pulse: &Pulse) {
        self.0.set(PULSES, &id.to_string(), pulse);
    }

    /// Writes down what was agreed, or changes it.
    pub fn put_commitment(&mut self, id: CommitmentId, commitment: &Commitment) {
        self.0.set(COMMITMENTS, &id.to_string(), commitment);
    }

    /// Takes back what was written down as agreed.
    pub fn remove_commitment(&mut self, id: CommitmentId) {
        self.0.remove(COMMITMENTS, &id.to_string());
    }

    /// Writes down what was said about a thing, or about the whole board; an empty text takes it away.
    pub fn set_remark(&mut self, on: Option<Item>, text: &str) {
        // An item is a plain value, which JSON can always hold.
        let Ok(key) = serde_json::to_string(&on) else {
            return;
        };
        if text.is_empty() {
            self.0.remove(REMARKS, &key);
        } else {
            self.0.set(REMARKS, &key, &text);
        }
    }

    /// Opens or closes a round.
    pub fn put_round(&mut self, id: RoundId, round: &Round) {
        self.0.set(ROUNDS, &id.to_string(), round);
    }

    /// Ends the writing: the update, if anything changed.
    #[must_use]
    pub fn finish(self) -> Option<Vec<u8>> {
        self.0.finish()
    }
}
