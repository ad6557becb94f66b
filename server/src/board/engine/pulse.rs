//! The pulse: answers under tags that only who gave them can recompute, so that an answer can be changed
//! and each participant's last answer is the one that counts.
//!
//! `tag = HMAC(pepper of the pulse, HKDF(token, "pulse" ‖ board ‖ pulse))`, as for ballots.

use candour_shared::denied::Denied;
use candour_shared::ids::{BoardId, PulseId};
use candour_shared::protocol::MyPulse;
use candour_shared::pulse::{self, Pulse};

use super::request::{Identity, Mine, Outcome};
use super::transaction::Transaction;
use super::vault::Answers;
use super::vault::change::VaultChange;
use crate::keys::{PersonalKey, Salt, Secret, ServerKey, Tag};

/// Most pulses of one board.
const MAX_PULSES: usize = 20;

impl Answers {
    /// One's own answer to the open pulse.
    pub(super) fn mine(&self, key: &ServerKey, board: BoardId, token: &Secret) -> MyPulse {
        MyPulse {
            pulse: self.pulse,
            answer: self.given.get(&self.tag(key, board, token)).copied(),
        }
    }

    fn tag(&self, key: &ServerKey, board: BoardId, token: &Secret) -> Tag {
        let personal = PersonalKey::pulse(token, board, self.pulse.as_bytes());
        key.pepper(board, &self.salt).tag(&personal, &[])
    }
}

impl Transaction<'_> {
    pub(super) fn open_pulse(&mut self, id: PulseId, question: &str) -> Outcome {
        if self.wall.pulse(id).is_some() {
            return Ok(Mine::Same);
        }
        let pulses = self.wall.pulses();
        if pulses.iter().any(|(_, pulse)| pulse.outcome.is_none()) {
            return Err(Denied::PulseOpen);
        }
        if pulses.len() >= MAX_PULSES {
            return Err(Denied::Full { limit: MAX_PULSES });
        }
        let number = pulses.last().map_or(0, |(_, pulse)| pulse.number) + 1;
        let question = question.to_owned();
        self.wall.put_pulse(
            id,
            &Pulse {
                number,
                question,
                outcome: None,
            },
        );
        let salt = Salt::random(self.rng);
        self.note_in_vault(VaultChange::PulseOpened(id, salt));
        Ok(Mine::OfEveryone)
    }

    pub(super) fn answer_pulse(
        &mut self,
        identity: &Identity,
        pulse: PulseId,
        answer: u8,
    ) -> Outcome {
        let Some(answers) = self
            .vault
            .answers
            .as_ref()
            .filter(|open| open.pulse == pulse)
        else {
            return Err(Denied::PulseClosed);
        };
        let tag = answers.tag(self.key, self.board, &identity.token);
        if answers.given.get(&tag) == Some(&answer) {
            return Ok(Mine::Same);
        }
        self.note_in_vault(VaultChange::Answered(tag, answer));
        Ok(Mine::OfAsker)
    }

    pub(super) fn close_pulse(&mut self, id: PulseId) -> Outcome {
        let pulse = self.wall.pulse(id).ok_or(Denied::PulseClosed)?;
        if pulse.outcome.is_some() {
            return Ok(Mine::Same);
        }
        let given = self
            .vault
            .answers
            .iter()
            .flat_map(|open| open.given.values());
        let outcome = pulse::Outcome::of(given.copied(), self.settings.privacy.min_group);
        self.wall.put_pulse(
            id,
            &Pulse {
                outcome: Some(outcome),
                ..pulse
            },
        );
        self.note_in_vault(VaultChange::PulseClosed);
        self.seal = true;
        Ok(Mine::OfEveryone)
    }

    /// Closes the open pulse, if there is one: the workshop moves on.
    pub(super) fn close_open_pulse(&mut self) -> Result<(), Denied> {
        if let Some((open, _)) = self.wall.open_pulse() {
            self.close_pulse(open)?;
        }
        Ok(())
    }
}
