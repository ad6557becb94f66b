//! A crowd that loses its connections all at once and comes back, or that comes for the first time all at once, while
//! others go on working.

mod table;

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, ensure};
use candour_e2e::api::Api;
use candour_e2e::process::Process;
use candour_e2e::server::ServerProcess;
use candour_shared::phase::Phase;
use candour_shared::protocol::Cursor;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::authors::{AUTHORS, Answers, Authors, Changing};
use super::boards::{self, Board, Wanted};
use super::candour::server;
use super::drained::Drained;
use super::entrance::Entrance;
use super::line::Line;
use super::machine::has_room_for;
use super::returning::{arrive, wait};

pub use self::table::Table;

/// How many notes are on the board, unless it is said otherwise.
pub const NOTES: usize = 200;
/// How many people come at a time before anything is measured.
const AT_A_TIME: usize = 32;
/// How long the server has to come to rest between two storms.
const RESTS: Duration = Duration::from_secs(5);
/// An answer that takes longer will not come: a page tries again.
const PATIENCE: Duration = Duration::from_secs(10);
/// Whoever isn't there by then has not come.
const LONGEST: Duration = Duration::from_secs(90);

/// What takes the crowd's connections away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The network drops all of them.
    Network,
    /// The server is stopped, and started again.
    Stop,
    /// The server is killed, and started again.
    Kill,
}

impl Loss {
    const ALL: [Self; 3] = [Self::Network, Self::Stop, Self::Kill];
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network => "dropped by the network",
            Self::Stop => "server restarted, SIGTERM",
            Self::Kill => "server restarted, SIGKILL",
        })
    }
}

/// What came of it.
pub struct Report {
    /// From the beginning of the storm until somebody is in sync, in microseconds.
    pub in_sync: Histogram<u64>,
    /// How many never were.
    pub missing: usize,
    /// How many attempts failed.
    pub failed: usize,
    /// The most memory the server had, in bytes.
    pub peak: u64,
    /// The processor's time the server took; after a restart, the new one.
    pub server: Duration,
    /// The processor's time this process took: where it is nearly all the time there was, the crowd was the slow one.
    pub crowd: Duration,
    /// What those were answered who worked meanwhile.
    pub answers: Answers,
}

/// A board in a storm, and those who worked on it before.
struct Scene {
    entrance: Entrance,
    api: Api,
    board: Board,
    authors: Authors,
    storm: Mutex<Begin>,
    /// Attempts that failed.
    failed: AtomicUsize,
}

/// When a storm began, and how far everybody's copy of the Wall had come.
#[derive(Clone, Copy)]
struct Begin {
    at: Instant,
    held: Option<Cursor>,
    /// Over how long the server wanted returns to be spread, in milliseconds.
    spread: u32,
}

/// A storm that isn't over yet.
struct Blowing {
    changing: Changing,
    /// The server's process, and what it and this one had taken of the processor's time before.
    number: u32,
    server: Duration,
    crowd: Duration,
}

impl Scene {
    /// A board on which so many people have joined, besides the authors, who are there.
    async fn set(server: &ServerProcess, people: usize, notes: usize) -> Result<Arc<Self>> {
        let api = Api::new(&server.url());
        let wanted = Wanted {
            phase: Phase::Cluster,
            notes,
            people: people + AUTHORS,
        };
        let mut boards = boards::make(&api, 1, wanted).await?;
        let mut board = boards.remove(0);
        Ok(Arc::new(Self {
            entrance: Entrance::new(server.address(), None)?,
            authors: Authors::come(&api, &mut board).await?,
            api,
            board,
            storm: Mutex::new(Begin {
                at: Instant::now(),
                held: None,
                spread: 0,
            }),
            failed: AtomicUsize::new(0),
        }))
    }

    async fn arrive(&self, token: &str, held: Option<Cursor>) -> Result<Line> {
        arrive(&self.entrance, self.board.id, token, held, || {
            self.authors.cursor()
        })
        .await
    }

    /// Comes back, however often it takes.
    async fn come_back(&self, token: &str) -> Line {
        let Begin { held, spread, .. } = self.storm();
        let mut attempt = 0;
        loop {
            sleep(wait(attempt, spread)).await;
            if let Ok(Ok(line)) = timeout(PATIENCE, self.arrive(token, held)).await {
                return line;
            }
            self.failed.fetch_add(1, Ordering::Relaxed);
            attempt += 1;
        }
    }

    /// Joins and comes, however often it takes.
    async fn join(&self) -> Line {
        let mut attempt = 0;
        loop {
            let come = async {
                let (board, link) = (self.board.id, &self.board.link);
                let token = self.api.token(board, link, Some(0)).await?;
                self.arrive(&token, None).await
            };
            if let Ok(Ok(line)) = timeout(PATIENCE, come).await {
                return line;
            }
            self.failed.fetch_add(1, Ordering::Relaxed);
            sleep(wait(attempt, self.authors.spread())).await;
            attempt += 1;
        }
    }

    fn storm(&self) -> Begin {
        *self.storm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A storm begins: from now on the authors make changes.
    fn begin(&self, server: &ServerProcess) -> Result<Blowing> {
        let number = server.number();
        Process::of(number).forget_peak()?;
        *self.storm.lock().unwrap_or_else(PoisonError::into_inner) = Begin {
            at: Instant::now(),
            held: self.authors.cursor(),
            spread: self.authors.spread(),
        };
        self.failed.store(0, Ordering::Relaxed);
        Ok(Blowing {
            changing: self.authors.change(&self.board)?,
            number,
            server: Process::of(number).processor()?,
            crowd: Process::this().processor()?,
        })
    }

    /// A storm is over when all are there.
    async fn end(
        &self,
        before: Blowing,
        arrivals: &mut UnboundedReceiver<Duration>,
        people: usize,
        server: &ServerProcess,
    ) -> Result<Report> {
        let mut in_sync = Histogram::new(3)?;
        let longest = self.storm().at + LONGEST;
        while let Ok(Some(time)) = timeout_at(longest, arrivals.recv()).await {
            in_sync.record(u64::try_from(time.as_micros())?)?;
            if in_sync.len() == people as u64 {
                break;
            }
        }
        ensure!(!in_sync.is_empty(), "nobody has come");
        let process = Process::of(server.number());
        let took = process.processor()?;
        Ok(Report {
            missing: people - usize::try_from(in_sync.len())?,
            in_sync,
            failed: self.failed.load(Ordering::Relaxed),
            peak: process.peak()?,
            server: if server.number() == before.number {
                took.saturating_sub(before.server)
            } else {
                took
            },
            crowd: Process::this().processor()?.saturating_sub(before.crowd),
            answers: before.changing.end().await?,
        })
    }
}

/// Lets a crowd come back after it has lost its connections, in every way. Each is reported when it is over.
pub async fn losses(
    folder: &Path,
    people: usize,
    notes: usize,
    mut report: impl FnMut(Loss, Report),
) -> Result<()> {
    has_room_for(people)?;
    let mut server = server(folder, None).await?;
    let scene = Scene::set(&server, people, notes).await?;
    let arrivals = stream::iter(&scene.board.tokens).map(|token| scene.arrive(token, None));
    let lines: Vec<Line> = arrivals.buffered(AT_A_TIME).try_collect().await?;
    let (network, _) = watch::channel(());
    let (there, mut arrivals) = mpsc::unbounded_channel();
    let mut crowd = JoinSet::new();
    for (token, mut line) in scene.board.tokens.clone().into_iter().zip(lines) {
        let (scene, there) = (Arc::clone(&scene), there.clone());
        let mut lost = network.subscribe();
        crowd.spawn(async move {
            loop {
                tokio::select! {
                    () = Drained::new(line).stay(|_| {}) => {}
                    _ = lost.changed() => {}
                }
                line = scene.come_back(&token).await;
                // Nobody listens any more once it is all over.
                let _ = there.send(scene.storm().at.elapsed());
            }
        });
    }
    for loss in Loss::ALL {
        sleep(RESTS).await;
        let blowing = scene.begin(&server)?;
        match loss {
            Loss::Network => network.send_replace(()),
            Loss::Stop => {
                server.stop().await?;
                server.restart().await?;
            }
            Loss::Kill => {
                server.kill().await?;
                server.restart().await?;
            }
        }
        report(
            loss,
            scene.end(blowing, &mut arrivals, people, &server).await?,
        );
    }
    server.kill().await
}

/// Lets a crowd join all at once.
pub async fn joining(folder: &Path, people: usize, notes: usize) -> Result<Report> {
    // A connection for joining, and one to stay.
    has_room_for(2 * people)?;
    let mut server = server(folder, None).await?;
    let scene = Scene::set(&server, 0, notes).await?;
    let (there, mut arrivals) = mpsc::unbounded_channel();
    let mut crowd = JoinSet::new();
    sleep(RESTS).await;
    let blowing = scene.begin(&server)?;
    for _ in 0..people {
        let (scene, there) = (Arc::clone(&scene), there.clone());
        crowd.spawn(async move {
            let line = scene.join().await;
            // Nobody listens any more once it is all over.
            let _ = there.send(scene.storm().at.elapsed());
            Drained::new(line).stay(|_| {}).await;
        });
    }
    let report = scene.end(blowing, &mut arrivals, people, &server).await?;
    server.kill().await?;
    Ok(report)
}
