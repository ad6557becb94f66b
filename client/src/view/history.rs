//! What can be undone, in words.

use candour_shared::command::Verb;

use crate::text::history as text;

/// What undoing takes back, after "Undo:"; nothing for verbs that can't be undone.
#[must_use]
pub fn what(verb: Verb) -> Option<&'static str> {
    Some(match verb {
        Verb::Move => text::moving(),
        Verb::MakeCluster => text::making_group(),
        Verb::AddToCluster => text::adding(),
        Verb::NameCluster => text::naming(),
        Verb::MergeClusters => text::merging(),
        Verb::DissolveCluster => text::dissolving(),
        Verb::CastDots => text::dots(),
        Verb::SameHere => text::same_here(),
        Verb::SetRemark => text::remark(),
        Verb::PutStep | Verb::RemoveStep => text::agenda(),
        Verb::PutCommitment | Verb::RemoveCommitment => text::commitment(),
        Verb::PostNote
        | Verb::EditNote
        | Verb::WithdrawNote
        | Verb::PostReply
        | Verb::FlagNote
        | Verb::AnswerPulse
        | Verb::SetPhase
        | Verb::Reveal
        | Verb::SetSpotlight
        | Verb::SetTimer
        | Verb::StopTimer
        | Verb::LockClusters
        | Verb::SetPreModeration
        | Verb::SetDoors
        | Verb::PausePosting
        | Verb::HoldNote
        | Verb::ReleaseNotes
        | Verb::EraseNote
        | Verb::SettleFlag
        | Verb::OpenPulse
        | Verb::ClosePulse
        | Verb::OpenRound
        | Verb::CloseRound => return None,
    })
}
