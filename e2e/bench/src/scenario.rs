//! What the people of a crowd do.

use std::fmt;

use candour_shared::phase::Phase;
use clap::ValueEnum;

/// What people do on their boards while a server is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Scenario {
    /// All of them post notes, which nobody else sees before they are revealed.
    Write,
    /// Some of them move their own notes, and everybody sees it.
    Cluster,
    /// All of them put a dot on a note and take it back, again and again. Nobody else sees it: totals are hidden.
    Vote,
    /// Nobody does anything.
    Idle,
}

impl Scenario {
    /// The phase in which they do it.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Write => Phase::Write,
            Self::Cluster | Self::Idle => Phase::Cluster,
            Self::Vote => Phase::Vote,
        }
    }

    /// Whether others see what they do.
    #[must_use]
    pub const fn is_seen(self) -> bool {
        match self {
            Self::Cluster => true,
            Self::Write | Self::Vote | Self::Idle => false,
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Write => "write",
            Self::Cluster => "cluster",
            Self::Vote => "vote",
            Self::Idle => "idle",
        })
    }
}
