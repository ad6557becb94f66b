//! What this browser keeps of a board, and forgets of it.

use candour_page::connection::{Ending, Standing};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Board;
use crate::api;
use crate::browser;
use crate::storage;

impl Board {
    /// Keeps the Wall in this tab when the page is left or hidden, so that a reload without a network
    /// still shows the board.
    pub(super) fn keep_over_reload(self) {
        let keep = move || {
            let copy = self.core.try_with_value(|core| {
                let over = matches!(core.connection.standing(), Standing::Ended(_));
                let keeps = !core.forgetting && !over;
                keeps.then(|| core.state.copy()).flatten()
            });
            if let Some(Some(copy)) = copy {
                storage::keep_copy(self.id, self.role.get_untracked(), &copy);
            }
        };
        window_event_listener_untyped("pagehide", move |_| keep());
        window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                keep();
            }
        });
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
                Err(_) => self.end_as(Ending::StillJoined),
            }
        });
    }

    /// Forgets what this tab kept of the board, and keeps nothing more.
    pub(super) fn forget(self) {
        self.core.try_update_value(|core| {
            core.forgetting = true;
            core.state.forget_traffic();
        });
        storage::forget(self.id, self.role.get_untracked());
    }

    pub(super) async fn ask_for_receipt(self) {
        if self.receipt.with_untracked(Option::is_none)
            && let Ok(receipt) = api::receipt(self.id).await
        {
            self.receipt.put(Some(receipt));
        }
    }
}
