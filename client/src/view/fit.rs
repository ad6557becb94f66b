//! How large a text is written on a note of fixed size.

/// For each size, the largest first: how many characters go on a line, how many lines on a note, and
/// how many beside a row of controls. Measured with common fonts; the style sheet has the sizes.
const STEPS: [(usize, usize, usize); 6] = [
    (20, 5, 3),
    (23, 6, 4),
    (26, 6, 4),
    (28, 7, 5),
    (30, 8, 5),
    (33, 9, 6),
];

/// What else is on a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foot {
    /// Nothing.
    Bare,
    /// A row of controls.
    Controls,
}

/// How a text goes on a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The size of the letters: 1 is the largest.
    pub step: usize,
    /// Whether all of it is on the note.
    pub whole: bool,
}

impl Fit {
    /// The largest size in which a text goes on a note.
    #[must_use]
    pub fn of(text: &str, foot: Foot) -> Self {
        let fits = |(columns, bare, beside): &(usize, usize, usize)| {
            let lines = match foot {
                Foot::Bare => *bare,
                Foot::Controls => *beside,
            };
            wrapped(text, *columns) <= lines
        };
        let step = STEPS.iter().position(fits);
        Self {
            step: step.map_or(STEPS.len(), |index| index + 1),
            whole: step.is_some(),
        }
    }
}

/// How many lines a text takes that is wrapped at words, and within words that are too long.
fn wrapped(text: &str, columns: usize) -> usize {
    let line = |line: &str| {
        let mut lines = 1;
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            let start = if column == 0 { 0 } else { column + 1 };
            if start + length <= columns {
                column = start + length;
            } else {
                lines += usize::from(column > 0) + length.saturating_sub(1) / columns;
                column = length - length.saturating_sub(1) / columns * columns;
            }
        }
        lines
    };
    text.lines().map(line).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_long_words_break() {
        assert_eq!(wrapped("", 10), 1);
        assert_eq!(wrapped("one two", 10), 1);
        assert_eq!(wrapped("one two three", 10), 2);
        assert_eq!(wrapped("a\n\nb", 10), 3);
        assert_eq!(wrapped(&"x".repeat(25), 10), 3);
        assert_eq!(wrapped(&format!("one {}", "x".repeat(25)), 10), 4);
    }

    #[test]
    fn short_texts_are_large_and_long_ones_small_or_cut() {
        let fit = |chars: usize, foot| Fit::of(&"word ".repeat(chars / 5), foot);
        assert_eq!(fit(60, Foot::Bare).step, 1);
        assert!(fit(200, Foot::Bare).step > fit(100, Foot::Bare).step);
        assert!(fit(250, Foot::Bare).whole);
        let cut = Fit {
            step: STEPS.len(),
            whole: false,
        };
        assert_eq!(fit(400, Foot::Bare), cut);
        assert!(fit(150, Foot::Controls).step > fit(150, Foot::Bare).step);
    }
}
