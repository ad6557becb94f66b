//! What the identifier guard finds in a note that is being written, in words.

use crate::text::{language, writing as text};
use candour_shared::identifiers::{Kind, pieces};

/// What the guard found in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuardView {
    /// The text cut where something begins or ends; nothing where nothing was found.
    pub pieces: Vec<PieceView>,
    /// What was found, one for each kind, the gravest first.
    pub findings: Vec<FindingView>,
    /// What looks like an NHS number, as it is written; empty if nothing does. Its author confirms this
    /// text, so that another number has to be confirmed anew.
    pub number: String,
    /// What a screen reader says about it; the same as long as the same kinds are found.
    pub said: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceView {
    /// The piece.
    pub text: String,
    /// What it looks like: "postcode"; nothing for the text between.
    pub looks_like: Option<&'static str>,
}

/// One kind that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingView {
    /// "This looks like a postcode."
    pub words: String,
    /// What to do about it.
    pub advice: &'static str,
}

impl GuardView {
    /// What the guard finds in a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let pieces = pieces(text);
        let kinds = Kind::ALL.into_iter();
        let kinds: Vec<Kind> = kinds
            .filter(|kind| pieces.iter().any(|piece| piece.kind == Some(*kind)))
            .collect();
        if kinds.is_empty() {
            return Self::default();
        }
        let numbers = pieces
            .iter()
            .filter(|piece| piece.kind == Some(Kind::NhsNumber));
        let numbers: Vec<&str> = numbers.map(|piece| piece.text).collect();
        let findings: Vec<FindingView> = kinds.into_iter().map(finding).collect();
        let said: Vec<&str> = findings
            .iter()
            .map(|finding| finding.words.as_str())
            .collect();
        Self {
            number: numbers.join(", "),
            said: text::marked_below(&said.join(" ")),
            findings,
            pieces: pieces
                .into_iter()
                .map(|piece| PieceView {
                    text: piece.text.to_owned(),
                    looks_like: piece.kind.map(label),
                })
                .collect(),
        }
    }

    /// Whether the author has confirmed that what looks like an NHS number is none. `confirmed` is the
    /// [`GuardView::number`] that was confirmed last.
    #[must_use]
    pub fn is_confirmed(&self, confirmed: &str) -> bool {
        !self.number.is_empty() && self.number == confirmed
    }
}

fn finding(kind: Kind) -> FindingView {
    FindingView {
        words: text::looks_like(kind.words(language())),
        advice: kind.advice(language()),
    }
}

fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::NhsNumber => text::is_nhs_number(),
        Kind::Phone => text::is_phone_number(),
        Kind::Email => text::is_email_address(),
        Kind::Postcode => text::is_postcode(),
        Kind::DateOfBirth => text::is_date_of_birth(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Of the range for tests; nobody has it.
    const NUMBER: &str = "999 123 4608";

    #[test]
    fn what_was_found_is_marked_where_it_stands() {
        let text = "She lives at M13 9PL, I think";
        let guard = GuardView::of(text);
        let marked: Vec<_> = guard
            .pieces
            .iter()
            .filter(|piece| piece.looks_like.is_some())
            .collect();
        assert_eq!(marked.len(), 1);
        assert_eq!(marked[0].text, "M13 9PL");
        assert_eq!(marked[0].looks_like, Some("postcode?"));
        let whole: String = guard
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(whole, text);
        assert_eq!(guard.number, "", "a postcode is a nudge");
        assert!(guard.said.starts_with("This looks like a postcode."));
    }

    #[test]
    fn a_number_that_was_confirmed_stands_for_no_other() {
        let guard = GuardView::of(&format!("Patient {NUMBER} waited"));
        assert_eq!(guard.number, NUMBER);
        assert!(!guard.is_confirmed(""));
        assert!(guard.is_confirmed(NUMBER));
        let other = GuardView::of("Patient 999 000 0018 waited");
        assert!(!other.is_confirmed(NUMBER));
    }

    #[test]
    fn an_ordinary_note_is_left_alone() {
        let guard = GuardView::of("Ticket 12345 has been open for 3 weeks");
        assert_eq!(guard, GuardView::default());
        assert!(!guard.is_confirmed(""));
    }
}
