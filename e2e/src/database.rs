//! What is in a database file: its tables, row by row; and a way to damage it.

use std::path::Path;

use anyhow::{Result, ensure};
use candour_shared::ids::BoardId;
use rand::RngExt as _;
use rand::rngs::StdRng;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};

/// Every row of every table, as `table: value, …` with the values as SQL writes them, sorted.
pub async fn dump(path: &Path) -> Result<Vec<String>> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await?;
    let mut rows = Vec::new();
    for table in tables(&mut connection).await? {
        let columns = columns(&mut connection, &table).await?;
        let quoted: Vec<String> = columns
            .iter()
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let query = format!("SELECT {} FROM \"{table}\"", quoted.join(" || ', ' || "));
        let values: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_all(&mut connection)
            .await?;
        rows.extend(values.into_iter().map(|row| format!("{table}: {row}")));
    }
    connection.close().await?;
    rows.sort_unstable();
    Ok(rows)
}

/// Changes what is in it, by one statement.
pub async fn execute(path: &Path, sql: String) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await?;
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}

/// Flips a bit of what is stored of one board.
pub async fn flip_bit(path: &Path, board: BoardId, random: &mut StdRng) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await?;
    let mut bodies = Vec::new();
    for table in ["snapshots", "records"] {
        let query = format!("SELECT rowid, body FROM {table} WHERE board = ?");
        let query = sqlx::query_as(AssertSqlSafe(query)).bind(&board.as_bytes()[..]);
        let rows: Vec<(i64, Vec<u8>)> = query.fetch_all(&mut connection).await?;
        bodies.extend(rows.into_iter().map(|(row, body)| (table, row, body)));
    }
    ensure!(!bodies.is_empty(), "nothing is stored of {board:?}");
    let chosen = random.random_range(0..bodies.len());
    let (table, row, mut body) = bodies.swap_remove(chosen);
    let at = random.random_range(0..body.len());
    body[at] ^= 1 << random.random_range(0..8);
    let query = format!("UPDATE {table} SET body = ? WHERE rowid = ?");
    let query = sqlx::query(AssertSqlSafe(query)).bind(body).bind(row);
    query.execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Takes away some of the last records of one board.
pub async fn lose_records(path: &Path, board: BoardId, random: &mut StdRng) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await?;
    let board = &board.as_bytes()[..];
    let query = "SELECT sequence FROM records WHERE board = ?";
    let there: Vec<i64> = sqlx::query_scalar(query)
        .bind(board)
        .fetch_all(&mut connection)
        .await?;
    ensure!(!there.is_empty(), "there are no records");
    let first = there[random.random_range(0..there.len())];
    let query = "DELETE FROM records WHERE board = ? AND sequence >= ?";
    let query = sqlx::query(query).bind(board).bind(first);
    query.execute(&mut connection).await?;
    Ok(connection.close().await?)
}

async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    Ok(sqlx::query_scalar(query).fetch_all(connection).await?)
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Result<Vec<String>> {
    let query = "SELECT name FROM pragma_table_info(?)";
    let names = sqlx::query_scalar(query).bind(table).fetch_all(connection);
    Ok(names.await?)
}
