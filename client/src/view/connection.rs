//! How the connection stands, in words.

use crate::socket::{Connection, Ending};

use super::count;

/// The sentence for it. `pending` counts the changes that are not saved yet.
#[must_use]
pub fn standing(connection: Connection, pending: usize) -> String {
    let changes = count(pending, "change", "changes");
    let waits = if pending == 1 { "waits" } else { "wait" };
    match (connection, pending) {
        (Connection::Live, 0) => "Connected. Everything is saved.".to_owned(),
        (Connection::Live, _) => format!("Connected. Saving {changes}…"),
        (Connection::Connecting, 0) => "Connecting…".to_owned(),
        (Connection::Connecting, _) => format!("Connecting… {changes} {waits} to be saved."),
        (Connection::Offline { .. }, 0) => "Offline. You see the board as it was.".to_owned(),
        (Connection::Offline { .. }, _) => {
            format!("Offline. {changes} {waits} on this page to be saved.")
        }
        (Connection::Ended(ending), _) => ended(ending).0.to_owned(),
    }
}

/// When it is tried again: "Trying again in 5 s."
#[must_use]
pub fn waiting(connection: Connection, now: i64) -> String {
    match connection {
        Connection::Offline { retry_at } => {
            let seconds = (retry_at - now).max(0) / 1_000;
            if seconds == 0 {
                "Trying again now.".to_owned()
            } else {
                format!("Trying again in {seconds} s.")
            }
        }
        Connection::Connecting | Connection::Live | Connection::Ended(_) => String::new(),
    }
}

/// What is to be said and done when the connection is over: a title and a sentence.
#[must_use]
pub const fn ended(ending: Ending) -> (&'static str, &'static str) {
    match ending {
        Ending::Outdated => (
            "This page is out of date",
            "The server has been renewed. Reload the page; what you wrote is kept.",
        ),
        Ending::Deleted => (
            "This board was deleted",
            "Its organiser has removed it for everyone. There is nothing left of it on the server.",
        ),
        Ending::Revoked => (
            "Your way in has ended",
            "Your way in was replaced, or used in another browser. Ask whoever gave it to you for a \
             new one.",
        ),
        Ending::Misused => (
            "The server broke off the connection",
            "It did not understand this page. Reload the page; what you wrote is kept.",
        ),
        Ending::NotJoined => (
            "You have not joined this board",
            "Open the link you were given again. If this browser clears its cookies, that is needed \
             every time.",
        ),
        Ending::Left => ("You have left the board", "Your link brings you back."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_is_said_only_when_nothing_waits() {
        assert!(standing(Connection::Live, 0).contains("saved"));
        assert_eq!(
            standing(Connection::Live, 2),
            "Connected. Saving 2 changes…"
        );
        let offline = Connection::Offline { retry_at: 9_000 };
        assert_eq!(
            standing(offline, 1),
            "Offline. 1 change waits on this page to be saved."
        );
        assert_eq!(waiting(offline, 4_000), "Trying again in 5 s.");
    }
}
