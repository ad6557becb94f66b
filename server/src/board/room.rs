//! The room: tells the people of a board what its desk says, over the connections of this process.
//!
//! The desk's word comes in one queue, and what a session receives, it receives in that order: nothing that is its
//! own overtakes what everybody gets.

mod arrivals;
mod fanout;
mod frames;
mod news;
mod outbox;
mod presence;
mod sockets;

use std::future::pending;
use std::sync::Arc;

use bytes::Bytes;
use candour_shared::protocol::{CloseReason, ServerMessage, Welcome};
use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::sleep_until;

pub(super) use self::arrivals::Connection;
pub use self::outbox::{Outbox, ping_frame, text_frame};

use self::arrivals::Arrivals;
use self::fanout::{Fanout, Turn};
use self::frames::Frames;
use self::news::News;
use self::outbox::private_frame;
use self::presence::Presence;
use self::sockets::{Socket, Sockets};
use super::channel::{Admitted, Beginning, Down, SessionId, Up};
use super::environment::Environment;
use super::inbox::Message;

/// Most of what the desk says that is taken in before some sockets get their turn.
const BATCH: usize = 1024;

/// The people of a board, as far as they are connected to this process.
pub(super) struct Room {
    /// To the desk. Weak, so that a board on which nobody is left ends.
    desk: mpsc::WeakSender<Message>,
    connections: mpsc::Receiver<Connection>,
    told: mpsc::Receiver<Down>,
    arrivals: Arrivals,
    sockets: Sockets,
    frames: Frames,
    news: News,
    presence: Presence,
    fanout: Fanout,
}

impl Room {
    /// A room of a board on which nobody is yet.
    pub(super) fn new(
        beginning: Beginning,
        env: &Environment,
        desk: mpsc::WeakSender<Message>,
        connections: mpsc::Receiver<Connection>,
        told: mpsc::Receiver<Down>,
    ) -> Self {
        Self {
            desk,
            connections,
            told,
            arrivals: Arrivals::default(),
            sockets: Sockets::default(),
            frames: Frames::new(beginning),
            news: News::default(),
            presence: Presence::new(env.metrics.clone(), Arc::clone(&env.limiter)),
            fanout: Fanout::default(),
        }
    }

    /// Runs until the desk has ended.
    pub(super) async fn run(mut self) {
        let reason = loop {
            let Some(told) = self.listen().await else {
                break CloseReason::Resync;
            };
            if let Some(reason) = told.into_iter().find_map(|down| self.hear(down)) {
                break reason;
            }
            let Self {
                fanout,
                sockets,
                frames,
                news,
                ..
            } = &mut self;
            fanout.take_turns(sockets, |sockets, id| {
                sockets.bring_up_to_date(id, frames, news, None);
            });
            self.ask_for_documents();
        };
        self.connections.close();
        let here = self.sockets.iter().map(|socket| &socket.outbox);
        for outbox in here.chain(self.arrivals.outboxes()) {
            outbox.close(reason);
        }
        // A page that came too late for this board finds the next one by coming back.
        while let Ok(connection) = self.connections.try_recv() {
            if let Connection::Opened(_, _, outbox) = connection {
                outbox.close(reason);
            }
        }
    }

    /// What the desk has said, maybe nothing if it is the turn of some sockets; nothing more will come when the
    /// desk is gone.
    async fn listen(&mut self) -> Option<Vec<Down>> {
        let mut told = Vec::new();
        let turn = self.fanout.next();
        if let Turn::Now = turn {
            // Other boards are on this thread, too.
            yield_now().await;
        }
        loop {
            let turn = async {
                match turn {
                    Turn::Now => {}
                    Turn::At(rested) => sleep_until(rested).await,
                    Turn::Never => pending().await,
                }
            };
            tokio::select! {
                // So that a seed decides everything.
                biased;
                came = self.told.recv_many(&mut told, BATCH) => if came == 0 {
                    return None;
                } else {
                    break;
                },
                Some(connection) = self.connections.recv() => self.connection(connection),
                () = turn => break,
            }
        }
        // Who the desk speaks of has entered by now.
        while let Ok(connection) = self.connections.try_recv() {
            self.connection(connection);
        }
        Some(told)
    }

    fn connection(&mut self, connection: Connection) {
        match connection {
            Connection::Opened(session, copies, outbox) => {
                self.arrivals.insert(session, copies, outbox);
            }
            Connection::Closed(session) => {
                self.arrivals.take(session);
                self.sockets.remove(session);
            }
        }
    }

    /// Takes in what the desk says. Answers why it has ended, if it has.
    fn hear(&mut self, down: Down) -> Option<CloseReason> {
        match down {
            Down::Tick(ticked) => {
                self.frames.push(&ticked);
                self.fanout.begin(&self.sockets);
            }
            Down::Sealed { wall, backstage } => {
                self.frames.seal(wall, backstage);
                self.fanout.begin(&self.sockets);
            }
            Down::Whole(store, whole) => {
                self.frames.keep(store, whole);
                for session in self.sockets.take_waiting() {
                    self.bring_up_to_date(session, None);
                }
            }
            Down::Headcount(headcount) => {
                if let Some(presence) = self.presence.for_all(headcount) {
                    self.news.presence.put(&ServerMessage::Presence(presence));
                    self.fanout.begin(&self.sockets);
                }
            }
            Down::Drags(drags) => {
                self.news.drags.put(&ServerMessage::Drags(drags));
                self.fanout.begin(&self.sockets);
            }
            Down::Admitted(session, admitted) => self.let_in(session, admitted),
            Down::Own(session, message) => self.tell(session, frame(&message)),
            Down::Close(session, reason) => {
                let socket = self.sockets.remove(session).map(|socket| socket.outbox);
                let arrival = || self.arrivals.take(session).map(|(_, outbox)| outbox);
                if let Some(outbox) = socket.or_else(arrival) {
                    outbox.close(reason);
                }
            }
            Down::End(reason) => return Some(reason),
        }
        None
    }

    fn let_in(&mut self, session: SessionId, admitted: Admitted) {
        let Some((copies, outbox)) = self.arrivals.take(session) else {
            return;
        };
        let Admitted {
            role,
            now,
            headcount,
            mine,
        } = admitted;
        let welcome = private_frame(&ServerMessage::Welcome(Welcome {
            role,
            now,
            presence: self.presence.for_one(headcount),
            mine,
        }));
        let socket = Socket::new(outbox, role, copies, self.news.so_far(), welcome);
        self.sockets.insert(session, socket);
        self.fanout.join();
        self.bring_up_to_date(session, None);
    }

    /// Tells a session what is for it alone.
    fn tell(&mut self, session: SessionId, own: Bytes) {
        if self.sockets.has(session) {
            self.bring_up_to_date(session, Some(own));
        } else if let Some(outbox) = self.arrivals.outbox(session) {
            outbox.send(own);
        }
    }

    fn bring_up_to_date(&mut self, session: SessionId, own: Option<Bytes>) {
        let Self { frames, news, .. } = self;
        self.sockets.bring_up_to_date(session, frames, news, own);
    }

    /// Asks the desk for what pages wait for. Not here, because the desk may be waiting for this room to listen.
    fn ask_for_documents(&mut self) {
        while let Some(store) = self.frames.take_lack() {
            let Some(desk) = self.desk.upgrade() else {
                return;
            };
            tokio::spawn(async move {
                // A desk that has ended has said so.
                let _ = desk.send(Message::Up(Up::Lacks(store))).await;
            });
        }
    }
}

/// What is for one session alone, encoded. The length of a person's view says next to nothing.
fn frame(message: &ServerMessage) -> Bytes {
    if matches!(message, ServerMessage::Mine(_)) {
        private_frame(message)
    } else {
        text_frame(message)
    }
}
