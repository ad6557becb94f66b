//! What is stored of a board, and what can be written of it.

use bytes::Bytes;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use candour_shared::time::Day;

use crate::keys::Fingerprint;

/// A body as it lies on disk, with the number of the tick after which it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The tick: 0 for a new board.
    pub sequence: u64,
    /// The bytes.
    pub body: Bytes,
}

/// All that is stored of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBoard {
    /// The board at some tick.
    pub snapshot: Stored,
    /// The ticks after it, in order.
    pub records: Vec<Stored>,
    /// The last tick, as it is noted down apart from them: where the way to them is damaged, the last ones may seem
    /// never to have been there. Nothing if this note itself is lost.
    pub last: Option<u64>,
    /// The [`Day`] on which it is deleted, as a text: it stands beside the board without a checksum, and may be
    /// damaged.
    pub expires_on: String,
}

impl StoredBoard {
    /// A board that begins, before its first tick.
    #[must_use]
    pub fn new(body: Bytes, expires_on: Day) -> Self {
        let sequence = 0;
        Self {
            snapshot: Stored { sequence, body },
            records: Vec::new(),
            last: Some(sequence),
            expires_on: expires_on.to_string(),
        }
    }
}

/// What is asked of the writer of the log.
pub(super) enum Write {
    Create(BoardId, StoredBoard),
    Append { board: BoardId, record: Stored },
    Compact { board: BoardId, snapshot: Stored },
    Delete(Receipt),
    Fingerprint(Fingerprint),
}

impl Write {
    /// The board of which it takes something from the disk, if it does.
    pub(super) fn removes(&self) -> Option<BoardId> {
        match self {
            Self::Create(..) | Self::Append { .. } | Self::Fingerprint(_) => None,
            Self::Compact { board, .. } => Some(*board),
            Self::Delete(receipt) => Some(receipt.board),
        }
    }
}
