//! The log in one SQLite file: write-ahead logging, a sync at every commit, deleted bytes
//! overwritten.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::{LogError, NewBoard, Stored, StoredBoard, Write};

/// Between the pages of a table SQLite moves what is in rows, and leaves copies behind in the unused parts
/// of pages, which `secure_delete` does not overwrite when the rows are deleted. It does overwrite overflow
/// pages, and never moves what is in them. So in front of every body there is a margin of a page's size:
/// the part of a row that stays in the table (<https://www.sqlite.org/fileformat2.html>, §1.6) ends in it.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS snapshots (
        board BLOB PRIMARY KEY,
        sequence INTEGER NOT NULL,
        expires_on TEXT NOT NULL,
        margin BLOB NOT NULL DEFAULT (zeroblob(1024)),
        body BLOB NOT NULL
    );
    CREATE INDEX IF NOT EXISTS expiry ON snapshots (expires_on);
    CREATE TABLE IF NOT EXISTS records (
        board BLOB NOT NULL REFERENCES snapshots (board) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        margin BLOB NOT NULL DEFAULT (zeroblob(1024)),
        body BLOB NOT NULL,
        PRIMARY KEY (board, sequence)
    );
    CREATE TABLE IF NOT EXISTS receipts (
        board BLOB PRIMARY KEY,
        receipt TEXT NOT NULL
    );
";

/// Small, because of the margins: in bytes.
const PAGE: u32 = 1024;

/// How often, and how long apart, it is tried to cut off the write-ahead log while somebody reads.
const CLEARINGS: u32 = 200;
const CLEARING_PAUSE: Duration = Duration::from_millis(50);

/// Connections that load boards beside the one that writes.
const READERS: u32 = 2;

/// A pool for loading and one connection for writing, since SQLite has one writer at a time anyway.
#[derive(Clone)]
pub(super) struct Sqlite {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Sqlite {
    pub(super) async fn open(path: &Path) -> Result<Self, LogError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .page_size(PAGE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("secure_delete", "ON");
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::raw_sql(SCHEMA).execute(&writer).await?;
        // A crash may have come between a removal and its clearing.
        clear_write_ahead_log(&mut *writer.acquire().await?).await?;
        let readers = pool(READERS).connect_with(options).await?;
        Ok(Self { readers, writer })
    }

    /// Makes all of these writes, durably, or none.
    pub(super) async fn commit(&self, writes: &[Write]) -> Result<(), LogError> {
        let mut connection = self.writer.acquire().await?;
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        for write in writes {
            match write {
                Write::Create(board) => insert_board(&mut transaction, board).await?,
                Write::Append { board, record } => {
                    insert_record(&mut transaction, *board, record).await?;
                }
                Write::Compact { board, snapshot } => {
                    replace_snapshot(&mut transaction, *board, snapshot).await?;
                }
                Write::Delete(receipt) => {
                    delete_board(&mut transaction, receipt.board).await?;
                    insert_receipt(&mut transaction, receipt).await?;
                }
            }
        }
        transaction.commit().await?;
        if writes.iter().any(Write::removes) {
            clear_write_ahead_log(&mut connection).await?;
        }
        Ok(())
    }

    /// Asked of the connection that writes, so that no receipt is told before what it says is true.
    pub(super) async fn receipt(&self, board: BoardId) -> Result<Option<Receipt>, LogError> {
        let row = sqlx::query("SELECT receipt FROM receipts WHERE board = ?")
            .bind(&board.as_bytes()[..])
            .fetch_optional(&self.writer)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let text: String = row.try_get("receipt")?;
        let receipt = serde_json::from_str(&text);
        Ok(Some(
            receipt.map_err(|fault| sqlx::Error::Decode(fault.into()))?,
        ))
    }

    pub(super) async fn expired(&self, today: &str) -> Result<Vec<BoardId>, LogError> {
        let rows = sqlx::query("SELECT board FROM snapshots WHERE expires_on <= ?")
            .bind(today)
            .fetch_all(&self.readers)
            .await?;
        let mut boards = Vec::with_capacity(rows.len());
        for row in rows {
            let id: Vec<u8> = row.try_get("board")?;
            boards.extend(id.try_into().map(BoardId::from_bytes));
        }
        Ok(boards)
    }

    pub(super) async fn load(&self, board: BoardId) -> Result<Option<StoredBoard>, LogError> {
        // One transaction, so that a compaction can't come between snapshot and records.
        let mut transaction = self.readers.begin().await?;
        let key = &board.as_bytes()[..];
        let snapshot = sqlx::query("SELECT sequence, body FROM snapshots WHERE board = ?")
            .bind(key)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(snapshot) = snapshot else {
            return Ok(None);
        };
        let records =
            sqlx::query("SELECT sequence, body FROM records WHERE board = ? ORDER BY sequence")
                .bind(key)
                .fetch_all(&mut *transaction)
                .await?;
        Ok(Some(StoredBoard {
            snapshot: stored(&snapshot)?,
            records: records.iter().map(stored).collect::<Result<_, _>>()?,
        }))
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// What was removed is still in the write-ahead log until it is cut off, for which nobody may be
/// reading. Our own readers are soon done.
async fn clear_write_ahead_log(connection: &mut SqliteConnection) -> Result<(), LogError> {
    for _ in 0..CLEARINGS {
        let outcome = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await?;
        let is_busy: i64 = outcome.try_get(0)?;
        if is_busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(CLEARING_PAUSE).await;
    }
    Err(LogError::NotCleared)
}

async fn insert_board(
    connection: &mut SqliteConnection,
    NewBoard {
        board,
        snapshot,
        expires_on,
    }: &NewBoard,
) -> Result<(), LogError> {
    sqlx::query("INSERT INTO snapshots (board, sequence, body, expires_on) VALUES (?, ?, ?, ?)")
        .bind(&board.as_bytes()[..])
        .bind(number(snapshot.sequence))
        .bind(&snapshot.body[..])
        .bind(expires_on)
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_record(
    connection: &mut SqliteConnection,
    board: BoardId,
    record: &Stored,
) -> Result<(), LogError> {
    sqlx::query("INSERT INTO records (board, sequence, body) VALUES (?, ?, ?)")
        .bind(&board.as_bytes()[..])
        .bind(number(record.sequence))
        .bind(&record.body[..])
        .execute(connection)
        .await?;
    Ok(())
}

async fn replace_snapshot(
    connection: &mut SqliteConnection,
    board: BoardId,
    snapshot: &Stored,
) -> Result<(), LogError> {
    let replaced = sqlx::query("UPDATE snapshots SET sequence = ?, body = ? WHERE board = ?")
        .bind(number(snapshot.sequence))
        .bind(&snapshot.body[..])
        .bind(&board.as_bytes()[..])
        .execute(&mut *connection)
        .await?;
    if replaced.rows_affected() == 0 {
        return Err(LogError::Write("there is no such board".to_owned()));
    }
    sqlx::query("DELETE FROM records WHERE board = ? AND sequence <= ?")
        .bind(&board.as_bytes()[..])
        .bind(number(snapshot.sequence))
        .execute(connection)
        .await?;
    Ok(())
}

async fn delete_board(connection: &mut SqliteConnection, board: BoardId) -> Result<(), LogError> {
    sqlx::query("DELETE FROM snapshots WHERE board = ?")
        .bind(&board.as_bytes()[..])
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_receipt(
    connection: &mut SqliteConnection,
    receipt: &Receipt,
) -> Result<(), LogError> {
    let text =
        serde_json::to_string(receipt).map_err(|fault| LogError::Write(fault.to_string()))?;
    // The first receipt is the true one, should a deletion be repeated.
    sqlx::query("INSERT OR IGNORE INTO receipts (board, receipt) VALUES (?, ?)")
        .bind(&receipt.board.as_bytes()[..])
        .bind(text)
        .execute(connection)
        .await?;
    Ok(())
}

fn stored(row: &sqlx::sqlite::SqliteRow) -> Result<Stored, LogError> {
    let sequence: i64 = row.try_get("sequence")?;
    let body: Vec<u8> = row.try_get("body")?;
    Ok(Stored {
        sequence: sequence.cast_unsigned(),
        body: Bytes::from(body),
    })
}

/// SQLite's integers are signed; a board never has 2^63 ticks.
fn number(sequence: u64) -> i64 {
    sequence.cast_signed()
}
