//! Who is told when.
//!
//! Sending costs some microseconds a socket, which nobody can save. With thousands of sockets that is longer than a
//! tick should wait. So the sockets of a board are brought up to date in turn, some at a time, and between that ticks
//! are decided and stored. Whoever's turn it is gets everything that is new in one piece. Whoever is told something
//! privately is brought up to date before.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::actor::Actor;
use super::sockets::SocketId;

/// Most sockets that are brought up to date between two ticks; few in this crate's own tests, so that ticks come
/// between there, too.
const AT_ONCE: usize = if cfg!(test) { 3 } else { 500 };
/// How much longer than sending takes a board rests after it: what comes in meanwhile makes one tick, and goes out in
/// one piece. So a small board spends at most half of the time on sending.
const RESTS: u32 = 1;
/// The longest that a board rests while everybody is brought up to date once. Longer rests save processor time and
/// delay everybody by as much.
const LONGEST_REST: Duration = Duration::from_millis(10);

/// How far everybody is told.
#[derive(Default)]
pub(super) struct Turns {
    /// How many sockets may lack something: the next so many.
    behind: usize,
    /// Whose turn was the last.
    last: SocketId,
}

impl Turns {
    /// Whether everybody has everything.
    pub(super) fn are_over(&self) -> bool {
        self.behind == 0
    }
}

impl Actor {
    /// Everybody lacks something from now on.
    pub(super) fn begin_turns(&mut self) {
        self.turns.behind = self.sockets.len();
    }

    /// A socket that lacks nothing came to the others.
    pub(super) fn join_turns(&mut self) {
        if self.turns.behind > 0 {
            self.turns.behind += 1;
        }
    }

    /// Brings the next ones up to date. Answers how long the board rests after it.
    pub(super) fn take_turns(&mut self) -> Duration {
        let begun = Instant::now();
        let count = self.turns.behind.min(AT_ONCE);
        for _ in 0..count {
            let Some(next) = self.sockets.next_after(self.turns.last) else {
                break;
            };
            self.turns.last = next;
            self.bring_up_to_date(next, None);
        }
        self.turns.behind -= count;
        let share = count as f64 / self.sockets.len().max(1) as f64;
        (begun.elapsed() * RESTS).min(LONGEST_REST.mul_f64(share.min(1.0)))
    }

    /// Sends somebody what they lack, and after it what is for them alone.
    pub(super) fn bring_up_to_date(&mut self, id: SocketId, own: Option<Bytes>) {
        let Some(socket) = self.sockets.get_mut(id) else {
            return;
        };
        let (copies, told, role) = (&mut socket.copies, &mut socket.told, socket.role);
        socket.outbox.send_all(|send| {
            self.news.send_since(told, send);
            self.frames.send_since(copies, role, &self.heart, send);
            own.into_iter().for_each(send);
        });
    }
}
