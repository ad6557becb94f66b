//! What people can ask of a board: one variant per verb, with its limits.
//!
//! Every command is safe to send twice, because it names things by ids its sender made and states
//! absolute values. So after a reconnect a client simply resends what was not acknowledged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::denied::Denied;
use crate::identifiers;
use crate::ids::{ClusterId, Item, NoteId, RoundId, TimerId};
use crate::moderation::Reason;
use crate::phase::Phase;
use crate::voting::Budget;

/// Longest note, in characters (Unicode scalar values, after trimming).
pub const NOTE_CHARS: usize = 400;
/// Longest name of a cluster or question of a round, in characters.
pub const CLUSTER_CHARS: usize = 80;
/// Longest prompt, in characters.
pub const PROMPT_CHARS: usize = 300;
/// Farthest a thing can lie from the middle of the board, in board units (CSS pixels at scale 1).
pub const FARTHEST: i32 = 100_000;
/// Longest timer, in seconds.
pub const TIMER_SECONDS: u32 = 4 * 60 * 60;
/// Most notes released by one command.
pub const RELEASE_NOTES: usize = 200;

/// A place on the board, in board units: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

/// What a note says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Which of the board's categories: an index into [`crate::settings::Settings::categories`].
    pub category: u8,
    /// Which of the board's aspects, if any: an index into [`crate::settings::Settings::aspects`].
    #[serde(default)]
    pub aspect: Option<u8>,
    /// The text, 1 to [`NOTE_CHARS`] characters.
    pub text: String,
}

/// Something a person asks of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Write a note. It stays private until it is released.
    PostNote {
        /// A new id.
        note: NoteId,
        /// What it says.
        content: Content,
        /// The author says that what looks like an NHS number is none. Never stored.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    /// Rewrite one's own note, also a held one. Once the note was released, the change waits for the
    /// next release.
    EditNote {
        /// One's own note.
        note: NoteId,
        /// What it says now.
        content: Content,
        /// As for [`Command::PostNote`].
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        confirmed: bool,
    },
    /// Take one's own note back. Once the note was released, the change waits for the next release.
    WithdrawNote {
        /// One's own note.
        note: NoteId,
    },
    /// Put a note by itself at a place, out of the cluster it may be in.
    MoveNote {
        /// A released note.
        note: NoteId,
        /// Where its top left corner goes.
        to: Point,
    },
    /// Make a cluster by dropping a note on a note. If the note below is in a cluster by now, the
    /// other joins that one.
    MakeCluster {
        /// A new id.
        cluster: ClusterId,
        /// The note that was dropped.
        note: NoteId,
        /// The note it was dropped on.
        onto: NoteId,
    },
    /// Put a note into a cluster.
    AddToCluster {
        /// The cluster.
        cluster: ClusterId,
        /// A released note.
        note: NoteId,
    },
    /// Name a cluster; an empty name takes the name away.
    NameCluster {
        /// The cluster.
        cluster: ClusterId,
        /// At most [`CLUSTER_CHARS`] characters.
        name: String,
    },
    /// Move a cluster and everything in it.
    MoveCluster {
        /// The cluster.
        cluster: ClusterId,
        /// Where its top left corner goes.
        to: Point,
    },
    /// Put all notes of one cluster into another, which keeps its place, and its name if it has one.
    MergeClusters {
        /// The cluster that ends.
        from: ClusterId,
        /// The cluster that stays.
        into: ClusterId,
    },
    /// Take a cluster apart; its notes lie loose where it was.
    DissolveCluster {
        /// The cluster.
        cluster: ClusterId,
    },
    /// Say how many of one's dots are on an item, 0 to take them back.
    CastDots {
        /// The open round.
        round: RoundId,
        /// A cluster or a loose note.
        item: Item,
        /// How many dots, at most the round's `per_item`.
        dots: u8,
    },
    /// Move the board to another phase.
    SetPhase {
        /// The phase the sender saw. Refused if somebody else moved the board meanwhile.
        from: Phase,
        /// The phase to go to.
        to: Phase,
    },
    /// Release all waiting notes at once, shuffled; under pre-moderation, to the facilitators.
    Reveal {
        /// How many reveals there will have been, this one included.
        number: u32,
    },
    /// Change what people are asked in a phase; empty for no prompt.
    SetPrompt {
        /// The phase.
        phase: Phase,
        /// At most [`PROMPT_CHARS`] characters.
        text: String,
    },
    /// Start a timer, or say how long the running one is in all.
    SetTimer {
        /// A new id to start, the running timer's to change its length.
        timer: TimerId,
        /// The whole length from its start, 1 to [`TIMER_SECONDS`].
        seconds: u32,
    },
    /// Stop a timer.
    StopTimer {
        /// The timer.
        timer: TimerId,
    },
    /// Lock or unlock the clusters for participants.
    LockClusters {
        /// Whether participants may no longer change them.
        locked: bool,
    },
    /// Decide whether released notes pass the facilitators first.
    SetPreModeration {
        /// Whether they do.
        on: bool,
    },
    /// Close the doors, or open them again. While they are closed nobody new can join as a participant;
    /// who has joined can come back.
    SetDoors {
        /// Whether they are closed.
        closed: bool,
    },
    /// Pause posting, or let it go on: nobody can write or rewrite notes meanwhile.
    PausePosting {
        /// Whether it is paused.
        paused: bool,
    },
    /// Take a note off the board, or out of the queue, and say why.
    HoldNote {
        /// A released or waiting note.
        note: NoteId,
        /// Why.
        reason: Reason,
    },
    /// Put waiting or held notes on the board.
    ReleaseNotes {
        /// At most [`RELEASE_NOTES`] waiting or held notes.
        notes: Vec<NoteId>,
    },
    /// Remove a note for good, from everywhere.
    EraseNote {
        /// A released, waiting or held note.
        note: NoteId,
        /// Why.
        reason: Reason,
    },
    /// Open a round of voting.
    OpenRound {
        /// A new id.
        round: RoundId,
        /// What people vote on, at most [`CLUSTER_CHARS`] characters; may be empty.
        question: String,
        /// How many dots each person has.
        budget: Budget,
    },
    /// Close the open round and show its totals.
    CloseRound {
        /// The round.
        round: RoundId,
    },
}

/// The verb of a [`Command`], for the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is documented at its Command")]
pub enum Verb {
    PostNote,
    EditNote,
    WithdrawNote,
    MoveNote,
    MakeCluster,
    AddToCluster,
    NameCluster,
    MoveCluster,
    MergeClusters,
    DissolveCluster,
    CastDots,
    SetPhase,
    Reveal,
    SetPrompt,
    SetTimer,
    StopTimer,
    LockClusters,
    SetPreModeration,
    SetDoors,
    PausePosting,
    HoldNote,
    ReleaseNotes,
    EraseNote,
    OpenRound,
    CloseRound,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 25] = [
        Self::PostNote,
        Self::EditNote,
        Self::WithdrawNote,
        Self::MoveNote,
        Self::MakeCluster,
        Self::AddToCluster,
        Self::NameCluster,
        Self::MoveCluster,
        Self::MergeClusters,
        Self::DissolveCluster,
        Self::CastDots,
        Self::SetPhase,
        Self::Reveal,
        Self::SetPrompt,
        Self::SetTimer,
        Self::StopTimer,
        Self::LockClusters,
        Self::SetPreModeration,
        Self::SetDoors,
        Self::PausePosting,
        Self::HoldNote,
        Self::ReleaseNotes,
        Self::EraseNote,
        Self::OpenRound,
        Self::CloseRound,
    ];
}

impl Command {
    /// The command's verb.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::PostNote { .. } => Verb::PostNote,
            Self::EditNote { .. } => Verb::EditNote,
            Self::WithdrawNote { .. } => Verb::WithdrawNote,
            Self::MoveNote { .. } => Verb::MoveNote,
            Self::MakeCluster { .. } => Verb::MakeCluster,
            Self::AddToCluster { .. } => Verb::AddToCluster,
            Self::NameCluster { .. } => Verb::NameCluster,
            Self::MoveCluster { .. } => Verb::MoveCluster,
            Self::MergeClusters { .. } => Verb::MergeClusters,
            Self::DissolveCluster { .. } => Verb::DissolveCluster,
            Self::CastDots { .. } => Verb::CastDots,
            Self::SetPhase { .. } => Verb::SetPhase,
            Self::Reveal { .. } => Verb::Reveal,
            Self::SetPrompt { .. } => Verb::SetPrompt,
            Self::SetTimer { .. } => Verb::SetTimer,
            Self::StopTimer { .. } => Verb::StopTimer,
            Self::LockClusters { .. } => Verb::LockClusters,
            Self::SetPreModeration { .. } => Verb::SetPreModeration,
            Self::SetDoors { .. } => Verb::SetDoors,
            Self::PausePosting { .. } => Verb::PausePosting,
            Self::HoldNote { .. } => Verb::HoldNote,
            Self::ReleaseNotes { .. } => Verb::ReleaseNotes,
            Self::EraseNote { .. } => Verb::EraseNote,
            Self::OpenRound { .. } => Verb::OpenRound,
            Self::CloseRound { .. } => Verb::CloseRound,
        }
    }

    /// The command with its texts trimmed, or which of its limits it breaks. The page calls this
    /// before sending, the server before deciding.
    pub fn checked(mut self) -> Result<Self, Denied> {
        match &mut self {
            Self::PostNote {
                content, confirmed, ..
            }
            | Self::EditNote {
                content, confirmed, ..
            } => {
                content.text = checked_text(&content.text, Blank::Refused, NOTE_CHARS)?;
                if !*confirmed && identifiers::has_nhs_number(&content.text) {
                    return Err(Denied::LooksLikeNhsNumber);
                }
            }
            Self::NameCluster { name: text, .. } | Self::OpenRound { question: text, .. } => {
                *text = checked_text(text, Blank::Allowed, CLUSTER_CHARS)?;
            }
            Self::SetPrompt { text, .. } => {
                *text = checked_text(text, Blank::Allowed, PROMPT_CHARS)?;
            }
            Self::MoveNote { to, .. } | Self::MoveCluster { to, .. } => check_point(*to)?,
            Self::SetTimer { seconds, .. } if *seconds == 0 || *seconds > TIMER_SECONDS => {
                return Err(Denied::OutOfRange {
                    limit: TIMER_SECONDS,
                });
            }
            Self::ReleaseNotes { notes } if notes.len() > RELEASE_NOTES => {
                return Err(Denied::Full {
                    limit: RELEASE_NOTES,
                });
            }
            Self::WithdrawNote { .. }
            | Self::MakeCluster { .. }
            | Self::AddToCluster { .. }
            | Self::MergeClusters { .. }
            | Self::DissolveCluster { .. }
            | Self::CastDots { .. }
            | Self::SetPhase { .. }
            | Self::Reveal { .. }
            | Self::SetTimer { .. }
            | Self::StopTimer { .. }
            | Self::LockClusters { .. }
            | Self::SetPreModeration { .. }
            | Self::SetDoors { .. }
            | Self::PausePosting { .. }
            | Self::HoldNote { .. }
            | Self::ReleaseNotes { .. }
            | Self::EraseNote { .. }
            | Self::CloseRound { .. } => {}
        }
        if let Self::OpenRound { budget, .. } = &self {
            budget.check()?;
        }
        Ok(self)
    }
}

/// Whether a text may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// It may.
    Allowed,
    /// It may not.
    Refused,
}

/// The text trimmed and without control characters other than line breaks, or why it is refused.
/// `limit` counts characters (Unicode scalar values).
pub fn checked_text(text: &str, blank: Blank, limit: usize) -> Result<String, Denied> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    let text = text.trim();
    if text.is_empty() && blank == Blank::Refused {
        return Err(Denied::Empty);
    }
    if text.chars().count() > limit {
        return Err(Denied::TooLong { limit });
    }
    Ok(text.to_owned())
}

/// Whether a place lies on the board.
pub fn check_point(point: Point) -> Result<(), Denied> {
    let inside = -FARTHEST..=FARTHEST;
    if inside.contains(&point.x) && inside.contains(&point.y) {
        Ok(())
    } else {
        Err(Denied::OutOfRange {
            limit: FARTHEST.unsigned_abs(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(text: &str) -> Command {
        let content = Content {
            category: 0,
            aspect: None,
            text: text.into(),
        };
        Command::PostNote {
            note: NoteId::from_bytes([1; 16]),
            content,
            confirmed: false,
        }
    }

    #[test]
    fn a_note_is_trimmed_and_loses_its_control_characters() {
        assert_eq!(
            post(" The letter\u{7} comes\nlate \n").checked(),
            Ok(post("The letter comes\nlate"))
        );
    }

    #[test]
    fn an_empty_note_and_one_over_the_limit_are_refused() {
        assert_eq!(post(" \n ").checked(), Err(Denied::Empty));
        assert!(post(&"é".repeat(NOTE_CHARS)).checked().is_ok());
        let limit = NOTE_CHARS;
        assert_eq!(
            post(&"é".repeat(limit + 1)).checked(),
            Err(Denied::TooLong { limit })
        );
    }

    #[test]
    fn an_nhs_number_is_refused_unless_the_author_says_it_is_none() {
        let text = "Look up 999 123 4608 on the shared record";
        assert_eq!(post(text).checked(), Err(Denied::LooksLikeNhsNumber));
        let Command::PostNote { note, content, .. } = post(text) else {
            unreachable!()
        };
        let confirmed = Command::PostNote {
            note,
            content,
            confirmed: true,
        };
        assert!(confirmed.checked().is_ok());
        // Everything else is for the author to decide.
        assert!(post("Ring 01632 960844").checked().is_ok());
    }

    #[test]
    fn commands_are_written_as_the_design_shows_them() {
        let json = serde_json::to_value(post("Hello")).unwrap();
        assert_eq!(json["post_note"]["content"]["text"], "Hello");
    }

    #[test]
    fn a_command_with_an_unknown_field_is_refused() {
        let json = r#"{"withdraw_note":{"note":"AAAAAAAAAAAAAAAAAAAAAA","author":"me"}}"#;
        assert!(serde_json::from_str::<Command>(json).is_err());
    }
}
