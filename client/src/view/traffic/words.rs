//! Sentences about messages, and about the connection they go over.

use candour_page::traffic::{Act, Subject};
use candour_shared::command::Verb;
use candour_shared::document::Entry;

use crate::text::traffic as text;

/// What there is to know about the connection besides its messages.
#[must_use]
pub fn handshake() -> [&'static str; 5] {
    [
        text::cookie(),
        text::hash(),
        text::organisation(),
        text::answers(),
        text::address(),
    ]
}

/// What others received, and what not.
pub(super) fn received(about: Subject, entries: &[Entry]) -> &'static str {
    let gone = entries.iter().all(|entry| entry.value.is_none());
    match about {
        Subject::Note(_) if gone => text::that_gone(),
        Subject::Note(_) => text::what_it_says(),
        Subject::Cluster(_) => text::what_became(),
        Subject::Round(_) => text::round_stands(),
        Subject::Pulse(_) => text::pulse_stands(),
        Subject::Board | Subject::Connection => text::what_changed(),
    }
}

/// What was asked with a message.
pub(super) fn asked(act: Act) -> &'static str {
    let verb = match act {
        Act::Greet => {
            return text::greeting();
        }
        Act::Drag => {
            return text::dragging();
        }
        Act::BeReady => {
            return text::be_ready();
        }
        Act::Do(verb) => verb,
    };
    match verb {
        Verb::PostNote => text::wrote(),
        Verb::EditNote => text::rewrote(),
        Verb::WithdrawNote => text::took_back(),
        Verb::PostReply => text::answered(),
        Verb::SameHere => text::same_here(),
        Verb::FlagNote => text::flagged(),
        Verb::Move => text::moved(),
        Verb::MakeCluster => text::made_group(),
        Verb::AddToCluster => text::put_into_group(),
        Verb::NameCluster => text::named_group(),
        Verb::MergeClusters => text::merged(),
        Verb::DissolveCluster => text::dissolved(),
        Verb::CastDots => text::gave_dots(),
        Verb::AnswerPulse => text::answered_pulse(),
        Verb::SetPhase => text::moved_on(),
        Verb::Reveal => text::revealed(),
        Verb::PutStep | Verb::RemoveStep => text::changed_agenda(),
        Verb::SetSpotlight => text::moved_spotlight(),
        Verb::SetTimer => text::set_timer(),
        Verb::StopTimer => text::stopped_timer(),
        Verb::LockClusters => text::locked_groups(),
        Verb::SetPreModeration => text::look_first(),
        Verb::SetDoors => text::doors(),
        Verb::PausePosting => text::paused(),
        Verb::HoldNote => text::held(),
        Verb::ReleaseNotes => text::released(),
        Verb::EraseNote => text::erased(),
        Verb::SettleFlag => text::left_as_is(),
        Verb::OpenPulse => text::opened_pulse(),
        Verb::ClosePulse => text::closed_pulse(),
        Verb::PutCommitment | Verb::RemoveCommitment => text::commitments(),
        Verb::SetRemark => text::remarked(),
        Verb::OpenRound => text::opened_round(),
        Verb::CloseRound => text::closed_round(),
    }
}
