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
    /// A screen that all people in a room look at. It shows the Wall and can do nothing.
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

    /// Whether who has it is a person, who counts as present: a projector's screen is none.
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

/// Whether `role` may do `verb` now, or why not: [`Denied::OnlyShows`], [`Denied::FacilitatorsOnly`],
/// [`Denied::WrongPhase`], [`Denied::PostingPaused`] or [`Denied::Locked`], the first of these that holds.
pub fn check(role: Role, verb: Verb, now: Situation) -> Result<(), Denied> {
    let Rule(participants, leaders, lock) = rule(verb);
    let phases = match role {
        Role::Projector => return Err(Denied::OnlyShows),
        Role::Participant if participants.is_empty() => return Err(Denied::FacilitatorsOnly),
        Role::Participant => participants,
        Role::Facilitator | Role::Organiser => leaders,
    };
    if !phases.contains(&now.phase) {
        return Err(Denied::WrongPhase { phase: now.phase });
    }
    match lock {
        Lock::Posting if now.posting == Posting::Paused => Err(Denied::PostingPaused),
        Lock::Clusters if now.clusters == Clusters::Locked && !role.moderates() => {
            Err(Denied::Locked)
        }
        Lock::None | Lock::Posting | Lock::Clusters => Ok(()),
    }
}

/// In which phases participants may do something, in which facilitators and organisers may, and what can
/// stop them.
struct Rule(&'static [Phase], &'static [Phase], Lock);

/// What stops a verb in a phase in which it can be done.
#[derive(Clone, Copy)]
enum Lock {
    None,
    /// A pause of posting stops every role.
    Posting,
    /// Locked clusters stop participants.
    Clusters,
}

const NEVER: &[Phase] = &[];
const WRITE: &[Phase] = &[Phase::Write];
const CLUSTER: &[Phase] = &[Phase::Cluster];
const VOTE: &[Phase] = &[Phase::Vote];
const DISCUSS: &[Phase] = &[Phase::Discuss];
/// While people write notes or replies.
const TEXTS: &[Phase] = &[Phase::Write, Phase::Discuss];
/// Not while people vote: what they vote on must stay what it is.
const ARRANGE: &[Phase] = &[Phase::Cluster, Phase::Discuss];
/// Once the notes are there.
const RESULTS: &[Phase] = &[Phase::Cluster, Phase::Vote, Phase::Discuss];
const OPEN: &[Phase] = &[
    Phase::Lobby,
    Phase::Write,
    Phase::Cluster,
    Phase::Vote,
    Phase::Discuss,
];
const ALWAYS: &[Phase] = &Phase::ALL;

/// The policy, one row a verb.
#[rustfmt::skip]
const fn rule(verb: Verb) -> Rule {
    match verb {
        Verb::PostNote          => Rule(WRITE,   WRITE,   Lock::Posting),
        Verb::EditNote          => Rule(TEXTS,   TEXTS,   Lock::Posting),
        // Who regrets a note must never have to wait.
        Verb::WithdrawNote      => Rule(TEXTS,   TEXTS,   Lock::None),
        Verb::PostReply         => Rule(DISCUSS, DISCUSS, Lock::Posting),
        Verb::SameHere          => Rule(WRITE,   WRITE,   Lock::None),
        // What harms a person must be found while it can still be taken off, and that is always.
        Verb::FlagNote          => Rule(ALWAYS,  ALWAYS,  Lock::None),
        Verb::Move              => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::MakeCluster       => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::AddToCluster      => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::NameCluster       => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::MergeClusters     => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::DissolveCluster   => Rule(CLUSTER, ARRANGE, Lock::Clusters),
        Verb::CastDots          => Rule(VOTE,    VOTE,    Lock::None),
        Verb::AnswerPulse       => Rule(OPEN,    OPEN,    Lock::None),
        // Moving on, and taking a harmful note off, must be possible at any time.
        Verb::SetPhase          => Rule(NEVER,   ALWAYS,  Lock::None),
        Verb::Reveal            => Rule(NEVER,   TEXTS,   Lock::None),
        Verb::PutStep           => Rule(NEVER,   OPEN,    Lock::None),
        Verb::RemoveStep        => Rule(NEVER,   OPEN,    Lock::None),
        Verb::SetSpotlight      => Rule(NEVER,   OPEN,    Lock::None),
        Verb::SetTimer          => Rule(NEVER,   OPEN,    Lock::None),
        Verb::StopTimer         => Rule(NEVER,   OPEN,    Lock::None),
        Verb::LockClusters      => Rule(NEVER,   OPEN,    Lock::None),
        Verb::SetPreModeration  => Rule(NEVER,   OPEN,    Lock::None),
        Verb::SetDoors          => Rule(NEVER,   OPEN,    Lock::None),
        Verb::PausePosting      => Rule(NEVER,   OPEN,    Lock::None),
        Verb::HoldNote          => Rule(NEVER,   ALWAYS,  Lock::None),
        Verb::ReleaseNotes      => Rule(NEVER,   OPEN,    Lock::None),
        Verb::EraseNote         => Rule(NEVER,   ALWAYS,  Lock::None),
        Verb::SettleFlag        => Rule(NEVER,   ALWAYS,  Lock::None),
        Verb::OpenPulse         => Rule(NEVER,   OPEN,    Lock::None),
        Verb::ClosePulse        => Rule(NEVER,   OPEN,    Lock::None),
        Verb::PutCommitment     => Rule(NEVER,   RESULTS, Lock::None),
        Verb::RemoveCommitment  => Rule(NEVER,   RESULTS, Lock::None),
        Verb::SetRemark         => Rule(NEVER,   RESULTS, Lock::None),
        Verb::OpenRound         => Rule(NEVER,   VOTE,    Lock::None),
        Verb::CloseRound        => Rule(NEVER,   VOTE,    Lock::None),
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
