//! Who may do what in which phase. The only place that decides: the page asks it to grey things out,
//! the server to refuse.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::command::Verb;
use crate::denied::Denied;
use crate::phase::Phase;
use crate::variants::all;

/// What a person is on one board, by the link they came in with.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes, clusters and votes.
    Participant,
    /// Also runs the phases and moderates.
    Facilitator,
    /// Also takes the board away and deletes it.
    Organiser,
    /// A screen that everybody in a room looks at. It shows the Wall and can do nothing.
    Projector,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// Whether the role sees the Backstage.
    #[must_use]
    pub const fn moderates(self) -> bool {
        match self {
            Self::Participant | Self::Projector => false,
            Self::Facilitator | Self::Organiser => true,
        }
    }

    /// Whether whoever has it is a person, who counts as present.
    #[must_use]
    pub const fn is_person(self) -> bool {
        match self {
            Self::Participant | Self::Facilitator | Self::Organiser => true,
            Self::Projector => false,
        }
    }
}

/// What the policy needs to know about the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The phase.
    pub phase: Phase,
    /// Whether the clusters are locked for participants.
    pub clusters: Clusters,
    /// Whether notes can be written.
    pub posting: Posting,
}

/// Whether notes can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Posting {
    Open,
    Paused,
}

/// Whether participants may change the clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Clusters {
    Open,
    Locked,
}

/// Whether `role` may do `verb` now.
pub const fn check(role: Role, verb: Verb, now: Situation) -> Result<(), Denied> {
    use Phase as P;
    use Role as R;
    use Verb as V;
    let phase = now.phase;
    match (verb, phase, role) {
        (_, _, R::Projector) => Err(Denied::OnlyShows),

        (V::PostNote, P::Write, _)
        | (V::PostReply, P::Discuss, _)
        | (V::EditNote, P::Write | P::Discuss, _) => match now.posting {
            Posting::Open => Ok(()),
            Posting::Paused => Err(Denied::PostingPaused),
        },
        // Whoever regrets a note must never have to wait.
        (V::WithdrawNote, P::Write | P::Discuss, _) | (V::SameHere, P::Write, _) => Ok(()),
        (
            V::PostNote | V::SameHere,
            P::Lobby | P::Cluster | P::Vote | P::Discuss | P::Closed,
            _,
        )
        | (V::PostReply, P::Lobby | P::Write | P::Cluster | P::Vote | P::Closed, _)
        | (V::EditNote | V::WithdrawNote, P::Lobby | P::Cluster | P::Vote | P::Closed, _) => {
            Err(Denied::WrongPhase { phase })
        }

        // What harms somebody must be found while it can still be taken off, and that is always.
        (V::FlagNote, _, _) => Ok(()),

        (
            V::Move
            | V::MakeCluster
            | V::AddToCluster
            | V::NameCluster
            | V::MergeClusters
            | V::DissolveCluster,
            P::Cluster,
            R::Participant,
        ) => match now.clusters {
            Clusters::Open => Ok(()),
            Clusters::Locked => Err(Denied::Locked),
        },
        // While people vote, what they vote on must stay what it is.
        (
            V::Move
            | V::MakeCluster
            | V::AddToCluster
            | V::NameCluster
            | V::MergeClusters
            | V::DissolveCluster,
            P::Cluster | P::Discuss,
            R::Facilitator | R::Organiser,
        ) => Ok(()),
        (
            V::Move
            | V::MakeCluster
            | V::AddToCluster
            | V::NameCluster
            | V::MergeClusters
            | V::DissolveCluster,
            P::Lobby | P::Write | P::Vote | P::Discuss | P::Closed,
            _,
        ) => Err(Denied::WrongPhase { phase }),

        (V::CastDots, P::Vote, _) => Ok(()),
        (V::CastDots, P::Lobby | P::Write | P::Cluster | P::Discuss | P::Closed, _) => {
            Err(Denied::WrongPhase { phase })
        }
        (V::AnswerPulse, P::Lobby | P::Write | P::Cluster | P::Vote | P::Discuss, _) => Ok(()),
        (V::AnswerPulse, P::Closed, _) => Err(Denied::WrongPhase { phase }),

        (
            V::SetPhase
            | V::Reveal
            | V::PutStep
            | V::RemoveStep
            | V::SetSpotlight
            | V::SetTimer
            | V::StopTimer
            | V::LockClusters
            | V::SetPreModeration
            | V::SetDoors
            | V::PausePosting
            | V::HoldNote
            | V::ReleaseNotes
            | V::EraseNote
            | V::SettleFlag
            | V::OpenPulse
            | V::ClosePulse
            | V::PutCommitment
            | V::RemoveCommitment
            | V::SetRemark
            | V::OpenRound
            | V::CloseRound,
            _,
            R::Participant,
        ) => Err(Denied::FacilitatorsOnly),

        // Moving on, and taking a harmful note off, must be possible at any time.
        (
            V::SetPhase | V::HoldNote | V::EraseNote | V::SettleFlag,
            _,
            R::Facilitator | R::Organiser,
        ) => Ok(()),
        (V::Reveal, P::Write | P::Discuss, R::Facilitator | R::Organiser) => Ok(()),
        (V::Reveal, P::Lobby | P::Cluster | P::Vote | P::Closed, R::Facilitator | R::Organiser) => {
            Err(Denied::WrongPhase { phase })
        }
        (V::OpenRound | V::CloseRound, P::Vote, R::Facilitator | R::Organiser) => Ok(()),
        (
            V::OpenRound | V::CloseRound,
            P::Lobby | P::Write | P::Cluster | P::Discuss | P::Closed,
            R::Facilitator | R::Organiser,
        ) => Err(Denied::WrongPhase { phase }),
        (
            V::PutCommitment | V::RemoveCommitment | V::SetRemark,
            P::Cluster | P::Vote | P::Discuss,
            R::Facilitator | R::Organiser,
        ) => Ok(()),
        (
            V::PutCommitment | V::RemoveCommitment | V::SetRemark,
            P::Lobby | P::Write | P::Closed,
            R::Facilitator | R::Organiser,
        ) => Err(Denied::WrongPhase { phase }),
        (
            V::PutStep
            | V::RemoveStep
            | V::SetSpotlight
            | V::SetTimer
            | V::StopTimer
            | V::LockClusters
            | V::SetPreModeration
            | V::SetDoors
            | V::PausePosting
            | V::ReleaseNotes
            | V::OpenPulse
            | V::ClosePulse,
            P::Lobby | P::Write | P::Cluster | P::Vote | P::Discuss,
            R::Facilitator | R::Organiser,
        ) => Ok(()),
        (
            V::PutStep
            | V::RemoveStep
            | V::SetSpotlight
            | V::SetTimer
            | V::StopTimer
            | V::LockClusters
            | V::SetPreModeration
            | V::SetDoors
            | V::PausePosting
            | V::ReleaseNotes
            | V::OpenPulse
            | V::ClosePulse,
            P::Closed,
            R::Facilitator | R::Organiser,
        ) => Err(Denied::WrongPhase { phase }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(phase: Phase) -> Situation {
        Situation {
            phase,
            clusters: Clusters::Open,
            posting: Posting::Open,
        }
    }

    #[test]
    fn participants_never_do_what_facilitators_do() {
        let allowed = |role| {
            let mut verbs = Verb::ALL.to_vec();
            verbs.retain(|verb| {
                Phase::ALL
                    .iter()
                    .any(|phase| check(role, *verb, at(*phase)).is_ok())
            });
            verbs
        };
        assert_eq!(allowed(Role::Participant), Verb::ALL[..14].to_vec());
        assert_eq!(allowed(Role::Facilitator), Verb::ALL.to_vec());
        assert_eq!(allowed(Role::Organiser), Verb::ALL.to_vec());
        assert_eq!(allowed(Role::Projector), []);
    }

    #[test]
    fn a_lock_stops_participants_and_nobody_else() {
        let locked = Situation {
            phase: Phase::Cluster,
            clusters: Clusters::Locked,
            posting: Posting::Open,
        };
        assert_eq!(
            check(Role::Participant, Verb::Move, locked),
            Err(Denied::Locked)
        );
        assert_eq!(check(Role::Facilitator, Verb::Move, locked), Ok(()));
    }

    #[test]
    fn a_pause_stops_writing_but_not_taking_back() {
        let paused = Situation {
            posting: Posting::Paused,
            ..at(Phase::Write)
        };
        for role in Role::ALL.into_iter().filter(|role| role.is_person()) {
            for verb in [Verb::PostNote, Verb::EditNote] {
                assert_eq!(check(role, verb, paused), Err(Denied::PostingPaused));
            }
            assert_eq!(check(role, Verb::WithdrawNote, paused), Ok(()));
        }
    }

    #[test]
    fn a_closed_board_changes_only_by_reopening_and_moderation() {
        let mut verbs = Verb::ALL.to_vec();
        verbs.retain(|verb| check(Role::Organiser, *verb, at(Phase::Closed)).is_ok());
        assert_eq!(
            verbs,
            [
                Verb::FlagNote,
                Verb::SetPhase,
                Verb::HoldNote,
                Verb::EraseNote,
                Verb::SettleFlag
            ]
        );
    }
}
