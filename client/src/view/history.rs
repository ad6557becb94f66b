//! What can be undone, in words.

use candour_shared::command::Verb;

use crate::text::history as text;

/// What undoing takes back, after "Undo:"; nothing for verbs that can't be undone.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "few verbs can be undone; one that is forgotten costs an undo"
)]
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
        _ => return None,
    })
}
