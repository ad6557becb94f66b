//! A log on a disk in memory that fails as real ones do, as the disk's seed decides: for tests.
//!
//! A commit can fail without having written; it can be written and fail all the same, its answer lost; it
//! takes time, of which a crash makes use. A crash loses what was not written, and may leave the record that
//! was being written torn. And it can lose the way to records.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use candour_shared::http::Receipt;
use candour_shared::ids::BoardId;
use candour_shared::time::Day;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

use super::error::LogError;
use super::stored::{Stored, StoredBoard, Write};

/// The longest time before a write is on the disk, and the longest from then to its answer.
const SLOW: Duration = Duration::from_millis(30);

/// A disk. It outlives the servers that crash; clones are the same disk.
#[derive(Clone)]
pub(crate) struct Disk(Arc<Mutex<State>>);

type Boards = BTreeMap<BoardId, StoredBoard>;

struct State {
    boards: Boards,
    receipts: BTreeMap<BoardId, Receipt>,
    fingerprint: Option<Vec<u8>>,
    random: StdRng,
    failing: bool,
    full: bool,
    loses_answer: bool,
    /// A record that is not wholly written yet.
    writing: Option<(BoardId, Stored)>,
    /// The board that was damaged last, before that.
    whole: Option<(BoardId, StoredBoard)>,
}

/// What becomes of a commit.
enum Fate {
    Answered,
    /// Nothing is written.
    Refused,
    /// It is written, and fails.
    Unanswered,
}

impl Disk {
    /// An empty disk that works.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(State {
            boards: BTreeMap::new(),
            receipts: BTreeMap::new(),
            fingerprint: None,
            random: StdRng::seed_from_u64(seed),
            failing: false,
            full: false,
            loses_answer: false,
            writing: None,
            whole: None,
        })))
    }

    /// Decides whether commits and loads are slow and fail now and then.
    pub(crate) fn set_failing(&self, failing: bool) {
        self.state().failing = failing;
    }

    /// Decides whether there is room for anything.
    pub(crate) fn set_full(&self, full: bool) {
        self.state().full = full;
    }

    /// The next commit is written and fails all the same.
    pub(crate) fn lose_next_answer(&self) {
        self.state().loses_answer = true;
    }

    /// The server has crashed. Says which board's last record is torn, if one is.
    pub(crate) fn crash(&self) -> Option<BoardId> {
        let mut state = self.state();
        let (board, record) = state.writing.take()?;
        if state.random.random() {
            return None;
        }
        let torn = state.tear(&record);
        state.damage(board, |kept| {
            kept.last = Some(torn.sequence);
            kept.records.push(torn);
        });
        Some(board)
    }

    /// The last records of a board can't be found any more, however many. Says of which board, if one has any.
    pub(crate) fn lose_records(&self) -> Option<BoardId> {
        let mut state = self.state();
        let has_records = |(board, kept): (&BoardId, &StoredBoard)| {
            let count = kept.records.len();
            (count > 0).then_some((*board, count))
        };
        let (board, count) = state.boards.iter().find_map(has_records)?;
        let left = state.random.random_range(0..count);
        state.damage(board, |kept| kept.records.truncate(left));
        Some(board)
    }

    /// Puts the board that was damaged last back as it was, as an operator would from a copy. Nobody was
    /// told of what a torn record holds.
    pub(crate) fn mend(&self) {
        let mut state = self.state();
        if let Some((board, whole)) = state.whole.take() {
            state.boards.insert(board, whole);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn delay(&mut self) -> Duration {
        if self.failing {
            SLOW.mul_f64(self.random.random::<f64>().powi(3))
        } else {
            Duration::ZERO
        }
    }

    fn fate(&mut self) -> Fate {
        if std::mem::take(&mut self.loses_answer) {
            return Fate::Unanswered;
        }
        match self.random.random_range(0..20) {
            0 if self.failing => Fate::Refused,
            1 if self.failing => Fate::Unanswered,
            _ => Fate::Answered,
        }
    }

    fn damage(&mut self, board: BoardId, damage: impl FnOnce(&mut StoredBoard)) {
        if let Some(kept) = self.boards.get_mut(&board) {
            self.whole = Some((board, kept.clone()));
            damage(kept);
        }
    }

    /// Makes all of these writes or none.
    fn write(&mut self, writes: &[Write]) -> Result<(), LogError> {
        if self.full {
            return Err(LogError::Write("no space left on the disk".to_owned()));
        }
        let (mut boards, mut receipts) = (self.boards.clone(), self.receipts.clone());
        let mut fingerprint = self.fingerprint.clone();
        for write in writes {
            match write {
                Write::Create(board, stored) => create(&mut boards, *board, stored)?,
                Write::Append { board, record } => append(&mut boards, *board, record)?,
                Write::Compact { board, snapshot } => compact(&mut boards, *board, snapshot)?,
                Write::Delete(receipt) => {
                    boards.remove(&receipt.board);
                    receipts
                        .entry(receipt.board)
                        .or_insert_with(|| receipt.clone());
                }
                Write::Fingerprint(key) => fingerprint = Some(key.as_bytes().to_vec()),
            }
        }
        (self.boards, self.receipts, self.fingerprint) = (boards, receipts, fingerprint);
        Ok(())
    }

    /// What is left of a record that was being written: cut off, or with other bytes from some place on.
    fn tear(&mut self, record: &Stored) -> Stored {
        let mut body = record.body.to_vec();
        let written = self.random.random_range(0..body.len());
        if self.random.random() {
            body.truncate(written);
        } else {
            // Never by chance what it was to be.
            body[written] ^= self.random.random_range(1..=u8::MAX);
            self.random.fill_bytes(&mut body[written + 1..]);
        }
        Stored {
            sequence: record.sequence,
            body: Bytes::from(body),
        }
    }
}

/// A handle to a disk, as long as a server runs.
#[derive(Clone)]
pub(super) struct Simulated {
    disk: Disk,
}

impl Simulated {
    pub(super) fn new(disk: &Disk) -> Self {
        Self { disk: disk.clone() }
    }

    pub(super) async fn commit(&self, writes: &[Write]) -> Result<(), LogError> {
        let (before, after, fate) = {
            let mut state = self.disk.state();
            state.writing = writes.iter().rev().find_map(|write| match write {
                Write::Append { board, record } => Some((*board, record.clone())),
                Write::Create(..)
                | Write::Compact { .. }
                | Write::Delete(_)
                | Write::Fingerprint(_) => None,
            });
            (state.delay(), state.delay(), state.fate())
        };
        tokio::time::sleep(before).await;
        let outcome = {
            let mut state = self.disk.state();
            state.writing = None;
            match fate {
                Fate::Answered => state.write(writes),
                Fate::Refused => Err(LogError::Write("the disk failed".to_owned())),
                Fate::Unanswered => state
                    .write(writes)
                    .and(Err(LogError::Write("the answer was lost".to_owned()))),
            }
        };
        tokio::time::sleep(after).await;
        outcome
    }

    pub(super) async fn load(&self, board: BoardId) -> Result<Option<StoredBoard>, LogError> {
        let (delay, fate) = {
            let mut state = self.disk.state();
            (state.delay(), state.fate())
        };
        tokio::time::sleep(delay).await;
        match fate {
            Fate::Answered => Ok(self.disk.state().boards.get(&board).cloned()),
            Fate::Refused | Fate::Unanswered => Err(LogError::Write("the disk failed".to_owned())),
        }
    }

    pub(super) async fn receipt(&self, board: BoardId) -> Result<Option<Receipt>, LogError> {
        Ok(self.disk.state().receipts.get(&board).cloned())
    }

    pub(super) async fn expired(&self, today: Day) -> Result<Vec<BoardId>, LogError> {
        let (state, today) = (self.disk.state(), today.to_string());
        let expired = state
            .boards
            .iter()
            .filter(|(_, kept)| kept.expires_on <= today);
        Ok(expired.map(|(board, _)| *board).collect())
    }

    /// What is removed is gone at once.
    pub(super) async fn clear(&self) -> Result<bool, LogError> {
        Ok(true)
    }

    pub(super) async fn boards(&self) -> Result<Vec<BoardId>, LogError> {
        Ok(self.disk.state().boards.keys().copied().collect())
    }

    pub(super) async fn receipts(&self) -> Result<Vec<Receipt>, LogError> {
        Ok(self.disk.state().receipts.values().cloned().collect())
    }

    pub(super) async fn fingerprint(&self) -> Result<Option<Vec<u8>>, LogError> {
        Ok(self.disk.state().fingerprint.clone())
    }

    pub(super) async fn faults(&self) -> Result<Vec<String>, LogError> {
        Ok(Vec::new())
    }

    pub(super) async fn settle(&self) -> Result<(), LogError> {
        Ok(())
    }

    pub(super) async fn close(&self) {}
}

fn create(boards: &mut Boards, board: BoardId, stored: &StoredBoard) -> Result<(), LogError> {
    match boards.insert(board, stored.clone()) {
        None => Ok(()),
        Some(_) => Err(LogError::Write("there is such a board already".to_owned())),
    }
}

fn append(boards: &mut Boards, board: BoardId, record: &Stored) -> Result<(), LogError> {
    let there = there(boards, board)?;
    let mut sequences = there.records.iter().map(|record| record.sequence);
    if sequences.any(|sequence| sequence == record.sequence) {
        return Err(LogError::Write("there is such a record already".to_owned()));
    }
    there.records.push(record.clone());
    there.last = Some(record.sequence);
    Ok(())
}

fn compact(boards: &mut Boards, board: BoardId, snapshot: &Stored) -> Result<(), LogError> {
    let there = there(boards, board)?;
    there
        .records
        .retain(|record| record.sequence > snapshot.sequence);
    there.snapshot = snapshot.clone();
    there.last = Some(snapshot.sequence);
    Ok(())
}

fn there(boards: &mut Boards, board: BoardId) -> Result<&mut StoredBoard, LogError> {
    let board = boards.get_mut(&board);
    board.ok_or_else(|| LogError::Write("there is no such board".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::Log;
    use super::*;
    use crate::metrics::Metrics;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    fn stored(sequence: u64) -> Stored {
        let body = Bytes::from(vec![7; 20]);
        Stored { sequence, body }
    }

    async fn disk_with_a_board() -> (Disk, Log) {
        let disk = Disk::new(1);
        let log = Log::simulated(&disk, Metrics::default());
        let new = StoredBoard::new(stored(0).body, "2026-03-01".parse().unwrap());
        log.create(BOARD, new).await.unwrap();
        disk.set_failing(true);
        (disk, log)
    }

    async fn records(disk: &Disk) -> Vec<Stored> {
        disk.set_failing(false);
        let board = Simulated::new(disk).load(BOARD).await.unwrap();
        disk.set_failing(true);
        board.unwrap().records
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_answered_is_there_and_what_failed_is_there_or_not() {
        let (disk, log) = disk_with_a_board().await;
        let (mut kept, mut lost) = (0, 0);
        for sequence in 1..300 {
            let answered = log.append(BOARD, stored(sequence)).await.is_ok();
            let is_there = records(&disk)
                .await
                .iter()
                .any(|it| it.sequence == sequence);
            assert!(is_there || !answered, "record {sequence}");
            match (answered, is_there) {
                (false, true) => kept += 1,
                (false, false) => lost += 1,
                (true, _) => {}
            }
        }
        assert!(kept > 0 && lost > 0, "{kept} and {lost}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_disk_takes_nothing_and_goes_on_when_there_is_room() {
        let (disk, log) = disk_with_a_board().await;
        disk.set_failing(false);
        disk.set_full(true);
        log.append(BOARD, stored(1)).await.unwrap_err();
        disk.set_full(false);
        log.append(BOARD, stored(1)).await.unwrap();
        assert_eq!(records(&disk).await, [stored(1)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_crash_tears_at_most_the_record_that_was_being_written() {
        let (disk, log) = disk_with_a_board().await;
        let mut torn = 0;
        for sequence in 1..100 {
            let before = records(&disk).await;
            let append = log.append(BOARD, stored(sequence));
            // The writer is not told: it is in the middle of it, or done.
            drop(tokio::time::timeout(Duration::from_millis(1), append).await);
            if disk.crash().is_some() {
                torn += 1;
                let now = records(&disk).await;
                assert_eq!(now[..before.len()], before);
                assert_ne!(now[before.len()..], [stored(sequence)]);
                disk.mend();
                assert_eq!(records(&disk).await, before);
            }
            tokio::time::sleep(3 * SLOW).await;
        }
        assert!(torn > 0);
    }
}
