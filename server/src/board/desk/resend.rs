//! The order of one session's commands where some have to come again.
//!
//! What follows a command may build on it, or overwrite it. So when one is refused for the moment, those behind
//! it are refused as well, until it comes again: nothing overtakes it, however long things are on their way. What is
//! on its way for so long that the peer counts as dead doesn't arrive. So a client that never repeats the command, a
//! program maybe, can be listened to again after that.

use std::time::Duration;

use candour_shared::protocol::DEAD_SECONDS;
use tokio::time::Instant;

const DEAD: Duration = Duration::from_secs(DEAD_SECONDS);

/// What has to come again in one session. Commands are known by the page's numbers, which grow.
#[derive(Debug, Default)]
pub(crate) struct Resend {
    /// The first command that has to come again, and since when.
    owed: Option<(u64, Instant)>,
}

impl Resend {
    /// Whether a command may be done now.
    pub(crate) fn admits(&mut self, number: u64) -> bool {
        let waits = |(owed, since): (u64, Instant)| number > owed && since.elapsed() < DEAD;
        let admitted = !self.owed.is_some_and(waits);
        if admitted {
            self.owed = None;
        }
        admitted
    }

    /// A command was refused for the moment.
    pub(crate) fn put_off(&mut self, number: u64) {
        self.owed.get_or_insert_with(|| (number, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nothing_overtakes_a_command_that_has_to_come_again() {
        let mut resend = Resend::default();
        assert!(resend.admits(1));
        resend.put_off(1);
        assert!(!resend.admits(2));
        resend.put_off(2);
        assert!(!resend.admits(3));
        assert!(resend.admits(1));
        assert!(resend.admits(2));
        assert!(resend.admits(3));
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_repeats_a_command_is_listened_to_again_after_a_while() {
        let mut resend = Resend::default();
        resend.put_off(1);
        tokio::time::advance(DEAD - Duration::from_millis(1)).await;
        assert!(!resend.admits(2));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(resend.admits(2));
    }
}
