//! The phases of a workshop.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::text::Language;
use crate::variants::all;

/// Where a workshop stands. A facilitator moves it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// People arrive and read what the board promises.
    Lobby,
    /// Everyone writes privately; the facilitator reveals. Leaving it seals the notes.
    Write,
    /// Everyone moves notes together and names the groups.
    Cluster,
    /// Everyone gives dots to groups and notes. Leaving it closes the open round.
    Vote,
    /// People talk about the results.
    Discuss,
    /// Nothing changes any more.
    Closed,
}

impl Phase {
    /// Every phase, in the order of a workshop.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// Whether a facilitator may move the board from here to `to`: anywhere forward, and back as
    /// far as Write. Participants don't un-arrive, and a closed board reopens for discussion only.
    #[must_use]
    pub fn can_move_to(self, to: Self) -> bool {
        match self {
            Self::Closed => to == Self::Discuss,
            Self::Lobby | Self::Write | Self::Cluster | Self::Vote | Self::Discuss => {
                to != self && to != Self::Lobby
            }
        }
    }

    /// The name people see.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::Lobby => lobby(language),
            Self::Write => write(language),
            Self::Cluster => cluster(language),
            Self::Vote => vote(language),
            Self::Discuss => discuss(language),
            Self::Closed => closed(language),
        }
    }
}

crate::texts! { of
    lobby = "Lobby", "Cyntedd";
    write = "Write", "Ysgrifennu";
    cluster = "Group", "Grwpio";
    vote = "Vote", "Pleidleisio";
    discuss = "Discuss", "Trafod";
    closed = "Closed", "Ar gau";
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name(Language::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workshop_can_walk_through_its_phases_and_back_to_writing() {
        for pair in Phase::ALL.windows(2) {
            assert!(pair[0].can_move_to(pair[1]), "{pair:?}");
        }
        assert!(Phase::Discuss.can_move_to(Phase::Write));
        assert!(!Phase::Write.can_move_to(Phase::Lobby));
        assert!(!Phase::Closed.can_move_to(Phase::Write));
        assert!(Phase::ALL.iter().all(|phase| !phase.can_move_to(*phase)));
    }
}
