//! The log: what of a board is on disk. A snapshot, and the records of the ticks since.
//!
//! One writer serves all boards. Whatever waits for it when it is free goes to disk in one
//! transaction, so that a thousand boards share the cost of one sync. A write is answered after the
//! commit, never before, and one that removes something when that is gone from the disk: until then others
//! go on writing.

mod schema;
#[cfg(test)]
mod simulated;
mod sqlite;
mod medium;
mod writer;

use std::path::Path;

use crate::keys::Fingerprint;
use crate::metrics::Metrics;
use bytes::Bytes;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use medium::Medium;
#[cfg(test)]
pub(crate) use simulated::Disk;
use sqlite::Sqlite;
use writer::Writer;

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
    /// The date on which it is deleted, `YYYY-MM-DD`.
    pub expires_on: String,
}

impl StoredBoard {
    /// A board that begins, before its first tick.
    #[must_use]
    pub fn new(body: Bytes, expires_on: String) -> Self {
        let sequence = 0;
        Self {
            snapshot: Stored { sequence, body },
            records: Vec::new(),
            last: Some(sequence),
            expires_on,
        }
    }
}

/// Why the log could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The transaction that the write was part of failed.
    #[error("the write failed: {0}")]
    Write(String),
    /// The write was made, but what it removed could not be cut off the write-ahead log yet.
    #[error(
        "removed data is not cleared yet: another program reads the database, or the disk failed"
    )]
    NotCleared,
    /// The log was closed.
    #[error("the log is closed")]
    Closed,
    /// A newer version of the program made the database.
    #[error(
        "the database is of version {found}, and this program knows none above {known}: use a newer program"
    )]
    Newer {
        /// Its version.
        found: usize,
        /// The newest that is known.
        known: usize,
    },
    /// The database was made by an older version of the program, and is only to be read.
    #[error(
        "the database is of version {found}, not {known}: start the server on it once, which renews it"
    )]
    Older {
        /// Its version.
        found: usize,
        /// What it has to be.
        known: usize,
    },
}

/// A handle to the log; cheap to clone.
#[derive(Clone)]
pub struct Log {
    medium: Medium,
    writer: Writer,
}

enum Write {
    Create(BoardId, StoredBoard),
    Append { board: BoardId, record: Stored },
    Compact { board: BoardId, snapshot: Stored },
    Delete(Receipt),
    Fingerprint(Fingerprint),
}

impl Write {
    /// The board of which it takes something from the disk, if it does.
    fn removes(&self) -> Option<BoardId> {
        match self {
            Self::Create(..) | Self::Append { .. } | Self::Fingerprint(_) => None,
            Self::Compact { board, .. } => Some(*board),
            Self::Delete(receipt) => Some(receipt.board),
        }
    }
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

    /// Stores one tick. Fails if the board has a record of that number already: somebody else writes.
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

    /// The boards that are to be deleted on a day, `YYYY-MM-DD`, or before it.
    pub async fn expired(&self, today: &str) -> Result<Vec<BoardId>, LogError> {
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
mod tests {
    use candour_shared::http::Ending;
    use rand::rngs::StdRng;
    use rand::{Rng as _, RngExt as _, SeedableRng as _};

    use super::*;
    use crate::random::Random;

    const ANN: BoardId = BoardId::from_bytes([1; 16]);
    const BOB: BoardId = BoardId::from_bytes([2; 16]);
    const BOARDS: u8 = 30;
    const STEPS: u64 = 500;

    fn stored(sequence: u64, body: &'static str) -> Stored {
        Stored {
            sequence,
            body: Bytes::from_static(body.as_bytes()),
        }
    }

    fn new() -> StoredBoard {
        StoredBoard::new("new".into(), "2026-03-01".to_owned())
    }

    fn receipt(board: BoardId) -> Receipt {
        Receipt {
            board,
            ending: Ending::Deleted,
            on: "2026-01-31".to_owned(),
        }
    }

    async fn log() -> (tempfile::TempDir, Log) {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::sqlite(&folder.path().join("candour.db"), Metrics::default())
            .await
            .unwrap();
        (folder, log)
    }

    #[tokio::test]
    async fn a_board_is_loaded_as_it_was_stored() {
        let (_folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        log.append(ANN, stored(1, "one")).await.unwrap();
        log.append(ANN, stored(2, "two")).await.unwrap();
        let board = log.load(ANN).await.unwrap().unwrap();
        assert_eq!(board.snapshot, stored(0, "new"));
        assert_eq!(board.records, [stored(1, "one"), stored(2, "two")]);
        assert_eq!(board.last, Some(2));
        assert_eq!(log.load(BOB).await.unwrap(), None);
    }

    #[tokio::test]
    async fn compacting_removes_the_records_before_the_snapshot() {
        let (_folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        log.append(ANN, stored(1, "one")).await.unwrap();
        log.compact(ANN, stored(1, "all so far")).await.unwrap();
        log.append(ANN, stored(2, "two")).await.unwrap();
        let board = log.load(ANN).await.unwrap().unwrap();
        assert_eq!(board.snapshot, stored(1, "all so far"));
        assert_eq!(board.records, [stored(2, "two")]);
        log.compact(ANN, stored(9, "all again")).await.unwrap();
        assert_eq!(log.load(ANN).await.unwrap().unwrap().last, Some(9));
    }

    #[tokio::test]
    async fn a_second_writer_of_the_same_tick_is_refused_and_harms_nobody_else() {
        let (_folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        log.create(BOB, new()).await.unwrap();
        log.append(ANN, stored(1, "one")).await.unwrap();
        let (again, bob) = tokio::join!(
            log.append(ANN, stored(1, "other")),
            log.append(BOB, stored(1, "one"))
        );
        assert!(again.is_err());
        bob.unwrap();
        assert_eq!(
            log.load(ANN).await.unwrap().unwrap().records,
            [stored(1, "one")]
        );
        assert_eq!(
            log.load(BOB).await.unwrap().unwrap().records,
            [stored(1, "one")]
        );
    }

    #[tokio::test]
    async fn nothing_can_be_appended_to_a_deleted_board() {
        let (_folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        log.delete(&receipt(ANN)).await.unwrap();
        assert!(log.append(ANN, stored(1, "one")).await.is_err());
        assert_eq!(log.load(ANN).await.unwrap(), None);
        assert_eq!(log.receipt(ANN).await.unwrap(), Some(receipt(ANN)));
        assert_eq!(log.receipt(BOB).await.unwrap(), None);
    }

    #[tokio::test]
    async fn boards_expire_on_their_day_and_not_before() {
        let (_folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        assert_eq!(log.expired("2026-02-28").await.unwrap(), []);
        assert_eq!(log.expired("2026-03-01").await.unwrap(), [ANN]);
        log.delete(&receipt(ANN)).await.unwrap();
        assert_eq!(log.expired("2026-03-02").await.unwrap(), []);
    }

    #[tokio::test]
    async fn a_deleted_or_compacted_text_is_in_no_file() {
        let (folder, log) = log().await;
        log.create(ANN, new()).await.unwrap();
        log.append(ANN, stored(1, "a canary in the record"))
            .await
            .unwrap();
        log.compact(ANN, stored(1, "another canary in the snapshot"))
            .await
            .unwrap();
        assert!(!found_in_files(folder.path(), b"canary in the record"));
        assert!(found_in_files(folder.path(), b"canary in the snapshot"));
        log.delete(&receipt(ANN)).await.unwrap();
        assert!(!found_in_files(folder.path(), b"canary"));
    }

    #[tokio::test]
    async fn nothing_stays_of_a_compacted_board_in_pages_it_shared_with_others() {
        let (folder, log) = log().await;
        let seed = Random::system().next_u64();
        println!("seed {seed}");
        let random = &mut StdRng::seed_from_u64(seed);
        for step in 1..=STEPS {
            let board = BoardId::from_bytes([random.random_range(0..BOARDS); 16]);
            let body = Bytes::from(canary(board).repeat(random.random_range(1..30)));
            let sequence = step;
            match random.random_range(0..10) {
                _ if log.load(board).await.unwrap().is_none() => {
                    let snapshot = Stored { sequence, body };
                    let new = StoredBoard { snapshot, ..new() };
                    log.create(board, new).await.unwrap();
                }
                0..8 => log.append(board, Stored { sequence, body }).await.unwrap(),
                last => {
                    if last == 8 {
                        log.compact(board, stored(sequence, "nothing of it"))
                            .await
                            .unwrap();
                    } else {
                        log.delete(&receipt(board)).await.unwrap();
                    }
                    let found = found_in_files(folder.path(), canary(board).as_bytes());
                    assert!(!found, "in step {step}");
                }
            }
        }
    }

    fn canary(board: BoardId) -> String {
        format!("the canary of {board} ")
    }

    fn found_in_files(folder: &Path, text: &[u8]) -> bool {
        std::fs::read_dir(folder).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(text.len()).any(|window| window == text)
        })
    }
}
