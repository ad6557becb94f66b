//! Whether a command keeps its limits.

use super::{Command, MOVES, RELEASE_NOTES, TIMER_SECONDS};
use crate::checks::{Blank, CLUSTER_CHARS, PROMPT_CHARS, REMARK_CHARS, checked_text};
use crate::denied::Denied;
use crate::note::checked_reply;
use crate::pulse::SCALE;
use crate::voting::MAX_AMONG;

impl Command {
    /// The command with its texts trimmed, or which of its limits it breaks. The page calls this
    /// before sending, the server before deciding.
    pub fn checked(mut self) -> Result<Self, Denied> {
        match &mut self {
            Self::PostNote {
                content, confirmed, ..
            }
            | Self::EditNote {
                content, confirmed, ..
            } => *content = content.clone().checked(*confirmed)?,
            Self::PostReply {
                text, confirmed, ..
            } => *text = checked_reply(text, *confirmed)?,
            Self::NameCluster { name: text, .. } | Self::OpenRound { question: text, .. } => {
                *text = checked_text(text, Blank::Allowed, CLUSTER_CHARS)?;
            }
            Self::SetRemark { text, .. } => {
                *text = checked_text(text, Blank::Allowed, REMARK_CHARS)?;
            }
            Self::OpenPulse { question, .. } => {
                *question = checked_text(question, Blank::Refused, PROMPT_CHARS)?;
            }
            Self::PutStep { content, .. } => *content = content.clone().checked()?,
            Self::PutCommitment { content, .. } => *content = content.clone().checked()?,
            Self::Move { moves } => {
                if moves.len() > MOVES {
                    return Err(Denied::Full { limit: MOVES });
                }
                moves.iter().try_for_each(|one| one.to.check())?;
            }
            Self::AnswerPulse { answer, .. } if !(1..=SCALE).contains(answer) => {
                return Err(Denied::OutOfRange {
                    limit: SCALE.into(),
                });
            }
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
            | Self::SameHere { .. }
            | Self::FlagNote { .. }
            | Self::MakeCluster { .. }
            | Self::AddToCluster { .. }
            | Self::MergeClusters { .. }
            | Self::DissolveCluster { .. }
            | Self::CastDots { .. }
            | Self::AnswerPulse { .. }
            | Self::SetPhase { .. }
            | Self::Reveal { .. }
            | Self::RemoveStep { .. }
            | Self::SetSpotlight { .. }
            | Self::SetTimer { .. }
            | Self::StopTimer { .. }
            | Self::LockClusters { .. }
            | Self::SetPreModeration { .. }
            | Self::SetDoors { .. }
            | Self::PausePosting { .. }
            | Self::HoldNote { .. }
            | Self::ReleaseNotes { .. }
            | Self::EraseNote { .. }
            | Self::SettleFlag { .. }
            | Self::ClosePulse { .. }
            | Self::RemoveCommitment { .. }
            | Self::CloseRound { .. } => {}
        }
        if let Self::OpenRound { budget, among, .. } = &self {
            budget.check()?;
            if among.len() > MAX_AMONG {
                return Err(Denied::Full { limit: MAX_AMONG });
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::NOTE_CHARS;
    use crate::ids::NoteId;
    use crate::note::Content;

    fn post(text: &str) -> Command {
        let content = Content::new(0, text);
        Command::post_note(NoteId::from_bytes([1; 16]), content)
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
