//! What phases are for, and what people should know before the board moves to one.

use crate::text::{language, steps as text};
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
pub fn purpose(phase: Phase, release: Release) -> &'static str {
    match phase {
        Phase::Lobby => text::lobby(),
        Phase::Write => match release {
            Release::Reveal => text::write(),
            Release::Pooled => text::write_pooled(),
        },
        Phase::Cluster => text::cluster(),
        Phase::Vote => text::vote(),
        Phase::Discuss => text::discuss(),
        Phase::Closed => text::closed(),
    }
}

/// How notes come to the board by themselves, for facilitators; nothing where only a reveal shows them.
#[must_use]
pub fn pool(release: Release) -> Option<String> {
    match release {
        Release::Reveal => None,
        Release::Pooled => Some(text::pool(
            &Pool::SECONDS.to_string(),
            number(Pool::PEOPLE, language()),
            number(Pool::PRESENT, language()),
            &Pool::LONG_SECONDS.to_string(),
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
            text::notes_collected()
        } else {
            text::notes_revealed()
        });
        sentences.push(text::notes_sealed());
    }
    if from == Phase::Discuss {
        sentences.push(if now.pre_moderation {
            text::replies_collected()
        } else {
            text::replies_revealed()
        });
    }
    if now.round_open {
        sentences.push(text::round_closes());
    }
    if to == Phase::Closed {
        sentences.push(text::nothing_changes());
    }
    if to == Phase::Write && from != Phase::Lobby {
        sentences.push(text::new_notes());
    }
    if sentences.is_empty() {
        return None;
    }
    let (title, verb) = match to {
        Phase::Closed => (text::close_question().to_owned(), text::close().to_owned()),
        Phase::Lobby | Phase::Write | Phase::Cluster | Phase::Vote | Phase::Discuss => {
            let to = to.name(language());
            (text::move_question(to), text::move_to(to))
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
        assert_eq!(warning.title, "Move the board to Group?");
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
