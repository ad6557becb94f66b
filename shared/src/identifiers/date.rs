//! Dates as people in Britain write them: day, month and year, in figures or with the month's name.

use super::text::{Text, is_dash, is_space};

/// The first three letters of the months; what follows them is often misspelt.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Letters that may stand right before a date.
const LABELS: &str = "dob born b";

/// A date in a text.
pub(super) struct Date {
    /// The character behind it.
    pub(super) end: usize,
    /// How sure its form alone makes it.
    pub(super) form: Form,
}

/// The forms of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With the month's name: 12 March 1948.
    Named,
    /// Figures with strokes or dots: 12/03/1948.
    Marked,
    /// Figures alone, which may be anything: 12 03 1948, 120348.
    Bare,
}

/// The date that begins at `at`.
pub(super) fn at(text: &Text, at: usize) -> Option<Date> {
    let is_fraction =
        |stroke: usize, digit: usize| text.char(stroke) == Some('/') && text.is_digit(digit);
    let is_inside = at >= 2 && is_fraction(at - 1, at - 2);
    if !text.begins_number(at, LABELS) || is_inside {
        return None;
    }
    let date = in_figures(text, at)
        .or_else(|| day_first(text, at))
        .or_else(|| month_first(text, at))
        .or_else(|| in_one(text, at))?;
    let goes_on = text.goes_on(date.end) || is_fraction(date.end, date.end + 1);
    let ends = !text.is_alphanumeric(date.end) && !goes_on;
    ends.then_some(date)
}

/// 12/03/1948, 3.9.39, 12 - 3 - 48, 12 3 48, 1948-03-12.
fn in_figures(text: &Text, at: usize) -> Option<Date> {
    let first = figure(text, at)?;
    let (marked, next) = stroke(text, first.end)?;
    let second = figure(text, next)?;
    let (marked_again, next) = stroke(text, second.end)?;
    let third = figure(text, next)?;
    let is_date = (first.is_year() && first.digits == 4 && is_day(&second, &third))
        || (third.is_year() && is_day(&first, &second));
    let form = if marked && marked_again {
        Form::Marked
    } else {
        Form::Bare
    };
    let end = third.end;
    is_date.then_some(Date { end, form })
}

/// 12 March 1948, 12th of Mar '48, 12-Mar-1948.
fn day_first(text: &Text, at: usize) -> Option<Date> {
    let mut next = day(text, at)?;
    let (of, behind) = text.word(next);
    if of == "of" {
        next = skip(text, behind);
    }
    let end = year(text, month(text, next)?)?;
    let form = Form::Named;
    Some(Date { end, form })
}

/// March 12th, 1948.
fn month_first(text: &Text, at: usize) -> Option<Date> {
    let end = year(text, day(text, month(text, at)?)?)?;
    let form = Form::Named;
    Some(Date { end, form })
}

/// 12031948, 120348.
fn in_one(text: &Text, at: usize) -> Option<Date> {
    let Figure { value, digits, end } = figure(text, at)?;
    let century = match digits {
        6 => 100,
        8 => 10_000,
        _ => return None,
    };
    let part = |value: u32, digits: usize| Figure { value, digits, end };
    let is_date = part(value % century, digits - 4).is_year()
        && is_day(
            &part(value / century / 100, 2),
            &part(value / century % 100, 2),
        );
    let form = Form::Bare;
    is_date.then_some(Date { end, form })
}

/// A run of digits.
struct Figure {
    value: u32,
    digits: usize,
    end: usize,
}

impl Figure {
    /// Whether it can be the year of a birth: of four digits, or two.
    fn is_year(&self) -> bool {
        self.digits == 2 || (self.digits == 4 && (1900..2100).contains(&self.value))
    }
}

/// Whether two figures are a day and a month, in either order.
fn is_day(one: &Figure, other: &Figure) -> bool {
    let (low, high) = (one.value.min(other.value), one.value.max(other.value));
    one.digits <= 2 && other.digits <= 2 && (1..=12).contains(&low) && high <= 31
}

fn figure(text: &Text, at: usize) -> Option<Figure> {
    let end = text.run(at, |char| char.is_ascii_digit());
    let digits = end - at;
    if !(1..=8).contains(&digits) {
        return None;
    }
    let value = (at..end)
        .filter_map(|at| text.digit(at))
        .fold(0, |value, digit| value * 10 + u32::from(digit));
    Some(Figure { value, digits, end })
}

/// What stands between two figures at `at`: whether it is more than spaces, and where it ends.
fn stroke(text: &Text, at: usize) -> Option<(bool, usize)> {
    let mark = text.skip_spaces(at);
    let is_mark = text
        .char(mark)
        .is_some_and(|char| is_dash(char) || matches!(char, '/' | '.'));
    let end = text.skip_spaces(mark + usize::from(is_mark));
    (end > at).then_some((is_mark, end))
}

/// Where the day of a month at `at` ends, with what joins it to what follows.
fn day(text: &Text, at: usize) -> Option<usize> {
    let day = figure(text, at)?;
    let (ordinal, behind) = text.word(day.end);
    let end = match ordinal.as_str() {
        "st" | "nd" | "rd" | "th" => behind,
        _ => day.end,
    };
    (day.digits <= 2 && (1..=31).contains(&day.value)).then(|| skip(text, end))
}

/// Where the name of a month at `at` ends, with what joins it to what follows.
fn month(text: &Text, at: usize) -> Option<usize> {
    let (word, end) = text.word(at);
    let is_month = word.get(..3).is_some_and(|start| MONTHS.contains(&start));
    is_month.then(|| skip(text, end))
}

/// Where the year at `at` ends: 1948, 48 or '48.
fn year(text: &Text, at: usize) -> Option<usize> {
    let year = figure(text, text.run(at, |char| "'’‘".contains(char)))?;
    year.is_year().then_some(year.end)
}

/// The end of what may join the parts of a date that names its month.
fn skip(text: &Text, at: usize) -> usize {
    text.run(at, |char| {
        is_space(char) || is_dash(char) || "./,".contains(char)
    })
}
