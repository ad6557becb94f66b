//! Sentences about messages, and about the connection they go over.

use candour_shared::command::Verb;
use candour_shared::replica::Entry;

use crate::state::traffic::{Act, Subject};

/// What there is to know about the connection besides its messages.
pub const HANDSHAKE: [&str; 5] = [
    "When you joined, the server gave this browser a random cookie. It goes along with the handshake \
     of the connection and with every request to this board. No script can read it, not even this \
     page's own, so it can't be shown here.",
    "The server keeps only a hash of the cookie, from which the cookie can't be found. Others receive \
     neither.",
    "If you chose an organisation, it went with your request to join and with nothing here. All that \
     others receive of it is the name of an organisation behind a result, where enough of its people \
     stand behind it.",
    "The answers to this page come to it alone: that something is saved or refused, your own notes, \
     your own dots.",
    "As with every site, your browser tells the server its name and language, and the network tells it \
     your address. They are not written down, and others receive none of them.",
];

/// What others received, and what not.
pub(super) fn received(about: Subject, entries: &[Entry]) -> &'static str {
    let gone = entries.iter().all(|entry| entry.value.is_none());
    match about {
        Subject::Note(_) if gone => "That it is gone. Not who took it away.",
        Subject::Note(_) => {
            "What it says or where it is. Not whose it is, nor when it was written or moved."
        }
        Subject::Cluster(_) => "What became of it. Not who did it.",
        Subject::Round(_) => "The round as it stands. Of dots only sums, once it is closed.",
        Subject::Pulse(_) => "The pulse as it stands. Of answers only sums, once it is closed.",
        Subject::Board | Subject::Connection => "What changed. Not who changed it.",
    }
}

/// What was asked with a message.
pub(super) const fn asked(act: Act) -> &'static str {
    let verb = match act {
        Act::Greet => {
            return "A greeting: how far this page's copy of the board has come. Your cookie went \
                    with the handshake before it.";
        }
        Act::Drag => {
            return "Where you are dragging it just now. Of such messages only the latest is kept here.";
        }
        Act::BeReady => {
            return "Whether you are done with the present step. Others receive how many are.";
        }
        Act::Do(verb) => verb,
    };
    match verb {
        Verb::PostNote => "You wrote it.",
        Verb::EditNote => "You rewrote it.",
        Verb::WithdrawNote => "You took it back.",
        Verb::PostReply => "You answered something.",
        Verb::SameHere => "You said “same here”, or no longer say it.",
        Verb::FlagNote => "You asked the facilitators to look at it.",
        Verb::Move => "You moved it.",
        Verb::MakeCluster => "You made a group of two notes.",
        Verb::AddToCluster => "You put it into a group.",
        Verb::NameCluster => "You named the group.",
        Verb::MergeClusters => "You put two groups together.",
        Verb::DissolveCluster => "You took the group apart.",
        Verb::CastDots => "You said how many of your dots are on something.",
        Verb::AnswerPulse => "You answered the pulse.",
        Verb::SetPhase => "You moved the board on.",
        Verb::Reveal => "You revealed the notes.",
        Verb::PutStep | Verb::RemoveStep => "You changed the agenda.",
        Verb::SetSpotlight => "You moved the spotlight.",
        Verb::SetTimer => "You set the timer.",
        Verb::StopTimer => "You stopped the timer.",
        Verb::LockClusters => "You locked or unlocked the groups.",
        Verb::SetPreModeration => "You decided whether facilitators look at notes first.",
        Verb::SetDoors => "You closed or opened the doors.",
        Verb::PausePosting => "You paused posting, or let it go on.",
        Verb::HoldNote => "You held it.",
        Verb::ReleaseNotes => "You released notes.",
        Verb::EraseNote => "You erased it.",
        Verb::SettleFlag => "You left a flagged note as it is.",
        Verb::OpenPulse => "You opened the pulse.",
        Verb::ClosePulse => "You closed the pulse.",
        Verb::PutCommitment | Verb::RemoveCommitment => "You wrote down what was agreed.",
        Verb::SetRemark => "You wrote down what was said.",
        Verb::OpenRound => "You opened the round.",
        Verb::CloseRound => "You closed the round.",
    }
}
