//! What one person alone is told: their own notes, votes and answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{Item, NoteId, PulseId, RoundId};
use crate::moderation::Reason;
use crate::note::Content;
use crate::voting::Tally;

/// One's own notes and votes. After the seal the server can't tell any more which notes are whose,
/// and the list is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mine {
    /// One's own notes, in the order of their ids.
    pub notes: Vec<MyNote>,
    /// One's own dots in the open round, if there is one.
    pub votes: Option<MyVotes>,
    /// One's own answer to the open pulse, if there is one.
    pub pulse: Option<MyPulse>,
    /// The notes to which one says *same here*, in the order of their ids.
    pub same_here: Vec<NoteId>,
}

/// One's own answer to the open pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyPulse {
    /// The pulse.
    pub pulse: PulseId,
    /// The answer; nothing before one has answered.
    pub answer: Option<u8>,
}

/// One of one's own notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyNote {
    /// Its id.
    pub note: NoteId,
    /// What it says, as last written.
    pub content: Content,
    /// What it answers, if it is a reply.
    pub to: Option<Item>,
    /// Where it stands.
    pub state: NoteState,
}

/// Where one's own note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteState {
    /// Saved, and its author alone can see it until it is released.
    Waiting,
    /// With the facilitators, who look at notes before they are shown.
    WithFacilitators,
    /// Everyone can see it.
    Released,
    /// Everyone can see it; a rewrite waits for the next release.
    RewriteWaiting,
    /// Everyone can see it; it goes at the next release.
    WithdrawalWaiting,
    /// A facilitator holds it, for this reason. It can be rewritten.
    Held(Reason),
}

/// One's own dots in the open round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyVotes {
    /// The round.
    pub round: RoundId,
    /// One's own dots by item, in the order of items; items without dots are left out.
    pub dots: Vec<Tally>,
}
