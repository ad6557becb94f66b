//! What facilitators did, in words: counts by reason, and the receipts of what was erased. Never notes.

use candour_shared::moderation::{Action, Erasure, Ledger, LedgerLine};

use super::date::in_words;
use crate::text::{language, moderating as text};

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
        Action::Held => text::did_hold(line.count),
        Action::Released => text::did_release(line.count),
        Action::Erased => text::did_erase(line.count),
    };
    match (
        line.action,
        line.reason.map(|reason| reason.words(language())),
    ) {
        (Action::Released, Some(reason)) => text::after_hold(&did, reason),
        (_, Some(reason)) => text::for_reason(&did, reason),
        (_, None) => text::after_waiting(&did),
    }
}

fn receipt(erasure: &Erasure) -> String {
    text::receipt(
        &in_words(erasure.on),
        erasure.reason.words(language()),
        &erasure.generation.to_string(),
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
            on: on.parse().unwrap(),
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
