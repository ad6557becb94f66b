//! The timer.

use candour_shared::time::Millis;
use candour_shared::wall::Timer;

use crate::text::timing as text;

/// Seconds of a minute.
pub const MINUTE: u32 = 60;

/// How many seconds a timer has left at a moment of the server's clock.
#[must_use]
pub fn seconds_left(timer: &Timer, now: Millis) -> u32 {
    let ends = timer.started + Millis::seconds(timer.seconds);
    let left = (ends - now).0.max(0);
    let seconds = u32::try_from((left + 999) / Millis::SECOND.0).unwrap_or(u32::MAX);
    // A clock that has drifted must not show more than the whole.
    seconds.min(timer.seconds)
}

/// What is said when a timer goes from one number of seconds left to another: once each at five minutes, at one, and
/// when the time is up. A timer that has just been seen for the first time says nothing.
#[must_use]
pub fn to_say(before: Option<u32>, left: Option<u32>) -> Option<&'static str> {
    let (before, left) = before.zip(left)?;
    let passes = |mark: u32| before > mark && left <= mark;
    if passes(0) {
        Some(text::time_is_up())
    } else if passes(60) {
        Some(text::one_minute_left())
    } else if passes(300) {
        Some(text::five_minutes_left())
    } else {
        None
    }
}

/// "4:05".
#[must_use]
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::TimerId;

    use super::*;

    #[test]
    fn the_last_minutes_are_said_once_each() {
        assert_eq!(to_say(Some(301), Some(300)), Some("Five minutes left."));
        assert_eq!(to_say(Some(300), Some(299)), None);
        assert_eq!(to_say(Some(61), Some(60)), Some("One minute left."));
        assert_eq!(to_say(Some(1), Some(0)), Some("The time is up."));
        assert_eq!(to_say(Some(0), Some(0)), None);
    }

    #[test]
    fn a_page_that_slept_says_only_what_is_true_now() {
        assert_eq!(to_say(Some(900), Some(30)), Some("One minute left."));
        assert_eq!(to_say(Some(900), Some(0)), Some("The time is up."));
    }

    #[test]
    fn a_timer_that_is_new_stopped_or_extended_says_nothing() {
        assert_eq!(to_say(None, Some(30)), None);
        assert_eq!(to_say(Some(30), None), None);
        assert_eq!(to_say(Some(30), Some(90)), None);
    }

    #[test]
    fn a_timer_counts_down_to_nothing() {
        let timer = Timer {
            timer: TimerId::from_bytes([1; 16]),
            started: Millis(10_000),
            seconds: 300,
            stopped: false,
        };
        assert_eq!(seconds_left(&timer, Millis(0)), 300);
        assert_eq!(seconds_left(&timer, Millis(10_001)), 300);
        assert_eq!(seconds_left(&timer, Millis(11_000)), 299);
        assert_eq!(seconds_left(&timer, Millis(999_000)), 0);
        assert_eq!(clock(245), "4:05");
    }
}
