//! A client that does what a good page does, because it is one: [`candour_page`] with a socket of tokio's in place of
//! a browser's.

use std::collections::BTreeMap;
use std::time::Duration;

use candour_page::Connection;
use candour_page::connection::{Heard, Next, Pace, wire};
use candour_page::state::OutOfStep;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{ClientMessage, CloseReason, Drag};
use candour_shared::time::Millis;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::api::{Api, ApiError, Socket};
use crate::view::{Answer, View};
use crate::{PATIENCE, fresh};

/// Most orders that wait for the connection's task.
const ORDERS: usize = 256;
/// The pace of a page in a hurry, which comes back when it likes.
const PACE: Pace = Pace {
    least: 12,
    most: 1_000,
    spread: 0,
    steady: 0,
    try_later: 1_200,
};

/// A page without a browser. Dropping it ends the connection.
pub struct TestClient {
    view: watch::Receiver<View>,
    orders: mpsc::Sender<Order>,
}

/// Why something did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The board refused it.
    #[error("the board refused it: {0}")]
    Denied(#[from] Denied),
    /// It took too long, or can't happen any more.
    #[error("it did not happen; the client is {0}")]
    Late(String),
}

enum Order {
    Do(Command, oneshot::Sender<Result<(), Denied>>),
    Drag(Vec<Drag>),
    Ready(bool),
    Drop,
    Reconnect,
}

impl TestClient {
    /// A client of somebody who has joined; it connects by itself.
    #[must_use]
    pub fn connect(api: Api, board: BoardId, token: String) -> Self {
        let (orders, taken) = mpsc::channel(ORDERS);
        let (mirror, view) = watch::channel(View::default());
        let courier = Courier {
            api,
            board,
            token,
            orders: taken,
            view: mirror,
            connection: Connection::new(fresh::page(), PACE, Millis(0)),
            answers: BTreeMap::new(),
            began: Instant::now(),
        };
        tokio::spawn(courier.run());
        Self { view, orders }
    }

    /// Does something: ready when it is on the server's disk.
    pub async fn ask(&self, command: Command) -> Result<(), Failed> {
        self.give(command).await?.await
    }

    /// Gives a command after those that were given before; what comes back is ready when it is on the server's
    /// disk.
    pub async fn give(
        &self,
        command: Command,
    ) -> Result<impl Future<Output = Result<(), Failed>> + use<>, Failed> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Do(command, answer)).await?;
        let view = self.view.clone();
        Ok(async move {
            match timeout(PATIENCE, answered).await {
                Ok(Ok(result)) => Ok(result?),
                Ok(Err(_)) | Err(_) => Err(Failed::Late(view.borrow().to_string())),
            }
        })
    }

    /// Shows others where things are dragged.
    pub async fn drag(&self, drags: &[Drag]) -> Result<(), Failed> {
        self.order(Order::Drag(drags.to_vec())).await
    }

    /// Says whether one is done with the present step.
    pub async fn ready(&self, ready: bool) -> Result<(), Failed> {
        self.order(Order::Ready(ready)).await
    }

    /// Waits until what the client knows satisfies a condition.
    pub async fn wait_for(&self, mut condition: impl FnMut(&View) -> bool) -> Result<(), Failed> {
        let mut view = self.view.clone();
        let satisfied = view.wait_for(|view| condition(view));
        match timeout(PATIENCE, satisfied).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(self.late()),
        }
    }

    /// Looks at what the client knows.
    pub fn view<T>(&self, look: impl FnOnce(&View) -> T) -> T {
        look(&self.view.borrow())
    }

    /// Loses the connection without a word; what is done from now on waits.
    pub async fn drop_connection(&self) -> Result<(), Failed> {
        self.order(Order::Drop).await
    }

    /// Comes back after [`Self::drop_connection`].
    pub async fn reconnect(&self) -> Result<(), Failed> {
        self.order(Order::Reconnect).await
    }

    async fn order(&self, order: Order) -> Result<(), Failed> {
        self.orders.send(order).await.map_err(|_| self.late())
    }

    fn late(&self) -> Failed {
        Failed::Late(self.view(ToString::to_string))
    }
}

/// The task of a connection, across reconnections.
struct Courier {
    api: Api,
    board: BoardId,
    token: String,
    orders: mpsc::Receiver<Order>,
    view: watch::Sender<View>,
    connection: Connection,
    /// Who waits for the answer to a command, by its number.
    answers: BTreeMap<u64, Vec<oneshot::Sender<Result<(), Denied>>>>,
    began: Instant,
}

/// How a socket ended.
enum End {
    /// The server or the network ended it.
    Lost(Option<CloseReason>),
    /// The client was told to drop it.
    Dropped,
    /// There is nothing to come back for.
    Over,
}

impl Courier {
    async fn run(mut self) {
        while !self.orders.is_closed() {
            self.connection.connect(self.now());
            let (why, stays_away) = match self.socket().await {
                End::Lost(why) => (why, false),
                End::Dropped => (None, true),
                End::Over => return,
            };
            let next = self.connection.lose(why, self.now(), rand::random());
            match next {
                _ if stays_away => self.stay_away().await,
                Next::Retry(wait) | Next::AskWhy(wait) => {
                    sleep(Duration::from_millis(wait.into())).await;
                }
                Next::Over => return,
            }
        }
    }

    /// Milliseconds, as the connection counts them.
    fn now(&self) -> Millis {
        self.began.elapsed().into()
    }

    async fn socket(&mut self) -> End {
        let opened = match self.api.handshake(self.board, &self.token) {
            Ok(handshake) => self.api.open(handshake).await,
            Err(fault) => Err(fault),
        };
        match opened {
            Ok(socket) => match self.talk(socket).await {
                Ok(end) => end,
                Err(_) => End::Lost(None),
            },
            Err(ApiError::NoSocket(fault)) if matches!(*fault, tungstenite::Error::Http(_)) => {
                self.view
                    .send_modify(|view| view.faults.push(format!("no handshake: {fault}")));
                End::Over
            }
            Err(_) => End::Lost(None),
        }
    }

    async fn talk(&mut self, mut socket: Socket) -> Result<End, tungstenite::Error> {
        let hello = self.connection.hello(&self.view.borrow().state);
        self.send(&mut socket, &hello).await?;
        // Until when nothing is sent, because the server could not take something.
        let mut rests_until = None;
        loop {
            tokio::select! {
                () = until(rests_until) => {
                    rests_until = None;
                    self.connection.go_on();
                }
                message = socket.next() => match message.transpose()? {
                    Some(Message::Text(text)) => {
                        if let Heard::TryLater { rest: Some(rest), .. } = self.hear(&text) {
                            let rest = Duration::from_millis(rest.into());
                            rests_until = Some(Instant::now() + rest);
                        }
                    }
                    Some(Message::Binary(bytes)) => if self.take(&bytes).is_err() {
                        return Ok(End::Lost(Some(CloseReason::Resync)));
                    },
                    Some(Message::Close(frame)) => {
                        let code = frame.map_or(0, |frame| frame.code.into());
                        let close_reason = CloseReason::from_code(code);
                        self.view.send_modify(|view| view.close_reason = close_reason);
                        return Ok(End::Lost(close_reason));
                    }
                    Some(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                    None => return Ok(End::Lost(None)),
                },
                order = self.orders.recv() => match order {
                    Some(Order::Do(command, answer)) => self.keep(command, answer),
                    Some(Order::Drag(drags)) => {
                        self.send(&mut socket, &ClientMessage::Drags { drags }).await?;
                    }
                    Some(Order::Ready(ready)) => {
                        self.send(&mut socket, &ClientMessage::Ready { ready }).await?;
                    }
                    Some(Order::Drop) => return Ok(End::Dropped),
                    Some(Order::Reconnect) => {}
                    None => return Ok(End::Over),
                },
            }
            self.send_pending(&mut socket).await?;
        }
    }

    async fn stay_away(&mut self) {
        while let Some(order) = self.orders.recv().await {
            match order {
                Order::Do(command, answer) => self.keep(command, answer),
                Order::Reconnect => return,
                // They only say what is so now.
                Order::Drag(_) | Order::Ready(_) | Order::Drop => {}
            }
        }
    }

    fn keep(&mut self, command: Command, answer: oneshot::Sender<Result<(), Denied>>) {
        let given = change(&self.view, |view| view.state.give_unchecked(command));
        // What is replaced is done once the later command is.
        let earlier = given.replaces.and_then(|id| self.answers.remove(&id));
        let mut answers = earlier.unwrap_or_default();
        answers.push(answer);
        self.answers.insert(given.id, answers);
    }

    /// Takes a text frame in, and hands an answer to whoever waits for it.
    fn hear(&mut self, text: &str) -> Heard {
        let now = self.now();
        let connection = &mut self.connection;
        let (heard, answer) = change(&self.view, |view| view.hear(connection, text, now));
        if let Some(Answer { id, result }) = answer {
            match self.answers.remove(&id) {
                Some(answers) => {
                    for answer in answers {
                        // Whoever asked may have stopped waiting.
                        let _ = answer.send(result.clone());
                    }
                }
                None => self
                    .view
                    .send_modify(|view| view.faults.push(format!("an answer to {id}, not asked"))),
            }
        }
        heard
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), OutOfStep> {
        let now = self.now();
        let connection = &mut self.connection;
        change(&self.view, |view| view.take(connection, bytes, now))
    }

    async fn send_pending(&mut self, socket: &mut Socket) -> Result<(), tungstenite::Error> {
        let connection = &mut self.connection;
        let messages = quietly(&self.view, |view| connection.to_send(&mut view.state));
        for message in messages {
            self.send(socket, &message).await?;
        }
        Ok(())
    }

    async fn send(
        &mut self,
        socket: &mut Socket,
        message: &ClientMessage,
    ) -> Result<(), tungstenite::Error> {
        let text = wire(message).ok_or(tungstenite::Error::AttackAttempt)?;
        let now = self.now();
        let connection = &mut self.connection;
        quietly(&self.view, |view| {
            connection.sent(&mut view.state, message, text.clone(), now);
        });
        socket.send(Message::text(text)).await
    }
}

/// Changes what the client knows, and wakes who waits for something of it.
fn change<T>(view: &watch::Sender<View>, change: impl FnOnce(&mut View) -> T) -> T {
    let mut changed = None;
    view.send_modify(|view| changed = Some(change(view)));
    changed.expect("it was changed")
}

/// The same where nothing changes that anybody could wait for.
fn quietly<T>(view: &watch::Sender<View>, change: impl FnOnce(&mut View) -> T) -> T {
    let mut changed = None;
    view.send_if_modified(|view| {
        changed = Some(change(view));
        false
    });
    changed.expect("it was changed")
}

/// Waits for a time; for ever if there is none.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
