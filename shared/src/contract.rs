//! The contract of a board, in words: what people are told before they join, and what every export
//! repeats. It follows from the [`Privacy`] that was fixed when the board opened.

use crate::settings::{Admission, Pool, Privacy, Release};

/// What holds on every board.
pub const PROMISE: &str = "Other participants and facilitators are never told who wrote a note. \
    After a phase closes, we can't look it up either. Your employer's network may see that you \
    connected and what you sent, and your own words may identify you.";

/// The contract, one sentence or two each: the [`PROMISE`] first, then what this board's policy means.
/// `organisations` says whether people choose one when they join.
#[must_use]
pub fn sentences(privacy: &Privacy, organisations: bool) -> Vec<String> {
    let mut sentences = vec![PROMISE.to_owned(), release(privacy.release)];
    if organisations {
        let group = privacy.min_group;
        sentences.push(format!(
            "A note never shows an organisation. A result names one only if at least {group} of its \
             people, and by chance some more, gave their dots to the same thing; nobody is counted."
        ));
    }
    sentences.push(
        match privacy.admission {
            Admission::SharedLink => {
                "Everybody comes in by the same link, so results are indicative: one vote per browser."
            }
            Admission::Codes => {
                "Everybody comes in by a code that works in one browser. Whoever gave you the code may \
                 know that it is yours; nobody is shown what it wrote or voted."
            }
        }
        .to_owned(),
    );
    sentences.push(
        "To rewrite or take back a note that others have seen makes it easier to guess whose it is: it \
         shows that you were here both times."
            .to_owned(),
    );
    sentences.push(format!(
        "{} after its opening the board is deleted for good, with everything on it.",
        days(privacy.keep_days)
    ));
    sentences.push(
        "These rules were fixed when the board was opened. Nobody can change them, not even the \
         organiser."
            .to_owned(),
    );
    sentences
}

fn release(release: Release) -> String {
    match release {
        Release::Reveal => {
            "Everyone writes privately. A facilitator reveals all notes at the same \
                            moment, in random order."
                .to_owned()
        }
        Release::Pooled => format!(
            "Notes appear while people write, in random order, a few at a time: every {} seconds, if \
             notes of at least {} people wait and at least {} people are here. After {} seconds two \
             people's notes are enough. The smaller the crowd, the easier it is to guess.",
            Pool::SECONDS,
            number(Pool::PEOPLE),
            number(Pool::PRESENT),
            Pool::LONG_SECONDS,
        ),
    }
}

fn days(days: u16) -> String {
    if days == 1 {
        "One day".to_owned()
    } else {
        format!("{days} days")
    }
}

/// A small number as a word.
#[must_use]
pub fn number(number: usize) -> &'static str {
    ["no", "one", "two", "three", "four", "five"]
        .get(number)
        .copied()
        .unwrap_or("several")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_says_what_the_policy_is() {
        let told = sentences(&Privacy::default(), true).join(" ");
        for part in [
            PROMISE,
            "at least 5 of its people",
            "one vote per browser",
            "30 days after its opening",
            "reveals all notes at the same moment",
        ] {
            assert!(told.contains(part), "{told}");
        }
        let pooled = Privacy {
            release: Release::Pooled,
            admission: Admission::Codes,
            ..Privacy::default()
        };
        let told = sentences(&pooled, false).join(" ");
        assert!(
            told.contains("at least three people wait and at least five"),
            "{told}"
        );
        assert!(!told.contains("organisation."), "{told}");
    }
}
