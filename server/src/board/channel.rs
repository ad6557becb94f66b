//! What passes between a board's desk and its room.
//!
//! The desk decides and stores, and knows no socket; the room tells people, and knows no engine. Nothing of a
//! connection is in here (its address, its browser, when it came), so that the two could be in different processes.
//! The way down is one queue: what a session is told comes in the order in which the desk decided it.

use candour_shared::command::Command;
use candour_shared::ids::PageId;
use candour_shared::policy::Role;
use candour_shared::protocol::{CloseReason, Cursor, Drag, Mine, ServerMessage, Store};
use candour_shared::time::Millis;

use super::engine::request::Identity;

/// A connection of a page, by its number on its board.
pub(crate) type SessionId = u64;

/// From the room to the desk.
pub(crate) enum Up {
    /// A page said hello, and waits to be admitted.
    Arrive {
        session: SessionId,
        identity: Identity,
        page: PageId,
    },
    /// A session is over.
    Leave(SessionId),
    /// A session's command, with the page's number for it.
    Command(SessionId, u64, Command),
    /// A person drags things.
    Drags(SessionId, Vec<Drag>),
    /// A person is done with the present step, or is not any more.
    Ready(SessionId, bool),
    /// The room lacks a whole document.
    Lacks(Store),
}

/// From the desk to the room. What it says is on disk.
pub(crate) enum Down {
    /// What a tick changed of the documents.
    Tick(Ticked),
    /// The documents begin anew, in a new generation.
    Sealed { wall: Update, backstage: Update },
    /// A whole document, because the room lacked it.
    Whole(Store, Update),
    /// How many people are here, for everybody.
    Headcount(Headcount),
    /// Where things are dragged, for everybody.
    Drags(Vec<Drag>),
    /// A session is let in.
    Admitted(SessionId, Admitted),
    /// For one session alone: its person's view, or an answer.
    Own(SessionId, ServerMessage),
    /// A session is closed.
    Close(SessionId, CloseReason),
    /// The desk has ended; it is the last thing that it says.
    End(CloseReason),
}

/// A change of a document, or the whole of it, and where the document stands with it.
pub(crate) struct Update {
    pub(crate) cursor: Cursor,
    /// In the form of yrs.
    pub(crate) bytes: Vec<u8>,
}

/// What a tick changed of each document, if anything.
#[derive(Default)]
pub(crate) struct Ticked {
    pub(crate) wall: Option<Update>,
    pub(crate) backstage: Option<Update>,
}

/// What a room begins with: where the documents stood at a former moment, and what changed since then, so that pages
/// that were here before a restart can go on from where they were.
pub(crate) struct Beginning {
    pub(crate) wall: Cursor,
    pub(crate) backstage: Cursor,
    pub(crate) ticks: Vec<Ticked>,
}

/// How many people are on the board, each of them once, however many pages they have open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headcount {
    /// All but projectors, which are screens and no people.
    pub(crate) people: u32,
    pub(crate) participants: u32,
    /// Participants who are done with the present step.
    pub(crate) ready: u32,
}

/// What a session is let in with.
pub(crate) struct Admitted {
    /// Decides which documents it receives. What it may do, the engine looks up at every command.
    pub(crate) role: Role,
    /// By the clock of the desk, by which timers run.
    pub(crate) now: Millis,
    pub(crate) headcount: Headcount,
    pub(crate) mine: Mine,
}
