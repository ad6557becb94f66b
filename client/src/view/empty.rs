//! What is said in the place of notes while there are none.

use crate::text::empty as text;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::settings::Release;

/// A heading, and a sentence or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmptyView {
    /// What the matter is.
    pub title: &'static str,
    /// What comes next.
    pub words: &'static str,
}

/// What to say on a board without notes.
#[must_use]
pub fn empty(phase: Phase, role: Role, release: Release) -> EmptyView {
    let (title, words) = match (phase, role) {
        (Phase::Lobby, Role::Participant | Role::Projector) => {
            (text::not_begun(), text::opens_writing())
        }
        (Phase::Lobby, Role::Facilitator | Role::Organiser) => {
            (text::not_begun(), text::move_to_write())
        }
        (Phase::Write, _) if matches!(release, Release::Pooled) => {
            (text::writing(), text::appear())
        }
        (Phase::Write, Role::Participant | Role::Projector) => {
            (text::privately(), text::only_you())
        }
        (Phase::Write, Role::Facilitator | Role::Organiser) => {
            (text::privately(), text::until_you())
        }
        (Phase::Cluster | Phase::Vote | Phase::Discuss, Role::Participant | Role::Projector) => {
            (text::no_notes(), text::go_back())
        }
        (Phase::Cluster | Phase::Vote | Phase::Discuss, Role::Facilitator | Role::Organiser) => {
            (text::no_notes(), text::move_back())
        }
        (Phase::Closed, _) => (text::closed(), text::none_shown()),
    };
    EmptyView { title, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_board_says_what_comes_next_in_every_phase() {
        for role in Role::ALL {
            let title = |phase, release| empty(phase, role, release).title;
            assert!(title(Phase::Lobby, Release::Reveal).contains("has not begun"));
            assert!(title(Phase::Write, Release::Reveal).contains("privately"));
            assert!(!title(Phase::Write, Release::Pooled).contains("privately"));
        }
    }
}
