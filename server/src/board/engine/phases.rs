//! Phases and steps, and what hangs on them: timer, locks, the reveal and the seal.

use candour_shared::agenda::first_step;
use candour_shared::denied::Denied;
use candour_shared::ids::{StepId, TimerId};
use candour_shared::phase::Phase;
use candour_shared::wall::Timer;

use super::request::{Mine, Outcome};
use super::transaction::Transaction;
use super::vault::change::VaultChange;
use crate::keys::Salt;

impl Transaction<'_> {
    /// Moves the workshop from where its sender saw it to another phase or step.
    pub(super) fn set_phase(
        &mut self,
        (from, from_step): (Phase, Option<StepId>),
        to: Phase,
        step: Option<StepId>,
    ) -> Outcome {
        let phase = self.wall.phase();
        let agenda = self.wall.agenda();
        let asked = step;
        let step = match asked {
            None => first_step(&agenda, to),
            Some(id) => {
                let is_of_phase = agenda
                    .iter()
                    .any(|(step, it)| *step == id && it.phase == to);
                Some(is_of_phase.then_some(id).ok_or(Denied::NoSuchStep)?)
            }
        };
        if phase == to {
            // A late repeat of the move that led here must not take the workshop back to its first step.
            if from == to && asked.is_some() && step != self.wall.step() {
                if from_step != self.wall.step() {
                    return Err(Denied::PhaseMoved { phase });
                }
                self.move_on()?;
                self.wall.set_step(step);
                return Ok(Mine::OfEveryone);
            }
            return Ok(Mine::Same);
        }
        if phase != from {
            return Err(Denied::PhaseMoved { phase });
        }
        if !phase.can_move_to(to) {
            return Err(Denied::IllegalMove);
        }
        match phase {
            Phase::Write | Phase::Discuss => {
                self.reveal(self.wall.reveals() + 1)?;
                self.note_in_vault(VaultChange::WritingSealed);
                self.seal = true;
            }
            Phase::Vote => {
                if let Some((open, _)) = self.wall.open_round() {
                    self.close_round(open)?;
                }
            }
            Phase::Lobby | Phase::Cluster | Phase::Closed => {}
        }
        if matches!(to, Phase::Write | Phase::Discuss) {
            let salt = Salt::random(self.rng);
            self.note_in_vault(VaultChange::WritingOpened(salt));
        }
        self.move_on()?;
        self.wall.set_spotlight(None);
        // Everyone may know what facilitators did, but not from a count that moves when a note is held.
        let ledger = self.backstage.ledger();
        self.wall.set_ledger(&ledger);
        self.wall.set_phase(to);
        self.wall.set_step(step);
        Ok(Mine::OfEveryone)
    }

    /// Ends what belongs to the step that is left.
    fn move_on(&mut self) -> Result<(), Denied> {
        if let Some(timer) = self.wall.timer() {
            self.wall.set_timer(Timer {
                stopped: true,
                ..timer
            });
        }
        self.close_open_pulse()
    }

    pub(super) fn reveal(&mut self, number: u32) -> Outcome {
        let reveals = self.wall.reveals();
        if number <= reveals {
            return Ok(Mine::Same);
        }
        if number > reveals + 1 {
            return Err(Denied::OutOfRange { limit: reveals + 1 });
        }
        self.wall.set_reveals(number);
        self.release_all_waiting();
        Ok(Mine::OfEveryone)
    }

    pub(super) fn set_timer(&mut self, timer: TimerId, seconds: u32) -> Outcome {
        match self.wall.timer().filter(|running| running.timer == timer) {
            // A late repeat must not wake a timer that was stopped meanwhile.
            Some(Timer { stopped: true, .. }) => {}
            Some(running) => self.wall.set_timer(Timer { seconds, ..running }),
            None => {
                let started = self.now;
                self.wall.set_timer(Timer {
                    timer,
                    started,
                    seconds,
                    stopped: false,
                });
            }
        }
        Ok(Mine::Same)
    }

    pub(super) fn stop_timer(&mut self, timer: TimerId) -> Outcome {
        if let Some(running) = self.wall.timer().filter(|running| running.timer == timer) {
            self.wall.set_timer(Timer {
                stopped: true,
                ..running
            });
        }
        Ok(Mine::Same)
    }

    pub(super) fn lock_clusters(&mut self, locked: bool) -> Outcome {
        self.wall.set_clusters_locked(locked);
        Ok(Mine::Same)
    }

    pub(super) fn set_pre_moderation(&mut self, on: bool) -> Outcome {
        self.wall.set_pre_moderation(on);
        Ok(Mine::Same)
    }

    pub(super) fn pause_posting(&mut self, paused: bool) -> Outcome {
        self.wall.set_posting_paused(paused);
        Ok(Mine::Same)
    }
}
