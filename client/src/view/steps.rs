//! What phases are for, and what people should know before the board moves to one.

use crate::text::language;
use candour_shared::contract::number;
use candour_shared::phase::Phase;
use candour_shared::settings::{Pool, Release};

/// What people should know before the board moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The question.
    pub title: String,
    /// What it means.
    pub sentences: Vec<&'static str>,
    /// The verb on the button.
    pub verb: String,
}

/// What a move depends on besides the phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// Whether a round of voting is open.
    pub round_open: bool,
    /// Whether revealed notes pass the facilitators first.
    pub pre_moderation: bool,
}

/// What people do in a phase, in one sentence for facilitators.
#[must_use]
pub const fn purpose(phase: Phase, release: Release) -> &'static str {
    match phase {
        Phase::Lobby => "People arrive and read what the board promises.",
        Phase::Write => match release {
            Release::Reveal => "Everyone writes privately until you reveal.",
            Release::Pooled => "Everyone writes; notes appear a few at a time, without names.",
        },
        Phase::Cluster => "Everyone moves notes together and names the groups.",
        Phase::Vote => "Everyone gives dots to groups and notes.",
        Phase::Discuss => "You talk about the results. Only facilitators change the groups.",
        Phase::Closed => "Nothing changes any more.",
    }
}

/// How notes come to the board by themselves, for facilitators; nothing where only a reveal shows them.
#[must_use]
pub fn pool(release: Release) -> Option<String> {
    match release {
        Release::Reveal => None,
        Release::Pooled => Some(format!(
            "Without you, notes are shown a pool at a time: every {} seconds the server looks whether \
             notes of at least {} people wait and at least {} people are here; after {} seconds {} \
             people's notes are enough. The pool hides who wrote what, so in a small group you may \
             have to reveal. Rewrites and notes taken back go the same way.",
            Pool::SECONDS,
            number(Pool::PEOPLE, language()),
            number(Pool::PRESENT, language()),
            Pool::LONG_SECONDS,
            number(Pool::PEOPLE_AFTER_LONG, language()),
        )),
    }
}

/// What people should know before the board moves; nothing where a move is harmless.
#[must_use]
pub fn warning(from: Phase, to: Phase, now: Circumstances) -> Option<Warning> {
    if from == to {
        return None;
    }
    let mut sentences = Vec::new();
    if from == Phase::Write {
        sentences.push(if now.pre_moderation {
            "Notes that nobody has seen yet come to you for moderation."
        } else {
            "Notes that still wait are revealed to everyone, in random order."
        });
        sentences.push(
            "Then the notes are sealed: nobody can tell any more whose they are, so nobody can \
             rewrite their own or take them back. This can't be undone.",
        );
    }
    if from == Phase::Discuss {
        sentences.push(if now.pre_moderation {
            "Replies that nobody has seen yet come to you for moderation."
        } else {
            "Replies that still wait are revealed to everyone, in random order. Then they are sealed."
        });
    }
    if now.round_open {
        sentences.push("The open round of voting is closed, and everyone sees its totals.");
    }
    if to == Phase::Closed {
        sentences.push("Nothing can change on a closed board. You can reopen it for discussion.");
    }
    if to == Phase::Write && from != Phase::Lobby {
        sentences
            .push("People can write new notes. What was written before stays sealed, as it is.");
    }
    if sentences.is_empty() {
        return None;
    }
    let (title, verb) = match to {
        Phase::Closed => ("Close the board?".to_owned(), "Close the board".to_owned()),
        Phase::Lobby | Phase::Write | Phase::Cluster | Phase::Vote | Phase::Discuss => {
            (format!("Move the board to {to}?"), format!("Move to {to}"))
        }
    };
    Some(Warning {
        title,
        sentences,
        verb,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Circumstances = Circumstances {
        round_open: false,
        pre_moderation: false,
    };

    #[test]
    fn a_pool_is_explained_where_there_is_one() {
        assert_eq!(pool(Release::Reveal), None);
        let words = pool(Release::Pooled).unwrap();
        assert!(words.contains("every 20 seconds"), "{words}");
        assert!(words.contains("at least three people wait"), "{words}");
        assert!(words.contains("at least five people are here"), "{words}");
    }

    #[test]
    fn leaving_the_writing_says_that_it_seals() {
        let warning = warning(Phase::Write, Phase::Cluster, CALM).unwrap();
        assert_eq!(warning.title, "Move the board to Cluster?");
        assert!(warning.sentences[0].contains("revealed to everyone"));
        assert!(warning.sentences[1].contains("sealed"));
    }

    #[test]
    fn under_pre_moderation_leaving_the_writing_reveals_nothing() {
        let now = Circumstances {
            pre_moderation: true,
            ..CALM
        };
        let warning = warning(Phase::Write, Phase::Cluster, now).unwrap();
        assert!(warning.sentences[0].contains("come to you"));
    }

    #[test]
    fn a_harmless_step_asks_nothing() {
        assert_eq!(warning(Phase::Lobby, Phase::Write, CALM), None);
        assert_eq!(warning(Phase::Cluster, Phase::Vote, CALM), None);
        let voting = Circumstances {
            round_open: true,
            ..CALM
        };
        assert!(warning(Phase::Vote, Phase::Discuss, voting).is_some());
        assert!(warning(Phase::Discuss, Phase::Closed, CALM).is_some());
    }
}
