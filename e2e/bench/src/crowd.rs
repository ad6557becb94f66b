//! The sockets of a crowd: authors make changes, watchers read what they get, and all others drain theirs.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};
use candour_e2e::changes::changes_in;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt as _, StreamExt as _};
use hdrhistogram::Histogram;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::Plan;
use super::drained::Drained;
use super::line::Socket;
use super::subject::Subject;

/// What is later than this counts as this late, in microseconds.
const LONGEST: u64 = 60_000_000;
/// When changes are to be sent.
#[derive(Debug, Clone, Copy)]
struct Pace {
    begin: Instant,
    between: Duration,
}

impl Pace {
    /// How long ago a change was to be sent, in microseconds.
    fn late(self, change: u32) -> u64 {
        let late = (self.begin + self.between * change).elapsed();
        u64::try_from(late.as_micros()).unwrap_or(u64::MAX)
    }
}

/// What the tasks of a crowd find out.
struct Shared {
    pace: Mutex<Option<Pace>>,
    acknowledged: Mutex<Histogram<u64>>,
    seen: Mutex<Histogram<u64>>,
}

impl Shared {
    fn pace(&self) -> Option<Pace> {
        *lock(&self.pace)
    }
}

/// What became of one socket.
struct Heard {
    /// On which board it is.
    board: usize,
    reads: Reads,
    /// How many bytes came over the wire while changes were made.
    bytes: u64,
    /// Whether the server ended it.
    dropped: bool,
}

/// What of a socket is read.
enum Reads {
    /// The changes that came, each once.
    Changes(BTreeSet<u32>),
    /// Nothing but how much it is.
    Bytes,
    /// What comes besides for whoever makes changes.
    Answers,
}

/// Everybody who has come to a server: their sockets, and what they find out.
pub struct Crowd {
    plan: Plan,
    shared: Arc<Shared>,
    authors: Vec<Author>,
    sockets: Vec<JoinHandle<()>>,
    heard: Vec<Arc<Mutex<Heard>>>,
}

struct Author {
    sink: SplitSink<Socket, Message>,
    /// Changes that are not acknowledged.
    open: Arc<Mutex<VecDeque<u32>>>,
}

/// What a crowd found out.
#[derive(Debug)]
pub struct Outcome {
    /// From the time a change was to be sent to its acknowledgement, in microseconds. Empty where a server
    /// acknowledges nothing.
    pub acknowledged: Histogram<u64>,
    /// From the time a change was to be sent until others have it, in microseconds.
    pub seen: Histogram<u64>,
    /// Which share of all that everybody should have got they got; 0 to 1. Nothing if they should have got nothing.
    pub delivered: Option<f64>,
    /// How many connections were lost.
    pub dropped: usize,
}

impl Crowd {
    /// Lets the people come.
    pub async fn gather<S: Subject>(subject: &mut S, plan: Plan) -> Result<Self> {
        let histogram = || Histogram::new_with_bounds(1, LONGEST, 3).map(Mutex::new);
        let mut crowd = Self {
            plan,
            shared: Arc::new(Shared {
                pace: Mutex::new(None),
                acknowledged: histogram()?,
                seen: histogram()?,
            }),
            authors: Vec::new(),
            sockets: Vec::new(),
            heard: Vec::new(),
        };
        for person in 0..plan.people {
            let board = plan.board_of(person);
            let connected = subject.connect(board).await;
            let socket = connected.with_context(|| format!("person {person} can't come"))?;
            if person < plan.authors() {
                crowd.write::<S>(board, socket);
            } else if person < plan.authors() + plan.watchers() {
                crowd.watch::<S>(board, socket);
            } else {
                crowd.drain(board, Drained::new(socket.into_inner()));
            }
        }
        Ok(crowd)
    }

    /// Says when changes are going to be sent; what came before is forgotten.
    pub fn expect(&self, begin: Instant, between: Duration) {
        *lock(&self.shared.pace) = Some(Pace { begin, between });
    }

    /// Makes a change.
    pub async fn change<S: Subject>(&mut self, subject: &mut S, change: u32) -> Result<()> {
        let author = self.plan.author_of(change);
        let message = subject.change(author, change)?;
        let author = &mut self.authors[author];
        lock(&author.open).push_back(change);
        // A connection that is lost shows itself where it is read.
        let _ = author.sink.send(message).await;
        Ok(())
    }

    /// Ends all connections, and says what was found out.
    pub async fn leave(self) -> Outcome {
        for socket in self.sockets {
            socket.abort();
            // It was aborted.
            let _ = socket.await;
        }
        let changes: Vec<f64> = self
            .plan
            .changes_by_board()
            .into_iter()
            .map(f64::from)
            .collect();
        let heard: Vec<_> = self.heard.iter().map(|heard| lock(heard)).collect();
        // What each socket of a board should have got, by those that are read.
        let mut whole = vec![1.0_f64; self.plan.boards];
        for heard in &heard {
            if let Reads::Changes(came) = &heard.reads
                && !came.is_empty()
            {
                let all = heard.bytes as f64 * changes[heard.board] / came.len() as f64;
                whole[heard.board] = whole[heard.board].max(all);
            }
        }
        let shares = heard.iter().filter_map(|heard| {
            let (changes, whole) = (changes[heard.board], whole[heard.board]);
            match &heard.reads {
                _ if changes == 0.0 => None,
                Reads::Changes(came) => Some(came.len() as f64 / changes),
                // What the server says besides to everybody is less than half a change.
                Reads::Bytes if heard.bytes as f64 > whole * (1.0 - 0.5 / changes) => Some(1.0),
                Reads::Bytes => Some(heard.bytes as f64 / whole),
                Reads::Answers => None,
            }
        });
        let shares: Vec<f64> = shares.collect();
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        Outcome {
            acknowledged: lock(&self.shared.acknowledged).clone(),
            seen: lock(&self.shared.seen).clone(),
            delivered: (!shares.is_empty()).then_some(mean),
            dropped: heard.iter().filter(|heard| heard.dropped).count(),
        }
    }

    /// Somebody who makes changes, and listens for their acknowledgements.
    fn write<S: Subject>(&mut self, board: usize, socket: Socket) {
        let (sink, mut stream) = socket.split();
        let open = Arc::new(Mutex::new(VecDeque::new()));
        let (shared, heard) = (Arc::clone(&self.shared), self.heard(board, Reads::Answers));
        let unanswered = Arc::clone(&open);
        self.authors.push(Author { sink, open });
        self.sockets.push(tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Some(pace) = shared.pace() else { continue };
                let expected = lock(&unanswered).front().copied();
                let done = expected.and_then(|expected| S::acknowledges(&message, expected));
                if let Some(done) = done {
                    lock(&unanswered).retain(|change| *change != done);
                    // Later than it can count is as late as it can count.
                    lock(&shared.acknowledged).saturating_record(pace.late(done));
                }
            }
            lock(&heard).dropped = true;
        }));
    }

    fn watch<S: Subject>(&mut self, board: usize, mut socket: Socket) {
        let reads = Reads::Changes(BTreeSet::new());
        let changes = self.plan.changes();
        let (shared, heard) = (Arc::clone(&self.shared), self.heard(board, reads));
        self.sockets.push(tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let Some(pace) = shared.pace() else { continue };
                // Changes are all in binary messages. Only who says nothing is asked whether they are still there.
                if !message.is_binary() {
                    continue;
                }
                let mut heard = lock(&heard);
                heard.bytes += on_the_wire(&message);
                let Reads::Changes(came) = &mut heard.reads else {
                    continue;
                };
                for change in changes_in(&S::contents(message)) {
                    if change < changes && came.insert(change) {
                        lock(&shared.seen).saturating_record(pace.late(change));
                    }
                }
            }
            lock(&heard).dropped = true;
        }));
    }

    fn drain(&mut self, board: usize, socket: Drained) {
        let (shared, heard) = (Arc::clone(&self.shared), self.heard(board, Reads::Bytes));
        self.sockets.push(tokio::spawn(async move {
            let came = |bytes| {
                if shared.pace().is_some() {
                    lock(&heard).bytes += bytes;
                }
            };
            socket.stay(came).await;
            lock(&heard).dropped = true;
        }));
    }

    fn heard(&mut self, board: usize, reads: Reads) -> Arc<Mutex<Heard>> {
        let heard = Arc::new(Mutex::new(Heard {
            board,
            reads,
            bytes: 0,
            dropped: false,
        }));
        self.heard.push(Arc::clone(&heard));
        heard
    }
}

/// How many bytes a server's message takes with its header (RFC 6455, 5.2).
fn on_the_wire(message: &Message) -> u64 {
    let header = match message.len() {
        0..126 => 2,
        126..65_536 => 4,
        _ => 10,
    };
    message.len() as u64 + header
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
