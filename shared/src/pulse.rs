//! The pulse: one question that every participant answers for themselves on a scale, as "how safe is it to be candid
//! here?". What came out is shown only if enough people answered.

use serde::{Deserialize, Serialize};

/// The highest answer; the lowest is 1.
pub const SCALE: u8 = 5;

/// A pulse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulse {
    /// 1 for the board's first.
    pub number: u32,
    /// What people are asked.
    pub question: String,
    /// Nothing while it is open; then what came out.
    pub outcome: Option<Outcome>,
}

/// What came out of a pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Fewer people answered than the board's `min_group`: then nothing is told, not even how many.
    TooFew,
    /// How many gave each answer, the lowest first.
    Counted([u32; SCALE as usize]),
}

impl Outcome {
    /// What these answers come to on a board with this `min_group`. Answers outside of the scale count for
    /// nothing.
    #[must_use]
    pub fn of(answers: impl IntoIterator<Item = u8>, min_group: u8) -> Self {
        let mut counts = [0; SCALE as usize];
        for answer in answers {
            if let Some(count) = counts.get_mut(usize::from(answer).wrapping_sub(1)) {
                *count += 1;
            }
        }
        if counts.iter().sum::<u32>() < u32::from(min_group) {
            Self::TooFew
        } else {
            Self::Counted(counts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pulse_is_told_only_when_enough_people_answered() {
        assert_eq!(Outcome::of([5, 5, 4, 1], 5), Outcome::TooFew);
        assert_eq!(
            Outcome::of([5, 5, 4, 1, 3], 5),
            Outcome::Counted([1, 0, 1, 1, 2])
        );
        assert_eq!(Outcome::of([0, 9, 9, 9, 9, 9], 5), Outcome::TooFew);
    }
}
