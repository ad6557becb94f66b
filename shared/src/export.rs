//! What an organiser takes away. Nothing in it differs with who wrote or voted what: the ids are
//! fresh and random, everything is in the order of those ids, and no time is finer than the date.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agenda::Step;
use crate::ids::{BoardId, ClusterId, Item, NoteId, RoundId};
use crate::moderation::{Erasure, Ledger, Reason};
use crate::phase::Phase;
use crate::pulse::Outcome;
use crate::settings::Privacy;
use crate::time::Day;
use crate::voting::{Budget, Tally};

/// The version of this format.
pub const EXPORT_VERSION: u32 = 1;

/// A board as its organiser takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardExport {
    /// [`EXPORT_VERSION`].
    pub version: u32,
    /// A fresh id: two exports of a board can't be joined by ids.
    pub board: BoardId,
    /// The board's title.
    pub title: String,
    /// The day on which the board was opened.
    pub opened_on: Day,
    /// The day of this export.
    pub exported_on: Day,
    /// The phase the board was in.
    pub phase: Phase,
    /// What protects the people who wrote.
    pub privacy: Privacy,
    /// What that means, in words: what people were told before they joined.
    pub contract: Vec<String>,
    /// The day on which the board is deleted.
    pub expires_on: Day,
    /// The categories, in the organiser's order.
    pub categories: Vec<String>,
    /// The aspects, in the organiser's order.
    pub aspects: Vec<String>,
    /// The organisations that were invited, in the organiser's order.
    pub organisations: Vec<String>,
    /// The steps of the workshop, in their order.
    pub agenda: Vec<Step>,
    /// The clusters with their notes.
    pub clusters: Vec<ExportedCluster>,
    /// The notes in no cluster.
    pub loose_notes: Vec<ExportedNote>,
    /// The rounds of voting, the first first. An open round has no totals.
    pub rounds: Vec<ExportedRound>,
    /// The pulses, the first first. An open one has no outcome.
    pub pulses: Vec<ExportedPulse>,
    /// What was agreed, in the order of what will be done.
    pub commitments: Vec<ExportedCommitment>,
    /// What facilitators wrote down about the whole board; may be empty.
    pub remark: String,
    /// What facilitators did, counted by reason.
    pub moderation: Ledger,
    /// The receipts of erased notes, the first first.
    pub erasures: Vec<Erasure>,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedCluster {
    /// A fresh id.
    pub id: ClusterId,
    /// Its name; may be empty.
    pub name: String,
    /// Its notes.
    pub notes: Vec<ExportedNote>,
    /// What people answered to it.
    pub replies: Vec<ExportedReply>,
    /// What facilitators wrote down about it; may be empty.
    pub remark: String,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedReply {
    /// A fresh id.
    pub id: NoteId,
    /// What it says; nothing if it is held.
    pub text: Option<String>,
    /// Why a facilitator holds it, if one does.
    pub held: Option<Reason>,
}

/// A pulse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedPulse {
    /// What people were asked.
    pub question: String,
    /// What came out; nothing while it is open.
    pub outcome: Option<Outcome>,
}

/// Something that was agreed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ExportedCommitment {
    /// What will be done.
    pub what: String,
    /// By which organisation; nothing for all of them together.
    pub who: Option<String>,
    /// By when; may be empty.
    pub when: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedNote {
    /// A fresh id.
    pub id: NoteId,
    /// The category's name; nothing for a held note.
    pub category: Option<String>,
    /// The aspect's name, if the note has one.
    pub aspect: Option<String>,
    /// What it says; nothing for a held note.
    pub text: Option<String>,
    /// Why a facilitator holds it, if one does.
    pub held: Option<Reason>,
    /// How many said *same here*.
    pub same_here: u32,
    /// What people answered to it.
    pub replies: Vec<ExportedReply>,
    /// What facilitators wrote down about it; may be empty.
    pub remark: String,
}

/// A round of voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedRound {
    /// A fresh id.
    pub id: RoundId,
    /// 1 for the board's first.
    pub number: u32,
    /// What people voted on; may be empty.
    pub question: String,
    /// What each person had.
    pub budget: Budget,
    /// What could get dots, by the ids of this export, as far as it is still on the board; if it is empty,
    /// every group and every note in none.
    pub among: Vec<Item>,
    /// What came out, most dots first; nothing while the round is open. Items are named by the ids of
    /// this export; an item that is no longer on the board is named in [`Self::gone`].
    pub totals: Option<Vec<Tally>>,
    /// The dots on items that are no longer on the board.
    pub gone: u32,
    /// Whether people could vote in several browsers: all participants came in by the same link.
    pub indicative: bool,
    /// Which organisations stand behind an item; items without any are left out.
    pub support: Vec<ExportedSupport>,
}

/// Which organisations stand behind an item: those of which enough people gave it dots. No people
/// are counted. See [`crate::voting::Support`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExportedSupport {
    /// The item, by its id in this export.
    pub item: Item,
    /// The organisations' names, in the organiser's order.
    pub organisations: Vec<String>,
    /// Whether enough people of the other organisations together did.
    pub others: bool,
}
