//! What is asked in one tick, and where the answers go.

use tokio::sync::oneshot;

use crate::board::channel::SessionId;
use crate::board::engine::request::{Answer, Outcome, Request};

/// What is asked in one tick.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) requests: Vec<Request>,
    /// Where each answer goes, in the same order.
    pub(super) to: Vec<Address>,
}

/// Where the answer to a request goes.
pub(super) enum Address {
    /// To a session, under the page's number for its command.
    Session(SessionId, u64),
    Request(oneshot::Sender<Outcome<Answer>>),
    /// The desk itself asked.
    Nowhere,
}

impl Asked {
    pub(super) fn command(&mut self, request: Request, session: SessionId, number: u64) {
        self.requests.push(request);
        self.to.push(Address::Session(session, number));
    }

    pub(super) fn request(&mut self, request: Request, answer: oneshot::Sender<Outcome<Answer>>) {
        self.requests.push(request);
        self.to.push(Address::Request(answer));
    }

    /// It is time to look at the pool, with so many people here.
    pub(super) fn pool(&mut self, people: usize) {
        self.requests.push(Request::Pool(people));
        self.to.push(Address::Nowhere);
    }
}
