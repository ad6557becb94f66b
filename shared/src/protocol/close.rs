//! Why a connection was closed.

use strum::VariantArray;

use crate::variants::all;

/// Why the server closed the connection: the WebSocket close codes it uses (RFC 6455 §7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum CloseReason {
    /// The server is restarting, or loads the board anew. Come back in a moment, not all at once: see
    /// [`crate::protocol::Presence::spread`].
    Restarting,
    /// The client read too slowly. Come back now, with the cursor.
    Resync,
    /// The client is out of date. Reload the page; don't come back.
    Outdated,
    /// The board was deleted. Don't come back.
    Deleted,
    /// The link the person came by was replaced. Don't come back.
    Revoked,
    /// The client broke the protocol, as the refusal before says. Don't come back.
    Misused,
}

impl CloseReason {
    /// Every reason.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// The close code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Restarting => 1012,
            Self::Resync => 4001,
            Self::Outdated => 4002,
            Self::Deleted => 4003,
            Self::Misused => 4004,
            Self::Revoked => 4005,
        }
    }

    /// What a close code says, if it is one of these.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Whether the client should connect again by itself.
    #[must_use]
    pub const fn comes_back(self) -> bool {
        match self {
            Self::Restarting | Self::Resync => true,
            Self::Outdated | Self::Deleted | Self::Revoked | Self::Misused => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_codes_are_read_back() {
        for reason in CloseReason::ALL {
            assert_eq!(CloseReason::from_code(reason.code()), Some(reason));
        }
    }
}
