//! Who comes: said hello, and is let in when those who are here don't have to wait for it.

use std::sync::Arc;
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::protocol::{CloseReason, Hello, ServerMessage, Welcome};
use tokio::task::yield_now;
use tokio::time::Instant;

use super::actor::Actor;
use super::frames::Copies;
use super::heart::Asker;
use super::order::Order;
use super::outbox::{Outbox, private_frame, text_frame};
use super::sockets::{Socket, SocketId};
use super::vault::Member;

/// How long, between two ticks, people are let in who said hello. A thousand who come at once must not keep
/// those waiting who are here.
const LETS_IN: Duration = Duration::from_millis(10);
/// Most sockets of one person on one board.
const SOCKETS_PER_PERSON: usize = 12;

/// Somebody who said hello.
pub(super) struct Arrival {
    pub(super) id: SocketId,
    pub(super) asker: Asker,
    pub(super) hello: Hello,
    pub(super) outbox: Arc<Outbox>,
}

impl Actor {
    /// Lets some of those in who said hello: so many that those who are here don't have to wait long.
    pub(super) async fn let_in(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < LETS_IN {
            let Some(arrival) = self.arrivals.pop_front() else {
                return;
            };
            self.attach(arrival);
            // Other boards are on this thread, too.
            yield_now().await;
        }
    }

    /// Whoever speaks before it is their turn is let in at once, because what they say comes after the hello.
    pub(super) fn let_in_now(&mut self, id: SocketId) {
        let place = self.arrivals.iter().position(|arrival| arrival.id == id);
        if let Some(arrival) = place.and_then(|place| self.arrivals.remove(place)) {
            self.attach(arrival);
        }
    }

    fn attach(&mut self, arrival: Arrival) {
        let Arrival {
            id,
            asker,
            hello,
            outbox,
        } = arrival;
        let Some(Member { role, .. }) = self.heart.member(&asker.hash) else {
            outbox.close(CloseReason::Revoked);
            return;
        };
        // What its page said on a former socket came before, or doesn't count: it comes again on this one.
        if let Some(former) = self.sockets.of_page(&asker.hash, hello.page)
            && let Some(former) = self.sockets.remove(former)
        {
            former.outbox.close(CloseReason::Resync);
        }
        if self.sockets.of(&asker.hash).len() >= SOCKETS_PER_PERSON {
            let limit = SOCKETS_PER_PERSON;
            let denied = Denied::TooManySockets { limit };
            outbox.send(text_frame(&ServerMessage::Refused { id: None, denied }));
            outbox.close(CloseReason::Misused);
            return;
        }
        let now = self.around.clock.now();
        let mut copies = Copies::of(&hello);
        let mut frames = Vec::new();
        let mut collect = |frame| frames.push(frame);
        self.frames
            .send_since(&mut copies, role, &self.heart, &mut collect);
        let mine = self.heart.mine(&asker.token);
        let socket = Socket {
            asker,
            page: hello.page,
            role,
            outbox,
            order: Order::default(),
            copies,
            told: self.news.so_far(),
        };
        self.sockets.insert(id, socket);
        self.join_turns();
        let presence = self.presence();
        // Others are told later.
        self.presence_told = None;
        let welcome = Welcome {
            role,
            now,
            presence,
            mine,
        };
        frames.insert(0, private_frame(&ServerMessage::Welcome(welcome)));
        if let Some(socket) = self.sockets.get(id) {
            socket
                .outbox
                .send_all(|send| frames.into_iter().for_each(send));
        }
        self.gather();
    }
}
