//! What the server says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::client::Drag;
use super::mine::Mine;
use crate::denied::Denied;
use crate::policy::Role;
use crate::time::Millis;

/// A text frame of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The answer to the hello; the frames that bring the client up to date follow.
    Welcome(Welcome),
    /// A command was done, and is on disk.
    Done {
        /// The command's number.
        id: u64,
    },
    /// A command, or a message, was refused. Nothing changed.
    Refused {
        /// The command's number; nothing if the message could not be read that far.
        id: Option<u64>,
        /// Why.
        denied: Denied,
    },
    /// One's own notes and votes. Comes to this person alone, whenever they change.
    Mine(Mine),
    /// How many people are on the board.
    Presence(Presence),
    /// Where things are that people drag, gathered over a moment.
    Drags(Vec<Drag>),
    /// Nothing has happened. Comes with every WebSocket ping, which browsers hide from their pages, so
    /// that a page can tell a quiet board from a dead connection. See [`crate::protocol::QUIET_SECONDS`].
    StillHere,
}

/// What a client learns first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// What the person is on this board.
    pub role: Role,
    /// The moment by the server's clock, for the timer.
    pub now: Millis,
    /// How many people are on the board.
    pub presence: Presence,
    /// One's own notes and votes.
    pub mine: Mine,
}

/// How many people are on the board: numbers, never who. A person with two pages is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// All of them.
    pub people: u32,
    /// Those among them who came in as participants.
    pub participants: u32,
    /// How many participants say that they are done with the present step.
    pub ready: u32,
    /// Over how long those who lose their connection should spread their return, in milliseconds: the more are
    /// on the server, on whatever board, the longer, so that it can take them all back.
    pub spread: u32,
}
