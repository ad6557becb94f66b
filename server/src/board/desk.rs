//! The desk: owns a board. It takes what sessions and requests bring, runs ticks, stores them, and tells the room.
//!
//! The order of a tick is decide, store, tell. Nothing is told before it is on disk, and no page is told that
//! something is done before it has been told what came of it. While a tick is being stored, what comes in waits and
//! makes the next one: the busier the board, the larger the ticks.
//!
//! A tick that can't be stored never was: its commands are refused, the engine is loaded again as it is on
//! disk, which is what every page has, and no session is closed.

mod arrivals;
mod asked;
mod gathering;
mod loading;
mod resend;
mod sessions;
mod storing;
mod ticking;

use std::collections::VecDeque;
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::export::BoardExport;
use candour_shared::http::{Ending, Receipt};
use candour_shared::protocol::{CloseReason, Drag, ServerMessage};
use candour_shared::settings::Pool;
use candour_shared::time::Millis;
use tokio::sync::mpsc;
use tokio::time::timeout;

pub use self::loading::{Loaded, load};
pub(crate) use self::resend::Resend;

use self::asked::Asked;
use self::gathering::{Gathering, is_due};
use self::sessions::{Arrival, Session, Sessions};
use self::storing::Storing;
use super::channel::{Down, Headcount, SessionId, Up, Update};
use super::engine::Engine;
use super::engine::request::Request;
use super::environment::Environment;
use super::inbox::{By, Message, NotDeleted};
use crate::keys::SecretHash;

/// Most messages taken into one tick.
const BATCH: usize = 1024;
/// How often pools are looked at.
const POOL: Millis = Millis::seconds(Pool::SECONDS);

/// Whether a board goes on, or why it ends.
enum After {
    Continue,
    End(CloseReason),
}

/// The owner of a board.
pub(super) struct Desk {
    engine: Engine,
    env: Environment,
    inbox: mpsc::Receiver<Message>,
    room: mpsc::Sender<Down>,
    /// Who said hello and isn't let in yet, in the order in which they came.
    arrivals: VecDeque<Arrival>,
    sessions: Sessions,
    gathering: Gathering,
    storing: Storing,
    /// When the pool is looked at, if there is one.
    pool: Option<Millis>,
}

impl Desk {
    /// A desk for a board as it was loaded.
    pub(super) fn new(
        engine: Engine,
        records: u32,
        env: Environment,
        inbox: mpsc::Receiver<Message>,
        room: mpsc::Sender<Down>,
    ) -> Self {
        Self {
            engine,
            storing: Storing::new(env.log.clone(), records),
            env,
            inbox,
            room,
            arrivals: VecDeque::new(),
            sessions: Sessions::default(),
            gathering: Gathering::default(),
            pool: None,
        }
    }

    /// Runs until the board is idle, deleted or can't be loaded any more, or the server stops.
    pub(super) async fn run(mut self) {
        let reason = loop {
            let Some(batch) = self.next_batch().await else {
                break CloseReason::Resync;
            };
            if let After::End(reason) = self.batch(batch).await {
                break reason;
            }
            self.let_in().await;
        };
        // A request that came too late for this desk is asked of the next one.
        self.inbox.close();
        self.tell(Down::End(reason)).await;
    }

    /// What came in since the last tick, maybe nothing but that something is due; no batch when the
    /// board is idle.
    async fn next_batch(&mut self) -> Option<Vec<Message>> {
        let mut batch = Vec::new();
        let came = self.inbox.recv_many(&mut batch, BATCH);
        if !self.arrivals.is_empty() {
            return match timeout(Duration::ZERO, came).await {
                Ok(0) => None,
                Ok(_) | Err(_) => Some(batch),
            };
        }
        let due = [self.gathering.due(), self.pool]
            .into_iter()
            .flatten()
            .min();
        if self.sessions.is_empty() {
            timeout(self.env.idle, came).await.ok()?;
        } else if let Some(due) = due {
            tokio::select! {
                // What came is looked at first, and what is due with it, so that a seed decides everything.
                biased;
                _ = came => {}
                () = self.env.clock.sleep_until(due) => return Some(batch),
            }
        } else {
            came.await;
        }
        // Nothing arrives only when all are gone who could send.
        (!batch.is_empty()).then_some(batch)
    }

    async fn batch(&mut self, batch: Vec<Message>) -> After {
        let now = self.env.clock.now();
        self.tell_gathered(now).await;
        let mut asked = Asked::default();
        if self.pool.is_some_and(|due| is_due(due, POOL, now)) {
            self.pool = None;
            asked.pool(self.headcount().people as usize);
        }
        for message in batch {
            match message {
                Message::Up(up) => self.hear(up, &mut asked).await,
                Message::Request(request, answer) => asked.request(request, answer),
                // Who asked and is gone by now needs no answer.
                Message::Preview(opener, answer) => drop(answer.send(self.engine.preview(&opener))),
                Message::Member(token, answer) => drop(answer.send(self.engine.member(&token))),
                Message::Export(by, answer) => drop(answer.send(self.export(by))),
                Message::Delete(by, answer) => {
                    let deleted = self.delete(by).await;
                    let gone = deleted.is_ok();
                    drop(answer.send(deleted));
                    if gone {
                        return After::End(CloseReason::Deleted);
                    }
                }
                Message::Stop => return After::End(CloseReason::Restarting),
            }
        }
        let after = self.tick(asked).await;
        if self.engine.has_pool() {
            // At times that don't depend on when anything was written.
            self.pool.get_or_insert(now.next(POOL));
        } else {
            self.pool = None;
        }
        after
    }

    async fn hear(&mut self, up: Up, asked: &mut Asked) {
        match up {
            Up::Arrive {
                session,
                identity,
                page,
            } => self.arrivals.push_back(Arrival {
                session,
                identity,
                page,
            }),
            Up::Leave(session) => self.leave(session),
            Up::Command(id, number, command) => {
                self.let_in_now(id).await;
                let Some(session) = self.sessions.get_mut(id) else {
                    return;
                };
                if !session.resend.admits(number) {
                    self.refuse_command(id, number, Denied::Unavailable).await;
                } else if let Err(denied) = session.pace.command() {
                    session.resend.put_off(number);
                    self.refuse_command(id, number, denied).await;
                } else {
                    self.gathering.end_drags(&command);
                    let request = Request::Command(session.identity.clone(), command);
                    asked.command(request, id, number);
                }
            }
            Up::Drags(session, drags) => self.drag(session, &drags),
            Up::Ready(session, ready) => self.be_ready(session, ready).await,
            Up::Lacks(store) => {
                let whole = Update {
                    cursor: self.engine.cursor(store),
                    bytes: self.engine.state(store),
                };
                self.tell(Down::Whole(store, whole)).await;
            }
        }
    }

    /// How many people are here.
    fn headcount(&self) -> Headcount {
        self.sessions.headcount(self.gathering.ready())
    }

    /// Sees to it that everybody is told soon what there is to tell.
    fn gather(&mut self) {
        let now = self.env.clock.now();
        self.gathering.gather(now, self.sessions.len());
    }

    async fn tell_gathered(&mut self, now: Millis) {
        let Some(drags) = self.gathering.take_due(now, self.sessions.len()) else {
            return;
        };
        self.tell(Down::Headcount(self.headcount())).await;
        if !drags.is_empty() {
            self.tell(Down::Drags(drags)).await;
        }
    }

    /// A session is over. A person who has no other is not done with anything any more.
    fn leave(&mut self, id: SessionId) {
        self.arrivals.retain(|arrival| arrival.session != id);
        let Some(gone) = self.sessions.remove(id) else {
            return;
        };
        let person = gone.identity.hash;
        if self.sessions.of(&person).is_empty() {
            self.gathering.be_ready(person, false);
        }
        self.gather();
    }

    /// Takes note of where things are dragged. A drag is no more than a hint: one that is not
    /// allowed, or comes too fast, is simply not shown.
    fn drag(&mut self, id: SessionId, drags: &[Drag]) {
        let may = |session: &Session| {
            session.pace.drag() && self.engine.may_drag(&session.identity).is_ok()
        };
        if self.sessions.get(id).is_some_and(may) && self.gathering.drag(drags) {
            self.gather();
        }
    }

    /// Takes note of whether a person is done with the present step.
    async fn be_ready(&mut self, id: SessionId, ready: bool) {
        let Some(session) = self.sessions.get(id) else {
            return;
        };
        let person = session.identity.hash;
        if let Err(denied) = session.pace.command() {
            let refused = ServerMessage::Refused { id: None, denied };
            return self.tell(Down::Own(id, refused)).await;
        }
        self.gathering.be_ready(person, ready);
        self.gather();
    }

    /// Tells the room something, waiting while it has too much to tell already.
    async fn tell(&self, down: Down) {
        // A room ends after its desk, unless it panicked; then its pages come back by themselves.
        let _ = self.room.send(down).await;
    }

    fn export(&mut self, by: SecretHash) -> Result<BoardExport, Denied> {
        self.engine.check_organiser(by)?;
        let today = self.env.clock.today();
        Ok(self.engine.export(today, &mut self.env.random))
    }

    async fn delete(&self, by: By) -> Result<Receipt, NotDeleted> {
        let today = self.env.clock.today();
        let ending = match by {
            By::Organiser(organiser) => {
                self.engine.check_organiser(organiser)?;
                Ending::Deleted
            }
            // The date by which it was found lies beside the board, and has no checksum.
            By::Expiry if self.engine.expires_on() > today => return Err(NotDeleted::NotYet),
            By::Expiry => Ending::Expired,
        };
        let receipt = Receipt {
            board: self.engine.board(),
            ending,
            on: today,
        };
        self.env.log.delete(&receipt).await?;
        Ok(receipt)
    }
}
