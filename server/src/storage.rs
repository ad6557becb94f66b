//! The database and its key together: opened for a server, backed up, restored and checked.
//!
//! A copy is made board by board, each as it is at one moment. Boards know nothing of each other, so that
//! is consistent, and no board has to wait for it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use candour_shared::ids::BoardId;

use crate::board::{self, DamagedBoard, Loaded};
use crate::config::Config;
use crate::keys::{Fingerprint, ServerKey};
use crate::log::{Log, LogError, StoredBoard};
use crate::metrics::Metrics;
use crate::random::Random;

/// What a server stores boards in.
pub struct Storage {
    /// The boards.
    pub log: Log,
    /// The key that is not among them.
    pub key: ServerKey,
    /// Where it is counted what is written, and whatever else.
    pub metrics: Metrics,
}

impl Storage {
    /// Opens both, and makes them if there is neither.
    pub async fn open(config: &Config) -> Result<Self> {
        let metrics = Metrics::default();
        let path = config.database_path()?;
        let log = Log::sqlite(&path, metrics.clone())
            .await
            .with_context(|| format!("opening the database {}", path.display()))?;
        let known = log
            .fingerprint()
            .await
            .with_context(|| format!("reading the database {}", path.display()))?;
        let key = key(&log, known, &config.key_path()?, &mut config.random.clone()).await?;
        Ok(Self { log, key, metrics })
    }
}

/// The key by which the tags in this database are made. With another one no participant could change what is
/// theirs, and everybody could vote a second time.
async fn key(
    log: &Log,
    known: Option<Fingerprint>,
    path: &Path,
    random: &mut Random,
) -> Result<ServerKey> {
    ensure!(
        known.is_none() || path.exists(),
        "the key file {} is missing: put the one there that this database was used with",
        path.display()
    );
    let key = ServerKey::open(path, random)
        .with_context(|| format!("opening the key file {}", path.display()))?;
    match known {
        None => log.put_fingerprint(key.fingerprint()).await?,
        Some(known) => ensure!(
            known == key.fingerprint(),
            "the key file {} is not the one that this database was used with: put that one there",
            path.display()
        ),
    }
    Ok(key)
}

/// What was found in a database.
#[derive(Debug, Default)]
pub struct Findings {
    /// How many boards are whole.
    pub whole: usize,
    /// The boards that are not, and how.
    pub damaged: Vec<(BoardId, DamagedBoard)>,
    /// What is wrong with the database itself.
    pub faults: Vec<String>,
}

impl Findings {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty() && self.faults.is_empty()
    }

    fn look(
        &mut self,
        name: BoardId,
        loaded: Result<Option<StoredBoard>, LogError>,
        random: &mut Random,
    ) {
        let stored = match loaded {
            Ok(Some(stored)) => stored,
            // One that was deleted meanwhile needs no check.
            Ok(None) => return,
            Err(fault) => {
                let fault = format!("board {name} can't be read: {fault}");
                return self.faults.push(fault);
            }
        };
        // Boards open under any key.
        let key = ServerKey::random(random);
        let found_on = stored.expires_on.clone();
        let date = |loaded: Loaded| {
            let is_own = loaded.expires_on().to_string() == found_on;
            is_own.then_some(()).ok_or(DamagedBoard::Date)
        };
        match board::load(name, key, stored, random).and_then(date) {
            Ok(()) => self.whole += 1,
            Err(damage) => self.damaged.push((name, damage)),
        }
    }
}

/// Verifies every board, also beside a server that is running.
pub async fn check(config: &Config) -> Result<Findings> {
    let log = open_to_read(&config.database_path()?).await?;
    let mut findings = Findings {
        faults: log.faults().await?,
        ..Findings::default()
    };
    let random = &mut config.random.clone();
    for board in log.boards().await? {
        let loaded = log.load(board).await;
        findings.look(board, loaded, random);
    }
    log.close().await;
    Ok(findings)
}

/// Copies all boards to a new file, also beside a server that is running. Verifies them on the way; what is
/// damaged is copied as it is, and what can't be read is left out.
pub async fn back_up(config: &Config, to: &Path) -> Result<Findings> {
    copy(&config.database_path()?, to, config).await
}

/// Makes the database anew from a backup. Its key file is in no backup and must be put beside it.
pub async fn restore(config: &Config, from: &Path) -> Result<Findings> {
    copy(from, &config.database_path()?, config).await
}

async fn copy(from: &Path, to: &Path, config: &Config) -> Result<Findings> {
    ensure!(
        !to.exists(),
        "{} exists already: move it away first, or choose another name",
        to.display()
    );
    let source = open_to_read(from).await?;
    // Under another name until it is whole, so that half a copy is never taken for one.
    let partial = beside(to, ".partial");
    let writing = || format!("writing {}", partial.display());
    remove(&partial).with_context(writing)?;
    let target = Log::sqlite(&partial, Metrics::default())
        .await
        .with_context(writing)?;
    let copied = copy_boards(&source, &target, &mut config.random.clone()).await;
    source.close().await;
    let settled = target.settle().await;
    let findings = match copied.and_then(|findings| settled.map(|()| findings)) {
        Ok(findings) => findings,
        Err(fault) => {
            remove(&partial).with_context(writing)?;
            return Err(fault).with_context(writing);
        }
    };
    // A link doesn't replace what another program put there meanwhile.
    fs::hard_link(&partial, to).with_context(|| format!("writing {}", to.display()))?;
    fs::remove_file(&partial).with_context(writing)?;
    if let Some(folder) = to.parent().filter(|folder| *folder != Path::new("")) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(findings)
}

async fn copy_boards(from: &Log, to: &Log, random: &mut Random) -> Result<Findings, LogError> {
    let mut findings = Findings::default();
    if let Some(fingerprint) = from.fingerprint().await? {
        to.put_fingerprint(fingerprint).await?;
    }
    for board in from.boards().await? {
        let loaded = from.load(board).await;
        if let Ok(Some(stored)) = &loaded {
            to.create(board, stored.clone()).await?;
        }
        findings.look(board, loaded, random);
    }
    // After the boards, because one may have been deleted meanwhile.
    for receipt in from.receipts().await? {
        to.delete(&receipt).await?;
    }
    Ok(findings)
}

async fn open_to_read(path: &Path) -> Result<Log> {
    if !path.exists() {
        bail!("there is no database {}", path.display());
    }
    let log = Log::sqlite_to_read(path).await;
    log.with_context(|| format!("reading the database {}", path.display()))
}

/// Removes a database's files, if there are any.
fn remove(database: &Path) -> std::io::Result<()> {
    for file in ["", "-wal", "-shm"].map(|end| beside(database, end)) {
        match fs::remove_file(file) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(fault),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use candour_shared::http::{Ending, Receipt};

    use super::*;
    use crate::log::Stored;

    const GONE: BoardId = BoardId::from_bytes([9; 16]);

    struct Stage {
        folder: tempfile::TempDir,
        config: Config,
    }

    /// A database with a receipt and a board whose bytes are no board.
    async fn database_with_a_damaged_board() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("candour.db");
        let config = Config::new(format!("sqlite:{}", path.display()));
        let log = Storage::open(&config).await.unwrap().log;
        let (board, body) = (BoardId::from_bytes([1; 16]), Bytes::from("no board"));
        let stored = StoredBoard::new(body.clone(), "2026-03-01".parse().unwrap());
        log.create(board, stored).await.unwrap();
        let record = Stored { sequence: 1, body };
        log.append(board, record).await.unwrap();
        let receipt = Receipt {
            board: GONE,
            ending: Ending::Deleted,
            on: "2026-01-31".parse().unwrap(),
        };
        log.delete(&receipt).await.unwrap();
        log.close().await;
        Stage { folder, config }
    }

    async fn contents(path: &Path) -> (Vec<StoredBoard>, Vec<Receipt>) {
        let log = Log::sqlite_to_read(path).await.unwrap();
        let mut boards = Vec::new();
        for board in log.boards().await.unwrap() {
            boards.extend(log.load(board).await.unwrap());
        }
        let receipts = log.receipts().await.unwrap();
        log.close().await;
        (boards, receipts)
    }

    #[tokio::test]
    async fn a_copy_holds_all_that_is_there_and_says_what_is_damaged() {
        let Stage { folder, config } = database_with_a_damaged_board().await;
        let copy = folder.path().join("copy.db");
        let findings = back_up(&config, &copy).await.unwrap();
        assert_eq!((findings.whole, findings.damaged.len()), (0, 1));
        assert!(!findings.is_whole());
        let original = config.database_path().unwrap();
        let there = contents(&copy).await;
        assert_eq!(there, contents(&original).await);
        assert_eq!((there.0.len(), there.1.len()), (1, 1));
        let mut files: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        files.retain(|file| !file.starts_with("candour.db"));
        assert_eq!(files, ["copy.db"]);
    }

    #[tokio::test]
    async fn nothing_is_written_over() {
        let Stage { folder, config } = database_with_a_damaged_board().await;
        let there = folder.path().join("there");
        fs::write(&there, "something else").unwrap();
        let refused = back_up(&config, &there).await.unwrap_err().to_string();
        assert!(refused.contains("exists already"), "{refused}");
        assert_eq!(fs::read(&there).unwrap(), b"something else");
        let refused = restore(&config, &there).await.unwrap_err().to_string();
        assert!(refused.contains("exists already"), "{refused}");
    }

    #[tokio::test]
    async fn what_is_no_database_of_boards_is_not_restored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("candour.db");
        let config = Config::new(format!("sqlite:{}", path.display()));
        let other = folder.path().join("other");
        fs::write(&other, "something else").unwrap();
        for from in [other, folder.path().join("nothing")] {
            restore(&config, &from).await.unwrap_err();
            assert!(!path.exists(), "{}", from.display());
        }
    }

    #[tokio::test]
    async fn a_database_opens_with_its_own_key_only() {
        let Stage { config, .. } = &database_with_a_damaged_board().await;
        let key = config.key_path().unwrap();
        let open = async || {
            let opened = Storage::open(config).await;
            opened.map(drop).map_err(|fault| fault.to_string())
        };
        let right = fs::read(&key).unwrap();
        fs::write(&key, [7; 32]).unwrap();
        assert!(open().await.unwrap_err().contains("is not the one"));
        fs::remove_file(&key).unwrap();
        assert!(open().await.unwrap_err().contains("is missing"));
        assert!(!key.exists(), "a new key was made");
        fs::write(&key, right).unwrap();
        assert_eq!(open().await, Ok(()));
    }
}
