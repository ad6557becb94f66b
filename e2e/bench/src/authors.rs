//! People who go on changing a board of Candour while a crowd comes and goes. They have a thread of their own, so that
//! what the crowd is busy with doesn't count as the server's slowness.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::workshop::move_note;
use candour_shared::layout::Point;
use candour_shared::protocol::Cursor;
use hdrhistogram::Histogram;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::boards::Board;

/// How many they are.
pub const AUTHORS: usize = 10;
/// The time between two of their changes.
const PACE: Duration = Duration::from_millis(50);

/// Participants of one board who go on moving its notes, on a thread of their own.
pub struct Authors {
    /// Nothing once it is over.
    thread: Option<Runtime>,
    clients: Vec<Arc<TestClient>>,
}

/// Changes that go on.
pub struct Changing {
    over: Arc<AtomicBool>,
    task: JoinHandle<Result<Answers>>,
}

/// What became of the changes.
pub struct Answers {
    /// From the time a change was to be sent to its acknowledgement, in microseconds.
    pub acknowledged: Histogram<u64>,
    /// How many were not acknowledged.
    pub failed: usize,
}

impl Authors {
    /// Lets the first of those who have joined a board come.
    pub async fn come(api: &Api, board: &mut Board) -> Result<Self> {
        let thread = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let mut clients = Vec::new();
        for token in board.tokens.drain(..AUTHORS) {
            let _inside = thread.enter();
            clients.push(Arc::new(TestClient::connect(api.clone(), board.id, token)));
        }
        for client in &clients {
            client
                .wait_for(|view| view.wall().read().note_count() == board.notes.len())
                .await?;
        }
        Ok(Self {
            thread: Some(thread),
            clients,
        })
    }

    /// How far the Wall has come, as far as one of them knows.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        let cursors = self
            .clients
            .iter()
            .map(|client| client.view(|view| view.hello().wall));
        cursors.max().flatten()
    }

    /// Over how long those who lose their connection should spread their return, as they know, in milliseconds.
    #[must_use]
    pub fn spread(&self) -> u32 {
        let told = self.clients.iter();
        let told = told.map(|client| client.view(|view| view.presence().spread));
        told.max().unwrap_or(0)
    }

    /// Lets them move notes of this board, one after the other.
    pub fn change(&self, board: &Board) -> Result<Changing> {
        let thread = self.thread.as_ref().context("the authors have left")?;
        let over = Arc::new(AtomicBool::new(false));
        let (clients, notes) = (self.clients.clone(), board.notes.clone());
        let stopped = Arc::clone(&over);
        let task = thread.spawn(async move {
            let begin = Instant::now();
            let mut asked = JoinSet::new();
            for change in 0.. {
                let at = begin + PACE * change;
                sleep_until(at).await;
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                let author = change as usize % AUTHORS;
                let to = Point {
                    x: i32::try_from(change)?,
                    y: 1,
                };
                let (client, command) =
                    (Arc::clone(&clients[author]), move_note(notes[author], to));
                asked.spawn(async move { client.ask(command).await.map(|()| at.elapsed()) });
            }
            let mut answers = Answers {
                acknowledged: Histogram::new(3)?,
                failed: 0,
            };
            while let Some(answer) = asked.join_next().await {
                match answer? {
                    Ok(late) => answers
                        .acknowledged
                        .record(u64::try_from(late.as_micros())?)?,
                    Err(_) => answers.failed += 1,
                }
            }
            Ok(answers)
        });
        Ok(Changing { over, task })
    }
}

impl Drop for Authors {
    fn drop(&mut self) {
        // A runtime can't wait for its thread where others run.
        if let Some(thread) = self.thread.take() {
            thread.shutdown_background();
        }
    }
}

impl Changing {
    /// Ends them, and waits for the answers that are still to come.
    pub async fn end(self) -> Result<Answers> {
        self.over.store(true, Ordering::Relaxed);
        self.task.await?
    }
}
