//! Dragging things, seen by others while it goes on.

use std::time::Duration;

use candour_page::drags::LINGERS;
use candour_shared::command::Verb;
use candour_shared::protocol::{ClientMessage, Drag, MAX_DRAGS};
use candour_shared::time::Millis;
use leptos::prelude::*;

use super::Board;
use super::behind::Dragging;
use crate::browser;

/// Least time between two messages about a drag.
const DRAG_REST: Duration = Duration::from_millis(50);
/// How often others are told about a thing that is held still: before they take it
/// for dropped.
const DRAG_REPEATS: Millis = Millis(LINGERS.0 / 2);

impl Board {
    /// Drags things to places, their top left corners: call it as often as the pointer moves. They are
    /// shown there until [`Board::end_drag`], the first [`MAX_DRAGS`] of them also to others, a few times a
    /// second.
    pub fn drag(self, drags: Vec<Drag>) {
        let first = self.core.try_update_value(|core| {
            if core.state.may(Verb::Move).is_err() {
                return false;
            }
            core.state.drag_own(drags, browser::now());
            !std::mem::replace(&mut core.dragging.ticking, true)
        });
        self.show_soon();
        if first == Some(true) {
            self.send_drag();
        }
    }

    /// Ends the drag. Things are shown where they lie, so call the verb of the drop next.
    pub fn end_drag(self) {
        self.core
            .try_update_value(|core| core.state.end_own_drag(browser::now()));
        self.show_soon();
    }

    fn send_drag(self) {
        let now = browser::now();
        let next = self.core.try_update_value(|core| {
            let drags = core.state.own_drags();
            core.dragging.ticking = !drags.is_empty();
            if drags.is_empty() {
                return None;
            }
            let drags = &drags[..drags.len().min(MAX_DRAGS)];
            let Dragging { told, at, .. } = &core.dragging;
            let news = told != drags || *at + DRAG_REPEATS <= now;
            let drags = news.then(|| drags.to_vec());
            if let Some(drags) = &drags {
                core.dragging.told.clone_from(drags);
                core.dragging.at = now;
            }
            Some(drags)
        });
        let Some(next) = next.flatten() else { return };
        if let Some(drags) = next {
            self.send(&ClientMessage::Drags { drags });
        }
        set_timeout(move || self.send_drag(), DRAG_REST);
    }
}
