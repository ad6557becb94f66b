//! What is told but never stored: how many people are here, and what they are dragging.

use std::collections::HashSet;

use candour_shared::command::check_point;
use candour_shared::protocol::{Drag, ServerMessage};

use super::actor::{Actor, Socket, SocketId};
use super::outbox::text_frame;
use crate::keys::SecretHash;

/// How long drags and arrivals are gathered before everybody is told, in milliseconds.
const GATHER: i64 = 50;

impl Actor {
    /// How many people are here. Somebody with two tabs is one.
    pub(super) fn people(&self) -> u32 {
        let people: HashSet<&SecretHash> = self
            .sockets
            .values()
            .map(|socket| &socket.asker.hash)
            .collect();
        people.len() as u32
    }

    /// Takes note of where something is dragged. A drag is no more than a hint: one that is not
    /// allowed is simply not shown.
    pub(super) fn drag(&mut self, id: SocketId, Drag { item, at }: Drag) {
        let may = |socket: &Socket| self.heart.may_drag(&socket.asker).is_ok();
        if self.sockets.get(&id).is_some_and(may) && check_point(at).is_ok() {
            self.drags.insert(item, at);
            self.gather();
        }
    }

    /// Sees to it that everybody is told soon.
    pub(super) fn gather(&mut self) {
        let now = self.around.clock.now();
        self.gathered.get_or_insert(now + GATHER);
    }

    /// Tells everybody what was gathered.
    pub(super) fn tell_gathered(&mut self) {
        self.gathered = None;
        let people = self.people();
        if people != self.people_told {
            self.people_told = people;
            self.tell_everyone(&ServerMessage::People(people));
        }
        if !self.drags.is_empty() {
            let mut drags: Vec<Drag> = self
                .drags
                .drain()
                .map(|(item, at)| Drag { item, at })
                .collect();
            // In no order of who dragged first.
            drags.sort_unstable_by_key(|drag| drag.item);
            self.tell_everyone(&ServerMessage::Drags(drags));
        }
    }

    fn tell_everyone(&self, message: &ServerMessage) {
        let frame = text_frame(message);
        for socket in self.sockets.values() {
            socket.send(frame.clone());
        }
    }
}
