//! The things that each role acts on, and what it does with them.

use candour_e2e::fresh;
use candour_e2e::workshop::{content, move_note, move_phase, signal};
use candour_shared::command::{Command, Verb};
use candour_shared::commitment::Commitment;
use candour_shared::ids::{ClusterId, Item, NoteId, PulseId, RoundId, TimerId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::voting::Budget;

use super::table::Situation;

/// The things one role acts on.
pub(super) struct Kit {
    /// Two notes of one's own that wait, while people write; two replies, while they discuss.
    pub(super) own: [NoteId; 2],
    /// Notes on the Wall by themselves.
    pub(super) moves: NoteId,
    pub(super) clusters: [NoteId; 2],
    pub(super) joins: NoteId,
    pub(super) votes: NoteId,
    pub(super) flags: NoteId,
    /// A note of somebody else that was released in this run of Write, if people write.
    pub(super) agrees: NoteId,
    pub(super) holds: NoteId,
    pub(super) erases: NoteId,
    /// A note in the queue.
    pub(super) queued: NoteId,
    pub(super) cluster: ClusterId,
    pub(super) merges: ClusterId,
    pub(super) dissolves: ClusterId,
    pub(super) timer: TimerId,
}

/// What a command has to fit.
pub(super) struct Now {
    pub(super) phase: Phase,
    pub(super) situation: Situation,
    pub(super) round: RoundId,
    pub(super) pulse: PulseId,
    /// Of the next reveal.
    pub(super) number: u32,
}

impl Kit {
    /// Ids of things that are still to be made.
    pub(super) fn imagined() -> Self {
        Self {
            own: [fresh::note(), fresh::note()],
            moves: fresh::note(),
            clusters: [fresh::note(), fresh::note()],
            joins: fresh::note(),
            votes: fresh::note(),
            flags: fresh::note(),
            agrees: fresh::note(),
            holds: fresh::note(),
            erases: fresh::note(),
            queued: fresh::note(),
            cluster: fresh::cluster(),
            merges: fresh::cluster(),
            dissolves: fresh::cluster(),
            timer: fresh::timer(),
        }
    }

    pub(super) fn reply(&self, note: NoteId) -> Command {
        Command::post_reply(note, Item::Cluster(self.cluster), "For us it comes before")
    }

    pub(super) fn command(&self, verb: Verb, now: &Now) -> Command {
        let to = Point { x: 4_000, y: 4_000 };
        let reason = Reason::OffTopic;
        let command = match verb {
            Verb::PostNote => post(fresh::note()),
            Verb::EditNote => Command::edit_note(self.own[0], content("Rewritten")),
            Verb::WithdrawNote => Command::WithdrawNote { note: self.own[1] },
            Verb::PostReply => self.reply(fresh::note()),
            Verb::SameHere => Command::SameHere {
                note: self.agrees,
                on: true,
            },
            Verb::FlagNote => Command::FlagNote { note: self.flags },
            Verb::Move => move_note(self.moves, to),
            Verb::MakeCluster => Command::MakeCluster {
                cluster: fresh::cluster(),
                note: self.clusters[0],
                onto: self.clusters[1],
            },
            Verb::AddToCluster => Command::AddToCluster {
                cluster: self.cluster,
                note: self.joins,
            },
            Verb::NameCluster => Command::NameCluster {
                cluster: self.cluster,
                name: "Letters".into(),
            },
            Verb::MergeClusters => Command::MergeClusters {
                from: self.merges,
                into: self.cluster,
            },
            Verb::DissolveCluster => Command::DissolveCluster {
                cluster: self.dissolves,
            },
            Verb::CastDots => Command::CastDots {
                round: now.round,
                item: Item::Note(self.votes),
                dots: 1,
            },
            // To where it is: nobody has to follow, and it is asked for permission all the same.
            Verb::SetPhase => move_phase(now.phase, now.phase),
            Verb::Reveal => Command::Reveal { number: now.number },
            Verb::PutStep => signal(&fresh::note().to_string()),
            Verb::RemoveStep => Command::RemoveStep {
                step: fresh::step(),
            },
            Verb::SetSpotlight => Command::SetSpotlight {
                on: Some(Item::Note(self.moves)),
            },
            Verb::SetTimer => Command::SetTimer {
                timer: fresh::timer(),
                seconds: 60,
            },
            Verb::StopTimer => Command::StopTimer { timer: self.timer },
            Verb::LockClusters => Command::LockClusters {
                locked: now.situation == Situation::Locked,
            },
            Verb::SetPreModeration => Command::SetPreModeration { on: false },
            Verb::SetDoors => Command::SetDoors { closed: false },
            Verb::PausePosting => Command::PausePosting {
                paused: now.situation == Situation::Paused,
            },
            Verb::HoldNote => Command::HoldNote {
                note: self.holds,
                reason,
            },
            Verb::ReleaseNotes => Command::ReleaseNotes {
                notes: vec![self.queued],
            },
            Verb::EraseNote => Command::EraseNote {
                note: self.erases,
                reason,
            },
            Verb::SettleFlag => Command::SettleFlag { note: self.flags },
            Verb::OpenPulse => open_pulse(now.pulse),
            Verb::ClosePulse => Command::ClosePulse { pulse: now.pulse },
            Verb::AnswerPulse => Command::AnswerPulse {
                pulse: now.pulse,
                answer: 4,
            },
            Verb::PutCommitment => Command::PutCommitment {
                commitment: fresh::commitment(),
                content: Commitment::new("Send the letter on the same day")
                    .by(Some(0))
                    .until("by March"),
            },
            Verb::RemoveCommitment => Command::RemoveCommitment {
                commitment: fresh::commitment(),
            },
            Verb::SetRemark => Command::SetRemark {
                on: Some(Item::Note(self.moves)),
                text: "Everybody knows this".into(),
            },
            Verb::OpenRound => open_round(now.round),
            Verb::CloseRound => Command::CloseRound { round: now.round },
        };
        assert_eq!(command.verb(), verb);
        command
    }
}

pub(super) fn post(note: NoteId) -> Command {
    Command::post_note(note, content("The letter comes after the patient"))
}

pub(super) fn open_pulse(pulse: PulseId) -> Command {
    Command::OpenPulse {
        pulse,
        question: "How safe is it to be candid here?".into(),
    }
}

pub(super) fn open_round(round: RoundId) -> Command {
    Command::OpenRound {
        round,
        question: "What first?".into(),
        budget: Budget::default(),
        among: Vec::new(),
    }
}
