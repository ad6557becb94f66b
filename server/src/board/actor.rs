//! The actor around a board's heart: takes what sockets and requests bring, runs ticks, writes them
//! to the log and tells everybody.
//!
//! The order of a tick is decide, store, acknowledge, tell everybody. Nothing is shown to anybody before it
//! is on disk, and nobody is told that something is done before they have been shown it. While a tick is being
//! stored, what comes in waits and makes the next one: the busier the board, the larger the ticks.
//!
//! A tick that can't be stored never was: its commands are refused, the heart is loaded again as it is on
//! disk, which is what everybody has, and nobody is disconnected.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use candour_shared::command::{Command, Point};
use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{Door, Ending, Receipt};
use candour_shared::ids::Item;
use candour_shared::protocol::{Drag, Goodbye, Hello, Presence, ServerMessage};
use candour_shared::settings::Pool;
use tokio::sync::{mpsc, oneshot};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

use super::arrivals::Arrival;
use super::export::export;
use super::frames::Frames;
use super::heart::{Asker, Heart, Mine, Request, Tick, Write};
use super::outbox::{Outbox, private_frame, text_frame};
use super::presence::News;
use super::sockets::{Socket, SocketId, Sockets};
use super::turns::Turns;
use super::vault::Member;
use super::{Loaded, Surroundings};
use crate::keys::SecretHash;
use crate::log::LogError;

/// Most messages taken into one tick.
const BATCH: usize = 1024;
/// Shorter rests are not worth a timer.
const SHORTEST_REST: Duration = Duration::from_millis(1);
/// How long everything is refused that would have to be stored, after something could not be.
const REFUSES: Duration = Duration::from_secs(1);
/// How often pools are looked at, in milliseconds.
const POOL: i64 = 1_000 * Pool::SECONDS as i64;

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
    #[error("the board itself says that its time is not over")]
    NotYet,
}

/// Where the answer to a request goes.
enum Answer {
    Command(SocketId, u64),
    Ask(oneshot::Sender<Result<(), Denied>>),
    /// Nobody asked.
    Nowhere,
}

pub(super) enum After {
    Continue,
    End(Goodbye),
}

/// See the module.
pub struct Actor {
    pub(super) heart: Heart,
    pub(super) around: Surroundings,
    messages: mpsc::Receiver<Message>,
    pub(super) frames: Frames,
    pub(super) sockets: Sockets,
    /// Who said hello and isn't let in yet.
    pub(super) arrivals: VecDeque<Arrival>,
    pub(super) drags: HashMap<Item, Point>,
    /// Who is done with the present step.
    pub(super) ready: HashSet<SecretHash>,
    /// How many people everybody believes are here; nothing if they believe different things.
    pub(super) presence_told: Option<Presence>,
    /// When drags and arrivals are told, if there are any: milliseconds since 1970, as all times here.
    pub(super) gathered: Option<i64>,
    /// When the pool is looked at, if there is one.
    pool: Option<i64>,
    /// The records that came since the log was compacted, or since that was tried.
    pub(super) records: u32,
    /// Until when nothing can be stored.
    refuses_until: Option<Instant>,
    pub(super) turns: Turns,
    pub(super) news: News,
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
            sockets: Sockets::default(),
            arrivals: VecDeque::new(),
            drags: HashMap::new(),
            ready: HashSet::new(),
            presence_told: Some(Presence::default()),
            gathered: None,
            pool: None,
            records,
            refuses_until: None,
            turns: Turns::default(),
            news: News::default(),
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
            let rest = self.take_turns();
            self.let_in().await;
            // Whoever waits to be let in makes the rest.
            if rest >= SHORTEST_REST && self.arrivals.is_empty() {
                sleep(rest).await;
            }
        };
        self.messages.close();
        for socket in self.sockets.iter() {
            socket.outbox.close(goodbye);
        }
        for arrival in &self.arrivals {
            arrival.outbox.close(goodbye);
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
        if !self.arrivals.is_empty() || !self.turns.are_over() {
            // Other boards are on this thread, too.
            yield_now().await;
            return match timeout(Duration::ZERO, came).await {
                Ok(0) => None,
                Ok(_) | Err(_) => Some(batch),
            };
        }
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
        // Neither is ever due later, unless the clock was set back.
        let is_due = |due: i64, within: i64| due <= now || due > now + within;
        if self
            .gathered
            .is_some_and(|due| is_due(due, self.gathering()))
        {
            self.tell_gathered();
        }
        let mut requests = Vec::new();
        let mut answers = Vec::new();
        if self.pool.is_some_and(|due| is_due(due, POOL)) {
            self.pool = None;
            requests.push(Request::Pool(self.presence().people as usize));
            answers.push(Answer::Nowhere);
        }
        for message in batch {
            match message {
                Message::Attach(id, asker, hello, outbox) => self.arrivals.push_back(Arrival {
                    id,
                    asker,
                    hello,
                    outbox,
                }),
                Message::Detach(id) => self.detach(id),
                Message::Command(id, number, command) => {
                    self.let_in_now(id);
                    let Some(socket) = self.sockets.get_mut(id) else {
                        continue;
                    };
                    if !socket.order.admits(number) {
                        self.answer(Answer::Command(id, number), Err(Denied::Unavailable));
                    } else {
                        let asker = socket.asker.clone();
                        self.end_drags(&command);
                        requests.push(Request::Command(asker, command));
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
        if self
            .refuses_until
            .is_some_and(|until| Instant::now() < until)
        {
            self.refuse(answers);
            return After::Continue;
        }
        let now = self.around.clock.now();
        let here = self.heart.whereabouts();
        let on_disk = self.heart.last_tick();
        let tick = self.heart.tick(requests, now, &mut self.around.random);
        let cleared = match self.store(&tick.write).await {
            Ok(()) => true,
            // On disk it is; only what it removed is not gone yet, so that nobody is told that it is done.
            Err(LogError::NotCleared) => false,
            Err(fault) => {
                tracing::error!(%fault, "a tick could not be stored");
                self.refuses_until = Some(Instant::now() + REFUSES);
                self.refuse(answers);
                return self.go_back(on_disk).await;
            }
        };
        self.around.metrics.tick();
        if self.heart.whereabouts() != here {
            self.ready.clear();
            self.gather();
        }
        if let Some(write) = &tick.write {
            match write {
                Write::Record(record) => self.frames.push(&self.heart, record),
                Write::Seal(_) => self.frames.sealed(&self.heart),
            }
            self.begin_turns();
        }
        let revoked = tick.revoked;
        self.tell_own(requests, &tick);
        if cleared {
            for (answer, done) in answers.into_iter().zip(tick.done) {
                self.answer(answer, done.map(|_| ()));
            }
        } else {
            self.refuse(answers);
        }
        if revoked {
            self.turn_out();
        }
        self.compact_if_long().await;
        After::Continue
    }

    fn refuse(&mut self, answers: Vec<Answer>) {
        for answer in answers {
            if let Answer::Command(id, number) = &answer
                && let Some(socket) = self.sockets.get_mut(*id)
            {
                socket.order.put_off(*number);
            }
            self.answer(answer, Err(Denied::Unavailable));
        }
    }

    /// Closes the sockets of those who lost their way in.
    fn turn_out(&mut self) {
        let heart = &self.heart;
        let stays = |socket: &Socket| heart.member(&socket.asker.hash).is_some();
        for turned_out in self.sockets.remove_unless(stays) {
            turned_out.outbox.close(Goodbye::Revoked);
        }
        self.gather();
    }

    fn export(&mut self, by: SecretHash) -> Result<BoardExport, Denied> {
        self.heart.check_organiser(by)?;
        let today = self.around.clock.today();
        Ok(export(&self.heart, &today, &mut self.around.random))
    }

    async fn delete(&self, by: By) -> Result<Receipt, NotDeleted> {
        let today = self.around.clock.today();
        let ending = match by {
            By::Asker(asker) => {
                self.heart.check_organiser(asker)?;
                Ending::Deleted
            }
            // The date by which it was found lies beside the board, and has no checksum.
            By::Expiry if self.heart.expires_on() > today => return Err(NotDeleted::NotYet),
            By::Expiry => Ending::Expired,
        };
        let receipt = Receipt {
            board: self.heart.board,
            ending,
            on: today,
        };
        self.around.log.delete(&receipt).await?;
        Ok(receipt)
    }

    /// Private views go out before the acknowledgements: a page takes its overlay away with these, and
    /// would show for a moment what was before.
    fn tell_own(&mut self, requests: &[Request], tick: &Tick) {
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
        let concerned = if everyone {
            self.sockets.ids()
        } else {
            let theirs = changed.iter().flat_map(|person| self.sockets.of(person));
            theirs.copied().collect()
        };
        for id in concerned {
            if let Some(socket) = self.sockets.get(id) {
                let mine = self.heart.mine(&socket.asker.token);
                let mine = private_frame(&ServerMessage::Mine(mine));
                self.bring_up_to_date(id, Some(mine));
            }
        }
    }

    fn answer(&mut self, answer: Answer, done: Result<(), Denied>) {
        match answer {
            Answer::Command(id, number) => {
                self.around.metrics.command((&done).into());
                match done {
                    Ok(()) => {
                        let done = text_frame(&ServerMessage::Done { id: number });
                        self.bring_up_to_date(id, Some(done));
                    }
                    // And no more than that: what is refused may be of a tick that isn't on disk, and never will be.
                    Err(denied) => {
                        if let Some(socket) = self.sockets.get(id) {
                            let id = Some(number);
                            socket
                                .outbox
                                .send(text_frame(&ServerMessage::Refused { id, denied }));
                        }
                    }
                }
            }
            Answer::Ask(answer) => drop(answer.send(done)),
            Answer::Nowhere => {}
        }
    }
}
