//! What a note says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::{Blank, NOTE_CHARS, REPLY_CHARS, checked_text};
use crate::denied::Denied;
use crate::identifiers;

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Which of the board's categories: an index into [`crate::settings::Settings::categories`].
    pub category: u8,
    /// Which of the board's aspects, if any: an index into [`crate::settings::Settings::aspects`].
    #[serde(default)]
    pub aspect: Option<u8>,
    /// The text, 1 to [`NOTE_CHARS`] characters.
    pub text: String,
}

impl Content {
    /// What a note of this category says, about no aspect. Nothing is checked: see [`Self::checked`].
    #[must_use]
    pub fn new(category: u8, text: impl Into<String>) -> Self {
        Self {
            category,
            aspect: None,
            text: text.into(),
        }
    }

    /// The same, about an aspect, or about none.
    #[must_use]
    pub fn about(self, aspect: Option<u8>) -> Self {
        Self { aspect, ..self }
    }

    /// The content with its text trimmed, or why it is refused: the text is empty, longer than [`NOTE_CHARS`],
    /// or seems to hold an NHS number and its author has not `confirmed` that it is none. Whether the board has
    /// such a category and aspect is for [`crate::settings::Settings::check_content`].
    pub fn checked(mut self, confirmed: bool) -> Result<Self, Denied> {
        self.text = guarded(&self.text, NOTE_CHARS, confirmed)?;
        Ok(self)
    }
}

/// The text of a reply, trimmed, or why it is refused: as for [`Content::checked`], with [`REPLY_CHARS`].
pub fn checked_reply(text: &str, confirmed: bool) -> Result<String, Denied> {
    guarded(text, REPLY_CHARS, confirmed)
}

/// A participant's own words, trimmed, unless they are empty, too long, or seem to hold an NHS number.
fn guarded(text: &str, limit: usize, confirmed: bool) -> Result<String, Denied> {
    let text = checked_text(text, Blank::Refused, limit)?;
    if !confirmed && identifiers::has_nhs_number(&text) {
        return Err(Denied::LooksLikeNhsNumber);
    }
    Ok(text)
}
