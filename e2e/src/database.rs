//! What is in a database file: its tables, row by row.

use std::path::Path;

use anyhow::Result;
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

async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let query = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    Ok(sqlx::query_scalar(query).fetch_all(connection).await?)
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Result<Vec<String>> {
    let query = "SELECT name FROM pragma_table_info(?)";
    let names = sqlx::query_scalar(query).bind(table).fetch_all(connection);
    Ok(names.await?)
}
