//! What people say to each other's notes, and what they are asked.

use candour_shared::agenda::Step as AgendaStep;
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::ids::{CommitmentId, NoteId, PulseId, StepId};
use candour_shared::phase::Phase;
use candour_shared::pulse::SCALE;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;

use super::super::script::{Person, Step};
use super::Draft;

impl Draft<'_> {
    /// Replies come and go; facilitators write down what comes of it.
    pub(super) fn discuss(&mut self) {
        match self.random.random_range(0..20) {
            0..8 => self.reply(),
            8..11 => self.edit(),
            11..13 => self.withdraw(),
            13 => self.reveal(),
            14..17 => self.commit(),
            _ => self.remark(),
        }
    }

    fn reply(&mut self) {
        let Some(by) = self.writer() else { return };
        let note = NoteId::from_bytes(self.random.random());
        let to = self.item();
        let text = "So it is. ".repeat(self.random.random_range(1..=9));
        let text = format!("{text}{}", self.random.random::<u32>());
        self.notes.push((note, by));
        self.does(by, Command::post_reply(note, to, text));
    }

    /// Somebody says *same here*, mostly to what is somebody else's.
    pub(super) fn agree(&mut self) {
        let Some(by) = self.writer() else { return };
        let note = self.note();
        let on = self.random.random_bool(0.8);
        self.does(by, Command::SameHere { note, on });
    }

    pub(super) fn flag(&mut self) {
        let Some(by) = self.writer() else { return };
        let note = self.note();
        self.does(by, Command::FlagNote { note });
    }

    /// A pulse is opened, answered or closed.
    pub(super) fn pulse(&mut self) {
        let Some(pulse) = self.pulse else {
            if self.phase == Phase::Closed {
                return;
            }
            let pulse = PulseId::from_bytes(self.random.random());
            self.pulse = Some(pulse);
            let question = "How safe is it to be candid here?".to_owned();
            return self.moderator(Command::OpenPulse { pulse, question });
        };
        if self.random.random_bool(0.1) {
            self.pulse = None;
            return self.moderator(Command::ClosePulse { pulse });
        }
        for _ in 0..3 {
            let Some(by) = self.writer() else { return };
            let answer = self.random.random_range(1..=SCALE);
            self.does(by, Command::AnswerPulse { pulse, answer });
        }
    }

    pub(super) fn say_ready(&mut self) {
        let people: Vec<Person> = self.people.all().collect();
        if let Some(person) = self.here(&people) {
            let ready = self.random.random_bool(0.8);
            self.steps.push(Step::Ready(person, ready));
        }
    }

    fn commit(&mut self) {
        let known = self.commitments.choose(self.random).copied();
        let commitment = match known {
            Some(commitment) if self.random.random_bool(0.5) => {
                return self.moderator(Command::RemoveCommitment { commitment });
            }
            Some(commitment) if self.random.random() => commitment,
            Some(_) | None => CommitmentId::from_bytes(self.random.random()),
        };
        self.commitments.push(commitment);
        let content = Commitment::new(format!("Letter {}", self.random.random::<u8>()))
            .by(Some(self.random.random_range(0..3)))
            .until("by March");
        self.moderator(Command::PutCommitment {
            commitment,
            content,
        });
    }

    fn remark(&mut self) {
        let on = self.random.random_bool(0.8).then(|| self.item());
        let text = format!("Remark {}", self.random.random::<u8>());
        self.moderator(Command::SetRemark { on, text });
    }

    pub(super) fn spotlight(&mut self) -> Command {
        let on = self.random.random_bool(0.8).then(|| self.item());
        Command::SetSpotlight { on }
    }

    pub(super) fn change_agenda(&mut self) -> Command {
        if !self.agenda.is_empty() && self.random.random_bool(0.5) {
            let (step, _) = self.agenda.remove(0);
            self.stay_in_agenda();
            return Command::RemoveStep { step };
        }
        let step = StepId::from_bytes(self.random.random());
        let phase = *Phase::ALL.choose(self.random).unwrap_or(&self.phase);
        let before =
            (!self.agenda.is_empty()).then(|| self.random.random_range(0..self.agenda.len()));
        let after = before.map(|before| self.agenda[before].0);
        self.agenda
            .insert(before.map_or(0, |before| before + 1), (step, phase));
        self.stay_in_agenda();
        let content = AgendaStep {
            phase,
            title: format!("Step {}", self.random.random::<u8>()),
            prompt: format!("Question {}", self.random.random::<u8>()),
            minutes: 5,
            pulse: false,
        };
        Command::PutStep {
            step,
            after,
            content,
        }
    }

    /// To another step of the phase, if the agenda has it.
    pub(super) fn change_step(&mut self) -> Command {
        let chosen = self.agenda.choose(self.random).copied();
        let from_step = self.here;
        if let Some((step, phase)) = chosen
            && phase == self.phase
        {
            self.here = Some(step);
        }
        Command::SetPhase {
            from: self.phase,
            from_step,
            to: self.phase,
            step: chosen.map(|(step, _)| step),
        }
    }

    /// As the board does: the workshop is at a step of its phase, if there is one.
    pub(super) fn stay_in_agenda(&mut self) {
        let here = (self.here, self.phase);
        let mut steps = self.agenda.iter();
        if !steps.any(|(step, phase)| (Some(*step), *phase) == here) {
            let mut steps = self.agenda.iter();
            let first = steps.find(|(_, phase)| *phase == self.phase);
            self.here = first.map(|(step, _)| *step);
        }
    }
}
