//! Who arrives: said hello, and is let in when those who are here don't have to wait for it.

use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::protocol::{CloseReason, ServerMessage};
use tokio::task::yield_now;
use tokio::time::Instant;

use super::Desk;
use super::resend::Resend;
use super::sessions::{Arrival, Session};
use crate::board::channel::{Admitted, Down, SessionId};

/// How long, between two ticks, people are let in who said hello. A thousand who come at once must not keep
/// those waiting who are here.
const LETS_IN: Duration = Duration::from_millis(10);
/// Most sessions of one person on one board.
const SESSIONS_PER_PERSON: usize = 12;

impl Desk {
    /// Lets some of those in who said hello: so many that those who are here don't have to wait long.
    pub(super) async fn let_in(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < LETS_IN {
            let Some(arrival) = self.arrivals.pop_front() else {
                return;
            };
            self.admit(arrival).await;
            // Other boards are on this thread, too.
            yield_now().await;
        }
    }

    /// A session that speaks before it is its turn is let in at once, because what it says comes after the hello.
    pub(super) async fn let_in_now(&mut self, session: SessionId) {
        let waits = |arrival: &Arrival| arrival.session == session;
        let place = self.arrivals.iter().position(waits);
        if let Some(arrival) = place.and_then(|place| self.arrivals.remove(place)) {
            self.admit(arrival).await;
        }
    }

    async fn admit(&mut self, arrival: Arrival) {
        let Arrival {
            session,
            identity,
            page,
        } = arrival;
        let Some(member) = self.engine.member(&identity.hash) else {
            return self.tell(Down::Close(session, CloseReason::Revoked)).await;
        };
        // What its page said in a former session came before, or doesn't count: it comes again in this one.
        if let Some(former) = self.sessions.of_page(&identity.hash, page) {
            self.sessions.remove(former);
            self.tell(Down::Close(former, CloseReason::Resync)).await;
        }
        if self.sessions.of(&identity.hash).len() >= SESSIONS_PER_PERSON {
            let limit = SESSIONS_PER_PERSON;
            let denied = Denied::TooManySockets { limit };
            let refused = ServerMessage::Refused { id: None, denied };
            self.tell(Down::Own(session, refused)).await;
            return self.tell(Down::Close(session, CloseReason::Misused)).await;
        }
        let mine = self.engine.mine(&identity.token);
        let pace = self.env.limiter.pace(self.engine.board(), &identity.hash);
        let resend = Resend::default();
        let role = member.role;
        self.sessions.insert(
            session,
            role,
            Session {
                identity,
                page,
                resend,
                pace,
            },
        );
        let admitted = Admitted {
            role,
            now: self.env.clock.now(),
            headcount: self.headcount(),
            mine,
        };
        self.tell(Down::Admitted(session, admitted)).await;
        // The others are told later.
        self.gather();
    }
}
