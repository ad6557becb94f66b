//! What happens on the connection, taken into the state.

use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::protocol::ServerMessage;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Board, Tone};
use crate::api;
use crate::browser;
use crate::socket::{Connection, Ending, Event, Socket};
use crate::state::Answer;
use crate::text::language;
use crate::view::connection::turned_away;

/// How long to wait after the server could not take a command.
const TRY_LATER: Duration = Duration::from_secs(2);

/// After how long the frames that follow a welcome have come.
const FRAMES_COME: Duration = Duration::from_secs(1);

impl Board {
    pub(super) fn connect(self) {
        let path = api::live_path(self.id, self.role.get_untracked());
        let socket = Socket::open(&path, move |event| self.take_event(event));
        self.core
            .try_update_value(|core| core.socket = Some(socket));
        on_cleanup(move || self.end(Ending::Left));
    }

    /// Keeps the Wall in this tab when the page is left or hidden, so that a reload without a network
    /// still shows the board.
    pub(super) fn keep_over_reload(self) {
        let keep = move || {
            let copy = self.core.try_with_value(|core| {
                let over = core.forgetting || core.socket.is_none();
                (!over).then(|| core.state.copy()).flatten()
            });
            if let Some(Some(copy)) = copy {
                browser::keep_copy(self.id, self.role.get_untracked(), &copy);
            }
        };
        window_event_listener_untyped("pagehide", move |_| keep());
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                keep();
            }
        });
    }

    /// Connects now, instead of waiting longer.
    pub fn retry_now(self) {
        if let Some(socket) = self.core.with_value(|core| core.socket.clone()) {
            socket.retry_now();
        }
    }

    /// Leaves the board: this browser forgets all it kept of it, and goes to the first page.
    pub fn leave(self) {
        let role = self.role.get_untracked();
        self.end(Ending::Left);
        self.forget();
        spawn_local(async move {
            match api::leave(self.id, role).await {
                Ok(()) => browser::go_to("/"),
                // No script can take the server's cookie back, only the server can.
                Err(_) => self.connection.put(Connection::Ended(Ending::StillJoined)),
            }
        });
    }

    /// Forgets what this tab kept of the board, and keeps nothing more.
    fn forget(self) {
        self.core.try_update_value(|core| {
            core.forgetting = true;
            core.state.forget_traffic();
        });
        browser::forget(self.id, self.role.get_untracked());
    }

    /// Sends what is pending, unless the server has asked for a moment.
    pub(super) fn send_pending(self) {
        if self.core.try_with_value(|core| core.resting) != Some(false) {
            return;
        }
        let messages = self
            .core
            .try_update_value(|core| core.state.messages_to_send())
            .unwrap_or_default();
        for message in &messages {
            self.send(message);
        }
    }

    /// Sends what is pending again in a moment, and nothing before: what waits must stay in order.
    fn try_later(self) {
        let first = self
            .core
            .try_update_value(|core| !std::mem::replace(&mut core.resting, true));
        if first == Some(true) {
            let again = move || {
                self.core.try_update_value(|core| core.resting = false);
                self.send_pending();
                self.show();
            };
            set_timeout(again, TRY_LATER);
        }
    }

    pub(super) fn end(self, ending: Ending) {
        let socket = self.core.try_update_value(|core| core.socket.take());
        if let Some(socket) = socket.flatten() {
            socket.end(ending);
        }
    }

    fn take_event(self, event: Event) {
        match event {
            Event::Opened => {
                if let Some(hello) = self.core.try_with_value(|core| core.state.hello(core.page)) {
                    self.send(&hello);
                }
            }
            Event::Text { message, text } => {
                let now = browser::now();
                self.core
                    .try_update_value(|core| core.state.remember_told(&message, text, now));
                self.take_message(message);
            }
            Event::Frame(bytes) => self.take_frame(&bytes),
            Event::Changed(connection) => {
                self.connection.put(connection);
                match connection {
                    Connection::Ended(Ending::Deleted) => {
                        self.forget();
                        spawn_local(self.ask_for_receipt());
                    }
                    Connection::Ended(Ending::Revoked | Ending::NotJoined) => {
                        browser::forget_copy(self.id, self.role.get_untracked());
                    }
                    Connection::Connecting
                    | Connection::Live
                    | Connection::Offline { .. }
                    | Connection::Ended(_) => {}
                }
            }
            Event::TurnedAway => spawn_local(self.ask_why()),
        }
    }

    fn take_message(self, message: ServerMessage) {
        let welcomed = matches!(message, ServerMessage::Welcome(_));
        let now = browser::now();
        let answer = self
            .core
            .try_update_value(|core| core.state.hear(message, now))
            .flatten();
        match answer {
            Some(Answer::Refused(Denied::TooManySockets { .. })) => {
                self.end(Ending::TooManyWindows);
            }
            Some(Answer::Refused(denied)) => self.tell(Tone::Problem, denied.words(language())),
            Some(Answer::TryLater(denied)) => {
                self.tell(Tone::Info, denied.words(language()));
                self.try_later();
            }
            None => {}
        }
        // What was kept back until this was answered, if anything was.
        self.send_pending();
        if welcomed {
            set_timeout(move || self.be_ready_again(), FRAMES_COME);
        }
        self.show_soon();
    }

    fn take_frame(self, bytes: &[u8]) {
        let taken = self.core.try_update_value(|core| {
            let before = core.state.generation();
            let taken = core.state.take_frame(bytes);
            if before.is_some() && core.state.generation() != before {
                browser::forget_copy(self.id, core.state.role());
            }
            taken
        });
        if let Some(Err(_)) = taken {
            self.core
                .try_update_value(|core| core.state.ask_for_everything());
            if let Some(socket) = self.core.with_value(|core| core.socket.clone()) {
                socket.reconnect();
            }
        }
        self.show_soon();
    }

    /// Says again that one is done with the step, unless the workshop has moved on meanwhile.
    fn be_ready_again(self) {
        if self.done.0.try_get_untracked() == Some(true) {
            self.set_ready(true);
        }
    }

    async fn ask_for_receipt(self) {
        if self.receipt.with_untracked(Option::is_none)
            && let Ok(receipt) = api::receipt(self.id).await
        {
            self.receipt.put(Some(receipt));
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
