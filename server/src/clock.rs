//! The time: the system's, or one that a test sets by hand.

use std::time::Duration;

use candour_shared::time::{Day, Millis};
use tokio::sync::watch;

/// Where the server takes the time from; cheap to clone.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// A clock that stands still until its [`Hands`] are moved.
    ByHand(watch::Receiver<Millis>),
}

/// What moves a clock that a test sets by hand.
#[derive(Debug)]
pub struct Hands(watch::Sender<Millis>);

impl Clock {
    /// A clock that stands at `now` until it is moved.
    #[must_use]
    pub fn by_hand(now: Millis) -> (Self, Hands) {
        let (hands, face) = watch::channel(now);
        (Self::ByHand(face), Hands(hands))
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Millis {
        match self {
            Self::System => Millis(jiff::Timestamp::now().as_millisecond()),
            Self::ByHand(face) => *face.borrow(),
        }
    }

    /// Today, by UTC.
    #[must_use]
    pub fn today(&self) -> Day {
        day(self.now(), 0)
    }

    /// Waits until it is `then`, or until the clock was set back: then who waits has to
    /// look anew how long.
    pub async fn sleep_until(&self, then: Millis) {
        let begun = self.now();
        match self {
            Self::System => {
                while let now = self.now()
                    && now >= begun
                    && let left = then - now
                    && left > Millis(0)
                    && let Some(left) = left.duration()
                {
                    tokio::time::sleep(left).await;
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
        self.0.send_modify(|now| *now += by.into());
    }

    /// Sets the clock, also back.
    pub fn set(&self, now: Millis) {
        self.0.send_replace(now);
    }
}

/// The day (UTC) that comes so many days after that of a moment; the first of 1970 if no calendar has it.
#[must_use]
pub fn day(moment: Millis, days: u16) -> Day {
    let moment = jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    let date = date.saturating_add(jiff::Span::new().days(i64::from(days)));
    let [month, day] = [date.month(), date.day()].map(i8::cast_unsigned);
    let year = u16::try_from(date.year()).ok();
    year.and_then(|year| Day::new(year, month, day))
        .unwrap_or(Day::FIRST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_across_the_end_of_a_month() {
        let date = |moment, days| day(Millis(moment), days).to_string();
        assert_eq!(date(0, 0), "1970-01-01");
        assert_eq!(date(1_767_225_599_999, 0), "2025-12-31");
        assert_eq!(date(1_767_225_599_999, 60), "2026-03-01");
    }

    #[test]
    fn a_day_begins_at_midnight() {
        let next = Millis(1_767_225_599_999).next(Millis::DAY);
        assert_eq!(day(next, 0).to_string(), "2026-01-01");
        assert_eq!(Millis(0).next(Millis::DAY), Millis(86_400_000));
    }

    #[tokio::test]
    async fn who_waits_is_woken_when_the_clock_is_set_back() {
        let (clock, hands) = Clock::by_hand(Millis(1_000));
        let woken = tokio::spawn(async move { clock.sleep_until(Millis(21_000)).await });
        tokio::task::yield_now().await;
        hands.set(Millis(500));
        woken.await.unwrap();
    }

    #[tokio::test]
    async fn a_clock_set_by_hand_wakes_who_waits_for_it() {
        let (clock, hands) = Clock::by_hand(Millis(1_000));
        let waiting = clock.clone();
        let woken = tokio::spawn(async move { waiting.sleep_until(Millis(21_000)).await });
        hands.advance(Duration::from_secs(20));
        woken.await.unwrap();
        assert_eq!(clock.now(), Millis(21_000));
    }
}
