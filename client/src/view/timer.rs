//! The timer.

use candour_shared::wall::Timer;

/// How many seconds a timer has left at a time of the server's clock, in milliseconds since 1970.
#[must_use]
pub fn seconds_left(timer: &Timer, now: i64) -> u32 {
    let ends = timer.started + i64::from(timer.seconds) * 1_000;
    let left = (ends - now).max(0);
    let seconds = u32::try_from((left + 999) / 1_000).unwrap_or(u32::MAX);
    // A clock that has drifted must not show more than the whole.
    seconds.min(timer.seconds)
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
    fn a_timer_counts_down_to_nothing() {
        let timer = Timer {
            timer: TimerId::from_bytes([1; 16]),
            started: 10_000,
            seconds: 300,
            stopped: false,
        };
        assert_eq!(seconds_left(&timer, 0), 300);
        assert_eq!(seconds_left(&timer, 10_001), 300);
        assert_eq!(seconds_left(&timer, 11_000), 299);
        assert_eq!(seconds_left(&timer, 999_000), 0);
        assert_eq!(clock(245), "4:05");
    }
}
