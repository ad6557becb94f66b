//! A note being written: how long it is, and what is added to it.

use candour_shared::checks::{Blank, checked_text};
use candour_shared::note::Content;

use crate::text::writing as text;

/// From how many characters before the limit on people are warned.
const NEAR: usize = 40;

/// How much room a text has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Enough.
    Plenty,
    /// Little.
    Little,
    /// None: it is longer than it may be.
    None,
}

/// The length of a text that has a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthView {
    /// How much room it has left.
    pub space: Space,
    /// "123 of 400 characters", or what is too much.
    pub words: String,
    /// What a screen reader says; the same for some characters, so that it does not speak at each.
    pub said: String,
}

impl LengthView {
    /// The length of a text, counted as the server counts it.
    #[must_use]
    pub fn of(text: &str, limit: usize) -> Self {
        let counted = checked_text(text, Blank::Allowed, usize::MAX);
        let length = counted.map_or(0, |text| text.chars().count());
        let words = text::length(length, limit);
        let (space, words, said) = match limit.checked_sub(length) {
            None => {
                let words = text::too_many(length - limit);
                (Space::None, words.clone(), words)
            }
            Some(left) if left <= NEAR => {
                let about = left.next_multiple_of(10);
                (Space::Little, words, text::at_most_left(about))
            }
            Some(_) => (Space::Plenty, words, String::new()),
        };
        Self { space, words, said }
    }
}

/// From how many sentences on a note probably holds more than one idea.
const SENTENCES: usize = 3;

/// Whether a text probably holds more than one idea: it is a list, or some sentences long.
#[must_use]
pub fn holds_many(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
    let ends = text
        .trim_end()
        .split(['.', '!', '?'])
        // “e.g.” and “3.5” end nothing.
        .filter(|part| part.split_whitespace().count() > 1);
    lines > 1 || ends.count() >= SENTENCES
}

/// A note as its author hands it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub content: Content,
    /// Whether its author has said that what looks like an NHS number is none.
    pub confirmed: bool,
}

/// A draft with a text taken up into it that had been refused. What was being written stays.
#[must_use]
pub fn taken_up(draft: &Content, refused: Content) -> Content {
    if draft.text.trim().is_empty() {
        return refused;
    }
    let text = format!("{}\n{}", draft.text.trim_end(), refused.text);
    Content {
        text,
        ..draft.clone()
    }
}

/// The category a key chooses: the digit's place on the keyboard, which stays the same whatever the
/// modifiers or the layout make of it.
#[must_use]
pub fn category_of_key(code: &str, categories: usize) -> Option<u8> {
    let digit = code
        .strip_prefix("Digit")
        .or_else(|| code.strip_prefix("Numpad"))?;
    let index = digit.parse::<u8>().ok()?.checked_sub(1)?;
    (usize::from(index) < categories).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(category: u8, text: &str) -> Content {
        Content::new(category, text)
    }

    #[test]
    fn a_text_is_counted_as_the_server_counts_it() {
        let length = LengthView::of("  é\u{7}ü \n", 400);
        assert_eq!(length.words, "2 of 400 characters");
        assert_eq!((length.space, length.said.as_str()), (Space::Plenty, ""));
    }

    #[test]
    fn people_are_warned_before_the_limit_and_told_beyond_it() {
        let at = |length| LengthView::of(&"x".repeat(length), 400);
        assert_eq!(at(359).space, Space::Plenty);
        assert_eq!(at(360).space, Space::Little);
        assert_eq!(at(385).said, at(389).said);
        assert_eq!(at(400).space, Space::Little);
        assert_eq!(at(401).words, "1 character too many");
        assert_eq!(at(412).space, Space::None);
    }

    #[test]
    fn a_list_or_some_sentences_probably_hold_more_than_one_idea() {
        for one in [
            "",
            "Letters come late",
            "Letters come late. We phone around for them.",
            "E.g. v3.5 of the form, i.e. the one of 2.5.2025",
            "Why? Because nobody asked us!!!\n",
        ] {
            assert!(!holds_many(one), "{one}");
        }
        for many in [
            "Letters come late\nPhones ring out",
            "Letters come late. Phones ring out. Beds are full.",
        ] {
            assert!(holds_many(many), "{many}");
        }
    }

    #[test]
    fn a_refused_text_never_replaces_what_is_being_written() {
        let both = taken_up(&content(1, "Half a thought "), content(2, "Refused"));
        assert_eq!(both, content(1, "Half a thought\nRefused"));
        assert_eq!(
            taken_up(&content(1, " "), content(2, "Refused")),
            content(2, "Refused")
        );
    }

    #[test]
    fn digits_choose_the_categories_there_are() {
        assert_eq!(category_of_key("Digit1", 3), Some(0));
        assert_eq!(category_of_key("Numpad3", 3), Some(2));
        assert_eq!(category_of_key("Digit4", 3), None);
        assert_eq!(category_of_key("Digit0", 3), None);
        assert_eq!(category_of_key("KeyA", 3), None);
    }
}
