//! The Wall: what everyone on the board sees. Sole owner of its document's key names.

mod edit;

use serde::{Deserialize, Serialize};
use yrs::{ReadTxn, Transaction, TransactionMut};

use crate::agenda::Step;
use crate::commitment::Commitment;
use crate::document::{Access, DamagedUpdate, Entry, Replica, WriterId};
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId, TimerId};
use crate::layout::Point;
use crate::moderation::{Ledger, Reason};
use crate::note::Content;
use crate::phase::Phase;
use crate::policy::{Clusters, Posting, Situation};
use crate::pulse::Pulse;
use crate::settings::Settings;
use crate::voting::{Backing, Budget, Tally};

const MAPS: &[&str] = &[
    "board",
    "notes",
    "places",
    "clusters",
    "rounds",
    "same_here",
    "pulses",
    "commitments",
    "remarks",
];
const BOARD: usize = 0;
const NOTES: usize = 1;
const PLACES: usize = 2;
const CLUSTERS: usize = 3;
const ROUNDS: usize = 4;
const SAME_HERE: usize = 5;
const PULSES: usize = 6;
const COMMITMENTS: usize = 7;
const REMARKS: usize = 8;

const SETTINGS: &str = "settings";
const OPENED_ON: &str = "opened_on";
const PHASE: &str = "phase";
const AGENDA: &str = "agenda";
const STEP: &str = "step";
const SPOTLIGHT: &str = "spotlight";
const TIMER: &str = "timer";
const CLUSTERS_LOCKED: &str = "clusters_locked";
const PRE_MODERATION: &str = "pre_moderation";
const REVEALS: &str = "reveals";
const EXPIRES_ON: &str = "expires_on";
const DOORS_CLOSED: &str = "doors_closed";
const POSTING_PAUSED: &str = "posting_paused";
const LEDGER: &str = "ledger";

/// The steps of a workshop, in their order.
pub type Agenda = Vec<(StepId, Step)>;

/// A note that was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// What it says.
    Said(Content),
    /// A facilitator took it off after its release; its place says so, and why.
    Held(Reason),
}

/// Where a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// By itself; the top left corner.
    Loose(Point),
    /// A reply, under what it answers.
    Under(Item),
    /// In a cluster.
    In {
        /// Which.
        cluster: ClusterId,
        /// Its place among the cluster's notes: smaller comes first; gaps mean nothing.
        order: u32,
    },
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Its name; empty until somebody names it.
    pub name: String,
    /// Its top left corner.
    pub at: Point,
}

/// A round of voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// 1 for the board's first.
    pub number: u32,
    /// What people vote on; may be empty.
    pub question: String,
    /// What each person has.
    pub budget: Budget,
    /// What can get dots, in the order of items; if it is empty, everything that can be voted on.
    pub among: Vec<Item>,
    /// Nothing while the round is open; then what came out, most dots first.
    pub totals: Option<Vec<Tally>>,
    /// Which organisations stand behind what, once the round is closed.
    pub backing: Vec<Backing>,
}

impl Round {
    /// Whether an item can get dots in this round, as long as it is on the board.
    #[must_use]
    pub fn is_about(&self, item: Item) -> bool {
        self.among.is_empty() || self.among.contains(&item)
    }
}

/// A timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// This run of it.
    pub timer: TimerId,
    /// When it started, in milliseconds since 1970 by the server's clock.
    pub started: i64,
    /// How long it runs in all.
    pub seconds: u32,
    /// Whether a facilitator stopped it.
    pub stopped: bool,
}

/// What an update changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WallChange {
    /// Phase, agenda, spotlight, timer, locks or settings.
    Board,
    /// What a note says.
    Note(NoteId),
    /// Where a note is.
    Place(NoteId),
    /// A cluster, but not which notes are in it.
    Cluster(ClusterId),
    /// A round.
    Round(RoundId),
    /// How many say *same here* to a note.
    SameHere(NoteId),
    /// A pulse.
    Pulse(PulseId),
    /// A commitment.
    Commitment(CommitmentId),
    /// A remark.
    Remark,
}

/// A copy of the Wall.
pub struct Wall(Replica);

impl Wall {
    /// An empty one, for a client to apply updates to.
    #[must_use]
    pub fn new(writer: WriterId) -> Self {
        Self(Replica::new(MAPS, writer))
    }

    /// The Wall of a new board. `opened_on` and `expires_on` are dates, `YYYY-MM-DD`; the agenda is that of
    /// the settings, with ids.
    #[must_use]
    pub fn opened(
        writer: WriterId,
        settings: &Settings,
        agenda: &Agenda,
        (opened_on, expires_on): (&str, &str),
    ) -> Self {
        let mut wall = Self::new(writer);
        let mut edit = wall.edit();
        edit.0.set(BOARD, SETTINGS, settings);
        edit.0.set(BOARD, OPENED_ON, &opened_on);
        edit.0.set(BOARD, EXPIRES_ON, &expires_on);
        edit.set_agenda(agenda);
        edit.set_phase(Phase::Lobby);
        edit.set_step(first_step(agenda, Phase::Lobby));
        drop(edit);
        wall
    }

    /// Applies an update and shows the entries it changed.
    pub fn apply(&mut self, update: &[u8]) -> Result<Vec<(WallChange, Entry)>, DamagedUpdate> {
        self.0.apply_with(MAPS, update, |map, key| match map {
            NOTES => key.parse().ok().map(WallChange::Note),
            PLACES => key.parse().ok().map(WallChange::Place),
            CLUSTERS => key.parse().ok().map(WallChange::Cluster),
            ROUNDS => key.parse().ok().map(WallChange::Round),
            SAME_HERE => key.parse().ok().map(WallChange::SameHere),
            PULSES => key.parse().ok().map(WallChange::Pulse),
            COMMITMENTS => key.parse().ok().map(WallChange::Commitment),
            REMARKS => Some(WallChange::Remark),
            _ => Some(WallChange::Board),
        })
    }

    /// The whole Wall as one update.
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        self.0.state()
    }

    /// The same Wall without its history.
    #[must_use]
    pub fn rebuilt(&self, writer: WriterId) -> Self {
        Self(self.0.rebuilt(MAPS, writer))
    }

    /// Opens the Wall for reading.
    #[must_use]
    pub fn read(&self) -> WallAccess<'_, Transaction<'_>> {
        WallAccess(self.0.read())
    }

    /// Opens the Wall for writing.
    #[must_use]
    pub fn edit(&mut self) -> WallAccess<'_, TransactionMut<'_>> {
        WallAccess(self.0.edit())
    }
}

/// The Wall opened for writing.
pub type WallEdit<'a> = WallAccess<'a, TransactionMut<'a>>;

/// The Wall opened for reading or writing.
pub struct WallAccess<'a, T>(Access<'a, T>);

impl<T: ReadTxn> WallAccess<'_, T> {
    /// What the organiser decided; nothing before the first update.
    pub fn settings(&self) -> Option<Settings> {
        self.0.get(BOARD, SETTINGS)
    }

    /// The date on which the board was opened, `YYYY-MM-DD`.
    pub fn opened_on(&self) -> String {
        self.0.get(BOARD, OPENED_ON).unwrap_or_default()
    }

    /// The date on which the board is deleted, `YYYY-MM-DD`.
    pub fn expires_on(&self) -> String {
        self.0.get(BOARD, EXPIRES_ON).unwrap_or_default()
    }

    /// The phase.
    pub fn phase(&self) -> Phase {
        self.0.get(BOARD, PHASE).unwrap_or(Phase::Lobby)
    }

    /// The steps of the workshop, in their order.
    pub fn agenda(&self) -> Agenda {
        self.0.get(BOARD, AGENDA).unwrap_or_default()
    }

    /// The step the workshop is at: one of the present phase, if the agenda has any.
    pub fn step(&self) -> Option<StepId> {
        self.0.get(BOARD, STEP).flatten()
    }

    /// What everybody is brought to.
    pub fn spotlight(&self) -> Option<Item> {
        self.0.get(BOARD, SPOTLIGHT).flatten()
    }

    /// The timer that was started last.
    pub fn timer(&self) -> Option<Timer> {
        self.0.get(BOARD, TIMER)
    }

    /// Whether participants may change the clusters.
    pub fn clusters_locked(&self) -> bool {
        self.0.get(BOARD, CLUSTERS_LOCKED).unwrap_or(false)
    }

    /// Whether released notes pass the facilitators first.
    pub fn pre_moderation(&self) -> bool {
        self.0.get(BOARD, PRE_MODERATION).unwrap_or(false)
    }

    /// Whether nobody new can join as a participant.
    pub fn doors_closed(&self) -> bool {
        self.0.get(BOARD, DOORS_CLOSED).unwrap_or(false)
    }

    /// Whether nobody can write for now.
    pub fn posting_paused(&self) -> bool {
        self.0.get(BOARD, POSTING_PAUSED).unwrap_or(false)
    }

    /// What facilitators did up to the end of the last phase, counted.
    pub fn ledger(&self) -> Ledger {
        self.0.get(BOARD, LEDGER).unwrap_or_default()
    }

    /// How often a facilitator has revealed.
    pub fn reveals(&self) -> u32 {
        self.0.get(BOARD, REVEALS).unwrap_or(0)
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
        self.0.get(NOTES, &note.to_string())
    }

    /// Every released note, in no order.
    pub fn notes(&self) -> impl Iterator<Item = (NoteId, Note)> {
        self.0
            .entries(NOTES)
            .filter_map(|(key, note)| Some((key.parse().ok()?, note)))
    }

    /// How many notes were released.
    pub fn note_count(&self) -> usize {
        self.0.len(NOTES)
    }

    /// Where a released note is.
    pub fn place(&self, note: NoteId) -> Option<Place> {
        self.0.get(PLACES, &note.to_string())
    }

    /// Where every released note is, in no order.
    pub fn places(&self) -> impl Iterator<Item = (NoteId, Place)> {
        self.0
            .entries(PLACES)
            .filter_map(|(key, place)| Some((key.parse().ok()?, place)))
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
        self.0.get(CLUSTERS, &cluster.to_string())
    }

    /// Every cluster, in no order.
    pub fn clusters(&self) -> impl Iterator<Item = (ClusterId, Cluster)> {
        self.0
            .entries(CLUSTERS)
            .filter_map(|(key, cluster)| Some((key.parse().ok()?, cluster)))
    }

    /// How many clusters there are.
    pub fn cluster_count(&self) -> usize {
        self.0.len(CLUSTERS)
    }

    /// A round.
    pub fn round(&self, round: RoundId) -> Option<Round> {
        self.0.get(ROUNDS, &round.to_string())
    }

    /// Every round, the first first.
    pub fn rounds(&self) -> Vec<(RoundId, Round)> {
        let mut rounds: Vec<(RoundId, Round)> = self
            .0
            .entries::<Round>(ROUNDS)
            .filter_map(|(key, round)| Some((key.parse().ok()?, round)))
            .collect();
        rounds.sort_by_key(|(id, round)| (round.number, *id));
        rounds
    }

    /// The open round. There is at most one.
    pub fn open_round(&self) -> Option<(RoundId, Round)> {
        self.rounds()
            .into_iter()
            .find(|(_, round)| round.totals.is_none())
    }

    /// How many said *same here* to a note, as far as that was released.
    pub fn same_here(&self, note: NoteId) -> u32 {
        self.0.get(SAME_HERE, &note.to_string()).unwrap_or(0)
    }

    /// A pulse.
    pub fn pulse(&self, pulse: PulseId) -> Option<Pulse> {
        self.0.get(PULSES, &pulse.to_string())
    }

    /// Every pulse, the first first.
    pub fn pulses(&self) -> Vec<(PulseId, Pulse)> {
        let mut pulses: Vec<(PulseId, Pulse)> = self
            .0
            .entries::<Pulse>(PULSES)
            .filter_map(|(key, pulse)| Some((key.parse().ok()?, pulse)))
            .collect();
        pulses.sort_by_key(|(id, pulse)| (pulse.number, *id));
        pulses
    }

    /// The open pulse. There is at most one.
    pub fn open_pulse(&self) -> Option<(PulseId, Pulse)> {
        self.pulses()
            .into_iter()
            .find(|(_, pulse)| pulse.outcome.is_none())
    }

    /// What was agreed, in no order.
    pub fn commitments(&self) -> impl Iterator<Item = (CommitmentId, Commitment)> {
        self.0
            .entries(COMMITMENTS)
            .filter_map(|(key, commitment)| Some((key.parse().ok()?, commitment)))
    }

    /// What was written down of the discussion, by what it is about, in no order; nothing stands for the
    /// whole board.
    pub fn remarks(&self) -> impl Iterator<Item = (Option<Item>, String)> {
        self.0
            .entries(REMARKS)
            .filter_map(|(key, text)| Some((serde_json::from_str(key).ok()?, text)))
    }

    /// The replies under a thing, in no order.
    pub fn replies(&self, to: Item) -> Vec<NoteId> {
        let under = |(note, place)| (place == Place::Under(to)).then_some(note);
        self.places().filter_map(under).collect()
    }

    /// Whether a thing is on the board and no reply: what can be moved, answered and spotlighted.
    pub fn is_there(&self, item: Item) -> bool {
        match item {
            Item::Cluster(cluster) => self.0.has(CLUSTERS, &cluster.to_string()),
            Item::Note(note) => {
                matches!(self.place(note), Some(Place::Loose(_) | Place::In { .. }))
            }
        }
    }

    /// Whether people can vote on this: a cluster, or a loose note that is not held.
    pub fn can_be_voted_on(&self, item: Item) -> bool {
        match item {
            Item::Cluster(cluster) => self.0.has(CLUSTERS, &cluster.to_string()),
            Item::Note(note) => {
                matches!(self.note(note), Some(Note::Said(_)))
                    && matches!(self.place(note), Some(Place::Loose(_)))
            }
        }
    }
}

/// The first step of a phase, if it has any.
#[must_use]
pub fn first_step(agenda: &Agenda, phase: Phase) -> Option<StepId> {
    let mut steps = agenda.iter();
    steps
        .find(|(_, step)| step.phase == phase)
        .map(|(id, _)| *id)
}
