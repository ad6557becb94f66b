//! The log in one SQLite file: write-ahead logging, a sync at every commit, deleted bytes
//! overwritten.

use std::path::Path;

use bytes::Bytes;
use candour_shared::ids::BoardId;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row as _, SqliteConnection};

use super::{LogError, Stored, StoredBoard, Write};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS snapshots (
        board BLOB PRIMARY KEY,
        sequence INTEGER NOT NULL,
        body BLOB NOT NULL
    );
    CREATE TABLE IF NOT EXISTS records (
        board BLOB NOT NULL REFERENCES snapshots (board) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (board, sequence)
    );
";

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
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("secure_delete", "ON");
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        let writer = pool(1).connect_with(options.clone()).await?;
        sqlx::raw_sql(SCHEMA).execute(&writer).await?;
        let readers = pool(READERS).connect_with(options).await?;
        Ok(Self { readers, writer })
    }

    /// Makes all of these writes, durably, or none.
    pub(super) async fn commit(&self, writes: &[Write]) -> Result<(), LogError> {
        let mut removed = false;
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        for write in writes {
            match write {
                Write::Create { board, snapshot } => {
                    insert_snapshot(&mut transaction, *board, snapshot).await?;
                }
                Write::Append { board, record } => {
                    insert_record(&mut transaction, *board, record).await?;
                }
                Write::Compact { board, snapshot } => {
                    replace_snapshot(&mut transaction, *board, snapshot).await?;
                    removed = true;
                }
                Write::Delete { board } => {
                    delete_board(&mut transaction, *board).await?;
                    removed = true;
                }
            }
        }
        transaction.commit().await?;
        if removed {
            // What was removed is still in the write-ahead log until it is cut off. A reader in the
            // way only delays that to the next time.
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(&self.writer)
                .await?;
        }
        Ok(())
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

async fn insert_snapshot(
    connection: &mut SqliteConnection,
    board: BoardId,
    snapshot: &Stored,
) -> Result<(), LogError> {
    sqlx::query("INSERT INTO snapshots (board, sequence, body) VALUES (?, ?, ?)")
        .bind(&board.as_bytes()[..])
        .bind(number(snapshot.sequence))
        .bind(&snapshot.body[..])
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
