//! The agenda: where the workshop is, and what comes next.

use candour_shared::agenda::Agenda;
use candour_shared::ids::StepId;
use candour_shared::phase::Phase;

use crate::text::{agenda as text, language};

/// A place a workshop can be at: a step of the agenda, or a phase for which it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopView {
    /// The step; nothing for a phase without one.
    pub step: Option<StepId>,
    /// The phase.
    pub phase: Phase,
    /// What it is called.
    pub title: String,
    /// How long it is meant to take; 0 if that is open.
    pub minutes: u16,
    /// Where it stands.
    pub when: When,
    /// Whether the board can be moved there.
    pub open: bool,
}

/// Where a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The workshop has passed it, or never needed it.
    Before,
    /// The workshop is at it.
    Here,
    /// Later.
    After,
}

impl StopView {
    /// "12 min"; nothing if that is open.
    #[must_use]
    pub fn length(&self) -> Option<String> {
        (self.minutes > 0).then(|| text::minutes(self.minutes))
    }

    /// "Silent sort, 12 min".
    #[must_use]
    pub fn words(&self) -> String {
        match self.length() {
            Some(length) => format!("{}, {length}", self.title),
            None => self.title.clone(),
        }
    }
}

/// Every place of the workshop, in its order: the steps, and the phases without any where they belong.
#[must_use]
pub fn stops(agenda: &Agenda, phase: Phase, step: Option<StepId>) -> Vec<StopView> {
    let mut stops: Vec<StopView> = agenda
        .iter()
        .map(|(id, step)| StopView {
            step: Some(*id),
            phase: step.phase,
            title: step.title.clone(),
            minutes: step.minutes,
            when: When::After,
            open: phase == step.phase || phase.can_move_to(step.phase),
        })
        .collect();
    for missing in Phase::ALL {
        if agenda.iter().any(|(_, step)| step.phase == missing) {
            continue;
        }
        let before = stops.iter().rposition(|stop| stop.phase < missing);
        let stop = StopView {
            step: None,
            phase: missing,
            title: missing.name(language()).to_owned(),
            minutes: 0,
            when: When::After,
            open: phase == missing || phase.can_move_to(missing),
        };
        stops.insert(before.map_or(0, |before| before + 1), stop);
    }
    let is_here = |stop: &StopView| stop.phase == phase && stop.step == step;
    let here = stops.iter().position(is_here);
    for (index, stop) in stops.iter_mut().enumerate() {
        stop.when = match here {
            Some(here) if index < here => When::Before,
            Some(here) if index == here => When::Here,
            Some(_) | None => When::After,
        };
    }
    stops
}

/// The place after the present one, if the workshop goes on.
#[must_use]
pub fn next(stops: &[StopView]) -> Option<&StopView> {
    let here = stops.iter().position(|stop| stop.when == When::Here)?;
    stops[here + 1..].iter().find(|stop| stop.open)
}

/// After which step another one comes that is moved so many places later, or earlier if the number is
/// negative; nothing if it can't be moved there.
#[must_use]
pub fn moved(agenda: &Agenda, step: StepId, by: isize) -> Option<Option<StepId>> {
    let at = agenda.iter().position(|(id, _)| *id == step)?;
    let to = at.checked_add_signed(by)?;
    if to >= agenda.len() {
        return None;
    }
    let mut others = agenda.iter().map(|(id, _)| *id).filter(|id| *id != step);
    Some(to.checked_sub(1).and_then(|before| others.nth(before)))
}

#[cfg(test)]
mod tests {
    use candour_shared::agenda::Step;

    use super::*;

    fn id(n: u8) -> StepId {
        StepId::from_bytes([n; 16])
    }

    fn agenda(phases: &[Phase]) -> Agenda {
        let step = |(index, phase): (usize, &Phase)| {
            let number = index as u8 + 1;
            let step = Step::new(*phase, format!("Step {number}")).lasting(5);
            (id(number), step)
        };
        phases.iter().enumerate().map(step).collect()
    }

    #[test]
    fn phases_without_a_step_stand_where_they_belong() {
        let agenda = agenda(&[Phase::Write, Phase::Write, Phase::Discuss]);
        let stops = stops(&agenda, Phase::Write, Some(id(2)));
        let titles: Vec<&str> = stops.iter().map(|stop| stop.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Lobby", "Step 1", "Step 2", "Group", "Vote", "Step 3", "Closed"
            ]
        );
        assert_eq!(stops[1].when, When::Before);
        assert_eq!(stops[2].when, When::Here);
        assert_eq!(next(&stops).unwrap().title, "Group");
        assert!(!stops[0].open && stops[1].open);
    }

    #[test]
    fn a_workshop_goes_back_to_a_vote_where_its_agenda_says_so() {
        let agenda = agenda(&[Phase::Vote, Phase::Discuss, Phase::Vote, Phase::Discuss]);
        let stops = stops(&agenda, Phase::Discuss, Some(id(2)));
        assert_eq!(next(&stops).unwrap().step, Some(id(3)));
    }

    #[test]
    fn a_step_moves_one_place_and_not_over_the_ends() {
        let agenda = agenda(&[Phase::Write, Phase::Write, Phase::Write]);
        assert_eq!(moved(&agenda, id(1), 1), Some(Some(id(2))));
        assert_eq!(moved(&agenda, id(2), -1), Some(None));
        assert_eq!(moved(&agenda, id(3), -1), Some(Some(id(1))));
        assert_eq!(moved(&agenda, id(1), -1), None);
        assert_eq!(moved(&agenda, id(3), 1), None);
    }
}
