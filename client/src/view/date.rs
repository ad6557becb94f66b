//! Dates, as people read them.

use candour_shared::time::Day;

use crate::text::date as text;

const MONTHS: [fn() -> &'static str; 12] = [
    text::january,
    text::february,
    text::march,
    text::april,
    text::may,
    text::june,
    text::july,
    text::august,
    text::september,
    text::october,
    text::november,
    text::december,
];

/// A day in words: "24 December 2026".
#[must_use]
pub fn in_words(day: Day) -> String {
    // A day's month is one of twelve, counted from 1.
    let month = MONTHS[usize::from(day.month()) - 1]();
    format!("{} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        let in_words = |day: &str| in_words(day.parse().unwrap());
        assert_eq!(in_words("2026-12-24"), "24 December 2026");
        assert_eq!(in_words("2027-01-05"), "5 January 2027");
    }
}
