//! NHS numbers: ten digits with a check digit modulo 11, as the NHS Data Dictionary defines them
//! (attribute NHS NUMBER), usually written 943 476 5919.
//!
//! The Health and Care numbers of Northern Ireland and the Community Health Index of Scotland follow
//! the same rule. Of all these only the latter may begin with a zero, as they begin with the date of
//! birth; so a number with a leading zero counts only if a day and a month come first. No phone
//! number of ten digits looks like that: the two kinds never compete for the same digits.

use super::text::Text;

/// Groupings people use, besides 3-3-4 and none: what is left when a space goes missing or astray.
const GROUPS: [&[usize]; 9] = [
    &[10],
    &[3, 3, 4],
    &[3, 7],
    &[6, 4],
    &[4, 6],
    &[5, 5],
    &[4, 3, 3],
    &[3, 4, 3],
    &[3, 3, 2, 2],
];

/// Letters that may stand right before the digits; others make them part of some other code.
const LABELS: &str = "nhs nhsno no num number chi pt";

/// The end of the NHS number that begins at `at`.
pub(super) fn at(text: &Text, at: usize) -> Option<usize> {
    text.digit(at)?;
    if !text.begins_number(at, LABELS) || text.before(at) == Some('£') {
        return None;
    }
    let digits = text.digits(at, 10, "/_·");
    let end = *digits.ends.get(9)?;
    let is_whole = !text.is_alphanumeric(end) && !text.goes_on(end);
    let groups = digits.groups(10);
    let is_grouped = GROUPS.contains(&groups.as_slice()) || is_announced(text, at);
    (is_whole && is_grouped && is_valid(&digits.values)).then_some(end)
}

/// Whether one of the three words before `at` says that an NHS number follows, however it is grouped.
fn is_announced(text: &Text, at: usize) -> bool {
    let mut at = at;
    (0..3).any(|_| {
        let (word, start) = text.word_before(at, |char| !char.is_alphanumeric());
        at = start;
        word == "nhs" || word == "chi"
    })
}

/// Whether ten digits are an NHS number: the sum of the first nine, weighted from 10 down to 2, taken
/// from the next multiple of 11 gives the tenth. A remainder of 10 is no check digit.
fn is_valid(digits: &[u8]) -> bool {
    let Some((check, first)) = digits.split_last() else {
        return false;
    };
    let sum: u32 = (2..=10)
        .rev()
        .zip(first)
        .map(|(weight, digit)| weight * u32::from(*digit))
        .sum();
    // One digit ten times passes, but is what people type to get past a field.
    let is_filler = first.iter().all(|digit| digit == check);
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let may_begin = digits[0] != 0 || ((1..=31).contains(&pair(0)) && (1..=12).contains(&pair(2)));
    (sum + u32::from(*check)).is_multiple_of(11) && !is_filler && may_begin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_the_data_dictionary_is_asked_for() {
        assert!(is_valid(&[9, 4, 3, 4, 7, 6, 5, 9, 1, 9]));
        for wrong in 0..9 {
            assert!(!is_valid(&[9, 4, 3, 4, 7, 6, 5, 9, 1, wrong]));
        }
    }

    #[test]
    fn a_leading_zero_needs_a_day_and_a_month() {
        // Both have the right check digit.
        assert!(is_valid(&[0, 1, 0, 1, 5, 0, 3, 0, 0, 8]));
        assert!(!is_valid(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    }
}
