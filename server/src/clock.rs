//! The time: the system's, or one that a test sets by hand.

use std::time::Duration;

use tokio::sync::watch;

/// Where the server takes the time from; cheap to clone.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// A clock that stands still until its [`Hands`] are moved.
    ByHand(watch::Receiver<i64>),
}

/// What moves a clock that a test sets by hand.
#[derive(Debug)]
pub struct Hands(watch::Sender<i64>);

impl Clock {
    /// A clock that stands at `now`, in milliseconds since 1970, until it is moved.
    #[must_use]
    pub fn by_hand(now: i64) -> (Self, Hands) {
        let (hands, face) = watch::channel(now);
        (Self::ByHand(face), Hands(hands))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        match self {
            Self::System => jiff::Timestamp::now().as_millisecond(),
            Self::ByHand(face) => *face.borrow(),
        }
    }

    /// Today's date, UTC, `YYYY-MM-DD`.
    #[must_use]
    pub fn today(&self) -> String {
        date(self.now(), 0)
    }

    /// Waits until it is `then`, in milliseconds since 1970, or until the clock was set back: then who waits has to
    /// look anew how long.
    pub async fn sleep_until(&self, then: i64) {
        let begun = self.now();
        match self {
            Self::System => {
                while let now = self.now()
                    && now >= begun
                    && let Ok(left @ 1..) = u64::try_from(then - now)
                {
                    tokio::time::sleep(Duration::from_millis(left)).await;
                }
            }
            Self::ByHand(face) => {
                let mut face = face.clone();
                if face
                    .wait_for(|now| *now >= then || *now < begun)
                    .await
                    .is_err()
                {
                    // No test can move it any more: it never will be then.
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

impl Hands {
    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.send_modify(|now| *now = now.saturating_add(by));
    }

    /// Sets the clock, also back, in milliseconds since 1970.
    pub fn set(&self, now: i64) {
        self.0.send_replace(now);
    }
}

/// The date `days` after a moment (milliseconds since 1970), UTC, `YYYY-MM-DD`.
#[must_use]
pub fn date(moment: i64, days: u16) -> String {
    let moment = jiff::Timestamp::from_millisecond(moment).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    date.saturating_add(jiff::Span::new().days(i64::from(days)))
        .to_string()
}

/// When the day (UTC) after a moment begins; both in milliseconds since 1970.
#[must_use]
pub fn next_day(moment: i64) -> i64 {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    (moment.div_euclid(DAY) + 1) * DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_across_the_end_of_a_month() {
        assert_eq!(date(0, 0), "1970-01-01");
        assert_eq!(date(1_767_225_599_999, 0), "2025-12-31");
        assert_eq!(date(1_767_225_599_999, 60), "2026-03-01");
    }

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(date(next_day(1_767_225_599_999), 0), "2026-01-01");
        assert_eq!(next_day(0), 86_400_000);
    }

    #[tokio::test]
    async fn who_waits_is_woken_when_the_clock_is_set_back() {
        let (clock, hands) = Clock::by_hand(1_000);
        let woken = tokio::spawn(async move { clock.sleep_until(21_000).await });
        tokio::task::yield_now().await;
        hands.set(500);
        woken.await.unwrap();
    }

    #[tokio::test]
    async fn a_clock_set_by_hand_wakes_who_waits_for_it() {
        let (clock, hands) = Clock::by_hand(1_000);
        let waiting = clock.clone();
        let woken = tokio::spawn(async move { waiting.sleep_until(21_000).await });
        hands.advance(Duration::from_secs(20));
        woken.await.unwrap();
        assert_eq!(clock.now(), 21_000);
    }
}
