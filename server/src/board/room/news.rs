//! What everybody is told that is never stored: the latest of each kind. A page that was not told the one before can do
//! without: numbers are replaced, and drags are only hints.

use bytes::Bytes;
use candour_shared::protocol::ServerMessage;

use super::outbox::text_frame;

/// The latest of each kind.
#[derive(Default)]
pub(super) struct News {
    pub(super) presence: Latest,
    pub(super) drags: Latest,
}

/// How much of the news a page was sent.
#[derive(Default)]
pub(super) struct SentUpTo {
    presence: u64,
    drags: u64,
}

/// The latest of one kind, and the how-manieth it is.
#[derive(Default)]
pub(super) struct Latest {
    number: u64,
    frame: Bytes,
}

impl News {
    /// As much as a page needs not be sent that comes now.
    pub(super) const fn so_far(&self) -> SentUpTo {
        SentUpTo {
            presence: self.presence.number,
            drags: self.drags.number,
        }
    }

    /// Sends what a page was not sent.
    pub(super) fn send_since(&self, sent: &mut SentUpTo, send: &mut dyn FnMut(Bytes)) {
        self.presence.send_since(&mut sent.presence, send);
        self.drags.send_since(&mut sent.drags, send);
    }
}

impl Latest {
    pub(super) fn put(&mut self, message: &ServerMessage) {
        self.number += 1;
        self.frame = text_frame(message);
    }

    fn send_since(&self, sent: &mut u64, send: &mut dyn FnMut(Bytes)) {
        if *sent != self.number {
            *sent = self.number;
            send(self.frame.clone());
        }
    }
}
