//! The order of one socket's commands where some have to come again.
//!
//! What follows a command may build on it, or overwrite it. So when one is refused for the moment, those behind
//! it are refused as well, until it comes again: nothing overtakes it, however long things are on their way. What is
//! on its way for so long that the peer counts as dead doesn't arrive. So whoever never repeats the command, a
//! program maybe, can be listened to again after that.

use tokio::time::Instant;

use crate::ws::DEAD;

/// See the module. Commands are known by the client's numbers, which grow.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The first command that has to come again, and since when.
    owed: Option<(u64, Instant)>,
}

impl Order {
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
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nothing_overtakes_a_command_that_has_to_come_again() {
        let mut order = Order::default();
        assert!(order.admits(1));
        order.put_off(1);
        assert!(!order.admits(2));
        order.put_off(2);
        assert!(!order.admits(3));
        assert!(order.admits(1));
        assert!(order.admits(2));
        assert!(order.admits(3));
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_repeats_a_command_is_listened_to_again_after_a_while() {
        let mut order = Order::default();
        order.put_off(1);
        tokio::time::advance(DEAD - Duration::from_millis(1)).await;
        assert!(!order.admits(2));
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(order.admits(2));
    }
}
