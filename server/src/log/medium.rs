//! What the log is kept in: an SQLite file, or, in tests, a disk in memory that fails.

use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use candour_shared::time::Day;

use super::error::LogError;
#[cfg(test)]
use super::simulated::Simulated;
use super::sqlite::Sqlite;
use super::stored::{StoredBoard, Write};

#[derive(Clone)]
pub(super) enum Medium {
    Sqlite(Sqlite),
    #[cfg(test)]
    Simulated(Simulated),
}

macro_rules! ask {
    ($medium:expr, $method:ident($($argument:expr),*)) => {
        match $medium {
            Self::Sqlite(medium) => medium.$method($($argument),*).await,
            #[cfg(test)]
            Self::Simulated(medium) => medium.$method($($argument),*).await,
        }
    };
}

impl Medium {
    /// Makes all of these writes, durably, or none.
    pub(super) async fn commit(&self, writes: &[Write]) -> Result<(), LogError> {
        ask!(self, commit(writes))
    }

    /// Takes what was removed from the disk. Says whether that was possible now.
    pub(super) async fn clear(&self) -> Result<bool, LogError> {
        ask!(self, clear())
    }

    /// All that is stored of a board.
    pub(super) async fn load(&self, board: BoardId) -> Result<Option<StoredBoard>, LogError> {
        ask!(self, load(board))
    }

    /// The names of all boards.
    pub(super) async fn boards(&self) -> Result<Vec<BoardId>, LogError> {
        ask!(self, boards())
    }

    /// The boards that are to be deleted on a day or before it.
    pub(super) async fn expired(&self, today: Day) -> Result<Vec<BoardId>, LogError> {
        ask!(self, expired(today))
    }

    /// The receipt of a board that is gone.
    pub(super) async fn receipt(&self, board: BoardId) -> Result<Option<Receipt>, LogError> {
        ask!(self, receipt(board))
    }

    /// The receipts of all boards that are gone.
    pub(super) async fn receipts(&self) -> Result<Vec<Receipt>, LogError> {
        ask!(self, receipts())
    }

    /// By which key the boards' tags were made, if any was named yet.
    pub(super) async fn fingerprint(&self) -> Result<Option<Vec<u8>>, LogError> {
        ask!(self, fingerprint())
    }

    /// What is wrong with the medium itself; nothing if it is whole.
    pub(super) async fn faults(&self) -> Result<Vec<String>, LogError> {
        ask!(self, faults())
    }

    /// Leaves nothing but what is to be kept.
    pub(super) async fn settle(&self) -> Result<(), LogError> {
        ask!(self, settle())
    }

    /// Ends it.
    pub(super) async fn close(&self) {
        ask!(self, close());
    }
}
