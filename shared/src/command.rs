//! What people can ask of a board: one variant per verb, with its limits.
//!
//! Every command is safe to send twice, because it names things by ids its sender made and states
//! absolute values. So after a reconnect a client simply resends what was not acknowledged.

mod check;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, VariantArray};

use crate::agenda::Step;
use crate::commitment::Commitment;
use crate::ids::{ClusterId, CommitmentId, Item, NoteId, PulseId, RoundId, StepId, TimerId};
use crate::layout::Point;
use crate::moderation::Reason;
use crate::note::Content;
use crate::phase::Phase;
use crate::variants::all;
use crate::voting::Budget;

/// Longest timer, in seconds.
pub const TIMER_SECONDS: u32 = 4 * 60 * 60;
/// Most notes released by one command.
pub const RELEASE_NOTES: usize = 200;
/// Most things moved by one command.
pub const MOVES: usize = 200;

/// A thing, and where its top left corner goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// A released note, or a cluster with everything in it.
    pub item: Item,
    /// Where it goes. A note lies by itself there, out of the cluster it may have been in.
    pub to: Point,
}

/// Something a person asks of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumDiscriminants)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[strum_discriminants(name(Verb))]
#[strum_discriminants(derive(PartialOrd, Ord, Hash, VariantArray))]
#[strum_discriminants(doc = "The verb of a [`Command`], for the policy.")]
pub enum Command {
    /// Write a note. It stays private until it is released.
    PostNote {
        /// A new id.
        note: NoteId,
        /// What it says.
        content: Content,
        /// The author says that what looks like an NHS number is none. Never stored.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    /// Rewrite one's own note, also a held one. Once the note was released, the change waits for the
    /// next release.
    EditNote {
        /// One's own note.
        note: NoteId,
        /// What it says now.
        content: Content,
        /// As for [`Command::PostNote`].
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    /// Take one's own note back. Once the note was released, the change waits for the next release.
    WithdrawNote {
        /// One's own note.
        note: NoteId,
    },
    /// Answer a cluster or a note while people discuss. A reply is a note: it stays private until it is
    /// released, and can be rewritten, withdrawn, held and erased like one.
    PostReply {
        /// A new id.
        note: NoteId,
        /// What is answered.
        to: Item,
        /// What it says, 1 to [`crate::checks::REPLY_CHARS`] characters.
        text: String,
        /// As for [`Command::PostNote`].
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    /// Say that a note is true for oneself too, or no longer say it. How many do is told with the next
    /// release.
    SameHere {
        /// Another participant's note that was released in this run of the phase Write.
        note: NoteId,
        /// Whether one says it.
        on: bool,
    },
    /// Ask the facilitators to look at a note. By whom it was flagged is neither told nor kept.
    FlagNote {
        /// A released note.
        note: NoteId,
    },
    /// Put things somewhere, at most [`MOVES`] of them. Those that are gone meanwhile are left out.
    Move {
        /// What goes where.
        moves: Vec<Move>,
    },
    /// Make a cluster by dropping a note on a note. If the note below is in a cluster by now, the
    /// other joins that one.
    MakeCluster {
        /// A new id.
        cluster: ClusterId,
        /// The note that was dropped.
        note: NoteId,
        /// The note it was dropped on.
        onto: NoteId,
    },
    /// Put a note into a cluster.
    AddToCluster {
        /// The cluster.
        cluster: ClusterId,
        /// A released note.
        note: NoteId,
    },
    /// Name a cluster; an empty name takes the name away.
    NameCluster {
        /// The cluster.
        cluster: ClusterId,
        /// At most [`crate::checks::CLUSTER_CHARS`] characters.
        name: String,
    },
    /// Put all notes of one cluster into another, which keeps its place, and its name if it has one.
    MergeClusters {
        /// The cluster that ends.
        from: ClusterId,
        /// The cluster that stays.
        into: ClusterId,
    },
    /// Take a cluster apart; its notes lie loose where it was.
    DissolveCluster {
        /// The cluster.
        cluster: ClusterId,
    },
    /// Say how many of one's dots are on an item, 0 to take them back.
    CastDots {
        /// The open round.
        round: RoundId,
        /// A cluster or a loose note.
        item: Item,
        /// How many dots, at most the round's `per_item`.
        dots: u8,
    },
    /// Answer the open pulse.
    AnswerPulse {
        /// The pulse.
        pulse: PulseId,
        /// 1 to [`crate::pulse::SCALE`].
        answer: u8,
    },
    /// Move the board to another phase, or to another step within its phase.
    SetPhase {
        /// The phase the sender saw. Refused with [`crate::denied::Denied::PhaseMoved`] if another facilitator moved the
        /// board meanwhile.
        from: Phase,
        /// The step the sender saw. A move within a phase is refused if another facilitator moved it meanwhile,
        /// so that a late repeat doesn't take the workshop back.
        #[serde(default)]
        from_step: Option<StepId>,
        /// The phase to go to.
        to: Phase,
        /// The step of the agenda to go to, one of that phase. If none is said, it is the first of the
        /// phase.
        #[serde(default)]
        step: Option<StepId>,
    },
    /// Release all waiting notes at once, shuffled; under pre-moderation, to the facilitators.
    Reveal {
        /// How many reveals there will have been, this one included.
        number: u32,
    },
    /// Add a step to the agenda, change it, or move it to another place.
    PutStep {
        /// A new id, or that of a step.
        step: StepId,
        /// After which other step it comes; nothing for the first place.
        after: Option<StepId>,
        /// What it is now.
        content: Step,
    },
    /// Take a step from the agenda.
    RemoveStep {
        /// The step.
        step: StepId,
    },
    /// Bring every page to a thing; nothing ends that.
    SetSpotlight {
        /// A cluster or a released note.
        on: Option<Item>,
    },
    /// Start a timer, or say how long the running one is in all.
    SetTimer {
        /// A new id to start, the running timer's to change its length.
        timer: TimerId,
        /// The whole length from its start, 1 to [`TIMER_SECONDS`].
        seconds: u32,
    },
    /// Stop a timer.
    StopTimer {
        /// The timer.
        timer: TimerId,
    },
    /// Lock or unlock the clusters for participants.
    LockClusters {
        /// Whether participants may no longer change them.
        locked: bool,
    },
    /// Decide whether released notes pass the facilitators first.
    SetPreModeration {
        /// Whether they do.
        on: bool,
    },
    /// Close the doors, or open them again. While they are closed no new participant can join;
    /// who has joined can come back.
    SetDoors {
        /// Whether they are closed.
        closed: bool,
    },
    /// Pause posting, or let it go on: no participant can write or rewrite notes meanwhile.
    PausePosting {
        /// Whether it is paused.
        paused: bool,
    },
    /// Take a note off the board, or out of the queue, and say why.
    HoldNote {
        /// A released or waiting note.
        note: NoteId,
        /// Why.
        reason: Reason,
    },
    /// Put waiting or held notes on the board.
    ReleaseNotes {
        /// At most [`RELEASE_NOTES`] waiting or held notes.
        notes: Vec<NoteId>,
    },
    /// Remove a note for good, from everywhere.
    EraseNote {
        /// A released, waiting or held note.
        note: NoteId,
        /// Why.
        reason: Reason,
    },
    /// Say that a flagged note was looked at and stays as it is. Who flags it again says nothing new.
    SettleFlag {
        /// The note.
        note: NoteId,
    },
    /// Ask the participants something that they answer on a scale.
    OpenPulse {
        /// A new id.
        pulse: PulseId,
        /// What, 1 to [`crate::checks::PROMPT_CHARS`] characters.
        question: String,
    },
    /// Close the open pulse and show what came out, if enough people answered.
    ClosePulse {
        /// The pulse.
        pulse: PulseId,
    },
    /// Write down what was agreed, or change it.
    PutCommitment {
        /// A new id, or that of a commitment.
        commitment: CommitmentId,
        /// What it is now.
        content: Commitment,
    },
    /// Take back what was written down as agreed.
    RemoveCommitment {
        /// The commitment.
        commitment: CommitmentId,
    },
    /// Write down what was said about a thing; an empty text takes the remark away.
    SetRemark {
        /// A cluster or a released note; nothing for the whole board.
        on: Option<Item>,
        /// At most [`crate::checks::REMARK_CHARS`] characters.
        text: String,
    },
    /// Open a round of voting.
    OpenRound {
        /// A new id.
        round: RoundId,
        /// What people vote on, at most [`crate::checks::CLUSTER_CHARS`] characters; may be empty.
        question: String,
        /// How many dots each person has.
        budget: Budget,
        /// What can get dots, at most [`crate::voting::MAX_AMONG`] items: those that are tied, for one. If
        /// none is said, it is every cluster and every note in none.
        #[serde(default)]
        among: Vec<Item>,
    },
    /// Close the open round and show its totals.
    CloseRound {
        /// The round.
        round: RoundId,
    },
}

impl Command {
    /// A new note, of which its author hasn't said that what looks like an NHS number is none.
    #[must_use]
    pub const fn post_note(note: NoteId, content: Content) -> Self {
        Self::PostNote {
            note,
            content,
            confirmed: false,
        }
    }

    /// One's own note rewritten; as for [`Self::post_note`].
    #[must_use]
    pub const fn edit_note(note: NoteId, content: Content) -> Self {
        Self::EditNote {
            note,
            content,
            confirmed: false,
        }
    }

    /// A reply to a thing; as for [`Self::post_note`].
    #[must_use]
    pub fn post_reply(note: NoteId, to: Item, text: impl Into<String>) -> Self {
        Self::PostReply {
            note,
            to,
            text: text.into(),
            confirmed: false,
        }
    }

    /// The command's verb.
    #[must_use]
    pub fn verb(&self) -> Verb {
        self.into()
    }
}

impl Verb {
    /// Every verb, in the order of [`Command`].
    pub const ALL: [Self; Self::VARIANTS.len()] = all();
}
