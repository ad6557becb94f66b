//! What is said in the place of notes while there are none.

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
pub const fn empty(phase: Phase, role: Role, release: Release) -> EmptyView {
    let (title, words) = match (phase, role) {
        (Phase::Lobby, Role::Participant | Role::Projector) => (
            "The workshop has not begun",
            "A facilitator opens the writing when everyone is here. Nobody is told who writes what.",
        ),
        (Phase::Lobby, Role::Facilitator | Role::Organiser) => (
            "The workshop has not begun",
            "When everyone is here, move the board to Write.",
        ),
        (Phase::Write, _) if matches!(release, Release::Pooled) => (
            "Everyone is writing",
            "Notes appear here a few at a time, shuffled and without names, as soon as those of enough people wait.",
        ),
        (Phase::Write, Role::Participant | Role::Projector) => (
            "Everyone is writing privately",
            "Only you can see your notes until a facilitator reveals all of them at once, shuffled and without names.",
        ),
        (Phase::Write, Role::Facilitator | Role::Organiser) => (
            "Everyone is writing privately",
            "Nobody sees anyone else's notes until you reveal all of them at once, shuffled and without names.",
        ),
        (Phase::Cluster | Phase::Vote | Phase::Discuss, Role::Participant | Role::Projector) => (
            "There are no notes yet",
            "Notes are written while the board is in Write. A facilitator can go back to it.",
        ),
        (Phase::Cluster | Phase::Vote | Phase::Discuss, Role::Facilitator | Role::Organiser) => (
            "There are no notes yet",
            "To let people write some, move the board back to Write.",
        ),
        (Phase::Closed, _) => ("The board is closed", "No notes were shown on it."),
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
