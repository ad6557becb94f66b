//! Reading the Wall: the part of server and pages.

use super::{
    AGENDA, About, CLUSTERS, CLUSTERS_LOCKED, COMMITMENTS, Cluster, DOORS_CLOSED, EXPIRES_ON,
    LEDGER, NOTES, Note, OPENED_ON, PHASE, PLACES, POSTING_PAUSED, PRE_MODERATION, PULSES, Place,
    REMARKS, REVEALS, ROUNDS, Round, SAME_HERE, SETTINGS, SPOTLIGHT, STEP, TIMER, Timer, WallKeys,
};
use crate::agenda::Agenda;
use crate::commitment::Commitment;
use crate::document::{Access, Read};
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId};
use crate::moderation::Ledger;
use crate::phase::Phase;
use crate::policy::{Clusters, Posting, Situation};
use crate::pulse::Pulse;
use crate::settings::Settings;
use crate::time::Day;

impl<T: Read> Access<'_, WallKeys, T> {
    /// What the organiser decided; nothing before the first update.
    pub fn settings(&self) -> Option<Settings> {
        self.field(SETTINGS)
    }

    /// The day on which the board was opened; nothing before the first update.
    pub fn opened_on(&self) -> Option<Day> {
        self.field(OPENED_ON)
    }

    /// The day on which the board is deleted; nothing before the first update.
    pub fn expires_on(&self) -> Option<Day> {
        self.field(EXPIRES_ON)
    }

    /// The phase.
    pub fn phase(&self) -> Phase {
        self.field(PHASE).unwrap_or(Phase::Lobby)
    }

    /// The steps of the workshop, in their order.
    pub fn agenda(&self) -> Agenda {
        self.field(AGENDA).unwrap_or_default()
    }

    /// The step the workshop is at: one of the present phase, if the agenda has any.
    pub fn step(&self) -> Option<StepId> {
        self.field(STEP).flatten()
    }

    /// What every page is brought to; nothing if there is no spotlight.
    pub fn spotlight(&self) -> Option<Item> {
        self.field(SPOTLIGHT).flatten()
    }

    /// The timer that was started last.
    pub fn timer(&self) -> Option<Timer> {
        self.field(TIMER)
    }

    /// Whether participants may change the clusters.
    pub fn clusters_locked(&self) -> bool {
        self.field(CLUSTERS_LOCKED).unwrap_or(false)
    }

    /// Whether released notes pass the facilitators first.
    pub fn pre_moderation(&self) -> bool {
        self.field(PRE_MODERATION).unwrap_or(false)
    }

    /// Whether the doors are closed: no new participant can join.
    pub fn doors_closed(&self) -> bool {
        self.field(DOORS_CLOSED).unwrap_or(false)
    }

    /// Whether posting is paused: no participant can write or rewrite.
    pub fn posting_paused(&self) -> bool {
        self.field(POSTING_PAUSED).unwrap_or(false)
    }

    /// What facilitators did up to the end of the last phase, counted.
    pub fn ledger(&self) -> Ledger {
        self.field(LEDGER).unwrap_or_default()
    }

    /// How often a facilitator has revealed.
    pub fn reveals(&self) -> u32 {
        self.field(REVEALS).unwrap_or(0)
    }

    /// What the policy needs to know.
    pub fn situation(&self) -> Situation {
        let clusters = if self.clusters_locked() {
            Clusters::Locked
        } else {
            Clusters::Open
        };
        let posting = if self.posting_paused() {
            Posting::Paused
        } else {
            Posting::Open
        };
        Situation {
            phase: self.phase(),
            clusters,
            posting,
        }
    }

    /// A released note.
    pub fn note(&self, note: NoteId) -> Option<Note> {
        self.get(NOTES, note)
    }

    /// Every released note, in no order.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, Note)> {
        self.all(NOTES)
    }

    /// How many notes were released.
    pub fn note_count(&self) -> usize {
        self.count(NOTES)
    }

    /// Where a released note is.
    pub fn place(&self, note: NoteId) -> Option<Place> {
        self.get(PLACES, note)
    }

    /// Where every released note is, in no order.
    pub fn places(&self) -> impl Iterator<Item = (NoteId, Place)> {
        self.all(PLACES)
    }

    /// The notes of a cluster, in their order.
    pub fn members(&self, cluster: ClusterId) -> Vec<NoteId> {
        let mut members: Vec<(u32, NoteId)> = self
            .places()
            .filter_map(|(note, place)| match place {
                Place::In {
                    cluster: there,
                    order,
                } if there == cluster => Some((order, note)),
                Place::In { .. } | Place::Loose(_) | Place::Under(_) => None,
            })
            .collect();
        members.sort_unstable();
        members.into_iter().map(|(_, note)| note).collect()
    }

    /// A cluster.
    pub fn cluster(&self, cluster: ClusterId) -> Option<Cluster> {
        self.get(CLUSTERS, cluster)
    }

    /// Every cluster, in no order.
    pub fn clusters(&self) -> impl Iterator<Item = (ClusterId, Cluster)> {
        self.all(CLUSTERS)
    }

    /// How many clusters there are.
    pub fn cluster_count(&self) -> usize {
        self.count(CLUSTERS)
    }

    /// A round.
    pub fn round(&self, round: RoundId) -> Option<Round> {
        self.get(ROUNDS, round)
    }

    /// Every round, the first first.
    pub fn rounds(&self) -> Vec<(RoundId, Round)> {
        self.numbered(ROUNDS, |round| round.number)
    }

    /// The open round. There is at most one.
    pub fn open_round(&self) -> Option<(RoundId, Round)> {
        self.rounds()
            .into_iter()
            .find(|(_, round)| round.totals.is_none())
    }

    /// How many said *same here* to a note, as far as that was released.
    pub fn same_here(&self, note: NoteId) -> u32 {
        self.get(SAME_HERE, note).unwrap_or(0)
    }

    /// A pulse.
    pub fn pulse(&self, pulse: PulseId) -> Option<Pulse> {
        self.get(PULSES, pulse)
    }

    /// Every pulse, the first first.
    pub fn pulses(&self) -> Vec<(PulseId, Pulse)> {
        self.numbered(PULSES, |pulse| pulse.number)
    }

    /// The open pulse. There is at most one.
    pub fn open_pulse(&self) -> Option<(PulseId, Pulse)> {
        self.pulses()
            .into_iter()
            .find(|(_, pulse)| pulse.outcome.is_none())
    }

    /// What was agreed, in no order.
    pub fn commitments(&self) -> impl Iterator<Item = (CommitmentId, Commitment)> {
        self.all(COMMITMENTS)
    }

    /// What was written down of the discussion, by what it is about, in no order; nothing stands for the
    /// whole board.
    pub fn remarks(&self) -> impl Iterator<Item = (Option<Item>, String)> {
        self.all(REMARKS).map(|(About(on), text)| (on, text))
    }

    /// The replies under a thing, in no order.
    pub fn replies(&self, to: Item) -> Vec<NoteId> {
        let under = |(note, place)| (place == Place::Under(to)).then_some(note);
        self.places().filter_map(under).collect()
    }

    /// Whether a thing is on the board and no reply: what can be moved, answered and spotlighted.
    pub fn is_there(&self, item: Item) -> bool {
        match item {
            Item::Cluster(cluster) => self.has(CLUSTERS, cluster),
            Item::Note(note) => {
                matches!(self.place(note), Some(Place::Loose(_) | Place::In { .. }))
            }
        }
    }

    /// Whether people can vote on this: a cluster, or a loose note that is not held.
    pub fn can_be_voted_on(&self, item: Item) -> bool {
        match item {
            Item::Cluster(cluster) => self.has(CLUSTERS, cluster),
            Item::Note(note) => {
                matches!(self.note(note), Some(Note::Said(_)))
                    && matches!(self.place(note), Some(Place::Loose(_)))
            }
        }
    }
}
