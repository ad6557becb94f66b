//! The actor around a board's heart: takes what sockets and requests bring, runs ticks, writes them
//! to the log and tells everybody.
//!
//! The order of a tick is decide, store, broadcast, acknowledge. Nothing is shown to anybody before it
//! is on disk. While a tick is being stored, what comes in waits and makes the next one: the busier
//! the board, the larger the ticks.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use candour_shared::command::{Command, Point};
use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{Door, Ending, Receipt};
use candour_shared::ids::Item;
use candour_shared::policy::Role;
use candour_shared::protocol::{Drag, Goodbye, Hello, Presence, ServerMessage, Welcome};
use candour_shared::settings::Pool;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

use super::export::export;
use super::frames::Frames;
use super::heart::{Asker, Heart, Mine, Request, Tick, Write};
use super::outbox::{Outbox, private_frame, text_frame};
use super::record;
use super::vault::Member;
use super::{Loaded, Surroundings};
use crate::keys::SecretHash;
use crate::log::{LogError, Stored};

/// Most messages taken into one tick.
const BATCH: usize = 1024;
/// How much longer than it takes to send a tick to everybody a board rests after it: what comes in meanwhile
/// makes one tick. So a board spends at most a sixth of the time on sending, however many people there are.
const RESTS: u32 = 5;
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_millis(30);
/// Shorter rests are not worth a timer.
const SHORTEST_REST: Duration = Duration::from_millis(1);
/// Records after which the log is compacted.
const COMPACT_AFTER: u32 = 1_000;
/// Most sockets of one person on one board.
const SOCKETS_PER_PERSON: usize = 12;
/// How often pools are looked at, in milliseconds.
const POOL: i64 = 1_000 * Pool::SECONDS as i64;

/// A socket's number on its board.
pub type SocketId = u64;

/// What reaches a board's actor.
pub enum Message {
    /// A socket said hello.
    Attach(SocketId, Asker, Hello, Arc<Outbox>),
    /// A socket is gone.
    Detach(SocketId),
    /// A socket's command, with the client's number for it.
    Command(SocketId, u64, Command),
    /// Somebody drags things.
    Drags(SocketId, Vec<Drag>),
    /// Somebody is done with the present step, or not.
    Ready(SocketId, bool),
    /// What is behind the door that this link or code opens?
    Door(SecretHash, oneshot::Sender<Result<Door, Denied>>),
    /// Something that changes the board and is asked for in a request of its own.
    Ask(Request, oneshot::Sender<Result<(), Denied>>),
    /// Who joined with this token?
    Member(SecretHash, oneshot::Sender<Option<Member>>),
    /// Somebody wants to take the board away.
    Export(SecretHash, oneshot::Sender<Result<BoardExport, Denied>>),
    /// The board is to be deleted.
    Delete(By, oneshot::Sender<Result<Receipt, NotDeleted>>),
    /// The server stops.
    Stop,
}

/// Why a board is to be deleted.
#[derive(Debug, Clone, Copy)]
pub enum By {
    /// Somebody wants it.
    Asker(SecretHash),
    /// Its time is over.
    Expiry,
}

/// Why a board was not deleted.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the texts say it")]
pub enum NotDeleted {
    #[error("{0}")]
    Denied(#[from] Denied),
    #[error("{0}")]
    Log(#[from] LogError),
}

pub(super) struct Socket {
    pub(super) asker: Asker,
    /// Decides which documents they receive. What they may do is looked up at every command.
    pub(super) role: Role,
    outbox: Arc<Outbox>,
}

impl Socket {
    pub(super) fn send(&self, frame: Bytes) {
        self.outbox.send(frame);
    }
}

/// Where the answer to a request goes.
enum Answer {
    Command(SocketId, u64),
    Ask(oneshot::Sender<Result<(), Denied>>),
    /// Nobody asked.
    Nowhere,
}

enum After {
    Continue,
    End(Goodbye),
}

/// See the module.
pub struct Actor {
    pub(super) heart: Heart,
    pub(super) around: Surroundings,
    messages: mpsc::Receiver<Message>,
    frames: Frames,
    pub(super) sockets: HashMap<SocketId, Socket>,
    pub(super) drags: HashMap<Item, Point>,
    /// Who is done with the present step.
    pub(super) ready: HashSet<SecretHash>,
    pub(super) presence_told: Presence,
    /// When drags and arrivals are told, if there are any: milliseconds since 1970, as all times here.
    pub(super) gathered: Option<i64>,
    /// When the pool is looked at, if there is one.
    pool: Option<i64>,
    records: u32,
    /// How long it took to send the last tick to everybody.
    sending: Duration,
}

impl Actor {
    /// An actor for a loaded board.
    pub fn new(loaded: Loaded, around: Surroundings, messages: mpsc::Receiver<Message>) -> Self {
        let Loaded {
            heart,
            frames,
            records,
        } = loaded;
        Self {
            heart,
            around,
            messages,
            frames,
            sockets: HashMap::new(),
            drags: HashMap::new(),
            ready: HashSet::new(),
            presence_told: Presence::default(),
            gathered: None,
            pool: None,
            records,
            sending: Duration::ZERO,
        }
    }

    /// Runs until the board is idle, deleted or can't be stored, or the server stops.
    pub async fn run(mut self) {
        let goodbye = loop {
            let Some(batch) = self.next_batch().await else {
                break Goodbye::Resync;
            };
            if let After::End(goodbye) = self.batch(batch).await {
                break goodbye;
            }
            let rest = (std::mem::take(&mut self.sending) * RESTS).min(LONGEST_REST);
            if rest >= SHORTEST_REST {
                sleep(rest).await;
            }
        };
        self.messages.close();
        for socket in self.sockets.values() {
            socket.outbox.close(goodbye);
        }
        // Whoever came too late for this actor finds the next one by coming back.
        while let Ok(message) = self.messages.try_recv() {
            if let Message::Attach(_, _, _, outbox) = message {
                outbox.close(goodbye);
            }
        }
    }

    /// What came in since the last tick, maybe nothing but that something is due; no batch when the
    /// board is idle.
    async fn next_batch(&mut self) -> Option<Vec<Message>> {
        let mut batch = Vec::new();
        let came = self.messages.recv_many(&mut batch, BATCH);
        let due = [self.gathered, self.pool].into_iter().flatten().min();
        if self.sockets.is_empty() {
            timeout(self.around.idle, came).await.ok()?;
        } else if let Some(due) = due {
            tokio::select! {
                // What came is looked at first, and what is due with it, so that a seed decides everything.
                biased;
                _ = came => {}
                () = self.around.clock.sleep_until(due) => return Some(batch),
            }
        } else {
            came.await;
        }
        // Nothing arrives only when nobody is left who could send.
        (!batch.is_empty()).then_some(batch)
    }

    async fn batch(&mut self, batch: Vec<Message>) -> After {
        let now = self.around.clock.now();
        if self.gathered.is_some_and(|due| due <= now) {
            self.tell_gathered();
        }
        let mut requests = Vec::new();
        let mut answers = Vec::new();
        if self.pool.is_some_and(|due| due <= now) {
            self.pool = None;
            requests.push(Request::Pool(self.presence().people as usize));
            answers.push(Answer::Nowhere);
        }
        for message in batch {
            match message {
                Message::Attach(id, asker, hello, outbox) => self.attach(id, asker, &hello, outbox),
                Message::Detach(id) => self.detach(id),
                Message::Command(id, number, command) => {
                    if let Some(socket) = self.sockets.get(&id) {
                        requests.push(Request::Command(socket.asker.clone(), command));
                        answers.push(Answer::Command(id, number));
                    }
                }
                Message::Drags(id, drags) => self.drag(id, &drags),
                Message::Ready(id, ready) => self.be_ready(id, ready),
                // Whoever asked and is gone by now needs no answer.
                Message::Door(opener, answer) => drop(answer.send(self.heart.door(&opener))),
                Message::Ask(request, answer) => {
                    requests.push(request);
                    answers.push(Answer::Ask(answer));
                }
                Message::Member(token, answer) => drop(answer.send(self.heart.member(&token))),
                Message::Export(by, answer) => drop(answer.send(self.export(by))),
                Message::Delete(by, answer) => {
                    let deleted = self.delete(by).await;
                    let gone = deleted.is_ok();
                    drop(answer.send(deleted));
                    if gone {
                        return After::End(Goodbye::Deleted);
                    }
                }
                Message::Stop => return After::End(Goodbye::Restarting),
            }
        }
        let after = if requests.is_empty() {
            After::Continue
        } else {
            self.tick(&requests, answers).await
        };
        if self.heart.has_pool() {
            // At times that don't depend on when anything was written.
            self.pool.get_or_insert((now / POOL + 1) * POOL);
        } else {
            self.pool = None;
        }
        after
    }

    async fn tick(&mut self, requests: &[Request], answers: Vec<Answer>) -> After {
        let now = self.around.clock.now();
        let here = self.heart.whereabouts();
        let tick = self.heart.tick(requests, now, &mut self.around.random);
        if let Err(fault) = self.store(&tick.write).await {
            tracing::error!(%fault, "a tick could not be stored; the board is loaded again");
            for answer in answers {
                self.answer(answer, Err(Denied::Unavailable));
            }
            return After::End(Goodbye::Resync);
        }
        self.around.metrics.tick();
        if self.heart.whereabouts() != here {
            self.ready.clear();
            self.gather();
        }
        self.broadcast(&tick);
        let revoked = tick.revoked;
        self.answer_all(requests, answers, tick);
        if revoked {
            self.turn_out();
        }
        self.compact_if_long().await
    }

    /// Closes the sockets of those who lost their way in.
    fn turn_out(&mut self) {
        let heart = &self.heart;
        self.sockets.retain(|_, socket| {
            let stays = heart.member(&socket.asker.hash).is_some();
            if !stays {
                socket.outbox.close(Goodbye::Revoked);
            }
            stays
        });
        self.gather();
    }

    fn export(&mut self, by: SecretHash) -> Result<BoardExport, Denied> {
        self.heart.check_organiser(by)?;
        let today = self.around.clock.today();
        Ok(export(&self.heart, &today, &mut self.around.random))
    }

    async fn delete(&self, by: By) -> Result<Receipt, NotDeleted> {
        let ending = match by {
            By::Asker(asker) => {
                self.heart.check_organiser(asker)?;
                Ending::Deleted
            }
            By::Expiry => Ending::Expired,
        };
        let receipt = Receipt {
            board: self.heart.board,
            ending,
            on: self.around.clock.today(),
        };
        self.around.log.delete(&receipt).await?;
        Ok(receipt)
    }

    async fn store(&mut self, write: &Option<Write>) -> Result<(), anyhow::Error> {
        let board = self.heart.board;
        let sequence = self.heart.last_tick();
        match write {
            None => {}
            Some(Write::Record(tick)) => {
                let body = record::encode(tick)?;
                self.around
                    .log
                    .append(board, Stored { sequence, body })
                    .await?;
                self.records += 1;
            }
            Some(Write::Seal(snapshot)) => {
                let body = record::encode(snapshot.as_ref())?;
                self.around
                    .log
                    .compact(board, Stored { sequence, body })
                    .await?;
                self.records = 0;
            }
        }
        Ok(())
    }

    async fn compact_if_long(&mut self) -> After {
        if self.records < COMPACT_AFTER {
            return After::Continue;
        }
        match self
            .store(&Some(Write::Seal(Box::new(self.heart.snapshot()))))
            .await
        {
            Ok(()) => After::Continue,
            Err(fault) => {
                tracing::error!(%fault, "a board could not be compacted; it is loaded again");
                After::End(Goodbye::Resync)
            }
        }
    }

    fn broadcast(&mut self, tick: &Tick) {
        let tick_frames = match &tick.write {
            None => return,
            Some(Write::Record(record)) => self.frames.push(&self.heart, record),
            Some(Write::Seal(_)) => self.frames.sealed(&self.heart),
        };
        let begun = Instant::now();
        for socket in self.sockets.values() {
            if let Some(wall) = &tick_frames.wall {
                socket.outbox.send(wall.clone());
            }
            if let (true, Some(backstage)) = (socket.role.moderates(), &tick_frames.backstage) {
                socket.outbox.send(backstage.clone());
            }
        }
        self.sending = begun.elapsed();
    }

    /// Private views go out before the acknowledgements: a page takes its overlay away with these, and
    /// would show for a moment what was before.
    fn answer_all(&mut self, requests: &[Request], answers: Vec<Answer>, tick: Tick) {
        let everyone = tick.done.contains(&Ok(Mine::OfEveryone));
        let mut changed: Vec<SecretHash> = Vec::new();
        for (request, done) in requests.iter().zip(&tick.done) {
            // Whoever asked may have come back on another socket meanwhile.
            if let (Request::Command(asker, _), Ok(Mine::OfAsker)) = (request, done)
                && !changed.contains(&asker.hash)
            {
                changed.push(asker.hash);
            }
        }
        if everyone || !changed.is_empty() {
            for socket in self.sockets.values() {
                if everyone || changed.contains(&socket.asker.hash) {
                    let mine = self.heart.mine(&socket.asker.token);
                    socket
                        .outbox
                        .send(private_frame(&ServerMessage::Mine(mine)));
                }
            }
        }
        for (answer, done) in answers.into_iter().zip(tick.done) {
            self.answer(answer, done.map(|_| ()));
        }
    }

    fn answer(&self, answer: Answer, done: Result<(), Denied>) {
        match answer {
            Answer::Command(id, number) => {
                self.around.metrics.command((&done).into());
                if let Some(socket) = self.sockets.get(&id) {
                    socket.outbox.send(text_frame(&match done {
                        Ok(()) => ServerMessage::Done { id: number },
                        Err(denied) => ServerMessage::Refused {
                            id: Some(number),
                            denied,
                        },
                    }));
                }
            }
            Answer::Ask(answer) => drop(answer.send(done)),
            Answer::Nowhere => {}
        }
    }

    fn attach(&mut self, id: SocketId, asker: Asker, hello: &Hello, outbox: Arc<Outbox>) {
        let Some(Member { role, .. }) = self.heart.member(&asker.hash) else {
            outbox.close(Goodbye::Revoked);
            return;
        };
        let mut theirs = self
            .sockets
            .values()
            .filter(|socket| socket.asker.hash == asker.hash);
        if theirs.nth(SOCKETS_PER_PERSON - 1).is_some() {
            let limit = SOCKETS_PER_PERSON;
            let denied = Denied::TooManySockets { limit };
            outbox.send(text_frame(&ServerMessage::Refused { id: None, denied }));
            outbox.close(Goodbye::Misused);
            return;
        }
        let now = self.around.clock.now();
        let mut frames = self.frames.since(hello, role, &self.heart);
        let mine = self.heart.mine(&asker.token);
        let socket = Socket {
            asker,
            role,
            outbox,
        };
        self.sockets.insert(id, socket);
        let presence = self.presence();
        let welcome = Welcome {
            role,
            now,
            presence,
            mine,
        };
        frames.insert(0, private_frame(&ServerMessage::Welcome(welcome)));
        if let Some(socket) = self.sockets.get(&id) {
            for frame in frames {
                socket.send(frame);
            }
        }
        self.gather();
    }
}
