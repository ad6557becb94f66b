//! What facilitators did, in words: counts by reason, and the receipts of what was erased. Never notes.

use candour_shared::moderation::{Action, Erasure, Ledger, LedgerLine};

use super::count;
use super::date::in_words;
use crate::text::language;

/// What was done, a sentence each.
#[must_use]
pub fn told(ledger: &Ledger) -> Vec<String> {
    ledger.0.iter().map(line).collect()
}

/// The receipts of erased notes, the latest first.
#[must_use]
pub fn receipts(erasures: &[Erasure]) -> Vec<String> {
    erasures.iter().rev().map(receipt).collect()
}

fn line(line: &LedgerLine) -> String {
    let did = match line.action {
        Action::Held => "Held",
        Action::Released => "Released",
        Action::Erased => "Erased",
    };
    let notes = count(line.count as usize, "note", "notes");
    match (line.action, line.reason) {
        (Action::Released, Some(reason)) => format!(
            "{did} {notes} that had been held because {}.",
            reason.words(language())
        ),
        (_, Some(reason)) => format!("{did} {notes} because {}.", reason.words(language())),
        (_, None) => format!("{did} {notes} that had waited."),
    }
}

fn receipt(erasure: &Erasure) -> String {
    format!(
        "On {}, because {}. The board's documents were rebuilt without it, as generation {}.",
        in_words(&erasure.on),
        erasure.reason.words(language()),
        erasure.generation
    )
}

#[cfg(test)]
mod tests {
    use candour_shared::moderation::Reason;

    use super::*;

    #[test]
    fn the_ledger_is_told_in_sentences() {
        let mut ledger = Ledger::default();
        ledger.count(Action::Held, Some(Reason::OffTopic));
        ledger.count(Action::Held, Some(Reason::OffTopic));
        ledger.count(Action::Released, None);
        assert_eq!(
            told(&ledger),
            [
                "Held 2 notes because it isn't about the question.",
                "Released 1 note that had waited."
            ]
        );
    }

    #[test]
    fn a_receipt_says_when_why_and_what_began_with_the_erasure() {
        let erasure = |on: &str, generation| Erasure {
            on: on.into(),
            reason: Reason::PatientDetail,
            generation,
        };
        let receipts = receipts(&[erasure("2026-11-24", 3), erasure("2026-11-25", 4)]);
        assert!(receipts[0].contains("25 November 2026"), "{}", receipts[0]);
        assert!(receipts[0].contains("generation 4"), "{}", receipts[0]);
        assert!(
            receipts[1].contains("a patient or client"),
            "{}",
            receipts[1]
        );
    }
}
