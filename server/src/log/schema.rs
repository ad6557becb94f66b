//! The tables, and how an older database gets the newer ones.

use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::error::LogError;

/// What leads from each version of the schema to the next; version 0 is an empty database. A step that has
/// been released is never changed: what comes after it is another step.
///
/// Between the pages of a table SQLite moves what is in rows, and leaves copies behind in the unused parts
/// of pages, which `secure_delete` does not overwrite when the rows are deleted. It does overwrite overflow
/// pages, and never moves what is in them. So in front of every body there is a margin of a page's size:
/// the part of a row that stays in the table (<https://www.sqlite.org/fileformat2.html>, §1.6) ends in it.
///
/// A page of the records' index that is damaged can make SQLite find none, without a word. So `heads` says, in other
/// pages, which tick of a board was its last.
pub(super) const STEPS: &[&str] = &["
    CREATE TABLE snapshots (
        board BLOB PRIMARY KEY,
        sequence INTEGER NOT NULL,
        expires_on TEXT NOT NULL,
        margin BLOB NOT NULL DEFAULT (zeroblob(1024)),
        body BLOB NOT NULL
    );
    CREATE INDEX expiry ON snapshots (expires_on);
    CREATE TABLE records (
        board BLOB NOT NULL REFERENCES snapshots (board) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        margin BLOB NOT NULL DEFAULT (zeroblob(1024)),
        body BLOB NOT NULL,
        PRIMARY KEY (board, sequence)
    );
    CREATE TABLE heads (
        board BLOB PRIMARY KEY REFERENCES snapshots (board) ON DELETE CASCADE,
        sequence INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TRIGGER appended AFTER INSERT ON records BEGIN
        UPDATE heads SET sequence = NEW.sequence WHERE board = NEW.board;
    END;
    CREATE TRIGGER compacted AFTER UPDATE OF sequence ON snapshots BEGIN
        UPDATE heads SET sequence = NEW.sequence WHERE board = NEW.board;
    END;
    CREATE TABLE receipts (
        board BLOB PRIMARY KEY,
        receipt TEXT NOT NULL
    );
    CREATE TABLE server_key (
        fingerprint BLOB NOT NULL
    );
"];

/// Takes the steps that a database has not taken yet, all or none of them.
pub(super) async fn migrate(
    connection: &mut SqliteConnection,
    steps: &'static [&'static str],
) -> Result<(), LogError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let found = version(&mut transaction).await?;
    check(found, steps.len())?;
    for (step, to) in steps.iter().zip(1..).skip(found) {
        sqlx::raw_sql(*step).execute(&mut *transaction).await?;
        let count = format!("PRAGMA user_version = {to}");
        let count = sqlx::AssertSqlSafe(count);
        sqlx::raw_sql(count).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// Whether a database has just these tables.
pub(super) async fn is_current(connection: &mut SqliteConnection) -> Result<(), LogError> {
    let (found, known) = (version(connection).await?, STEPS.len());
    check(found, known)?;
    if found < known {
        return Err(LogError::Older { found, known });
    }
    Ok(())
}

fn check(found: usize, known: usize) -> Result<(), LogError> {
    if found > known {
        return Err(LogError::Newer { found, known });
    }
    Ok(())
}

async fn version(connection: &mut SqliteConnection) -> Result<usize, LogError> {
    let row = sqlx::query("PRAGMA user_version")
        .fetch_one(connection)
        .await?;
    let version: i64 = row.try_get(0)?;
    // No tick has a negative one.
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use sqlx::ConnectOptions as _;
    use sqlx::sqlite::SqliteConnectOptions;

    use super::*;

    const FIRST: &str = "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept')";
    const SECOND: &str = "ALTER TABLE notes ADD COLUMN colour TEXT DEFAULT 'yellow'";
    const BROKEN: &str = "ALTER TABLE notes ADD COLUMN size TEXT; ALTER TABLE nothing ADD COLUMN x";

    async fn notes(connection: &mut SqliteConnection) -> Vec<(String, String)> {
        sqlx::query_as("SELECT text, colour FROM notes")
            .fetch_all(connection)
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn an_older_database_takes_the_steps_it_lacks_once_and_keeps_what_it_holds() {
        let mut database = SqliteConnectOptions::new().connect().await.unwrap();
        migrate(&mut database, &[FIRST]).await.unwrap();
        for _ in 0..2 {
            migrate(&mut database, &[FIRST, SECOND]).await.unwrap();
        }
        let kept = ("kept".to_owned(), "yellow".to_owned());
        assert_eq!(notes(&mut database).await, [kept]);
    }

    #[tokio::test]
    async fn a_step_that_fails_leaves_the_database_as_it_was() {
        let mut database = SqliteConnectOptions::new().connect().await.unwrap();
        migrate(&mut database, &[FIRST]).await.unwrap();
        let failed = migrate(&mut database, &[FIRST, SECOND, BROKEN]).await;
        assert!(matches!(failed, Err(LogError::Database(_))));
        assert_eq!(version(&mut database).await.unwrap(), 1);
        migrate(&mut database, &[FIRST, SECOND]).await.unwrap();
        assert_eq!(notes(&mut database).await.len(), 1);
    }

    #[tokio::test]
    async fn a_newer_database_is_refused_and_not_touched() {
        let mut database = SqliteConnectOptions::new().connect().await.unwrap();
        migrate(&mut database, &[FIRST, SECOND]).await.unwrap();
        let refused = migrate(&mut database, &[FIRST]).await;
        assert!(matches!(
            refused,
            Err(LogError::Newer { found: 2, known: 1 })
        ));
        assert_eq!(version(&mut database).await.unwrap(), 2);
    }
}
