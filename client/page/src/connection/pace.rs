//! How long a page waits before it tries again.

/// How long a page waits before it tries again, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The least before it connects again.
    pub least: u32,
    /// The most, unless the server wants returns to be spread over more.
    pub most: u32,
    /// The most over which it spreads its return because the server wants it to.
    pub spread: u32,
    /// A connection that was welcome for longer was a good one: after it, waiting starts small again.
    pub steady: u32,
    /// Before it sends again what the server could not take for the moment.
    pub try_later: u32,
}

impl Pace {
    /// The pace of a page in a browser.
    pub const BROWSER: Self = Self {
        least: 500,
        most: 15_000,
        spread: u32::MAX,
        steady: 10_000,
        try_later: 2_000,
    };

    /// How long to wait before trying again: the least and a random part of a time that doubles with every attempt,
    /// up to the most, but is at least as long as the server wants returns to be spread (in milliseconds), so that a
    /// thousand pages don't come back at once. `random` is from 0 to 1.
    #[must_use]
    pub fn wait(&self, attempt: u32, spread: u32, random: f64) -> u32 {
        let doubled = self.least.saturating_mul(2 << attempt.min(16));
        let grown = doubled.min(self.most).saturating_sub(self.least);
        let over = grown.max(spread.min(self.spread));
        let part = f64::from(over) * random.clamp(0.0, 1.0);
        self.least.saturating_add(part as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn backoff(attempt: u32, spread: u32, random: f64) -> u32 {
        Pace::BROWSER.wait(attempt, spread, random)
    }

    #[test]
    fn waiting_grows_from_half_a_second_to_fifteen() {
        assert_eq!(backoff(0, 500, 0.0), 500);
        assert_eq!(backoff(0, 500, 1.0), 1_000);
        assert_eq!(backoff(3, 500, 1.0), 8_000);
        assert_eq!(backoff(99, 500, 1.0), 15_000);
        assert_eq!(backoff(99, 500, 0.0), 500);
    }

    #[test]
    fn returns_are_spread_as_the_server_wants() {
        assert_eq!(backoff(0, 4_000, 0.0), 500);
        assert_eq!(backoff(0, 4_000, 1.0), 4_500);
        assert_eq!(backoff(4, 4_000, 1.0), 15_000);
    }
}
