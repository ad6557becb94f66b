//! A page's side of its connection, across reconnections: what is sent, when and in which order, what each message
//! of the server asks for, and when to come back after a loss.
//!
//! It opens and sends nothing itself. Its driver opens a socket, says what happens on it, and carries what it is
//! given:
//!
//! 1. [`Connection::connect`], then the socket is opened; [`Connection::hello`] is the first message on it.
//! 2. Whatever comes goes to [`Connection::hear`] or [`Connection::take`]. After it, and after every command that is
//!    given, [`Connection::to_send`] has what is to be sent now: nothing before the welcome.
//! 3. When the socket is gone, [`Connection::lose`] says whether and when to begin again.

mod pace;
mod standing;

#[cfg(test)]
mod tests;

use candour_shared::denied::Denied;
use candour_shared::ids::PageId;
use candour_shared::protocol::{ClientMessage, CloseReason, QUIET_SECONDS, ServerMessage, filled};
use candour_shared::time::Millis;

use crate::state::{OutOfStep, Refused, State, Taken};

pub use self::pace::Pace;
pub use self::standing::{Ending, Standing};

// An answer that takes longer will not come.
const PATIENCE: Millis = Millis(10_000);
// A server that is there says something more often.
const SILENCE: Millis = Millis(2_500 * QUIET_SECONDS.cast_signed());
// Timers of hidden pages run once a minute. Where even those stood still, the computer slept, and
// what it was connected to has given up on it.
const SLEPT: Millis = Millis(150_000);

/// A page's side of its connection. All times are by the driver's clock, which never goes back.
#[derive(Debug)]
pub struct Connection {
    page: PageId,
    pace: Pace,
    standing: Standing,
    /// Since when the present connection is welcomed.
    welcomed: Option<Millis>,
    /// How often in a row it was lost before it was a good one.
    attempt: u32,
    /// Over how long the server wants returns to be spread, in milliseconds.
    spread: u32,
    /// When something came last.
    heard: Millis,
    /// Since when an answer is awaited.
    asked: Option<Millis>,
    /// When [`Connection::is_dead`] was asked last.
    watched: Millis,
    /// Whether nothing is sent for a moment, because the server could not take a command.
    rests: bool,
}

/// What a text frame asks of the driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Nothing more.
    Taken,
    /// The page is welcome; the frames that bring it up to date follow.
    Welcomed,
    /// Tell the person why something was refused.
    Refused(Denied),
    /// Tell the person why something has to wait.
    TryLater {
        /// Why.
        denied: Denied,
        /// Call [`Connection::go_on`] after so many milliseconds; nothing if that was said before.
        rest: Option<u32>,
    },
    /// It is over: drop the socket.
    Over(Ending),
}

/// What comes after a connection that was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Connect again, after so many milliseconds.
    Retry(u32),
    /// The same; but the server never welcomed the page, and a browser doesn't say why: ask over HTTP.
    AskWhy(u32),
    /// Nothing: it is over.
    Over,
}

impl Connection {
    /// The connection of a page that begins now to connect.
    #[must_use]
    pub const fn new(page: PageId, pace: Pace, now: Millis) -> Self {
        Self {
            page,
            pace,
            standing: Standing::Connecting,
            welcomed: None,
            attempt: 0,
            spread: 0,
            heard: now,
            asked: Some(now),
            watched: now,
            rests: false,
        }
    }

    /// How it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// A socket is being opened. What was on its way on the one before is sent again after the next welcome.
    pub const fn connect(&mut self, now: Millis) {
        self.standing = Standing::Connecting;
        self.welcomed = None;
        self.asked = Some(now);
        self.rests = false;
    }

    /// The first message on a socket.
    #[must_use]
    pub fn hello(&self, state: &State) -> ClientMessage {
        state.hello(self.page)
    }

    /// Takes in a text frame: what it says, and the frame itself.
    pub fn hear(
        &mut self,
        state: &mut State,
        message: ServerMessage,
        text: String,
        now: Millis,
    ) -> Heard {
        self.something_came(now);
        let mut welcomed = false;
        if let ServerMessage::Presence(presence) = &message {
            self.spread = presence.spread;
        } else if let ServerMessage::Welcome(welcome) = &message {
            welcomed = true;
            self.spread = welcome.presence.spread;
            self.welcomed = Some(now);
            self.standing = Standing::Live;
        }
        state.remember_told(&message, text, now);
        match state.hear(message, now) {
            Some(Refused::ForGood(Denied::TooManySockets { .. })) => {
                self.end(Ending::TooManyWindows);
                Heard::Over(Ending::TooManyWindows)
            }
            Some(Refused::ForGood(denied)) => Heard::Refused(denied),
            Some(Refused::ForNow(denied)) => {
                let began = !std::mem::replace(&mut self.rests, true);
                let rest = began.then_some(self.pace.try_later);
                Heard::TryLater { denied, rest }
            }
            None if welcomed => Heard::Welcomed,
            None => Heard::Taken,
        }
    }

    /// A text frame came that can't be read. Server and page speak one version, so this page is an old one.
    pub const fn hear_nonsense(&mut self) -> Heard {
        self.end(Ending::Outdated);
        Heard::Over(Ending::Outdated)
    }

    /// Takes in a binary frame. If the copy is out of step with it, drop the socket and say so by
    /// [`Connection::lose`] with [`CloseReason::Resync`]: the next hello asks for everything.
    pub fn take(
        &mut self,
        state: &mut State,
        frame: &[u8],
        now: Millis,
    ) -> Result<Taken, OutOfStep> {
        self.something_came(now);
        let taken = state.take_frame(frame);
        if taken.is_err() {
            state.ask_for_everything();
        }
        taken
    }

    /// The commands to send now, in order; they count as sent. Nothing before the welcome, and nothing in the moment
    /// for which the server has asked: what waits must stay in order.
    pub fn to_send(&mut self, state: &mut State) -> Vec<ClientMessage> {
        if self.standing == Standing::Live && !self.rests {
            state.messages_to_send()
        } else {
            Vec::new()
        }
    }

    /// The moment for which the server has asked is over.
    pub const fn go_on(&mut self) {
        self.rests = false;
    }

    /// A message went out as this text.
    pub fn sent(&mut self, state: &mut State, message: &ClientMessage, text: String, now: Millis) {
        // Drags are not answered.
        if !matches!(message, ClientMessage::Drags { .. }) {
            self.asked.get_or_insert(now);
        }
        state.remember_sent(message, text);
    }

    /// The socket is gone, closed by the server for this reason or lost without one. `random` is from 0 to 1.
    #[must_use]
    pub fn lose(&mut self, why: Option<CloseReason>, now: Millis, random: f64) -> Next {
        if let Standing::Ended(_) = self.standing {
            return Next::Over;
        }
        if let Some(ending) = why.and_then(Ending::of) {
            self.end(ending);
            return Next::Over;
        }
        self.asked = None;
        let welcomed = self.welcomed.take();
        let steady = Millis::from(self.pace.steady);
        if welcomed.is_some_and(|since| now - since > steady) {
            self.attempt = 0;
        }
        let attempt = self.attempt;
        self.attempt = attempt.saturating_add(1);
        let wait = if why == Some(CloseReason::Resync) && attempt == 0 {
            0
        } else {
            self.pace.wait(attempt, self.spread, random)
        };
        self.standing = Standing::Offline {
            retry_at: now + Millis::from(wait),
        };
        if welcomed.is_some() {
            Next::Retry(wait)
        } else {
            Next::AskWhy(wait)
        }
    }

    /// Ends the connection for good.
    pub const fn end(&mut self, ending: Ending) {
        self.standing = Standing::Ended(ending);
    }

    /// Whether the socket that is open is dead by now, for all its silence: lose it. Ask every few seconds.
    #[must_use]
    pub fn is_dead(&mut self, now: Millis) -> bool {
        let before = std::mem::replace(&mut self.watched, now);
        let unanswered = self.asked.is_some_and(|asked| now - asked > PATIENCE);
        let silent = self.standing == Standing::Live && now - self.heard > SILENCE;
        let open = matches!(self.standing, Standing::Connecting | Standing::Live);
        open && (unanswered || silent || now - before > SLEPT)
    }

    const fn something_came(&mut self, now: Millis) {
        self.asked = None;
        self.heard = now;
    }
}

/// A message as it goes over the wire: a person's commands are all of one length.
#[must_use]
pub fn wire(message: &ClientMessage) -> Option<String> {
    let text = serde_json::to_string(message).ok()?;
    Some(match message {
        ClientMessage::Command { .. } => filled(text),
        ClientMessage::Hello { .. } | ClientMessage::Drags { .. } | ClientMessage::Ready { .. } => {
            text
        }
    })
}
