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
            "It is gone for everyone, with everything on it.",
        ),
        Ending::Revoked => (
            "Your way in was replaced",
            "The organiser has replaced the link you came in by, so it lets nobody in any more. Ask the \
             organiser for the new one.",
        ),
        Ending::Misused => (
            "The server broke off the connection",
            "It did not understand this page. Reload the page; what you wrote is kept.",
        ),
        Ending::NotJoined => (
            "You have not joined this board",
            "Open the link you were given again, or reload this page to type a code. If this browser \
             clears its cookies, that is needed every time.",
        ),
        Ending::TooManyWindows => (
            "This board is open in too many windows",
            "Close some of the tabs and windows in which you have it open, then reload this page.",
        ),
        Ending::Left => (
            "You have left the board",
            "This browser has forgotten what it kept of it.",
        ),
        Ending::StillJoined => (
            "This browser is still joined",
            "What this tab kept of the board is gone, but only the server can take back what lets this \
             browser in, and it can't be reached. Try again once you are connected.",
        ),
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
