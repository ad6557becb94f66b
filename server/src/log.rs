//! The log: what of a board is on disk. A snapshot, and the records of the ticks since.
//!
//! One writer serves all boards. Whatever waits for it when it is free goes to disk in one
//! transaction, so that a thousand boards share the cost of one sync. A write is answered after the
//! commit, never before, and one that removes something when that is gone from the disk: until then others
//! go on writing.

mod error;
mod medium;
mod schema;
#[cfg(test)]
mod simulated;
mod sqlite;
mod stored;
mod writer;

use std::path::Path;

use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use candour_shared::time::Day;

pub use self::error::LogError;
use self::medium::Medium;
#[cfg(test)]
pub(crate) use self::simulated::Disk;
use self::sqlite::Sqlite;
use self::stored::Write;
pub use self::stored::{Stored, StoredBoard};
use self::writer::Writer;
use crate::keys::Fingerprint;
use crate::metrics::Metrics;

/// A handle to the log; cheap to clone.
#[derive(Clone)]
pub struct Log {
    medium: Medium,
    writer: Writer,
}

impl Log {
    /// Opens the log in an SQLite file, which is made if it isn't there.
    pub async fn sqlite(path: &Path, metrics: Metrics) -> Result<Self, LogError> {
        Ok(Self::of(Medium::Sqlite(Sqlite::open(path).await?), metrics))
    }

    /// Opens the log on a disk in memory that fails as real ones do.
    #[cfg(test)]
    pub(crate) fn simulated(disk: &Disk, metrics: Metrics) -> Self {
        Self::of(Medium::Simulated(simulated::Simulated::new(disk)), metrics)
    }

    fn of(medium: Medium, metrics: Metrics) -> Self {
        let writer = Writer::start(medium.clone(), metrics);
        Self { medium, writer }
    }

    /// Opens the log in an SQLite file that is there, to read it only. Whatever is written to it is refused.
    pub async fn sqlite_to_read(path: &Path) -> Result<Self, LogError> {
        Ok(Self {
            medium: Medium::Sqlite(Sqlite::open_to_read(path).await?),
            writer: Writer::closed(),
        })
    }

    /// Stores a board that isn't there yet.
    pub async fn create(&self, board: BoardId, stored: StoredBoard) -> Result<(), LogError> {
        self.writer.write(Write::Create(board, stored)).await
    }

    /// Stores one tick. Fails if the board has a record of that number already: another process writes.
    pub async fn append(&self, board: BoardId, record: Stored) -> Result<(), LogError> {
        self.writer.write(Write::Append { board, record }).await
    }

    /// Replaces the snapshot, and every record up to its tick. When this answers, what only they held is
    /// overwritten on disk, also in free pages and in the write-ahead log.
    pub async fn compact(&self, board: BoardId, snapshot: Stored) -> Result<(), LogError> {
        self.writer.write(Write::Compact { board, snapshot }).await
    }

    /// Removes a board, also from the free pages and the write-ahead log, and keeps its receipt.
    pub async fn delete(&self, receipt: &Receipt) -> Result<(), LogError> {
        self.writer.write(Write::Delete(receipt.clone())).await
    }

    /// The receipt of a board that was deleted. It isn't told before what it says is true.
    pub async fn receipt(&self, board: BoardId) -> Result<Option<Receipt>, LogError> {
        let receipt = self.medium.receipt(board).await?;
        // Asked in this order, because it was uncleared before the receipt was there.
        self.writer.cleared(board).await;
        Ok(receipt)
    }

    /// The boards that are to be deleted on a day or before it.
    pub async fn expired(&self, today: Day) -> Result<Vec<BoardId>, LogError> {
        self.medium.expired(today).await
    }

    /// All that is stored of a board; nothing if there is no such board.
    pub async fn load(&self, board: BoardId) -> Result<Option<StoredBoard>, LogError> {
        self.medium.load(board).await
    }

    /// The names of all boards.
    pub async fn boards(&self) -> Result<Vec<BoardId>, LogError> {
        self.medium.boards().await
    }

    /// The receipts of all boards that were deleted.
    pub async fn receipts(&self) -> Result<Vec<Receipt>, LogError> {
        self.medium.receipts().await
    }

    /// Notes by which key the boards' tags are made. There is one for all of them, for ever.
    pub async fn put_fingerprint(&self, fingerprint: Fingerprint) -> Result<(), LogError> {
        self.writer.write(Write::Fingerprint(fingerprint)).await
    }

    /// By which key the boards' tags are made; nothing in a new database.
    pub async fn fingerprint(&self) -> Result<Option<Fingerprint>, LogError> {
        let bytes = self.medium.fingerprint().await?;
        Ok(bytes.map(Fingerprint::from_bytes))
    }

    /// What is wrong with the database itself, in its own words; nothing if it is whole.
    pub async fn faults(&self) -> Result<Vec<String>, LogError> {
        self.medium.faults().await
    }

    /// Closes the database as a single file that can be carried away.
    pub async fn settle(self) -> Result<(), LogError> {
        let Self { medium, writer } = self;
        drop(writer);
        let settled = medium.settle().await;
        medium.close().await;
        settled
    }

    /// Waits for what is being written and closes the database.
    pub async fn close(self) {
        let Self { medium, writer } = self;
        drop(writer);
        medium.close().await;
    }
}

#[cfg(test)]
mod tests;
