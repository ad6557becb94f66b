//! A text by its characters, and the questions all scanners ask about it.

use std::ops::Range;

/// How people write the stroke between two groups of digits.
const DASHES: &str = "-‐‑‒–—−";

/// How far any scanner looks, in characters: nothing that identifies has a longer part, and a bound
/// keeps the time linear.
const FAR: usize = 256;

/// A text whose characters can be counted. Positions are characters, not bytes; asking beyond
/// either end is fine, and answers that nothing is there.
pub(super) struct Text {
    chars: Vec<char>,
    /// Where each character begins, in bytes, and where the text ends.
    starts: Vec<usize>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self {
            chars: text.chars().collect(),
            starts: text
                .char_indices()
                .map(|(start, _)| start)
                .chain([text.len()])
                .collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    pub(super) fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        let start = |char: usize| self.starts[char.min(self.len())];
        start(chars.start)..start(chars.end)
    }

    pub(super) fn digit(&self, at: usize) -> Option<u8> {
        let digit = self.char(at)?.to_digit(10)?;
        u8::try_from(digit).ok()
    }

    pub(super) fn is_digit(&self, at: usize) -> bool {
        self.digit(at).is_some()
    }

    pub(super) fn is_space(&self, at: usize) -> bool {
        self.char(at).is_some_and(is_space)
    }

    pub(super) fn is_alphanumeric(&self, at: usize) -> bool {
        self.char(at).is_some_and(char::is_alphanumeric)
    }

    /// Whether a letter or digit stands right before `at`.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphanumeric)
    }

    /// Whether what begins at `at` continues a longer number: 5.`943`, 12-`943`.
    fn continues_number(&self, at: usize) -> bool {
        at >= 2 && self.before(at).is_some_and(is_mark) && self.is_digit(at - 2)
    }

    /// Whether the number that ends at `end` goes on, as versions and serial numbers do.
    pub(super) fn goes_on(&self, end: usize) -> bool {
        self.char(end).is_some_and(is_mark) && self.is_digit(end + 1)
    }

    /// Whether a number may begin at `at`: after nothing, or glued to one of `labels` (tel01632…), but
    /// neither inside another code nor inside a longer number.
    pub(super) fn begins_number(&self, at: usize, labels: &str) -> bool {
        let (label, start) = self.word_before(at, |_| false);
        let is_free = start == at || is_in(labels, &label);
        is_free && !self.continues_number(at)
    }

    /// The end of the run of characters from `at` on that belong; `at` if there is none.
    pub(super) fn run(&self, at: usize, belongs: impl Fn(char) -> bool) -> usize {
        let len = self
            .chars
            .iter()
            .skip(at)
            .take(FAR)
            .take_while(|char| belongs(**char))
            .count();
        at + len
    }

    /// The end of the spaces that begin at `at`.
    pub(super) fn skip_spaces(&self, at: usize) -> usize {
        self.run(at, is_space)
    }

    /// The letters that begin at `at`, in lower case, and where they end.
    pub(super) fn word(&self, at: usize) -> (String, usize) {
        let end = self.run(at, char::is_alphabetic);
        (self.lower(at..end), end)
    }

    /// The letters or digits before `at`, beyond any `skipped` characters, in lower case, and where
    /// they begin.
    pub(super) fn word_before(&self, at: usize, skipped: impl Fn(char) -> bool) -> (String, usize) {
        let back = |from: usize, belongs: &dyn Fn(char) -> bool| {
            let run = self.chars.iter().take(from).rev().take(FAR);
            from - run.take_while(|char| belongs(**char)).count()
        };
        let end = back(at, &skipped);
        let start = back(end, &char::is_alphanumeric);
        (self.lower(start..end), start)
    }

    pub(super) fn lower(&self, chars: Range<usize>) -> String {
        let chars = self.chars.get(chars).unwrap_or_default();
        chars.iter().flat_map(|char| char.to_lowercase()).collect()
    }

    /// Up to `most` digits from `at` on, with at most three spaces or `marks` between two of them.
    pub(super) fn digits(&self, at: usize, most: usize, marks: &str) -> Digits {
        let mut digits = Digits {
            values: Vec::new(),
            ends: Vec::new(),
        };
        let mut at = at;
        while digits.values.len() < most {
            let Some(next) = (at..at + 4).find(|next| self.is_digit(*next)) else {
                break;
            };
            let between = at..next;
            let is_gap = between.clone().all(|gap| {
                self.is_space(gap)
                    || self.char(gap).is_some_and(|char| {
                        marks.contains(char)
                            || DASHES.contains(char)
                            // A full stop or colon before a space ends what came before it.
                            || (".:".contains(char) && !self.is_space(gap + 1))
                    })
            });
            if !is_gap {
                break;
            }
            let Some(value) = self.digit(next) else { break };
            at = next + 1;
            digits.values.push(value);
            digits.ends.push(at);
        }
        digits
    }
}

/// Digits in a text, with or without gaps between them.
pub(super) struct Digits {
    pub(super) values: Vec<u8>,
    /// Behind which character of the text each digit ends.
    pub(super) ends: Vec<usize>,
}

impl Digits {
    /// How the first `count` of them are grouped: the number of digits in each group.
    pub(super) fn groups(&self, count: usize) -> Vec<usize> {
        self.ends[..count.min(self.ends.len())]
            .chunk_by(|one, next| one + 1 == *next)
            .map(<[usize]>::len)
            .collect()
    }
}

/// Whether `word` is one of the words of a list that is written with spaces between them.
pub(super) fn is_in(words: &str, word: &str) -> bool {
    words.split(' ').any(|other| other == word)
}

/// A space that doesn't end the line. Zero-width ones come along when people copy and paste.
pub(super) fn is_space(char: char) -> bool {
    (char.is_whitespace() && !matches!(char, '\n' | '\r'))
        || matches!(
            char,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

pub(super) fn is_dash(char: char) -> bool {
    DASHES.contains(char)
}

/// Joins the parts of versions and serial numbers when nothing else is between them.
fn is_mark(char: char) -> bool {
    is_dash(char) || matches!(char, '.' | '_')
}
