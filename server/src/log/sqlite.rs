//! The log in one SQLite file: write-ahead logging, a sync at every commit, deleted bytes
//! overwritten.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use candour_shared::time::Day;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use super::error::LogError;
use super::schema::{STEPS, is_current, migrate};
use super::stored::{Stored, StoredBoard, Write};

/// Small, because of the margins: in bytes.
const PAGE: u32 = 1024;

/// Connections that load boards beside the one that writes.
const READERS: u32 = 2;

/// How long a write waits while another program writes.
const BUSY: Duration = Duration::from_secs(5);

/// A pool for loading and one connection for writing, since SQLite has one writer at a time anyway.
#[derive(Clone)]
pub(super) struct Sqlite {
    readers: SqlitePool,
    writer: SqlitePool,
}

impl Sqlite {
    /// Opens the file for writing, and makes it if it isn't there.
    pub(super) async fn open(path: &Path) -> Result<Self, LogError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .page_size(PAGE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("secure_delete", "ON");
        let medium = Self::connect(options).await?;
        migrate(&mut *medium.writer.acquire().await?, STEPS).await?;
        Ok(medium)
    }

    /// Opens a file that is there, to read it only: beside a server that writes to it, too.
    pub(super) async fn open_to_read(path: &Path) -> Result<Self, LogError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(BUSY);
        let medium = Self::connect(options).await?;
        is_current(&mut *medium.writer.acquire().await?).await?;
        Ok(medium)
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Self, LogError> {
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = pool(READERS).connect_lazy_with(options);
        Ok(Self { readers, writer })
    }

    /// Makes all of these writes, durably, or none.
    pub(super) async fn commit(&self, writes: &[Write]) -> Result<(), LogError> {
        let mut connection = self.writer.acquire().await?;
        let made = make(&mut connection, writes).await;
        if made.is_err() {
            // Where the disk was full or failed, SQLite has rolled back by itself. The connection believes that
            // it is still in a transaction, and could begin no other.
            connection.close_on_drop();
        }
        made
    }

    /// Cuts off the write-ahead log: what was removed is still in it. Says whether that was possible; it isn't
    /// while anybody reads. Doesn't wait, because nothing can be written meanwhile.
    pub(super) async fn clear(&self) -> Result<bool, LogError> {
        let mut connection = self.writer.acquire().await?;
        busy_timeout(&mut connection, Duration::ZERO).await?;
        let outcome = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await;
        busy_timeout(&mut connection, BUSY).await?;
        let is_busy: i64 = outcome?.try_get(0)?;
        Ok(is_busy == 0)
    }

    /// By which key the boards' tags were made, if any was named yet.
    pub(super) async fn fingerprint(&self) -> Result<Option<Vec<u8>>, LogError> {
        let query = sqlx::query_scalar("SELECT fingerprint FROM server_key");
        Ok(query.fetch_optional(&self.readers).await?)
    }

    /// The names of all boards.
    pub(super) async fn boards(&self) -> Result<Vec<BoardId>, LogError> {
        self.ids(sqlx::query("SELECT board FROM snapshots ORDER BY board"))
            .await
    }

    /// The receipts of all boards that are gone.
    pub(super) async fn receipts(&self) -> Result<Vec<Receipt>, LogError> {
        let texts: Vec<String> = sqlx::query_scalar("SELECT receipt FROM receipts ORDER BY board")
            .fetch_all(&self.readers)
            .await?;
        texts.iter().map(|text| parse_receipt(text)).collect()
    }

    /// What SQLite finds wrong with the file; nothing if it is whole.
    pub(super) async fn faults(&self) -> Result<Vec<String>, LogError> {
        let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(&self.readers)
            .await?;
        faults.retain(|fault| fault != "ok");
        Ok(faults)
    }

    pub(super) async fn receipt(&self, board: BoardId) -> Result<Option<Receipt>, LogError> {
        let row = sqlx::query("SELECT receipt FROM receipts WHERE board = ?")
            .bind(&board.as_bytes()[..])
            .fetch_optional(&self.readers)
            .await?;
        let Some(row) = row else { return Ok(None) };
        parse_receipt(row.try_get("receipt")?).map(Some)
    }

    pub(super) async fn expired(&self, today: Day) -> Result<Vec<BoardId>, LogError> {
        let query = "SELECT board FROM snapshots WHERE expires_on <= ?";
        self.ids(sqlx::query(query).bind(today.to_string())).await
    }

    async fn ids(
        &self,
        query: Query<'_, sqlx::Sqlite, SqliteArguments>,
    ) -> Result<Vec<BoardId>, LogError> {
        let rows = query.fetch_all(&self.readers).await?;
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
        let snapshot =
            sqlx::query("SELECT sequence, body, expires_on FROM snapshots WHERE board = ?")
                .bind(key)
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(snapshot) = snapshot else {
            return Ok(None);
        };
        let last: Option<i64> = sqlx::query_scalar("SELECT sequence FROM heads WHERE board = ?")
            .bind(key)
            .fetch_optional(&mut *transaction)
            .await?;
        let records =
            sqlx::query("SELECT sequence, body FROM records WHERE board = ? ORDER BY sequence")
                .bind(key)
                .fetch_all(&mut *transaction)
                .await?;
        Ok(Some(StoredBoard {
            snapshot: stored(&snapshot)?,
            records: records.iter().map(stored).collect::<Result<_, _>>()?,
            last: last.map(i64::cast_unsigned),
            expires_on: snapshot.try_get("expires_on")?,
        }))
    }

    /// Puts everything into the one file, which then can be read where nothing can be written, too.
    pub(super) async fn settle(&self) -> Result<(), LogError> {
        self.readers.close().await;
        sqlx::raw_sql("PRAGMA journal_mode = DELETE")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

async fn make(connection: &mut SqliteConnection, writes: &[Write]) -> Result<(), LogError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    for write in writes {
        match write {
            Write::Create(board, stored) => {
                insert_board(&mut transaction, *board, stored).await?;
            }
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
            Write::Fingerprint(fingerprint) => {
                insert_fingerprint(&mut transaction, fingerprint.as_bytes()).await?;
            }
        }
    }
    Ok(transaction.commit().await?)
}

async fn busy_timeout(
    connection: &mut SqliteConnection,
    timeout: Duration,
) -> Result<(), LogError> {
    let pragma = format!("PRAGMA busy_timeout = {}", timeout.as_millis());
    sqlx::raw_sql(AssertSqlSafe(pragma))
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_board(
    connection: &mut SqliteConnection,
    board: BoardId,
    stored: &StoredBoard,
) -> Result<(), LogError> {
    let StoredBoard {
        snapshot,
        records,
        last,
        expires_on,
    } = stored;
    sqlx::query("INSERT INTO snapshots (board, sequence, body, expires_on) VALUES (?, ?, ?, ?)")
        .bind(&board.as_bytes()[..])
        .bind(number(snapshot.sequence))
        .bind(&snapshot.body[..])
        .bind(expires_on)
        .execute(&mut *connection)
        .await?;
    for record in records {
        insert_record(connection, board, record).await?;
    }
    // After the records, whose own last is not it where some are missing.
    if let Some(last) = last {
        sqlx::query("INSERT INTO heads (board, sequence) VALUES (?, ?)")
            .bind(&board.as_bytes()[..])
            .bind(number(*last))
            .execute(connection)
            .await?;
    }
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

async fn insert_fingerprint(
    connection: &mut SqliteConnection,
    fingerprint: &[u8],
) -> Result<(), LogError> {
    sqlx::query("INSERT INTO server_key (fingerprint) VALUES (?)")
        .bind(fingerprint)
        .execute(connection)
        .await?;
    Ok(())
}

fn parse_receipt(text: &str) -> Result<Receipt, LogError> {
    serde_json::from_str(text).map_err(|fault| sqlx::Error::Decode(fault.into()).into())
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
