//! How the connection stands, in words.

use candour_page::connection::{Ending, Standing};
use candour_page::trouble::Trouble;
use candour_shared::denied::Denied;
use candour_shared::time::Millis;

use crate::text::connection as text;

/// The sentence for it. `pending` counts the changes that are not saved yet.
#[must_use]
pub fn standing(connection: Standing, pending: usize) -> String {
    match (connection, pending) {
        (Standing::Live, 0) => text::all_saved().to_owned(),
        (Standing::Live, _) => text::saving(pending),
        (Standing::Connecting, 0) => text::connecting().to_owned(),
        (Standing::Connecting, _) => text::connecting_with(pending),
        (Standing::Offline { .. }, 0) => text::offline().to_owned(),
        (Standing::Offline { .. }, _) => text::offline_with(pending),
        (Standing::Ended(ending), _) => ended(ending).0.to_owned(),
    }
}

/// When it is tried again: "Trying again in 5 s."
#[must_use]
pub fn waiting(connection: Standing, now: Millis) -> String {
    match connection {
        Standing::Offline { retry_at } => {
            let seconds = (retry_at - now).0.max(0) / Millis::SECOND.0;
            if seconds == 0 {
                text::trying_now().to_owned()
            } else {
                text::trying_in(seconds)
            }
        }
        Standing::Connecting | Standing::Live | Standing::Ended(_) => String::new(),
    }
}

/// What is to be said and done when the connection is over: a title and a sentence.
#[must_use]
pub fn ended(ending: Ending) -> (&'static str, &'static str) {
    match ending {
        Ending::Outdated => (text::outdated(), text::outdated_advice()),
        Ending::Deleted => (text::deleted(), text::deleted_advice()),
        Ending::Revoked => (text::revoked(), text::revoked_advice()),
        Ending::Misused => (text::broken_off(), text::broken_off_advice()),
        Ending::Damaged => (text::damaged(), text::damaged_advice()),
        Ending::NotJoined => (text::not_joined(), text::not_joined_advice()),
        Ending::TooManyWindows => (text::too_many_windows(), text::too_many_advice()),
        Ending::Left => (text::left(), text::left_advice()),
        Ending::StillJoined => (text::still_joined(), text::still_joined_advice()),
    }
}

/// Whether the connection is over when the server would not take it; nothing if it may later.
#[must_use]
pub fn turned_away(why: &Trouble) -> Option<Ending> {
    match why {
        Trouble::Refused(Denied::NoSuchBoard) => Some(Ending::Deleted),
        Trouble::Refused(Denied::Damaged) => Some(Ending::Damaged),
        Trouble::Refused(denied) if denied.is_passing() => None,
        Trouble::Refused(_) => Some(Ending::NotJoined),
        Trouble::Fault(_) | Trouble::Unreachable | Trouble::Unreadable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_can_take_nobody_now_is_asked_again() {
        let turned_away = |denied| turned_away(&Trouble::Refused(denied));
        for passing in [Denied::Busy, Denied::TooFast, Denied::Unavailable] {
            assert_eq!(turned_away(passing), None);
        }
        assert_eq!(turned_away(Denied::NotJoined), Some(Ending::NotJoined));
        assert_eq!(turned_away(Denied::Damaged), Some(Ending::Damaged));
    }

    #[test]
    fn saved_is_said_only_when_nothing_waits() {
        assert!(standing(Standing::Live, 0).contains("saved"));
        assert_eq!(standing(Standing::Live, 2), "Connected. Saving 2 changes…");
        let offline = Standing::Offline {
            retry_at: Millis(9_000),
        };
        assert_eq!(
            standing(offline, 1),
            "Offline. 1 change waits on this page to be saved."
        );
        assert_eq!(waiting(offline, Millis(4_000)), "Trying again in 5 s.");
    }
}
