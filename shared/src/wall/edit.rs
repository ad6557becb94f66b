//! Writing on the Wall: the server's part.

use super::{
    AGENDA, About, CLUSTERS, CLUSTERS_LOCKED, COMMITMENTS, Cluster, DOORS_CLOSED, LEDGER, NOTES,
    Note, PHASE, PLACES, POSTING_PAUSED, PRE_MODERATION, PULSES, Place, REMARKS, REVEALS, ROUNDS,
    Round, SAME_HERE, SPOTLIGHT, STEP, TIMER, Timer, WallEdit,
};
use crate::agenda::Agenda;
use crate::commitment::Commitment;
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId};
use crate::moderation::Ledger;
use crate::phase::Phase;
use crate::pulse::Pulse;

impl WallEdit<'_> {
    /// Moves the board to a phase.
    pub fn set_phase(&mut self, phase: Phase) {
        self.set(PHASE, &phase);
    }

    /// Writes the agenda.
    pub fn set_agenda(&mut self, agenda: &Agenda) {
        self.set(AGENDA, agenda);
    }

    /// Moves the workshop to a step of its phase, or to none.
    pub fn set_step(&mut self, step: Option<StepId>) {
        self.set(STEP, &step);
    }

    /// Brings every page to a thing, or no longer.
    pub fn set_spotlight(&mut self, on: Option<Item>) {
        self.set(SPOTLIGHT, &on);
    }

    /// Starts, changes or stops the timer.
    pub fn set_timer(&mut self, timer: Timer) {
        self.set(TIMER, &timer);
    }

    /// Locks or unlocks the clusters.
    pub fn set_clusters_locked(&mut self, locked: bool) {
        self.set(CLUSTERS_LOCKED, &locked);
    }

    /// Switches pre-moderation.
    pub fn set_pre_moderation(&mut self, on: bool) {
        self.set(PRE_MODERATION, &on);
    }

    /// Closes or opens the doors.
    pub fn set_doors_closed(&mut self, closed: bool) {
        self.set(DOORS_CLOSED, &closed);
    }

    /// Pauses posting, or lets it go on.
    pub fn set_posting_paused(&mut self, paused: bool) {
        self.set(POSTING_PAUSED, &paused);
    }

    /// Publishes the ledger.
    pub fn set_ledger(&mut self, ledger: &Ledger) {
        self.set(LEDGER, ledger);
    }

    /// Says how often a facilitator has revealed.
    pub fn set_reveals(&mut self, number: u32) {
        self.set(REVEALS, &number);
    }

    /// Puts a note on the board, or changes it.
    pub fn put_note(&mut self, id: NoteId, note: &Note) {
        self.put(NOTES, id, note);
    }

    /// Puts a released note somewhere.
    pub fn put_place(&mut self, note: NoteId, place: Place) {
        self.put(PLACES, note, &place);
    }

    /// Takes a note, its place and what was said about it off the board.
    pub fn remove_note(&mut self, note: NoteId) {
        self.remove(NOTES, note);
        self.remove(PLACES, note);
        self.remove(SAME_HERE, note);
    }

    /// Says how many say *same here* to a note.
    pub fn set_same_here(&mut self, note: NoteId, count: u32) {
        self.put(SAME_HERE, note, &count);
    }

    /// Makes or changes a cluster.
    pub fn put_cluster(&mut self, id: ClusterId, cluster: &Cluster) {
        self.put(CLUSTERS, id, cluster);
    }

    /// Removes a cluster; its notes' places are the caller's business.
    pub fn remove_cluster(&mut self, cluster: ClusterId) {
        self.remove(CLUSTERS, cluster);
    }

    /// Opens or closes a pulse.
    pub fn put_pulse(&mut self, id: PulseId, pulse: &Pulse) {
        self.put(PULSES, id, pulse);
    }

    /// Writes down what was agreed, or changes it.
    pub fn put_commitment(&mut self, id: CommitmentId, commitment: &Commitment) {
        self.put(COMMITMENTS, id, commitment);
    }

    /// Takes back what was written down as agreed.
    pub fn remove_commitment(&mut self, id: CommitmentId) {
        self.remove(COMMITMENTS, id);
    }

    /// Writes down what was said about a thing, or about the whole board; an empty text takes it away.
    pub fn set_remark(&mut self, on: Option<Item>, text: &str) {
        if text.is_empty() {
            self.remove(REMARKS, About(on));
        } else {
            self.put(REMARKS, About(on), text);
        }
    }

    /// Opens or closes a round.
    pub fn put_round(&mut self, id: RoundId, round: &Round) {
        self.put(ROUNDS, id, round);
    }
}
