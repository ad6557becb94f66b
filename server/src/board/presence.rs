//! What is told but never stored: how many people are here, and what they are dragging.

use candour_shared::command::check_point;
use candour_shared::protocol::{Drag, MAX_DRAGS, Presence, ServerMessage};

use super::actor::Actor;
use super::outbox::text_frame;
use super::sockets::{Socket, SocketId};

/// How long drags and arrivals are gathered before everybody is told, in milliseconds.
pub(super) const GATHER: i64 = 50;

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
        if self.sockets.of(&gone.asker.hash) == 0 {
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

    /// Sees to it that everybody is told soon.
    pub(super) fn gather(&mut self) {
        let now = self.around.clock.now();
        self.gathered.get_or_insert(now + GATHER);
    }

    /// Tells everybody what was gathered.
    pub(super) fn tell_gathered(&mut self) {
        self.gathered = None;
        let presence = self.presence();
        if presence != self.presence_told {
            self.presence_told = presence;
            self.tell_everyone(&ServerMessage::Presence(presence));
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
        for socket in self.sockets.iter() {
            socket.send(frame.clone());
        }
    }
}
