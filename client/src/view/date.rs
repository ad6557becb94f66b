//! Dates, as people read them.

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

/// A date as the server writes it, `YYYY-MM-DD`, in words: "24 December 2026". What is no date stays
/// what it is.
#[must_use]
pub fn in_words(date: &str) -> String {
    read(date).unwrap_or_else(|| date.to_owned())
}

fn read(date: &str) -> Option<String> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?();
    let day: u8 = day.parse().ok()?;
    parts
        .next()
        .is_none()
        .then(|| format!("{day} {month} {year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        assert_eq!(in_words("2026-12-24"), "24 December 2026");
        assert_eq!(in_words("2027-01-05"), "5 January 2027");
    }

    #[test]
    fn what_is_no_date_stays_what_it_is() {
        for text in ["", "soon", "2026-13-01", "2026-00-01", "2026-01-02-03"] {
            assert_eq!(in_words(text), text);
        }
    }
}
