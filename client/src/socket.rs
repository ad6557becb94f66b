//! The live connection: one WebSocket at a time, and coming back by itself when it is lost.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use candour_shared::protocol::{
    ClientMessage, CloseReason, QUIET_SECONDS, SUBPROTOCOL, ServerMessage, filled,
};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::{
    document, set_interval, set_timeout_with_handle, window_event_listener_untyped,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, CloseEvent, MessageEvent, VisibilityState, WebSocket};

use crate::browser;

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Being made.
    Connecting,
    /// The server answers.
    Live,
    /// Lost, and tried again at `retry_at`: milliseconds since 1970 by this browser's clock.
    Offline {
        /// When it is tried again.
        retry_at: i64,
    },
    /// Over: it is not tried again.
    Ended(Ending),
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The page is older than the server.
    Outdated,
    /// The board is gone.
    Deleted,
    /// The link the person came by was replaced.
    Revoked,
    /// The server broke it off, because the page did something wrong.
    Misused,
    /// The server can't read what it stored of the board.
    Damaged,
    /// This browser has not joined the board, or its joining was forgotten.
    NotJoined,
    /// The person has the board open too often.
    TooManyWindows,
    /// The person left.
    Left,
    /// The person left, but the server could not be told, so that this browser can still come back.
    StillJoined,
}

/// What happens on a connection.
#[derive(Debug)]
pub enum Event {
    /// It is open: say hello.
    Opened,
    /// A text frame came.
    Text {
        /// What it says.
        message: ServerMessage,
        /// The frame itself.
        text: String,
    },
    /// A binary frame came.
    Frame(Vec<u8>),
    /// It stands otherwise now.
    Changed(Connection),
    /// It was lost before the server welcomed us. The browser doesn't say why.
    TurnedAway,
}

// A connection that lasted this long was a good one: after it, waiting starts small again.
const STEADY: i64 = 10_000;
// An answer that takes longer will not come.
const PATIENCE: i64 = 10_000;
// A server that is there says something more often.
const SILENCE: i64 = 2_500 * QUIET_SECONDS.cast_signed();
const WATCH: Duration = Duration::from_secs(5);
// Timers of hidden pages run once a minute. Where even those stood still, the computer slept, and
// what it was connected to has given up on it.
const SLEPT: i64 = 150_000;

/// A connection that comes back.
#[derive(Clone)]
pub struct Socket(Rc<Inner>);

struct Inner {
    url: String,
    listener: Box<dyn Fn(Event)>,
    link: RefCell<Option<Link>>,
    retry: Cell<Option<TimeoutHandle>>,
    connection: Cell<Connection>,
    attempt: Cell<u32>,
    /// Over how long the server wants returns to be spread, in milliseconds.
    spread: Cell<u32>,
    /// When something came last.
    heard: Cell<i64>,
    /// Since when an answer is awaited.
    asked: Cell<Option<i64>>,
    watched: Cell<i64>,
}

impl Socket {
    /// Connects to the path of this server, and keeps doing so.
    pub fn open(path: &str, listener: impl Fn(Event) + 'static) -> Self {
        let inner = Rc::new(Inner {
            url: format!("{}{path}", browser::origin().replacen("http", "ws", 1)),
            listener: Box::new(listener),
            link: RefCell::new(None),
            retry: Cell::new(None),
            connection: Cell::new(Connection::Connecting),
            attempt: Cell::new(0),
            spread: Cell::new(0),
            heard: Cell::new(browser::now()),
            asked: Cell::new(None),
            watched: Cell::new(browser::now()),
        });
        inner.watch();
        inner.connect();
        Self(inner)
    }

    /// Sends a message, if the connection is open, and says which text went out. Otherwise it is
    /// lost: what must not be lost is sent again after the next welcome.
    pub fn send(&self, message: &ClientMessage) -> Option<String> {
        let link = self.0.link.borrow();
        let mut text = serde_json::to_string(message).ok()?;
        if let ClientMessage::Command { .. } = message {
            text = filled(text);
        }
        // A socket that is being closed sends nothing, and doesn't say so; its close event follows.
        let socket = &link.as_ref()?.socket;
        if socket.ready_state() != WebSocket::OPEN || socket.send_with_str(&text).is_err() {
            return None;
        }
        if !matches!(message, ClientMessage::Drags { .. }) && self.0.asked.get().is_none() {
            self.0.asked.set(Some(browser::now()));
        }
        Some(text)
    }

    /// Drops the connection and makes a new one.
    pub fn reconnect(&self) {
        self.0.lost(Some(CloseReason::Resync));
    }

    /// Tries again now instead of later.
    pub fn retry_now(&self) {
        if matches!(self.0.connection.get(), Connection::Offline { .. }) {
            self.0.connect();
        }
    }

    /// Ends the connection for good.
    pub fn end(&self, ending: Ending) {
        self.0.end(ending);
    }
}

impl Inner {
    fn tell(&self, connection: Connection) {
        self.connection.set(connection);
        (self.listener)(Event::Changed(connection));
    }

    fn connect(self: &Rc<Self>) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        self.asked.set(Some(browser::now()));
        self.tell(Connection::Connecting);
        let link = Link::open(self);
        let opened = link.is_some();
        *self.link.borrow_mut() = link;
        if !opened {
            self.lost(None);
        }
    }

    fn end(&self, ending: Ending) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        drop(self.link.take());
        self.tell(Connection::Ended(ending));
    }

    fn lost(self: &Rc<Self>, reason: Option<CloseReason>) {
        if let Connection::Ended(_) = self.connection.get() {
            return;
        }
        if let Some(ending) = reason.and_then(ending) {
            self.end(ending);
            return;
        }
        let link = self.link.take();
        self.asked.set(None);
        let now = browser::now();
        let welcomed = link.and_then(|link| link.welcomed.get());
        if welcomed.is_some_and(|since| now - since > STEADY) {
            self.attempt.set(0);
        }
        let attempt = self.attempt.replace(self.attempt.get().saturating_add(1));
        let wait = if reason == Some(CloseReason::Resync) && attempt == 0 {
            Duration::ZERO
        } else {
            backoff(attempt, self.spread.get(), js_sys::Math::random())
        };
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        let this = Rc::downgrade(self);
        let again = move || on(&this, Self::connect);
        self.retry.set(set_timeout_with_handle(again, wait).ok());
        let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        self.tell(Connection::Offline {
            retry_at: now + millis,
        });
        if welcomed.is_none() {
            (self.listener)(Event::TurnedAway);
        }
    }

    fn heard(self: &Rc<Self>, message: &MessageEvent) {
        self.asked.set(None);
        self.heard.set(browser::now());
        let data = message.data();
        if let Some(text) = data.as_string() {
            let Ok(message) = serde_json::from_str(&text) else {
                // Server and page speak one version, so this page is an old one.
                self.end(Ending::Outdated);
                return;
            };
            if let ServerMessage::Presence(presence) = &message {
                self.spread.set(presence.spread);
            }
            if let ServerMessage::Welcome(welcome) = &message {
                self.spread.set(welcome.presence.spread);
                if let Some(link) = self.link.borrow().as_ref() {
                    link.welcomed.set(Some(browser::now()));
                }
                self.tell(Connection::Live);
            }
            (self.listener)(Event::Text { message, text });
        } else {
            (self.listener)(Event::Frame(js_sys::Uint8Array::new(&data).to_vec()));
        }
    }

    fn watch(self: &Rc<Self>) {
        let this = Rc::downgrade(self);
        set_interval(move || on(&this, Self::look), WATCH);
        let this = Rc::downgrade(self);
        window_event_listener_untyped("offline", move |_| on(&this, |inner| inner.lost(None)));
        // The network came back, maybe as another one, on which the old connection is dead.
        let this = Rc::downgrade(self);
        window_event_listener_untyped("online", move |_| on(&this, Self::meet_network));
        let this = Rc::downgrade(self);
        window_event_listener_untyped("visibilitychange", move |_| {
            on(&this, |inner| {
                let visible = document().visibility_state() == VisibilityState::Visible;
                if visible && matches!(inner.connection.get(), Connection::Offline { .. }) {
                    inner.connect();
                }
            });
        });
    }

    fn meet_network(self: &Rc<Self>) {
        match self.connection.get() {
            Connection::Offline { .. } => self.connect(),
            Connection::Live => self.lost(Some(CloseReason::Resync)),
            Connection::Connecting | Connection::Ended(_) => {}
        }
    }

    fn look(self: &Rc<Self>) {
        let now = browser::now();
        let before = self.watched.replace(now);
        let unanswered = self.asked.get().is_some_and(|asked| now - asked > PATIENCE);
        let silent = self.connection.get() == Connection::Live && now - self.heard.get() > SILENCE;
        let here = self.link.borrow().is_some();
        if here && (unanswered || silent || now - before > SLEPT) {
            self.lost(None);
        }
    }
}

/// One WebSocket. Dropping it takes its handlers off first: a late event of a former socket must not
/// touch its successor.
struct Link {
    socket: WebSocket,
    welcomed: Cell<Option<i64>>,
    _opened: Closure<dyn FnMut()>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Link {
    fn open(inner: &Rc<Inner>) -> Option<Self> {
        let socket = WebSocket::new_with_str(&inner.url, SUBPROTOCOL).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let this = Rc::downgrade(inner);
        let opened = Closure::new(move || on(&this, |inner| (inner.listener)(Event::Opened)));
        let this = Rc::downgrade(inner);
        let heard = Closure::new(move |message| on(&this, |inner| inner.heard(&message)));
        let this = Rc::downgrade(inner);
        let closed = Closure::new(move |close: CloseEvent| {
            on(&this, |inner| {
                inner.lost(CloseReason::from_code(close.code()));
            });
        });
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            welcomed: Cell::new(None),
            _opened: opened,
            _heard: heard,
            _closed: closed,
        })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a closed socket does nothing, and can't go wrong without a reason to give.
        let _ = self.socket.close();
    }
}

fn on(inner: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = inner.upgrade() {
        act(&inner);
    }
}

fn ending(reason: CloseReason) -> Option<Ending> {
    match reason {
        CloseReason::Restarting | CloseReason::Resync => None,
        CloseReason::Outdated => Some(Ending::Outdated),
        CloseReason::Deleted => Some(Ending::Deleted),
        CloseReason::Revoked => Some(Ending::Revoked),
        CloseReason::Misused => Some(Ending::Misused),
    }
}

/// How long to wait before trying again: half a second and a random part of a time that doubles with
/// every attempt, up to fifteen seconds, but is at least as long as the server wants returns to be spread (in
/// milliseconds), so that a thousand pages don't come back at once.
fn backoff(attempt: u32, spread: u32, random: f64) -> Duration {
    const LEAST: f64 = 0.5;
    const MOST: f64 = 15.0;
    let grown = f64::from(1_u32 << attempt.min(4)).min(MOST) - LEAST;
    let spread = f64::from(spread) / 1_000.0;
    Duration::from_secs_f64(LEAST + random.clamp(0.0, 1.0) * grown.max(spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_from_half_a_second_to_fifteen() {
        assert_eq!(backoff(0, 500, 0.0), Duration::from_millis(500));
        assert_eq!(backoff(0, 500, 1.0), Duration::from_secs(1));
        assert_eq!(backoff(3, 500, 1.0), Duration::from_secs(8));
        assert_eq!(backoff(99, 500, 1.0), Duration::from_secs(15));
        assert_eq!(backoff(99, 500, 0.0), Duration::from_millis(500));
    }

    #[test]
    fn returns_are_spread_as_the_server_wants() {
        assert_eq!(backoff(0, 4_000, 0.0), Duration::from_millis(500));
        assert_eq!(backoff(0, 4_000, 1.0), Duration::from_millis(4_500));
        assert_eq!(backoff(4, 4_000, 1.0), Duration::from_secs(15));
    }

    #[test]
    fn a_connection_ends_exactly_where_the_server_says_not_to_come_back() {
        for reason in CloseReason::ALL {
            assert_eq!(ending(reason).is_none(), reason.comes_back());
        }
    }
}
