//! The log in an SQLite file.

use bytes::Bytes;
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
    StoredBoard::new("new".into(), "2026-03-01".parse().unwrap())
}

fn receipt(board: BoardId) -> Receipt {
    Receipt {
        board,
        ending: Ending::Deleted,
        on: "2026-01-31".parse().unwrap(),
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
    assert_eq!(
        log.expired("2026-02-28".parse().unwrap()).await.unwrap(),
        []
    );
    assert_eq!(
        log.expired("2026-03-01".parse().unwrap()).await.unwrap(),
        [ANN]
    );
    log.delete(&receipt(ANN)).await.unwrap();
    assert_eq!(
        log.expired("2026-03-02".parse().unwrap()).await.unwrap(),
        []
    );
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
