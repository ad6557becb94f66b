//! Phases, and what hangs on them: prompts, timer, locks, the reveal and the seal.

use candour_shared::denied::Denied;
use candour_shared::ids::TimerId;
use candour_shared::phase::Phase;
use candour_shared::wall::Timer;

use super::heart::{Done, Mine, Scene};
use super::vault::VaultChange;
use crate::keys::Salt;

impl Scene<'_> {
    pub(super) fn set_phase(&mut self, from: Phase, to: Phase) -> Done {
        let phase = self.wall.phase();
        if phase == to {
            return Ok(Mine::Same);
        }
        if phase != from {
            return Err(Denied::PhaseMoved { phase });
        }
        if !phase.can_move_to(to) {
            return Err(Denied::IllegalMove);
        }
        match phase {
            Phase::Write => {
                self.reveal(self.wall.reveals() + 1)?;
                self.note_in_vault(VaultChange::WritingSealed);
                self.seal = true;
            }
            Phase::Vote => {
                if let Some((open, _)) = self.wall.open_round() {
                    self.close_round(open)?;
                }
            }
            Phase::Lobby | Phase::Cluster | Phase::Discuss | Phase::Closed => {}
        }
        if to == Phase::Write {
            let salt = Salt::random(self.rng);
            self.note_in_vault(VaultChange::WritingOpened(salt));
        }
        if let Some(timer) = self.wall.timer() {
            self.wall.set_timer(Timer {
                stopped: true,
                ..timer
            });
        }
        // Everyone may know what facilitators did, but not from a count that moves when a note is held.
        let ledger = self.backstage.ledger();
        self.wall.set_ledger(&ledger);
        self.wall.set_phase(to);
        Ok(Mine::OfEveryone)
    }

    pub(super) fn reveal(&mut self, number: u32) -> Done {
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

    pub(super) fn set_prompt(&mut self, phase: Phase, text: &str) -> Done {
        self.wall.set_prompt(phase, text);
        Ok(Mine::Same)
    }

    pub(super) fn set_timer(&mut self, timer: TimerId, seconds: u32) -> Done {
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

    pub(super) fn stop_timer(&mut self, timer: TimerId) -> Done {
        if let Some(running) = self.wall.timer().filter(|running| running.timer == timer) {
            self.wall.set_timer(Timer {
                stopped: true,
                ..running
            });
        }
        Ok(Mine::Same)
    }

    pub(super) fn lock_clusters(&mut self, locked: bool) -> Done {
        self.wall.set_clusters_locked(locked);
        Ok(Mine::Same)
    }

    pub(super) fn set_pre_moderation(&mut self, on: bool) -> Done {
        self.wall.set_pre_moderation(on);
        Ok(Mine::Same)
    }

    pub(super) fn pause_posting(&mut self, paused: bool) -> Done {
        self.wall.set_posting_paused(paused);
        Ok(Mine::Same)
    }
}
