//! Undo and redo.

use candour_shared::command::{Command, Verb};
use candour_shared::ids::ClusterId;
use leptos::prelude::*;

use super::behind::Core;
use super::{Board, Tone};
use crate::browser;
use crate::text::history as text;
use crate::view::history::what;

impl Board {
    /// Takes back what the person did last.
    pub fn undo(self) {
        let verb = self.undoes.get_untracked();
        let commands = self.core.try_update_value(|core| core.history.undo());
        self.repeat(commands.unwrap_or_default(), verb, text::undone);
    }

    /// Does again what the person undid last.
    pub fn redo(self) {
        let verb = self.redoes.get_untracked();
        let commands = self
            .core
            .try_update_value(|core| core.history.redo(fresh_cluster));
        self.repeat(commands.unwrap_or_default(), verb, text::redone);
    }

    /// Gives the commands. One whose thing is gone meanwhile is left out; if none is left, the person is
    /// told.
    fn repeat(self, commands: Vec<Command>, verb: Option<Verb>, said: fn(&str) -> String) {
        let Some(what) = verb.and_then(what) else {
            return;
        };
        let given = self.core.try_update_value(|core| {
            let give = |command: Command| core.state.give(command).is_ok();
            commands
                .into_iter()
                .map(give)
                .filter(|given| *given)
                .count()
        });
        self.send_pending();
        self.show();
        match given {
            Some(1..) => self.announce(said(what)),
            Some(0) | None => self.tell(Tone::Info, text::cannot()),
        }
    }

    pub(super) fn show_history(self, core: &Core) {
        self.undoes.put(core.history.undoes());
        self.redoes.put(core.history.redoes());
    }
}

pub(super) fn fresh_cluster() -> Option<ClusterId> {
    browser::random_bytes().ok().map(ClusterId::from_bytes)
}
