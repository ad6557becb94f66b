//! Ready boards to start from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::phase::Phase;
use crate::settings::{Category, Colour, Privacy, Prompt, Settings};

/// A ready board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Frustrations, pressures and priorities between organisations; the aspects are those of the
    /// King's Fund's 2022 finding on working together in health and care.
    WorkingTogether,
    /// What went well, what did not, what to try.
    Retrospective,
    /// One category and nothing else.
    Blank,
}

impl Template {
    /// Every template, in the order the page offers them.
    pub const ALL: [Self; 3] = [Self::WorkingTogether, Self::Retrospective, Self::Blank];

    /// The name people see.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkingTogether => "Working together",
            Self::Retrospective => "Retrospective",
            Self::Blank => "Blank",
        }
    }

    /// One sentence on what it is for.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::WorkingTogether => {
                "Frustrations, pressures and priorities of organisations that depend on each other."
            }
            Self::Retrospective => "Look back on a piece of work: what went well and what to try.",
            Self::Blank => "One kind of note. You add what you need.",
        }
    }

    /// The template's settings. Title and organisations are the organiser's to fill in.
    #[must_use]
    pub fn settings(self) -> Settings {
        match self {
            Self::WorkingTogether => Settings {
                title: String::new(),
                categories: vec![
                    category("Frustrations", Colour::Rose),
                    category("Pressures", Colour::Amber),
                    category("Priorities", Colour::Teal),
                ],
                aspects: ["Relationships", "Technology", "Enabling environment"]
                    .map(String::from)
                    .to_vec(),
                organisations: Vec::new(),
                prompts: prompts(
                    "What gets in the way of working together? What weighs on you that partners may \
                     not see? What should change first?",
                ),
                privacy: Privacy::default(),
            },
            Self::Retrospective => Settings {
                title: String::new(),
                categories: vec![
                    category("Went well", Colour::Teal),
                    category("Went badly", Colour::Rose),
                    category("To try", Colour::Blue),
                ],
                aspects: Vec::new(),
                organisations: Vec::new(),
                prompts: prompts("What helped, what hindered, and what should we try next?"),
                privacy: Privacy::default(),
            },
            Self::Blank => Settings {
                title: String::new(),
                categories: vec![category("Notes", Colour::Amber)],
                aspects: Vec::new(),
                organisations: Vec::new(),
                prompts: Vec::new(),
                privacy: Privacy::default(),
            },
        }
    }
}

fn category(name: &str, colour: Colour) -> Category {
    Category {
        name: name.into(),
        colour,
    }
}

fn prompts(writing: &str) -> Vec<Prompt> {
    [
        (Phase::Write, writing),
        (
            Phase::Cluster,
            "Put notes that belong together on top of each other, then name the group.",
        ),
        (
            Phase::Vote,
            "Where would a change help most? Give your dots to what matters to you.",
        ),
        (
            Phase::Discuss,
            "What stands behind the groups with the most dots? What can we do first?",
        ),
    ]
    .map(|(phase, text)| Prompt {
        phase,
        text: text.into(),
    })
    .to_vec()
}
