//! What screen readers say.

use candour_shared::time::Millis;
use std::time::Duration;

use leptos::prelude::*;

use super::Board;
use crate::browser;
use crate::view::announce::Announcement;

/// How long words stay for a screen reader to find.
const STAYS: Duration = Duration::from_secs(3);
/// What is said within so short a time is said together: one would drown the other.
const TOGETHER: Millis = Millis(150);
/// How long what others do is gathered.
const GATHERS: Duration = Duration::from_secs(2);

impl Board {
    /// Has screen readers say something, politely and at once.
    pub fn announce(self, text: impl Into<String>) {
        let (text, now) = (text.into(), browser::now());
        let Some((number, joins)) = self.speech.try_update_value(|speech| {
            let joins = now - speech.at < TOGETHER;
            speech.number += 1;
            speech.at = now;
            (speech.number, joins)
        }) else {
            return;
        };
        let before = self.announcement.get_untracked();
        self.announcement.put(if joins && !before.is_empty() {
            format!("{before} {text}")
        } else {
            text
        });
        // An emptied region says the same words again when they come again.
        let quiet = move || {
            if self.speech.try_with_value(|speech| speech.number) == Some(number) {
                self.announcement.put(String::new());
            }
        };
        set_timeout(quiet, STAYS);
    }

    /// Has screen readers say what others did, together with what else they do in the next moments.
    pub(super) fn tell_others_did(self, others_did: Announcement) {
        if others_did == Announcement::default() {
            return;
        }
        let first = self.speech.try_update_value(|speech| {
            speech.others_did = speech.others_did.and(others_did);
            !std::mem::replace(&mut speech.gathering, true)
        });
        if first == Some(true) {
            set_timeout(move || self.say_others_did(), GATHERS);
        }
    }

    fn say_others_did(self) {
        let others_did = self.speech.try_update_value(|speech| {
            speech.gathering = false;
            std::mem::take(&mut speech.others_did)
        });
        if let Some(others_did) = others_did {
            self.announce(others_did.words());
        }
    }
}
