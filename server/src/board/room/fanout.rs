//! Who is told when.
//!
//! Sending costs some microseconds a socket, which nothing can save. With thousands of sockets that is longer than an
//! answer should wait. So the sockets of a board are brought up to date in turn, some at a time, and between that
//! the desk is listened to, also while the room rests. The one whose turn it is gets everything that is new in one
//! piece. A session that is told something of its own is brought up to date before.

use std::mem::take;
use std::time::Duration;

use tokio::time::Instant;

use super::sockets::Sockets;
use crate::board::channel::SessionId;

/// Most sockets that are brought up to date before the desk is listened to again; few in this crate's own tests, so that
/// ticks come between there, too.
const AT_ONCE: usize = if cfg!(test) { 3 } else { 100 };
/// A room rests after so many sockets, or once everybody has everything.
const BETWEEN_RESTS: usize = 5 * AT_ONCE;
/// How much longer than sending takes a room rests after it: what comes meanwhile goes out in one piece. So a small
/// board spends less than half of the time on sending.
const RESTS: f64 = 1.2;
/// The longest that a room rests while everybody is brought up to date once. Longer rests save processor time and
/// delay everybody by as much.
const LONGEST_REST: Duration = Duration::from_millis(12);
/// Shorter rests are not worth a timer.
const SHORTEST_REST: Duration = Duration::from_millis(1);

/// How far everybody is told.
#[derive(Default)]
pub(super) struct Fanout {
    /// How many sockets may lack something: the next so many.
    behind: usize,
    /// Whose turn was the last.
    last: SessionId,
    /// How many had their turn since the last rest, and how long that took.
    since_rest: (usize, Duration),
    /// Until when nobody has a turn.
    rests_until: Option<Instant>,
}

/// When the next sockets have their turn.
pub(super) enum Turn {
    /// Now.
    Now,
    /// After a rest.
    At(Instant),
    /// Once there is something to tell.
    Never,
}

impl Fanout {
    /// When the next ones have their turn.
    pub(super) fn next(&self) -> Turn {
        if self.behind == 0 {
            return Turn::Never;
        }
        let rest = self.rests_until.filter(|until| Instant::now() < *until);
        rest.map_or(Turn::Now, Turn::At)
    }

    /// All these lack something from now on.
    pub(super) fn begin(&mut self, sockets: &Sockets) {
        self.behind = sockets.len();
    }

    /// A socket that lacks nothing came to the others.
    pub(super) const fn join(&mut self) {
        if self.behind > 0 {
            self.behind += 1;
        }
    }

    /// Brings the next ones up to date, if it is their turn.
    pub(super) fn take_turns(
        &mut self,
        sockets: &mut Sockets,
        mut bring_up_to_date: impl FnMut(&mut Sockets, SessionId),
    ) {
        if !matches!(self.next(), Turn::Now) {
            return;
        }
        let begun = Instant::now();
        let count = self.behind.min(AT_ONCE);
        for _ in 0..count {
            let Some(next) = sockets.next_after(self.last) else {
                break;
            };
            self.last = next;
            bring_up_to_date(sockets, next);
        }
        self.behind -= count;
        let (told, took) = &mut self.since_rest;
        *told += count;
        *took += begun.elapsed();
        if self.behind == 0 || *told >= BETWEEN_RESTS {
            self.rest(sockets.len());
        }
    }

    /// Rests for what was done since the last rest.
    fn rest(&mut self, sockets: usize) {
        let (told, took) = take(&mut self.since_rest);
        let share = told as f64 / sockets.max(1) as f64;
        let rest = took
            .mul_f64(RESTS)
            .min(LONGEST_REST.mul_f64(share.min(1.0)));
        self.rests_until = (rest >= SHORTEST_REST).then(|| Instant::now() + rest);
    }
}
