//! What is told but never stored: how many people are here, and what they are dragging.

use std::ops::RangeInclusive;

use bytes::Bytes;
use candour_shared::command::{Command, check_point};
use candour_shared::ids::Item;
use candour_shared::protocol::{Drag, MAX_DRAGS, Presence, ServerMessage};

use super::actor::Actor;
use super::outbox::text_frame;
use super::sockets::{Socket, SocketId};

/// How long drags and arrivals are gathered before everybody is told, in milliseconds: longer where many are
/// told.
const GATHER: RangeInclusive<i64> = 50..=500;
/// So many sockets more are a millisecond more.
const SOCKETS: usize = 25;

impl Actor {
    /// How many people are here.
    pub(super) fn presence(&self) -> Presence {
        let spread = self.around.spread();
        self.sockets.presence(&self.ready, spread)
    }

    /// Takes note of whether somebody is done with the present step.
    pub(super) fn be_ready(&mut self, id: SocketId, ready: bool) {
        let Some(socket) = self.sockets.get(id) else {
            return;
        };
        if ready {
            self.ready.insert(socket.asker.hash);
        } else {
            self.ready.remove(&socket.asker.hash);
        }
        self.gather();
    }

    /// Somebody's page is gone. Who has no other is not done with anything any more.
    pub(super) fn detach(&mut self, id: SocketId) {
        self.arrivals.retain(|arrival| arrival.id != id);
        let Some(gone) = self.sockets.remove(id) else {
            return;
        };
        if self.sockets.of(&gone.asker.hash).is_empty() {
            self.ready.remove(&gone.asker.hash);
        }
        self.gather();
    }

    /// Takes note of where things are dragged. A drag is no more than a hint: one that is not
    /// allowed is simply not shown.
    pub(super) fn drag(&mut self, id: SocketId, drags: &[Drag]) {
        let may = |socket: &Socket| self.heart.may_drag(&socket.asker).is_ok();
        if !self.sockets.get(id).is_some_and(may) {
            return;
        }
        for Drag { item, at } in drags.iter().take(MAX_DRAGS) {
            if check_point(*at).is_ok() {
                self.drags.insert(*item, *at);
                self.gather();
            }
        }
    }

    /// Somebody drops things: where they were dragged before is told to nobody after that, who would take them for
    /// dragged again.
    pub(super) fn end_drags(&mut self, command: &Command) {
        if let Command::Move { moves } = command {
            for step in moves {
                self.drags.remove(&step.item);
            }
        } else if let Command::MakeCluster { note, .. } | Command::AddToCluster { note, .. } =
            command
        {
            self.drags.remove(&Item::Note(*note));
        } else if let Command::MergeClusters { from, .. } = command {
            self.drags.remove(&Item::Cluster(*from));
        }
    }

    /// Sees to it that everybody is told soon.
    pub(super) fn gather(&mut self) {
        let now = self.around.clock.now();
        let due = now + self.gathering();
        self.gathered.get_or_insert(due);
    }

    /// How long is gathered at present.
    pub(super) fn gathering(&self) -> i64 {
        let long = i64::try_from(self.sockets.len() / SOCKETS).unwrap_or(i64::MAX);
        long.clamp(*GATHER.start(), *GATHER.end())
    }

    /// Tells everybody what was gathered.
    pub(super) fn tell_gathered(&mut self) {
        self.gathered = None;
        let presence = self.presence();
        if self.presence_told != Some(presence) {
            self.presence_told = Some(presence);
            self.news.presence.put(&ServerMessage::Presence(presence));
            self.begin_turns();
        }
        if !self.drags.is_empty() {
            let mut drags: Vec<Drag> = self
                .drags
                .drain()
                .map(|(item, at)| Drag { item, at })
                .collect();
            // In no order of who dragged first.
            drags.sort_unstable_by_key(|drag| drag.item);
            self.news.drags.put(&ServerMessage::Drags(drags));
            self.begin_turns();
        }
    }
}

/// What everybody is told that is never stored: the latest of each kind. Whoever was not told the one before can do
/// without: numbers are replaced, and drags are only hints.
#[derive(Default)]
pub(super) struct News {
    presence: Latest,
    drags: Latest,
}

/// How much of the news somebody was told.
#[derive(Default)]
pub(super) struct Told {
    presence: u64,
    drags: u64,
}

#[derive(Default)]
struct Latest {
    number: u64,
    frame: Bytes,
}

impl News {
    /// As much as somebody needs not be told who comes now.
    pub(super) fn so_far(&self) -> Told {
        Told {
            presence: self.presence.number,
            drags: self.drags.number,
        }
    }

    /// Sends what somebody was not told.
    pub(super) fn send_since(&self, told: &mut Told, send: &mut dyn FnMut(Bytes)) {
        self.presence.send_since(&mut told.presence, send);
        self.drags.send_since(&mut told.drags, send);
    }
}

impl Latest {
    fn put(&mut self, message: &ServerMessage) {
        self.number += 1;
        self.frame = text_frame(message);
    }

    fn send_since(&self, told: &mut u64, send: &mut dyn FnMut(Bytes)) {
        if *told != self.number {
            *told = self.number;
            send(self.frame.clone());
        }
    }
}
