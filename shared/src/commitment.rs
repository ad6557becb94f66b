//! What people agreed to do, as facilitators write it down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::{Blank, NAME_CHARS, PROMPT_CHARS, checked_text};
use crate::denied::Denied;
use crate::ids::OrganisationIndex;

/// Most commitments of one board.
pub const MAX_COMMITMENTS: usize = 100;

/// Something that was agreed. It names an organisation, never a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// What will be done, 1 to [`PROMPT_CHARS`] characters.
    pub what: String,
    /// By whom, as an index into the board's organisations; nothing for all of them together.
    #[serde(default)]
    pub who: Option<OrganisationIndex>,
    /// By when, as people say it, at most [`NAME_CHARS`] characters; may be empty.
    #[serde(default)]
    pub when: String,
}

impl Commitment {
    /// Something that will be done by all organisations together, at no certain time. Nothing is checked: see
    /// [`Self::checked`].
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            who: None,
            when: String::new(),
        }
    }

    /// The same, by one organisation; nothing for all of them together.
    #[must_use]
    pub fn by(self, who: Option<OrganisationIndex>) -> Self {
        Self { who, ..self }
    }

    /// The same, by this time, as people say it; may be empty.
    #[must_use]
    pub fn until(self, when: impl Into<String>) -> Self {
        Self {
            when: when.into(),
            ..self
        }
    }

    /// The commitment with its texts trimmed, or what is wrong with it.
    pub fn checked(mut self) -> Result<Self, Denied> {
        self.what = checked_text(&self.what, Blank::Refused, PROMPT_CHARS)?;
        self.when = checked_text(&self.when, Blank::Allowed, NAME_CHARS)?;
        Ok(self)
    }
}
