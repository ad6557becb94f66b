//! The Wall: what everyone on the board sees. Sole owner of its document's key names.

mod edit;
mod read;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::agenda::{Agenda, first_step};
use crate::commitment::Commitment;
use crate::document::{Document, Edit, Field, Keys, Table, WriterId};
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId, TimerId};
use crate::layout::Point;
use crate::moderation::{Ledger, Reason};
use crate::note::Content;
use crate::phase::Phase;
use crate::pulse::Pulse;
use crate::settings::Settings;
use crate::time::{Day, Millis};
use crate::voting::{Budget, Support, Tally};

const SETTINGS: Field<Settings> = Field::new("settings");
const OPENED_ON: Field<Day> = Field::new("opened_on");
const EXPIRES_ON: Field<Day> = Field::new("expires_on");
const PHASE: Field<Phase> = Field::new("phase");
const AGENDA: Field<Agenda> = Field::new("agenda");
const STEP: Field<Option<StepId>> = Field::new("step");
const SPOTLIGHT: Field<Option<Item>> = Field::new("spotlight");
const TIMER: Field<Timer> = Field::new("timer");
const CLUSTERS_LOCKED: Field<bool> = Field::new("clusters_locked");
const PRE_MODERATION: Field<bool> = Field::new("pre_moderation");
const REVEALS: Field<u32> = Field::new("reveals");
const DOORS_CLOSED: Field<bool> = Field::new("doors_closed");
const POSTING_PAUSED: Field<bool> = Field::new("posting_paused");
const LEDGER: Field<Ledger> = Field::new("ledger");

const NOTES: Table<NoteId, Note> = Table::of::<WallKeys>("notes");
const PLACES: Table<NoteId, Place> = Table::of::<WallKeys>("places");
const CLUSTERS: Table<ClusterId, Cluster> = Table::of::<WallKeys>("clusters");
const ROUNDS: Table<RoundId, Round> = Table::of::<WallKeys>("rounds");
const SAME_HERE: Table<NoteId, u32> = Table::of::<WallKeys>("same_here");
const PULSES: Table<PulseId, Pulse> = Table::of::<WallKeys>("pulses");
const COMMITMENTS: Table<CommitmentId, Commitment> = Table::of::<WallKeys>("commitments");
const REMARKS: Table<About, String> = Table::of::<WallKeys>("remarks");

/// The keys of the Wall.
#[derive(Debug)]
pub enum WallKeys {}

impl Keys for WallKeys {
    const MAPS: &'static [&'static str] = &[
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
    type Change = WallChange;

    fn change(map: &'static str, key: &str) -> Option<WallChange> {
        match map {
            "notes" => key.parse().ok().map(WallChange::Note),
            "places" => key.parse().ok().map(WallChange::Place),
            "clusters" => key.parse().ok().map(WallChange::Cluster),
            "rounds" => key.parse().ok().map(WallChange::Round),
            "same_here" => key.parse().ok().map(WallChange::SameHere),
            "pulses" => key.parse().ok().map(WallChange::Pulse),
            "commitments" => key.parse().ok().map(WallChange::Commitment),
            "remarks" => Some(WallChange::Remark),
            _ => Some(WallChange::Board),
        }
    }
}

/// A copy of the Wall.
pub type Wall = Document<WallKeys>;

/// The Wall opened for writing.
pub type WallEdit<'a> = Edit<'a, WallKeys>;

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
    /// Its name; empty until it is named.
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
    pub support: Vec<Support>,
}

impl Round {
    /// A round that is open, about everything that can be voted on.
    #[must_use]
    pub fn new(number: u32, question: impl Into<String>, budget: Budget) -> Self {
        Self {
            number,
            question: question.into(),
            budget,
            among: Vec::new(),
            totals: None,
            support: Vec::new(),
        }
    }

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
    /// When it started, by the server's clock.
    pub started: Millis,
    /// How long it runs in all.
    pub seconds: u32,
    /// Whether a facilitator stopped it.
    pub stopped: bool,
}

/// What a remark is about, as a key: the JSON text of a thing, or of nothing for the whole board.
#[derive(Clone, Copy)]
struct About(Option<Item>);

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(&self.0).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for About {
    type Err = serde_json::Error;

    fn from_str(key: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(key).map(Self)
    }
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

impl Wall {
    /// The Wall of a new board. It was opened on the one day and is deleted on the other; the agenda is that of
    /// the settings, with ids.
    #[must_use]
    pub fn opened(
        writer: WriterId,
        settings: &Settings,
        agenda: &Agenda,
        (opened_on, expires_on): (Day, Day),
    ) -> Self {
        let mut wall = Self::new(writer);
        let mut edit = wall.edit();
        edit.set(SETTINGS, settings);
        edit.set(OPENED_ON, &opened_on);
        edit.set(EXPIRES_ON, &expires_on);
        edit.set_agenda(agenda);
        edit.set_phase(Phase::Lobby);
        edit.set_step(first_step(agenda, Phase::Lobby));
        drop(edit);
        wall
    }
}
