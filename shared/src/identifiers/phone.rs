//! Phone numbers of the United Kingdom, by Ofcom's National Telephone Numbering Plan: a zero, or +44,
//! and nine or ten digits, in whatever groups people write them.
//!
//! Emergency, short and local numbers (999, 111, an extension) identify no person and are left alone.

use super::date::{self, Form};
use super::text::{Digits, Text, is_dash, is_in, is_space};

/// Area codes with five-figure numbers among their six-figure ones: nine digits after the zero.
const SHORT_AREAS: [u16; 41] = [
    1204, 1208, 1254, 1276, 1297, 1298, 1363, 1364, 1384, 1386, 1404, 1420, 1460, 1461, 1480, 1488,
    1524, 1527, 1562, 1566, 1606, 1629, 1635, 1647, 1659, 1695, 1697, 1726, 1744, 1750, 1768, 1827,
    1837, 1884, 1900, 1905, 1935, 1946, 1949, 1963, 1995,
];

/// Words after which digits are a reference, even if they could be dialled.
const REFERENCES: &str = "\
    ref reference ticket order invoice serial asset tag part po req requisition incident job";

/// Letters that may stand right before the digits.
const LABELS: &str = "tel t phone ph mob mobile m call ring text on no fax f";

/// The end of the phone number that begins at `at`, with its extension.
pub(super) fn at(text: &Text, at: usize) -> Option<usize> {
    let first = text.run(at, |char| "(+".contains(char));
    text.digit(first)?;
    let begins = first > at || text.begins_number(at, LABELS);
    if !begins || is_reference(text, at) || is_date(text, at) {
        return None;
    }
    let is_international = (at..first).any(|sign| text.char(sign) == Some('+'));
    let digits = text.digits(first, 15, "()");
    let prefix = prefix(&digits.values, is_international)?;
    let national = &digits.values[prefix..];
    [10, 9].into_iter().find_map(|length| {
        let count = prefix + length;
        let end = *digits.ends.get(count - 1)?;
        let extended = extension(text, end);
        let is_whole = extended > end || !(text.is_alphanumeric(end) || serial_goes_on(text, end));
        // A list of figures falls into more groups than a number.
        let most = if prefix == 1 { 5 } else { 7 };
        // A bracket belongs to the number if it closes inside it.
        let is_bracket =
            text.char(at) != Some('(') || (first..end).any(|inside| text.char(inside) == Some(')'));
        let is_number = is_whole
            && is_bracket
            && is_allocated(&national[..length])
            && digits.groups(count).len() <= most
            && !is_hours(text, &digits);
        is_number.then_some(extended)
    })
}

/// How many digits stand before the national number, which begins with its area code: 1 in 0161…, 2 in
/// +44 161…, 3 in +44 (0)161….
fn prefix(digits: &[u8], is_international: bool) -> Option<usize> {
    let country = match digits {
        [4, 4, ..] if is_international => 2,
        _ if is_international => return None,
        [0, 0, 4, 4, ..] => 4,
        [0, ..] => return Some(1),
        // As messengers show mobile numbers.
        [4, 4, 7, ..] => return Some(2),
        _ => return None,
    };
    let trunk = usize::from(digits.get(country) == Some(&0));
    Some(country + trunk)
}

/// Whether the plan has numbers of this length that begin like this.
fn is_allocated(national: &[u8]) -> bool {
    let is_long = national.len() == 10;
    match national {
        [1, 1..=9, ..] if is_long => true,
        [1, a, b, c, ..] => {
            SHORT_AREAS.contains(&(1000 + u16::from(*a) * 100 + u16::from(*b) * 10 + u16::from(*c)))
        }
        [8, 0, 0, ..] => true,
        [2, 0 | 3 | 4 | 8 | 9, ..]
        | [3, 0 | 3 | 4 | 7, ..]
        | [5, 5 | 6, ..]
        | [7, ..]
        | [8, 0, 8, ..]
        | [8, 4 | 7, ..]
        | [9, 0 | 1 | 8, ..] => is_long,
        _ => false,
    }
}

/// Whether the digits begin with opening hours: 0900-1700 365 days.
fn is_hours(text: &Text, digits: &Digits) -> bool {
    let is_time = |from: usize| {
        let pair = |at: usize| digits.values[at] * 10 + digits.values[at + 1];
        pair(from) <= 24 && pair(from + 2) < 60
    };
    digits.groups(9) == [4, 4, 1]
        && is_time(0)
        && is_time(4)
        && (digits.ends[3]..digits.ends[4]).any(|gap| text.char(gap).is_some_and(is_dash))
}

/// Whether the word before `at` makes a reference of what follows.
fn is_reference(text: &Text, at: usize) -> bool {
    let skipped = |char: char| is_space(char) || "#:-.".contains(char);
    let (mut word, start) = text.word_before(at, skipped);
    if matches!(word.as_str(), "no" | "number" | "num" | "is") {
        word = text.word_before(start, skipped).0;
    }
    is_in(REFERENCES, &word)
}

/// Whether what begins at `at` is a date in figures, before a count: 07-03-2025 111 calls.
fn is_date(text: &Text, at: usize) -> bool {
    date::at(text, at).is_some_and(|date| date.form == Form::Marked)
}

/// Whether a number of many groups goes on behind `end`; a short tail is a second line (960217/8).
fn serial_goes_on(text: &Text, end: usize) -> bool {
    text.char(end)
        .is_some_and(|mark| is_dash(mark) || mark == '.')
        && (1..=3).all(|ahead| text.is_digit(end + ahead))
}

/// The end of the extension behind `end` (ext 2204, x5), or `end` if there is none.
fn extension(text: &Text, end: usize) -> usize {
    let (word, behind) = text.word(text.skip_spaces(end));
    if !matches!(word.as_str(), "x" | "ext" | "extn" | "extension") {
        return end;
    }
    let number = text.run(behind, |char| is_space(char) || ".:".contains(char));
    let behind = text.run(number, |char| char.is_ascii_digit());
    if behind > number { behind } else { end }
}
