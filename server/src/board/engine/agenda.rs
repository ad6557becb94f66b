//! The agenda, and where in it the workshop is.

use candour_shared::agenda::{MAX_STEPS, Step, first_step};
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, StepId};

use super::request::{Mine, Outcome};
use super::transaction::Transaction;

impl Transaction<'_> {
    pub(super) fn put_step(
        &mut self,
        id: StepId,
        after: Option<StepId>,
        content: &Step,
    ) -> Outcome {
        let mut agenda = self.wall.agenda();
        let known = agenda.iter().any(|(step, _)| *step == id);
        if !known && agenda.len() >= MAX_STEPS {
            return Err(Denied::Full { limit: MAX_STEPS });
        }
        agenda.retain(|(step, _)| *step != id);
        let place = match after {
            None => 0,
            Some(after) => {
                let before = agenda.iter().position(|(step, _)| *step == after);
                before.ok_or(Denied::NoSuchStep)? + 1
            }
        };
        agenda.insert(place, (id, content.clone()));
        self.wall.set_agenda(&agenda);
        self.stay_in_agenda();
        Ok(Mine::Same)
    }

    pub(super) fn remove_step(&mut self, id: StepId) -> Outcome {
        let mut agenda = self.wall.agenda();
        agenda.retain(|(step, _)| *step != id);
        self.wall.set_agenda(&agenda);
        self.stay_in_agenda();
        Ok(Mine::Same)
    }

    /// The step where the workshop is must be one of its phase.
    fn stay_in_agenda(&mut self) {
        let (agenda, phase, here) = (self.wall.agenda(), self.wall.phase(), self.wall.step());
        let stays = |(id, step): &(StepId, Step)| Some(*id) == here && step.phase == phase;
        if !agenda.iter().any(stays) {
            self.wall.set_step(first_step(&agenda, phase));
        }
    }

    pub(super) fn set_spotlight(&mut self, on: Option<Item>) -> Outcome {
        if let Some(item) = on {
            self.check_there(item)?;
        }
        self.wall.set_spotlight(on);
        Ok(Mine::Same)
    }

    /// Whether a thing is on the board and no reply.
    pub(super) fn check_there(&self, item: Item) -> Result<(), Denied> {
        match item {
            _ if self.wall.is_there(item) => Ok(()),
            Item::Note(_) => Err(Denied::NoSuchNote),
            Item::Cluster(_) => Err(Denied::NoSuchCluster),
        }
    }
}
