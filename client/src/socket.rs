//! One WebSocket of this browser. What is sent over it and what comes after it is decided by
//! [`candour_page::connection`].

use std::rc::Rc;

use candour_shared::protocol::{CloseReason, SUBPROTOCOL};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use crate::browser;

/// What happens on a socket.
#[derive(Debug)]
pub enum Event {
    /// It is open: say hello.
    Opened,
    /// A text frame came.
    Text(String),
    /// A binary frame came.
    Frame(Vec<u8>),
    /// It was closed, by the server for this reason or without one.
    Closed(Option<CloseReason>),
}

/// One WebSocket. Dropping it takes its handlers off first: a late event of a former socket must not
/// touch its successor.
pub struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Connects to a path of this server; nothing if the browser doesn't let us.
    pub fn open(path: &str, listener: impl Fn(Event) + 'static) -> Option<Self> {
        let url = format!("{}{path}", browser::origin().replacen("http", "ws", 1));
        let socket = WebSocket::new_with_str(&url, SUBPROTOCOL).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let listener = Rc::new(listener);
        let tell = Rc::clone(&listener);
        let opened = Closure::new(move || tell(Event::Opened));
        let tell = Rc::clone(&listener);
        let heard = Closure::new(move |message: MessageEvent| tell(what_came(&message)));
        let closed = Closure::new(move |close: CloseEvent| {
            listener(Event::Closed(CloseReason::from_code(close.code())));
        });
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            _opened: opened,
            _heard: heard,
            _closed: closed,
        })
    }

    /// Sends a text, and says whether it went out. A socket that is being opened or closed sends nothing: what must
    /// not be lost is sent again after the next welcome.
    #[must_use]
    pub fn send(&self, text: &str) -> bool {
        // A socket that is being closed doesn't say so; its close event follows.
        self.socket.ready_state() == WebSocket::OPEN && self.socket.send_with_str(text).is_ok()
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing a closed socket does nothing, and can't go wrong without a reason to give.
        let _ = self.socket.close();
    }
}

fn what_came(message: &MessageEvent) -> Event {
    let data = message.data();
    match data.as_string() {
        Some(text) => Event::Text(text),
        None => Event::Frame(js_sys::Uint8Array::new(&data).to_vec()),
    }
}
