//! The connection of a board: the browser's side of [`candour_page::connection`], which decides.

use std::time::Duration;

use candour_page::connection::{Ending, Heard, Next, Standing, wire};
use candour_shared::protocol::{ClientMessage, CloseReason};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::VisibilityState;

use super::behind::Core;
use super::{Board, Tone};
use crate::api;
use crate::browser;
use crate::socket::{Event, Socket};
use crate::storage;
use crate::text::language;
use crate::view::connection::turned_away;

/// After how long the frames that follow a welcome have come.
const FRAMES_COME: Duration = Duration::from_secs(1);
/// How often it is looked whether a silent socket is dead.
const WATCH: Duration = Duration::from_secs(5);

impl Board {
    /// Connects, and keeps doing so.
    pub(super) fn connect(self) {
        self.open_socket();
        self.watch_network();
        on_cleanup(move || self.end(Ending::Left));
    }

    /// Connects now, instead of waiting longer.
    pub fn retry_now(self) {
        if matches!(self.standing(), Some(Standing::Offline { .. })) {
            self.open_socket();
        }
    }

    /// Ends the connection for good, unless it is over already.
    pub(super) fn end(self, ending: Ending) {
        if !matches!(self.standing(), Some(Standing::Ended(_))) {
            self.end_as(ending);
        }
    }

    /// The connection is over, and this is why.
    pub(super) fn end_as(self, ending: Ending) {
        self.core.try_update_value(|core| {
            core.connection.end(ending);
            core.drop_socket();
        });
        self.show_standing();
    }

    /// Sends a message, if the socket is open.
    pub(super) fn send(self, message: &ClientMessage) {
        self.core.try_update_value(|core| {
            if let (Some(socket), Some(text)) = (&core.socket, wire(message))
                && socket.send(&text)
            {
                let Core {
                    connection, state, ..
                } = core;
                connection.sent(state, message, text, browser::now());
            }
        });
    }

    /// Sends what is pending and may be sent now.
    pub(super) fn send_pending(self) {
        let messages = self
            .core
            .try_update_value(|core| core.connection.to_send(&mut core.state));
        for message in &messages.unwrap_or_default() {
            self.send(message);
        }
    }

    fn standing(self) -> Option<Standing> {
        self.core.try_with_value(|core| core.connection.standing())
    }

    fn open_socket(self) {
        let opened = self.core.try_update_value(|core| {
            core.drop_socket();
            core.connection.connect(browser::now());
            core.socket = Socket::open(&core.path, move |event| self.take_event(event));
            core.socket.is_some()
        });
        let Some(opened) = opened else { return };
        self.show_standing();
        if !opened {
            self.lose(None);
        }
    }

    fn lose(self, why: Option<CloseReason>) {
        let next = self.core.try_update_value(|core| {
            core.drop_socket();
            let random = js_sys::Math::random();
            let next = core.connection.lose(why, browser::now(), random);
            if let Next::Retry(wait) | Next::AskWhy(wait) = next {
                let wait = Duration::from_millis(wait.into());
                core.retry = set_timeout_with_handle(move || self.open_socket(), wait).ok();
            }
            next
        });
        let Some(next) = next else { return };
        self.show_standing();
        if let Next::AskWhy(_) = next {
            spawn_local(self.ask_why());
        }
    }

    /// Shows how the connection stands, and forgets what has to be forgotten once it is over.
    fn show_standing(self) {
        let Some(standing) = self.standing() else {
            return;
        };
        if self.connection.0.try_get_untracked() == Some(standing) {
            return;
        }
        self.connection.put(standing);
        match standing {
            Standing::Ended(Ending::Deleted) => {
                self.forget();
                spawn_local(self.ask_for_receipt());
            }
            Standing::Ended(Ending::Revoked | Ending::NotJoined) => {
                storage::forget_copy(self.id, self.role.get_untracked());
            }
            Standing::Connecting
            | Standing::Live
            | Standing::Offline { .. }
            | Standing::Ended(_) => {}
        }
    }

    fn take_event(self, event: Event) {
        match event {
            Event::Opened => {
                let hello = self
                    .core
                    .try_with_value(|core| core.connection.hello(&core.state));
                if let Some(hello) = hello {
                    self.send(&hello);
                }
            }
            Event::Text(text) => self.take_text(text),
            Event::Frame(bytes) => self.take_frame(&bytes),
            Event::Closed(why) => self.lose(why),
        }
    }

    fn take_text(self, text: String) {
        let heard = self.core.try_update_value(|core| {
            let Core {
                connection, state, ..
            } = core;
            match serde_json::from_str(&text) {
                Ok(message) => connection.hear(state, message, text, browser::now()),
                Err(_) => connection.hear_nonsense(),
            }
        });
        let Some(heard) = heard else { return };
        self.show_standing();
        match heard {
            Heard::Taken => {}
            Heard::Welcomed => set_timeout(move || self.be_ready_again(), FRAMES_COME),
            Heard::Refused(denied) => self.tell(Tone::Problem, denied.words(language())),
            Heard::TryLater { denied, rest } => {
                self.tell(Tone::Info, denied.words(language()));
                if let Some(rest) = rest {
                    set_timeout(move || self.go_on(), Duration::from_millis(rest.into()));
                }
            }
            Heard::Over(ending) => self.end_as(ending),
        }
        // What was kept back until this was answered, if anything was.
        self.send_pending();
        self.show_soon();
    }

    fn take_frame(self, bytes: &[u8]) {
        let taken = self.core.try_update_value(|core| {
            let Core {
                connection, state, ..
            } = core;
            let before = state.generation();
            let taken = connection.take(state, bytes, browser::now());
            if before.is_some() && state.generation() != before {
                storage::forget_copy(self.id, state.role());
            }
            taken
        });
        if let Some(Err(_)) = taken {
            self.lose(Some(CloseReason::Resync));
        }
        self.show_soon();
    }

    /// Sends again what the server could not take a moment ago.
    fn go_on(self) {
        self.core.try_update_value(|core| core.connection.go_on());
        self.send_pending();
        self.show();
    }

    /// Says again that one is done with the step, unless the workshop has moved on meanwhile.
    fn be_ready_again(self) {
        if self.done.0.try_get_untracked() == Some(true) {
            self.set_ready(true);
        }
    }

    fn watch_network(self) {
        set_interval(move || self.look(), WATCH);
        window_event_listener_untyped("offline", move |_| self.lose(None));
        // The network came back, maybe as another one, on which the old connection is dead.
        window_event_listener_untyped("online", move |_| match self.standing() {
            Some(Standing::Offline { .. }) => self.open_socket(),
            Some(Standing::Live) => self.lose(Some(CloseReason::Resync)),
            Some(Standing::Connecting | Standing::Ended(_)) | None => {}
        });
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().visibility_state() == VisibilityState::Visible {
                self.retry_now();
            }
        });
    }

    fn look(self) {
        let dead = self
            .core
            .try_update_value(|core| core.connection.is_dead(browser::now()));
        if dead == Some(true) {
            self.lose(None);
        }
    }

    /// The browser does not say why a connection was refused; the server does, over HTTP.
    async fn ask_why(self) {
        let role = self.role.get_untracked();
        let why = api::me(self.id, role).await.err();
        if let Some(ending) = why.as_ref().and_then(turned_away) {
            self.end(ending);
        }
    }
}

impl Core {
    fn drop_socket(&mut self) {
        if let Some(retry) = self.retry.take() {
            retry.clear();
        }
        self.socket = None;
    }
}
