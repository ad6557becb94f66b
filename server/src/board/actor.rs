//! The actor around a board's heart: takes what sockets and requests bring, runs ticks, writes them
//! to the log and tells everybody.
//!
//! The order of a tick is decide, store, broadcast, acknowledge. Nothing is shown to anybody before it
//! is on disk. While a tick is being stored, what comes in waits and makes the next one: the busier
//! the board, the larger the ticks.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use candour_shared::command::{Command, Point};
use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::Door;
use candour_shared::ids::Item;
use candour_shared::policy::Role;
use candour_shared::protocol::{Drag, Goodbye, Hello, ServerMessage, Welcome};
use candour_shared::settings::OrganisationIndex;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::export::export;
use super::frames::Frames;
use super::heart::{Asker, Heart, Mine, Request, Tick, Write};
use super::outbox::{Outbox, text_frame};
use super::record;
use super::vault::Member;
use crate::keys::{Secret, SecretHash};
use crate::log::{Log, LogError, Stored};

/// Most messages taken into one tick.
const BATCH: usize = 1024;
/// Records after which the log is compacted.
const COMPACT_AFTER: u32 = 1_000;

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
    /// Somebody drags something.
    Drag(SocketId, Drag),
    /// What is behind the door that this secret opens?
    Door(SecretHash, oneshot::Sender<Result<Door, Denied>>),
    /// Somebody wants to join.
    Join(Joining),
    /// A role's link is to get another secret.
    ReplaceLink(Role, Secret, oneshot::Sender<Result<(), Denied>>),
    /// Who joined with this token?
    Member(SecretHash, oneshot::Sender<Option<Member>>),
    /// The board, to be taken away.
    Export(oneshot::Sender<BoardExport>),
    /// The board is to be deleted.
    Delete(oneshot::Sender<Result<(), LogError>>),
    /// The server stops.
    Stop,
}

/// A request to join.
pub struct Joining {
    /// The link's secret.
    pub secret: SecretHash,
    /// The organisation that was chosen.
    pub organisation: Option<OrganisationIndex>,
    /// The new token.
    pub token: SecretHash,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<Member, Denied>>,
}

pub(super) struct Socket {
    pub(super) asker: Asker,
    pub(super) token: SecretHash,
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
    Join(oneshot::Sender<Result<Member, Denied>>, Member),
    ReplaceLink(oneshot::Sender<Result<(), Denied>>),
}

enum After {
    Continue,
    End(Goodbye),
}

/// See the module.
pub struct Actor {
    pub(super) heart: Heart,
    log: Log,
    messages: mpsc::Receiver<Message>,
    idle: Duration,
    frames: Frames,
    pub(super) sockets: HashMap<SocketId, Socket>,
    pub(super) drags: HashMap<Item, Point>,
    pub(super) people_told: u32,
    /// When drags and arrivals are told, if there are any.
    pub(super) gathered: Option<Instant>,
    records: u32,
}

impl Actor {
    /// An actor for a loaded board, which ends after it had no sockets for `idle`.
    pub fn new(
        heart: Heart,
        frames: Frames,
        log: Log,
        messages: mpsc::Receiver<Message>,
        idle: Duration,
    ) -> Self {
        let records = frames.ticks() as u32;
        Self {
            heart,
            log,
            messages,
            idle,
            frames,
            sockets: HashMap::new(),
            drags: HashMap::new(),
            people_told: 0,
            gathered: None,
            records,
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

    /// What came in since the last tick; nothing when the board is idle.
    async fn next_batch(&mut self) -> Option<Vec<Message>> {
        let mut batch = Vec::new();
        if self.sockets.is_empty() {
            timeout(self.idle, self.messages.recv_many(&mut batch, BATCH))
                .await
                .ok()?;
        } else if let Some(gathered) = self.gathered {
            tokio::select! {
                _ = self.messages.recv_many(&mut batch, BATCH) => {}
                () = sleep_until(gathered) => {
                    self.tell_gathered();
                    return Some(batch);
                }
            }
        } else {
            self.messages.recv_many(&mut batch, BATCH).await;
        }
        // Nothing arrives only when nobody is left who could send.
        (!batch.is_empty()).then_some(batch)
    }

    async fn batch(&mut self, batch: Vec<Message>) -> After {
        let mut requests = Vec::new();
        let mut answers = Vec::new();
        for message in batch {
            match message {
                Message::Attach(id, asker, hello, outbox) => self.attach(id, asker, &hello, outbox),
                Message::Detach(id) => {
                    self.sockets.remove(&id);
                    self.gather();
                }
                Message::Command(id, number, command) => {
                    if let Some(socket) = self.sockets.get(&id) {
                        requests.push(Request::Command(socket.asker.clone(), command));
                        answers.push(Answer::Command(id, number));
                    }
                }
                Message::Drag(id, drag) => self.drag(id, drag),
                // Whoever asked and is gone by now needs no answer.
                Message::Door(secret, answer) => drop(answer.send(self.heart.door(&secret))),
                Message::Join(joining) => {
                    match self.heart.admit(&joining.secret, joining.organisation) {
                        Ok(member) => {
                            requests.push(Request::Join(joining.token, member));
                            answers.push(Answer::Join(joining.answer, member));
                        }
                        Err(denied) => drop(joining.answer.send(Err(denied))),
                    }
                }
                Message::ReplaceLink(role, secret, answer) => {
                    requests.push(Request::ReplaceLink(role, secret));
                    answers.push(Answer::ReplaceLink(answer));
                }
                Message::Member(token, answer) => drop(answer.send(self.heart.member(&token))),
                Message::Export(answer) => {
                    drop(answer.send(export(&self.heart, &today(), &mut UnwrapErr(SysRng))));
                }
                Message::Delete(answer) => {
                    let deleted = self.log.delete(self.heart.board).await;
                    let gone = deleted.is_ok();
                    drop(answer.send(deleted));
                    if gone {
                        return After::End(Goodbye::Deleted);
                    }
                }
                Message::Stop => return After::End(Goodbye::Restarting),
            }
        }
        if requests.is_empty() {
            return After::Continue;
        }
        let tick = self.heart.tick(&requests, now(), &mut UnwrapErr(SysRng));
        if let Err(fault) = self.store(&tick.write).await {
            tracing::error!(%fault, "a tick could not be stored; the board is loaded again");
            for answer in answers {
                self.answer(answer, Err(Denied::Unavailable));
            }
            return After::End(Goodbye::Resync);
        }
        self.broadcast(&tick);
        self.answer_all(answers, tick);
        self.compact_if_long().await
    }

    async fn store(&mut self, write: &Option<Write>) -> Result<(), anyhow::Error> {
        let board = self.heart.board;
        let sequence = self.heart.cursor().sequence;
        match write {
            None => {}
            Some(Write::Record(tick)) => {
                let body = record::encode(tick)?;
                self.log.append(board, Stored { sequence, body }).await?;
                self.records += 1;
            }
            Some(Write::Seal(snapshot)) => {
                let body = record::encode(snapshot.as_ref())?;
                self.log.compact(board, Stored { sequence, body }).await?;
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
        let cursor = self.heart.cursor();
        let tick_frames = match &tick.write {
            None => return,
            Some(Write::Record(record)) => self.frames.push(cursor, record),
            Some(Write::Seal(_)) => self.frames.sealed(&self.heart),
        };
        for socket in self.sockets.values() {
            if let Some(wall) = &tick_frames.wall {
                socket.outbox.send(wall.clone());
            }
            if let (true, Some(backstage)) = (socket.asker.role.moderates(), &tick_frames.backstage)
            {
                socket.outbox.send(backstage.clone());
            }
        }
    }

    fn answer_all(&mut self, answers: Vec<Answer>, tick: Tick) {
        let everyone = tick.done.contains(&Ok(Mine::OfEveryone));
        let mut changed: Vec<SecretHash> = Vec::new();
        for (answer, done) in answers.into_iter().zip(tick.done) {
            if let (Answer::Command(id, _), Ok(Mine::OfAsker)) = (&answer, &done)
                && let Some(socket) = self.sockets.get(id)
                && !changed.contains(&socket.token)
            {
                changed.push(socket.token);
            }
            self.answer(answer, done.map(|_| ()));
        }
        if everyone || !changed.is_empty() {
            for socket in self.sockets.values() {
                if everyone || changed.contains(&socket.token) {
                    let mine = self.heart.mine(&socket.asker.token);
                    socket.outbox.send(text_frame(&ServerMessage::Mine(mine)));
                }
            }
        }
    }

    fn answer(&self, answer: Answer, done: Result<(), Denied>) {
        match answer {
            Answer::Command(id, number) => {
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
            Answer::Join(answer, member) => drop(answer.send(done.map(|()| member))),
            Answer::ReplaceLink(answer) => drop(answer.send(done)),
        }
    }

    fn attach(&mut self, id: SocketId, asker: Asker, hello: &Hello, outbox: Arc<Outbox>) {
        let token = asker.token.hash();
        let mut frames = self.frames.since(hello, asker.role, &self.heart);
        let role = asker.role;
        let mine = self.heart.mine(&asker.token);
        self.sockets.insert(
            id,
            Socket {
                asker,
                token,
                outbox,
            },
        );
        let people = self.people();
        let welcome = Welcome {
            role,
            now: now(),
            people,
            mine,
        };
        frames.insert(0, text_frame(&ServerMessage::Welcome(welcome)));
        if let Some(socket) = self.sockets.get(&id) {
            for frame in frames {
                socket.send(frame);
            }
        }
        self.gather();
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Today's date, UTC, `YYYY-MM-DD`.
#[must_use]
pub fn today() -> String {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}
