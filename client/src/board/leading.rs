//! The verbs of those who lead a workshop.

use candour_shared::agenda::Step;
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::denied::Denied;
use candour_shared::ids::{CommitmentId, Item, PulseId, StepId, TimerId};
use candour_shared::phase::Phase;
use candour_shared::policy::Clusters;
use candour_shared::protocol::MyPulse;

use super::{Board, Tone};
use crate::text::language;

/// Running the board.
impl Board {
    /// Moves the board to another phase.
    pub fn set_phase(self, to: Phase) {
        self.move_to(to, None);
    }

    /// Moves the board to a step of the agenda, and to its phase.
    pub fn go_to_step(self, step: StepId) {
        let to = self.agenda.with_untracked(|agenda| {
            let mut steps = agenda.iter();
            steps
                .find(|(id, _)| *id == step)
                .map(|(_, step)| step.phase)
        });
        match to {
            Some(to) => self.move_to(to, Some(step)),
            None => self.tell(Tone::Problem, Denied::NoSuchStep.words(language())),
        }
    }

    fn move_to(self, to: Phase, step: Option<StepId>) {
        self.ask(Command::SetPhase {
            from: self.phase.get_untracked(),
            from_step: self.step.get_untracked(),
            to,
            step,
        });
    }

    /// Adds a step to the agenda, after another one or at its beginning.
    pub fn add_step(self, after: Option<StepId>, content: Step) -> Result<(), Denied> {
        let Some(bytes) = self.fresh_id() else {
            return Ok(());
        };
        let step = StepId::from_bytes(bytes);
        self.put_step(step, after, content)
    }

    /// Changes a step of the agenda, or moves it.
    pub fn put_step(
        self,
        step: StepId,
        after: Option<StepId>,
        content: Step,
    ) -> Result<(), Denied> {
        self.give(Command::PutStep {
            step,
            after,
            content,
        })
    }

    /// Takes a step from the agenda.
    pub fn remove_step(self, step: StepId) {
        self.ask(Command::RemoveStep { step });
    }

    /// Brings everybody to a thing; nothing ends that.
    pub fn set_spotlight(self, on: Option<Item>) {
        self.ask(Command::SetSpotlight { on });
    }

    /// Asks everybody something that they answer on a scale.
    pub fn open_pulse(self, question: String) -> Result<(), Denied> {
        let Some(bytes) = self.fresh_id() else {
            return Ok(());
        };
        let pulse = PulseId::from_bytes(bytes);
        self.give(Command::OpenPulse { pulse, question })
    }

    /// Closes the open pulse.
    pub fn close_pulse(self) {
        match self.my_pulse.get_untracked() {
            Some(MyPulse { pulse, .. }) => self.ask(Command::ClosePulse { pulse }),
            None => self.tell(Tone::Problem, Denied::PulseClosed.words(language())),
        }
    }

    /// Writes down something that was agreed.
    pub fn add_commitment(self, content: Commitment) -> Result<(), Denied> {
        let Some(bytes) = self.fresh_id() else {
            return Ok(());
        };
        self.put_commitment(CommitmentId::from_bytes(bytes), content)
    }

    /// Changes what was written down as agreed.
    pub fn put_commitment(
        self,
        commitment: CommitmentId,
        content: Commitment,
    ) -> Result<(), Denied> {
        self.give(Command::PutCommitment {
            commitment,
            content,
        })
    }

    /// Takes back what was written down as agreed.
    pub fn remove_commitment(self, commitment: CommitmentId) {
        self.ask(Command::RemoveCommitment { commitment });
    }

    /// Writes down what was said about a thing, or about the whole board; an empty text takes it away.
    pub fn set_remark(self, on: Option<Item>, text: String) -> Result<(), Denied> {
        self.give(Command::SetRemark { on, text })
    }

    pub(super) fn step_title(self, step: StepId) -> Option<String> {
        self.agenda.with_untracked(|agenda| {
            let mut steps = agenda.iter();
            steps
                .find(|(id, _)| *id == step)
                .map(|(_, step)| step.title.clone())
        })
    }

    /// Releases all waiting notes at once.
    pub fn reveal(self) {
        let number = self.reveals.get_untracked() + 1;
        self.ask(Command::Reveal { number });
    }

    /// Starts a timer.
    pub fn start_timer(self, seconds: u32) {
        if let Some(bytes) = self.fresh_id() {
            let timer = TimerId::from_bytes(bytes);
            self.ask(Command::SetTimer { timer, seconds });
        }
    }

    /// Gives the running timer more seconds.
    pub fn extend_timer(self, more: u32) {
        if let Some(running) = self.timer.get_untracked() {
            let seconds = running.seconds.saturating_add(more);
            let timer = running.timer;
            self.ask(Command::SetTimer { timer, seconds });
        }
    }

    /// Stops the timer.
    pub fn stop_timer(self) {
        if let Some(running) = self.timer.get_untracked() {
            let timer = running.timer;
            self.ask(Command::StopTimer { timer });
        }
    }

    /// Locks the clusters for participants, or unlocks them.
    pub fn set_clusters(self, clusters: Clusters) {
        let locked = clusters == Clusters::Locked;
        self.ask(Command::LockClusters { locked });
    }

    /// Lets nobody new join as a participant.
    pub fn close_doors(self) {
        self.ask(Command::SetDoors { closed: true });
    }

    /// Lets people join again.
    pub fn open_doors(self) {
        self.ask(Command::SetDoors { closed: false });
    }

    /// Lets nobody write for now.
    pub fn pause_posting(self) {
        self.ask(Command::PausePosting { paused: true });
    }

    /// Lets people write again.
    pub fn resume_posting(self) {
        self.ask(Command::PausePosting { paused: false });
    }

    /// Has released notes pass the facilitators first.
    pub fn start_pre_moderation(self) {
        self.ask(Command::SetPreModeration { on: true });
    }

    /// Lets released notes go straight to the board.
    pub fn stop_pre_moderation(self) {
        self.ask(Command::SetPreModeration { on: false });
    }
}
