//! Commands that were given and not yet answered, in the order they were given.

use candour_shared::command::{Command, Move};
use serde::{Deserialize, Serialize};

/// A command waiting for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The number its answer will carry.
    pub id: u64,
    /// What was asked.
    pub command: Command,
    /// Whether it went out on the present connection.
    #[serde(skip)]
    sent: bool,
    /// Whether the server refused it for the moment on the present connection, and refuses what follows until it
    /// comes again.
    #[serde(skip)]
    owed: bool,
}

/// What became of a command that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The number its answer will carry.
    pub id: u64,
    /// The number of the command that it replaces, which is never sent and gets no answer.
    pub replaces: Option<u64>,
}

/// The pending commands.
#[derive(Debug, Default)]
pub struct Queue {
    next: u64,
    pending: Vec<Pending>,
}

impl Queue {
    /// Commands kept from before the page was loaded; none of them counts as sent.
    #[must_use]
    pub fn kept(pending: Vec<Pending>) -> Self {
        let next = pending.iter().map(|kept| kept.id + 1).max().unwrap_or(0);
        Self { next, pending }
    }

    /// Adds a command. One that was not sent yet and says the same about the same thing gives way, unless the server
    /// waits for it.
    pub fn push(&mut self, command: Command) -> Given {
        let mut replaced = None;
        if let Some(last) = self.pending.last()
            && !last.sent
            && !last.owed
            && replaces(&command, &last.command)
        {
            replaced = self.pending.pop();
        }
        let id = self.next;
        self.pending.push(Pending {
            id,
            command,
            sent: false,
            owed: false,
        });
        self.next += 1;
        Given {
            id,
            replaces: replaced.map(|replaced| replaced.id),
        }
    }

    /// Takes out the command with this number.
    pub fn take(&mut self, id: u64) -> Option<Command> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        Some(self.pending.remove(index).command)
    }

    /// Lets the command with this number be sent again.
    pub fn put_back(&mut self, id: u64) {
        let mut pending = self.pending.iter_mut();
        if let Some(pending) = pending.find(|pending| pending.id == id) {
            pending.sent = false;
            pending.owed = true;
        }
    }

    /// Lets every command be sent again: the connection they went out on is gone.
    pub fn put_all_back(&mut self) {
        for pending in &mut self.pending {
            pending.sent = false;
            pending.owed = false;
        }
    }

    /// The commands to send now, in order; they count as sent from here on. None while one has to be sent again
    /// and others are on their way behind it: whatever becomes of these comes before that.
    pub fn send(&mut self) -> Vec<(u64, Command)> {
        if !self.pending.is_sorted_by_key(|pending| !pending.sent) {
            return Vec::new();
        }
        let unsent = self.pending.iter_mut().filter(|pending| !pending.sent);
        unsent
            .map(|pending| {
                pending.sent = true;
                (pending.id, pending.command.clone())
            })
            .collect()
    }

    /// The pending commands, the oldest first.
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// The commands that went out on the present connection and have no answer yet.
    pub fn unanswered(&self) -> impl Iterator<Item = &Command> {
        let sent = self.pending.iter().filter(|pending| pending.sent);
        sent.map(|pending| &pending.command)
    }

    /// What the pending commands ask, the oldest first.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.pending.iter().map(|pending| &pending.command)
    }
}

/// Whether the later command leaves nothing of the earlier one. Only ever asked of neighbours, so
/// that no command is moved past another.
fn replaces(later: &Command, earlier: &Command) -> bool {
    use Command as C;
    match (later, earlier) {
        (C::Move { moves: later }, C::Move { moves: earlier }) => {
            let moved = |step: &Move| later.iter().any(|again| again.item == step.item);
            earlier.iter().all(moved)
        }
        (C::EditNote { note: a, .. }, C::EditNote { note: b, .. })
        | (C::SameHere { note: a, .. }, C::SameHere { note: b, .. }) => a == b,
        (C::NameCluster { cluster: a, .. }, C::NameCluster { cluster: b, .. }) => a == b,
        (C::AnswerPulse { pulse: a, .. }, C::AnswerPulse { pulse: b, .. }) => a == b,
        (C::PutCommitment { commitment: a, .. }, C::PutCommitment { commitment: b, .. }) => a == b,
        (C::SetRemark { on: a, .. }, C::SetRemark { on: b, .. }) => a == b,
        (C::SetSpotlight { .. }, C::SetSpotlight { .. }) => true,
        (
            C::CastDots {
                round: a, item: on, ..
            },
            C::CastDots {
                round: b,
                item: upon,
                ..
            },
        ) => (a, on) == (b, upon),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::{Item, NoteId};
    use candour_shared::layout::Point;

    use super::*;

    fn to(note: u8, x: i32) -> Command {
        let item = Item::Note(NoteId::from_bytes([note; 16]));
        let to = Point { x, y: 0 };
        Command::Move {
            moves: vec![Move { item, to }],
        }
    }

    #[test]
    fn nothing_is_sent_again_before_what_is_on_its_way_is_answered() {
        let mut queue = Queue::default();
        for note in 0..3 {
            queue.push(to(note, 1));
        }
        assert_eq!(queue.send().len(), 3);
        queue.put_back(0);
        queue.push(to(3, 1));
        assert_eq!(queue.send(), []);
        queue.put_back(1);
        assert_eq!(queue.send(), []);
        assert!(queue.take(2).is_some());
        let again: Vec<u64> = queue.send().into_iter().map(|(id, _)| id).collect();
        assert_eq!(again, [0, 1, 3]);
    }

    #[test]
    fn unanswered_commands_are_sent_again_in_order_after_the_connection_was_lost() {
        let mut queue = Queue::default();
        queue.push(to(1, 1));
        queue.push(to(2, 2));
        let sent = queue.send();
        assert_eq!(sent, [(0, to(1, 1)), (1, to(2, 2))]);
        assert_eq!(queue.send(), []);
        queue.put_all_back();
        assert_eq!(queue.send(), sent);
        assert_eq!(queue.take(0), Some(to(1, 1)));
        assert_eq!(queue.take(0), None);
    }

    #[test]
    fn of_moves_made_while_offline_only_the_last_is_sent() {
        let mut queue = Queue::default();
        queue.push(to(1, 1));
        queue.push(to(1, 2));
        assert_eq!(queue.send(), [(1, to(1, 2))]);
        queue.push(to(1, 3));
        assert_eq!(queue.pending().len(), 2, "a sent command is kept");
    }

    #[test]
    fn what_the_server_waits_for_comes_again_though_a_later_command_leaves_nothing_of_it() {
        let mut queue = Queue::default();
        queue.push(to(1, 1));
        queue.send();
        queue.put_back(0);
        assert_eq!(queue.push(to(1, 2)).replaces, None);
        assert_eq!(queue.send(), [(0, to(1, 1)), (1, to(1, 2))]);
    }

    #[test]
    fn numbers_go_on_after_a_reload() {
        let mut before = Queue::default();
        before.push(to(1, 1));
        before.push(to(2, 1));
        before.take(0);
        let mut after = Queue::kept(before.pending().to_vec());
        after.push(to(3, 1));
        assert_eq!(after.send(), [(1, to(2, 1)), (2, to(3, 1))]);
    }
}
