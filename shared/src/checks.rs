//! What texts may be: their limits, and the one way in which they are cleaned and checked. The page asks here
//! before it sends, the server before it decides.

use crate::denied::Denied;

/// Longest note, in characters (Unicode scalar values, after trimming).
pub const NOTE_CHARS: usize = 400;
/// Longest name of a cluster, question of a round or title of a step, in characters.
pub const CLUSTER_CHARS: usize = 80;
/// Longest reply, in characters.
pub const REPLY_CHARS: usize = 200;
/// Longest prompt, question of a pulse, or commitment, in characters.
pub const PROMPT_CHARS: usize = 300;
/// Longest remark, in characters.
pub const REMARK_CHARS: usize = 1_000;
/// Longest title of a board, in characters.
pub const TITLE_CHARS: usize = 120;
/// Longest name of a category, an aspect or an organisation, in characters.
pub const NAME_CHARS: usize = 60;

/// Whether a text may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// It may.
    Allowed,
    /// It may not.
    Refused,
}

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// Nothing is left of it after trimming.
    Empty,
    /// It has more characters than `limit`.
    TooLong {
        /// How many it may have (Unicode scalar values, after trimming).
        limit: usize,
    },
}

impl From<TextFault> for Denied {
    fn from(fault: TextFault) -> Self {
        match fault {
            TextFault::Empty => Self::Empty,
            TextFault::TooLong { limit } => Self::TooLong { limit },
        }
    }
}

/// The text trimmed and without control characters other than line breaks, or why it is refused.
/// `limit` counts characters (Unicode scalar values).
pub fn checked_text(text: &str, blank: Blank, limit: usize) -> Result<String, TextFault> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    within(text.trim(), blank, limit)
}

/// The text in one line, with one space between its words, or why it is refused; it may not be empty. `limit`
/// counts characters (Unicode scalar values).
pub fn checked_line(text: &str, limit: usize) -> Result<String, TextFault> {
    let words: Vec<&str> = text.split_whitespace().collect();
    within(&words.join(" "), Blank::Refused, limit)
}

fn within(text: &str, blank: Blank, limit: usize) -> Result<String, TextFault> {
    if text.is_empty() && blank == Blank::Refused {
        Err(TextFault::Empty)
    } else if text.chars().count() > limit {
        Err(TextFault::TooLong { limit })
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_lines_and_a_name_is_one_line() {
        let text = " The letter\u{7} comes\nlate \n";
        let checked = checked_text(text, Blank::Refused, NOTE_CHARS);
        assert_eq!(checked.as_deref(), Ok("The letter comes\nlate"));
        let line = checked_line("  Winter \n plans ", NAME_CHARS);
        assert_eq!(line.as_deref(), Ok("Winter plans"));
    }

    #[test]
    fn a_limit_counts_characters_not_bytes() {
        assert!(checked_line(&"é".repeat(NAME_CHARS), NAME_CHARS).is_ok());
        let fault = checked_line(&"é".repeat(NAME_CHARS + 1), NAME_CHARS);
        assert_eq!(fault, Err(TextFault::TooLong { limit: NAME_CHARS }));
        assert_eq!(checked_text(" ", Blank::Refused, 1), Err(TextFault::Empty));
        assert_eq!(checked_text(" ", Blank::Allowed, 1).as_deref(), Ok(""));
    }
}
