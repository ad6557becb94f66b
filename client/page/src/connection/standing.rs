//! How a connection stands, and why it may be over.

use candour_shared::protocol::CloseReason;
use candour_shared::time::Millis;

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Being made.
    Connecting,
    /// The server answers.
    Live,
    /// Lost, and tried again at `retry_at`, by this page's clock.
    Offline {
        /// When it is tried again.
        retry_at: Millis,
    },
    /// Over: it is not tried again.
    Ended(Ending),
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The page is older than the server.
    Outdated,
    /// The board is gone.
    Deleted,
    /// The link the person came by was replaced.
    Revoked,
    /// The server broke it off, because the page did something wrong.
    Misused,
    /// The server can't read what it stored of the board.
    Damaged,
    /// This browser has not joined the board, or its joining was forgotten.
    NotJoined,
    /// The person has the board open too often.
    TooManyWindows,
    /// The person left.
    Left,
    /// The person left, but the server could not be told, so that this browser can still come back.
    StillJoined,
}

impl Ending {
    /// Whether a connection is over once the server has closed it for this reason; nothing if the page should come
    /// back.
    #[must_use]
    pub const fn of(reason: CloseReason) -> Option<Self> {
        match reason {
            CloseReason::Restarting | CloseReason::Resync => None,
            CloseReason::Outdated => Some(Self::Outdated),
            CloseReason::Deleted => Some(Self::Deleted),
            CloseReason::Revoked => Some(Self::Revoked),
            CloseReason::Misused => Some(Self::Misused),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_ends_exactly_where_the_server_says_not_to_come_back() {
        for reason in CloseReason::ALL {
            assert_eq!(Ending::of(reason).is_none(), reason.comes_back());
        }
    }
}
