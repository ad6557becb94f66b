//! Why something was refused: typed data that travels to the page, with words for people.

// What they say to people.
mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::phase::Phase;

/// A refusal. Its text says what was wrong and, where it helps, what to do.
///
/// A refusal never tells anything about a thing the asker may not see: an unknown note and another
/// participant's private note get the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Denied {
    /// The board is in a phase in which who asked can't do this.
    WrongPhase {
        /// The board's phase.
        phase: Phase,
    },
    /// Only facilitators and organisers can do this.
    FacilitatorsOnly,
    /// The asker is a screen that only shows the board.
    OnlyShows,
    /// Only organisers can do this.
    OrganisersOnly,
    /// A facilitator locked the clusters.
    Locked,
    /// A facilitator paused posting.
    PostingPaused,
    /// A facilitator closed the doors.
    DoorsClosed,
    /// Another browser has contributed by this code.
    CodeSpent,
    /// The board was opened for the other way of letting participants in.
    WrongAdmission,
    /// The asker does more than a person needs to. Nothing is lost: it is tried again.
    TooFast,
    /// The asker has too many connections.
    TooManySockets {
        /// The limit.
        limit: usize,
    },
    /// The request was made by, or for, another site.
    Elsewhere,
    /// The text seems to contain an NHS number.
    LooksLikeNhsNumber,
    /// The note is unknown, or another participant's.
    NotYours,
    /// The note is the asker's own: no participant agrees with themselves.
    OnesOwn,
    /// The time to say *same here* to this note is over: its phase has ended.
    SameHereOver,
    /// There is no such note where the command looks for it.
    NoSuchNote,
    /// There is no such cluster.
    NoSuchCluster,
    /// There is no such round, or it is closed.
    RoundClosed,
    /// Another round is open.
    RoundOpen,
    /// There is no such step in the agenda, or it belongs to another phase.
    NoSuchStep,
    /// There is no such pulse, or it is closed.
    PulseClosed,
    /// Another pulse is open.
    PulseOpen,
    /// There is nothing to vote on under this name.
    NoSuchItem,
    /// The person's dots are spent.
    OverBudget {
        /// The budget.
        dots: u8,
    },
    /// More dots on one item than the round allows.
    OverItemLimit {
        /// The limit.
        limit: u8,
    },
    /// The board has no such category or aspect.
    NoSuchCategory,
    /// Another facilitator moved the board to another phase meanwhile.
    PhaseMoved {
        /// The board's phase.
        phase: Phase,
    },
    /// The board can't go there from here.
    IllegalMove,
    /// The text is empty.
    Empty,
    /// The text is too long.
    TooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// A number is out of its range.
    OutOfRange {
        /// The limit.
        limit: u32,
    },
    /// A bound of the board is reached.
    Full {
        /// The bound.
        limit: usize,
    },
    /// The settings of a new board are wrong.
    BadSettings {
        /// What is wrong.
        fault: SettingsFault,
    },
    /// The message is not one of the protocol.
    Malformed {
        /// What is wrong with it.
        why: String,
    },
    /// The message is larger than a client may send.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A client sent a binary frame.
    NoBinary,
    /// The first message was not a hello, or a second hello came.
    HelloFirst,
    /// The client speaks another version of the protocol.
    Outdated {
        /// The version the server speaks.
        speaks: u32,
    },
    /// There is no such board, or it was deleted.
    NoSuchBoard,
    /// The link's secret is wrong or was replaced.
    WrongSecret,
    /// The asker has not joined the board.
    NotJoined,
    /// The organisation is not on the organiser's list, or none was chosen.
    NoSuchOrganisation,
    /// There is nothing at this address.
    NoSuchPage,
    /// The server can't store anything at the moment.
    Unavailable,
    /// The server has as many people or boards as it can.
    Busy,
    /// What is stored of the board can't be read.
    Damaged,
}

impl Denied {
    /// Whether the same command may succeed later without anything having been done about it, so
    /// that a client should keep it and try again.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable | Self::TooFast | Self::Busy)
    }
}

impl std::error::Error for Denied {}

/// What is wrong with the settings of a new board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettingsFault {
    /// There is no category.
    NoCategory,
    /// `min_group` is less than 2.
    GroupTooSmall,
    /// `keep_days` is 0 or too many.
    KeepDays {
        /// The limit.
        limit: u16,
    },
    /// A text is empty.
    Empty {
        /// Which.
        part: SettingsPart,
    },
    /// A text is too long.
    TooLong {
        /// Which.
        part: SettingsPart,
        /// The limit, in characters.
        limit: usize,
    },
    /// There are too many of something.
    TooMany {
        /// Of what.
        part: SettingsPart,
        /// The limit.
        limit: usize,
    },
    /// Two have the same name.
    Twice {
        /// Of what.
        part: SettingsPart,
        /// The name.
        name: String,
    },
    /// A step of the agenda takes too long.
    Minutes {
        /// The limit.
        limit: u16,
    },
}

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SettingsPart {
    Title,
    Category,
    Aspect,
    Organisation,
    Step,
    Prompt,
    Note,
}
