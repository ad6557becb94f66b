//! Why something was refused: typed data that travels to the page, with words for people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::phase::Phase;

/// A refusal. Its text says what was wrong and, where it helps, what to do.
///
/// A refusal never tells anything about a thing the asker may not see: an unknown note and somebody
/// else's private note get the same answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Denied {
    /// The board is in a phase in which nobody can do this.
    #[error("This can't be done in the phase “{phase}”.")]
    WrongPhase {
        /// The board's phase.
        phase: Phase,
    },
    /// Only facilitators and organisers can do this.
    #[error("Only facilitators can do this.")]
    FacilitatorsOnly,
    /// Only organisers can do this.
    #[error("Only the organiser can do this. Open the organiser's link.")]
    OrganisersOnly,
    /// A facilitator locked the clusters.
    #[error("A facilitator has locked the groups.")]
    Locked,
    /// A facilitator paused posting.
    #[error(
        "A facilitator has paused posting. What you wrote is kept here; try again when it goes on."
    )]
    PostingPaused,
    /// A facilitator closed the doors.
    #[error("The doors of this board are closed. Ask a facilitator to open them.")]
    DoorsClosed,
    /// Somebody has contributed by this code in another browser.
    #[error(
        "This code was used in another browser. You can look on; ask for a new one to take part."
    )]
    CodeSpent,
    /// The board was opened for the other way of letting participants in.
    #[error("Participants of this board come in another way. That was fixed when it was opened.")]
    WrongAdmission,
    /// The asker does more than anybody needs to. Nothing is lost: it is tried again.
    #[error("That was too much at once. It is tried again in a moment.")]
    TooFast,
    /// The asker has too many connections.
    #[error("This board is open in too many windows: at most {limit}. Close some of them.")]
    TooManySockets {
        /// The limit.
        limit: usize,
    },
    /// The request was made by, or for, another site.
    #[error("This request came from another site. Open the board at its own address.")]
    Elsewhere,
    /// The text seems to contain an NHS number.
    #[error("This looks like an NHS number. Take it out, or confirm that it isn’t one.")]
    LooksLikeNhsNumber,
    /// The note is unknown, or somebody else's.
    #[error("This note isn't yours, or no longer exists.")]
    NotYours,
    /// There is no such note where the command looks for it.
    #[error("This note is no longer there.")]
    NoSuchNote,
    /// There is no such cluster.
    #[error("This group is no longer there.")]
    NoSuchCluster,
    /// There is no such round, or it is closed.
    #[error("This round of voting is closed.")]
    RoundClosed,
    /// Another round is open.
    #[error("Another round of voting is open. Close it first.")]
    RoundOpen,
    /// There is nothing to vote on under this name.
    #[error(
        "This can't be voted on any more. It may have been moved into a group or taken off the board."
    )]
    NoSuchItem,
    /// The person's dots are spent.
    #[error("You have no dots left: all {dots} are placed. Take one back first.")]
    OverBudget {
        /// The budget.
        dots: u8,
    },
    /// More dots on one item than the round allows.
    #[error("At most {limit} of your dots can be on one thing.")]
    OverItemLimit {
        /// The limit.
        limit: u8,
    },
    /// The board has no such category or aspect.
    #[error("This board has no such category or aspect.")]
    NoSuchCategory,
    /// Somebody else moved the board to another phase meanwhile.
    #[error("Somebody else has moved the board to “{phase}” meanwhile.")]
    PhaseMoved {
        /// The board's phase.
        phase: Phase,
    },
    /// The board can't go there from here.
    #[error("The board can't go back to this phase.")]
    IllegalMove,
    /// The text is empty.
    #[error("Write something first.")]
    Empty,
    /// The text is too long.
    #[error("This is too long: at most {limit} characters.")]
    TooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// A number is out of its range.
    #[error("This number is out of range: at most {limit}.")]
    OutOfRange {
        /// The limit.
        limit: u32,
    },
    /// A bound of the board is reached.
    #[error("The board is full: it holds at most {limit} of these.")]
    Full {
        /// The bound.
        limit: usize,
    },
    /// The settings of a new board are wrong.
    #[error("The board can't be made: {why}.")]
    BadSettings {
        /// What is wrong.
        why: String,
    },
    /// The message is not one of the protocol.
    #[error("The server didn't understand this message: {why}")]
    Malformed {
        /// What is wrong with it.
        why: String,
    },
    /// The message is larger than a client may send.
    #[error("This message is too large: at most {limit} bytes.")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A client sent a binary frame.
    #[error("Clients send text frames only.")]
    NoBinary,
    /// The first message was not a hello, or a second hello came.
    #[error("The first message, and only the first, must be a hello.")]
    HelloFirst,
    /// The client speaks another version of the protocol.
    #[error("This page is out of date. Reload it.")]
    Outdated {
        /// The version the server speaks.
        speaks: u32,
    },
    /// There is no such board, or it was deleted.
    #[error("There is no such board. It may have been deleted.")]
    NoSuchBoard,
    /// The link's secret is wrong or was replaced.
    #[error("This link is not, or no longer, valid. Ask for a new one.")]
    WrongSecret,
    /// The asker has not joined the board.
    #[error("Join the board first: open the link you were given.")]
    NotJoined,
    /// The organisation is not on the organiser's list, or none was chosen.
    #[error("Choose your organisation from the list.")]
    NoSuchOrganisation,
    /// There is nothing at this address.
    #[error("There is nothing at this address.")]
    NoSuchPage,
    /// The server can't store anything at the moment.
    #[error("The server can't save at the moment. Your change is kept here and tried again.")]
    Unavailable,
}

impl Denied {
    /// Whether the same command may succeed later without anything having been done about it, so
    /// that a client should keep it and try again.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable | Self::TooFast)
    }
}
