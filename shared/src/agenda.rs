//! The agenda of a workshop: its steps, in their order. Each step belongs to a phase, and a phase can have
//! several steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checks::{Blank, CLUSTER_CHARS, PROMPT_CHARS, checked_text};
use crate::denied::Denied;
use crate::ids::StepId;
use crate::phase::Phase;

/// Most steps of one agenda.
pub const MAX_STEPS: usize = 40;
/// Longest step, in minutes.
pub const STEP_MINUTES: u16 = 240;

/// A step of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The phase the board is in meanwhile.
    pub phase: Phase,
    /// What it is called, 1 to [`CLUSTER_CHARS`] characters.
    pub title: String,
    /// What people are asked, one question a line; at most [`PROMPT_CHARS`] characters, may be empty.
    #[serde(default)]
    pub prompt: String,
    /// How long it is meant to take, at most [`STEP_MINUTES`]; 0 if that is open.
    #[serde(default)]
    pub minutes: u16,
    /// Whether people are asked to answer the prompt on a scale: see [`crate::pulse`].
    #[serde(default)]
    pub pulse: bool,
}

impl Step {
    /// A step of this title without prompt and pulse, which takes as long as it takes. Nothing is checked: see
    /// [`Self::checked`].
    #[must_use]
    pub fn new(phase: Phase, title: impl Into<String>) -> Self {
        Self {
            phase,
            title: title.into(),
            prompt: String::new(),
            minutes: 0,
            pulse: false,
        }
    }

    /// The same, in which people are asked this, one question a line.
    #[must_use]
    pub fn asking(self, prompt: impl Into<String>) -> Self {
        Self {
            prompt: prompt.into(),
            ..self
        }
    }

    /// The same, meant to take so many minutes; 0 if that is open.
    #[must_use]
    pub fn lasting(self, minutes: u16) -> Self {
        Self { minutes, ..self }
    }

    /// The same, in which people answer the prompt on a scale.
    #[must_use]
    pub fn on_a_scale(self) -> Self {
        Self {
            pulse: true,
            ..self
        }
    }

    /// The step with its texts trimmed, or what is wrong with it.
    pub fn checked(mut self) -> Result<Self, Denied> {
        self.title = checked_text(&self.title, Blank::Refused, CLUSTER_CHARS)?;
        self.prompt = checked_text(&self.prompt, Blank::Allowed, PROMPT_CHARS)?;
        if self.minutes > STEP_MINUTES {
            return Err(Denied::OutOfRange {
                limit: STEP_MINUTES.into(),
            });
        }
        Ok(self)
    }
}

/// The steps of a workshop, in their order.
pub type Agenda = Vec<(StepId, Step)>;

/// The first step of a phase, if it has any.
#[must_use]
pub fn first_step(agenda: &Agenda, phase: Phase) -> Option<StepId> {
    let mut steps = agenda.iter();
    steps
        .find(|(_, step)| step.phase == phase)
        .map(|(id, _)| *id)
}
