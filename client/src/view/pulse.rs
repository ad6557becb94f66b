//! Pulses that are closed: what came out.

use candour_shared::pulse::{Outcome, Pulse};

use crate::text::pulse as text;

/// A closed pulse.
#[derive(Debug, Clone, PartialEq)]
pub struct PulseView {
    /// "Pulse 1".
    pub name: String,
    /// What people were asked.
    pub question: String,
    /// The answers, the lowest first; nothing if too few answered.
    pub bars: Option<Vec<AnswerBar>>,
    /// The mean and the number of answers, or that there were too few.
    pub words: String,
}

/// How many gave one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerBar {
    /// "4: 7 people".
    pub words: String,
    /// The bar's length: the share of the most frequent answer, 0 to 1.
    pub share: f64,
}

impl PulseView {
    /// A pulse, if it is closed.
    #[must_use]
    pub fn of(pulse: &Pulse) -> Option<Self> {
        let (bars, words) = match pulse.outcome? {
            Outcome::TooFew => (None, text::too_few().to_owned()),
            Outcome::Counted(counts) => (Some(bars(&counts)), mean(&counts)),
        };
        Some(Self {
            name: text::number(pulse.number),
            question: pulse.question.clone(),
            bars,
            words,
        })
    }
}

fn bars(counts: &[u32]) -> Vec<AnswerBar> {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(index, people): (usize, &u32)| AnswerBar {
        words: text::bar(index + 1, *people),
        share: f64::from(*people) / f64::from(most),
    };
    counts.iter().enumerate().map(bar).collect()
}

fn mean(counts: &[u32]) -> String {
    let people: u32 = counts.iter().sum();
    let sum: f64 = counts
        .iter()
        .enumerate()
        .map(|(index, people)| (index + 1) as f64 * f64::from(*people))
        .sum();
    text::mean(sum / f64::from(people.max(1)), people)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pulse(outcome: Option<Outcome>) -> Pulse {
        Pulse {
            number: 1,
            question: "How safe is it?".into(),
            outcome,
        }
    }

    #[test]
    fn a_pulse_is_told_as_bars_and_their_mean_or_not_at_all() {
        assert_eq!(PulseView::of(&pulse(None)), None);
        let few = PulseView::of(&pulse(Some(Outcome::TooFew))).unwrap();
        assert_eq!(few.bars, None);
        let told = PulseView::of(&pulse(Some(Outcome::Counted([0, 1, 0, 2, 3])))).unwrap();
        assert_eq!(told.words, "4.2 of 5 on average, 6 answers");
        let bars = told.bars.unwrap();
        assert_eq!(bars[4].words, "5: 3 people");
        assert!((bars[1].share - 1.0 / 3.0).abs() < 1e-9);
    }
}
