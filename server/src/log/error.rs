//! Why the log could not do what it was asked.

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
