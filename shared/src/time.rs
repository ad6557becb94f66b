//! Moments and days.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};
use std::str::FromStr;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds. As a moment they count from the beginning of 1970 (UTC), as a span from one moment to another;
/// both can be negative.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One hour.
    pub const HOUR: Self = Self(60 * 60 * 1_000);
    /// One day of 24 hours.
    pub const DAY: Self = Self(24 * Self::HOUR.0);

    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: u32) -> Self {
        Self(Self::SECOND.0 * seconds as i64)
    }

    /// The first multiple of a span that comes after this moment: with a [`Self::DAY`], when the next day begins
    /// (UTC). The span is positive.
    #[must_use]
    pub const fn next(self, every: Self) -> Self {
        Self((self.0.div_euclid(every.0) + 1) * every.0)
    }

    /// The span as others measure it; nothing if it is negative.
    #[must_use]
    pub fn duration(self) -> Option<Duration> {
        u64::try_from(self.0).ok().map(Duration::from_millis)
    }
}

impl Add for Millis {
    type Output = Self;

    /// The moment, or the span, that much later; the last one there is if it would be later still.
    fn add(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign for Millis {
    fn add_assign(&mut self, span: Self) {
        *self = *self + span;
    }
}

impl Neg for Millis {
    type Output = Self;

    /// The same span backwards.
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sub for Millis {
    type Output = Self;

    /// The span from the other to this.
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Millis {
    type Output = Self;

    /// So many times the span.
    fn mul(self, times: i64) -> Self {
        Self(self.0.saturating_mul(times))
    }
}

impl From<Duration> for Millis {
    /// The span in whole milliseconds; the longest there is if it is longer still.
    fn from(span: Duration) -> Self {
        Self(i64::try_from(span.as_millis()).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Millis {
    /// So many milliseconds.
    fn from(millis: u32) -> Self {
        Self(millis.into())
    }
}

/// A day of the calendar, written `YYYY-MM-DD`, as a text everywhere. Days of the server are those of UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is not a [`Day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written YYYY-MM-DD")]
pub struct NotADay;

impl Day {
    /// The first day of 1970.
    pub const FIRST: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// A day of the calendar: a year up to 9999, a month and a day, both counted from 1; nothing if there is no
    /// such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap(year) => 29,
            2 => 28,
            _ => return None,
        };
        if year <= 9_999 && day >= 1 && day <= days {
            Some(Self { year, month, day })
        } else {
            None
        }
    }

    /// The year, up to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let figures = |range, length| {
            let part: &str = text.get(range).ok_or(NotADay)?;
            let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            let number = is_number.then(|| part.parse::<u16>());
            number.and_then(Result::ok).ok_or(NotADay)
        };
        let marks = [text.get(4..5), text.get(7..8)];
        if text.len() != 10 || marks != [Some("-"); 2] {
            return Err(NotADay);
        }
        let small = |number: u16| u8::try_from(number).map_err(|_| NotADay);
        let month = small(figures(5..7, 2)?)?;
        let day = small(figures(8..10, 2)?)?;
        Self::new(figures(0..4, 4)?, month, day).ok_or(NotADay)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_survives_being_written_and_read() {
        let day = Day::new(2026, 12, 24).unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), r#""2026-12-24""#);
        assert_eq!(serde_json::from_str::<Day>(r#""2026-12-24""#).unwrap(), day);
        assert!("2028-02-29".parse::<Day>().is_ok());
        assert!("0970-01-02".parse::<Day>().unwrap() < Day::FIRST);
        assert!(Day::FIRST < "2026-01-01".parse().unwrap());
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_refused() {
        for text in [
            "",
            "2026",
            "soon",
            "2026-2-3",
            "2026-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026/01/01",
            "+026-01-01",
            "2026-01-011",
            "2026-01-02-03",
            "12026-01-01",
            "２026-01-01",
        ] {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
    }

    #[test]
    fn a_span_never_runs_over() {
        assert_eq!(Millis(i64::MAX) + Millis::SECOND, Millis(i64::MAX));
        assert_eq!(Millis(3) - Millis(5), Millis(-2));
        assert_eq!(-Millis(2), Millis(-2));
        assert_eq!(Millis(-2).duration(), None);
        assert_eq!(Millis::from(Duration::from_secs(2)), Millis::seconds(2));
        assert_eq!(serde_json::to_string(&Millis(7)).unwrap(), "7");
    }

    #[test]
    fn the_next_multiple_comes_after_this_moment() {
        assert_eq!(Millis(0).next(Millis::DAY), Millis::DAY);
        assert_eq!(Millis(-1).next(Millis::DAY), Millis(0));
        assert_eq!(Millis(19_999).next(Millis(20_000)), Millis(20_000));
        assert_eq!(Millis(20_000).next(Millis(20_000)), Millis(40_000));
    }
}
