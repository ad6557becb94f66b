//! Dates of birth: a date with a word of birth before or behind it. A date alone is a meeting, an
//! audit, a deadline. Day, month and year are asked for: a year alone points at no person.

use super::date::{self, Date, Form};
use super::text::{Text, is_in, is_space};

/// How far from its date a word of birth may begin, in characters.
const NEAR: usize = 60;
/// How many words that aren't [`LINKS`] may stand between the two, at most.
const OTHERS_BETWEEN: usize = 5;

/// Words that lead from a word of birth to its date, or back, and say nothing else.
const LINKS: &str = "\
    is was s on the of in at as be her his their my pt pts patient patients given says recorded \
    actual correct";

/// Words after which a date is about something else than one person's birth, though birth was
/// mentioned.
const OTHERWISE: &str = "\
    since before after until till by from between meeting mtg mdt audit review reviewed due \
    deadline training missing field fields check checks checked format cancelled update updated \
    release live launch launched admitted discharged seen referred appointment appt clinic \
    visit started expired expires raised reported next asked yesterday cake party out to or";

/// Words before a word of birth that say that there is none.
const LACKING: &str = "no without missing";

/// What is born without being a person: "the trust was born on 1 April 2013".
const THINGS: &str = "\
    trust icb ics ccg pcn nhs team service hub project policy pathway system app pilot board \
    unit ward programme scheme form idea";

/// What is called by a letter, so that a B behind it isn't born.
const LETTERED: &str = "\
    bay bed hep hepatitis plan group type section option flu block part room site";

/// The end of the date of birth that begins at `at`.
pub(super) fn at(text: &Text, at: usize) -> Option<usize> {
    let date = date::at(text, at)?;
    let is_birth = is_after_birth(text, at, &date) || is_before_birth(text, at, &date);
    is_birth.then_some(date.end)
}

/// Whether a word of birth leads to the date at `at`.
fn is_after_birth(text: &Text, at: usize, date: &Date) -> bool {
    (at.saturating_sub(NEAR)..at).rev().any(|start| {
        let Some(word) = word_of_birth(text, start).filter(|word| word.end <= at) else {
            return false;
        };
        let Some(between) = words_between(text, word.end, at) else {
            return false;
        };
        let is_place = matches!(between.first().map(String::as_str), Some("in" | "at"));
        let most = match (word.kind, date.form) {
            (WordKind::Initial, _) => return between.is_empty(),
            (_, Form::Bare) | (WordKind::Birthday, _) => 0,
            (WordKind::Born, _) if !is_place => 1,
            (WordKind::Born | WordKind::DateOfBirth, _) => OTHERS_BETWEEN,
        };
        let others = between.iter().filter(|word| !is_in(LINKS, word)).count();
        let is_other = between.iter().any(|word| is_in(OTHERWISE, word));
        let is_lacking = is_in(LACKING, &text.word_before(start, is_space).0);
        let is_of_thing = word.kind != WordKind::DateOfBirth && is_thing(text, start);
        others <= most && !is_other && !is_lacking && !is_of_thing
    })
}

/// Whether a word of birth says what the date at `at` was: 12/03/1948 (DOB).
fn is_before_birth(text: &Text, at: usize, date: &Date) -> bool {
    (date.end..date.end + NEAR).any(|start| {
        let Some(word) = word_of_birth(text, start) else {
            return false;
        };
        let is_told = words_between(text, date.end, start)
            .is_some_and(|between| between.iter().all(|word| is_in(LINKS, word)));
        let is_apart =
            (date.end..start).any(|at| text.char(at).is_some_and(|char| ",:;.!?".contains(char)));
        let behind = text.word(text.skip_spaces(word.end)).0;
        let before = text.word_before(at, is_space).0;
        let is_other = is_in(OTHERWISE, &behind) || is_in(OTHERWISE, &before);
        is_told && !is_apart && !is_other && word.kind != WordKind::Initial
    })
}

/// The words between two places of one sentence, unless figures stand between them. A stop alone
/// may close an abbreviation.
fn words_between(text: &Text, from: usize, to: usize) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut is_ended = false;
    let mut at = from;
    while at < to {
        let (word, end) = text.word(at);
        let is_stop = text.char(at).is_some_and(|char| ".!?;".contains(char));
        is_ended |= text.char(at) == Some('\n') || (is_stop && text.is_space(at + 1));
        at = end.max(at + 1);
        if !word.is_empty() {
            words.push(word);
        }
        if text.is_digit(at - 1) || (is_ended && !words.is_empty()) {
            return None;
        }
    }
    Some(words)
}

/// A word of birth in a text.
struct Word {
    kind: WordKind,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordKind {
    /// Date of birth, d.o.b.: asks for a date, even if others come first.
    DateOfBirth,
    /// Born: has many other uses.
    Born,
    /// Birthday: comes every year, with cake.
    Birthday,
    /// b.: means birth only right before a date.
    Initial,
}

/// The word of birth that begins at `at`.
fn word_of_birth(text: &Text, at: usize) -> Option<Word> {
    if text.is_glued(at) {
        return None;
    }
    let (word, end) = text.word(at);
    let next =
        |end: usize| text.word(text.run(end, |char| is_space(char) || "./-'’".contains(char)));
    let (kind, end) = match word.as_str() {
        "dob" | "dobs" | "birthdate" => (WordKind::DateOfBirth, end),
        "born" => (WordKind::Born, end),
        "birthday" | "birthdays" | "bday" => (WordKind::Birthday, end),
        "date" => {
            let (of, end) = next(end);
            let (birth, end) = if of == "of" { next(end) } else { (of, end) };
            if birth != "birth" {
                return None;
            }
            (WordKind::DateOfBirth, end)
        }
        "birth" => {
            let (date, end) = next(end);
            if date != "date" {
                return None;
            }
            (WordKind::DateOfBirth, end)
        }
        "d" => {
            let (of, end) = next(end);
            let (birth, end) = next(end);
            if !is_in("o of", &of) || birth != "b" {
                return None;
            }
            // The last stop of the abbreviation ends no sentence.
            (WordKind::DateOfBirth, text.run(end, |char| char == '.'))
        }
        "b" => match next(end) {
            (day, end) if day == "day" => (WordKind::Birthday, end),
            _ if text.before(at) == Some('.') => return None,
            _ if is_in(LETTERED, &text.word_before(at, is_space).0) => return None,
            _ => (WordKind::Initial, text.run(end, |char| char == '.')),
        },
        _ => return None,
    };
    Some(Word { kind, end })
}

/// Whether the word of birth at `at` is said of a thing.
fn is_thing(text: &Text, at: usize) -> bool {
    let mut at = at;
    for _ in 0..3 {
        let (word, start) = text.word_before(at, |char| is_space(char) || "'’".contains(char));
        if is_in(THINGS, &word) {
            return true;
        }
        let is_skipped = is_in("s was were is been being first officially", &word)
            || word.starts_with(|char: char| char.is_ascii_digit());
        if !is_skipped {
            return false;
        }
        at = start;
    }
    false
}
