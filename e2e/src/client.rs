//! A client that does what a good page does: it mirrors its board, numbers its commands, keeps them
//! until they are answered, and after a lost connection comes back and sends them again.

use std::collections::VecDeque;
use std::time::Duration;

use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{ClientMessage, CloseReason, Drag, filled};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::PATIENCE;
use crate::api::{Api, ApiError, Socket};
use crate::view::{Answer, View};

/// Most orders that wait for the connection's task.
const ORDERS: usize = 256;
/// The first pause before coming back; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(25);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// How long to wait after the server could not take a command: longer than it refuses whatever follows that one,
/// so that nothing overtakes it.
const TRY_LATER: Duration = Duration::from_millis(1_200);

/// See the module. Dropping it ends the connection.
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
            pending: VecDeque::new(),
            numbers: 0,
            rests_until: None,
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
    /// What has no answer yet, in the order in which it was asked.
    pending: VecDeque<Pending>,
    numbers: u64,
    /// Until when nothing is sent, because the server could not take something: what waits must stay in order.
    rests_until: Option<Instant>,
}

struct Pending {
    id: u64,
    command: Command,
    /// Whether it went out on the present connection, and was not refused for the moment.
    sent: bool,
    answer: oneshot::Sender<Result<(), Denied>>,
}

/// How a connection ended.
enum End {
    /// The server or the network ended it.
    Lost,
    /// The client was told to drop it.
    Dropped,
    /// There is nothing to come back for.
    Over,
}

impl Courier {
    async fn run(mut self) {
        let mut pause = FIRST_PAUSE;
        while !self.orders.is_closed() {
            match self.connection(&mut pause).await {
                End::Lost => {
                    // Jitter, so that a crowd does not come back as one.
                    sleep(pause.mul_f64(rand::random_range(0.5..1.0))).await;
                    pause = LONGEST_PAUSE.min(pause * 2);
                }
                End::Dropped => self.stay_away().await,
                End::Over => return,
            }
        }
    }

    async fn connection(&mut self, pause: &mut Duration) -> End {
        let opened = match self.api.handshake(self.board, &self.token) {
            Ok(handshake) => self.api.open(handshake).await,
            Err(fault) => Err(fault),
        };
        match opened {
            Ok(socket) => match self.talk(socket, pause).await {
                Ok(end) => end,
                Err(_) => End::Lost,
            },
            Err(ApiError::NoSocket(fault)) if matches!(*fault, tungstenite::Error::Http(_)) => {
                self.view
                    .send_modify(|view| view.faults.push(format!("no handshake: {fault}")));
                End::Over
            }
            Err(_) => End::Lost,
        }
    }

    async fn talk(
        &mut self,
        mut socket: Socket,
        pause: &mut Duration,
    ) -> Result<End, tungstenite::Error> {
        let hello = self.view.borrow().hello();
        send(&mut socket, &ClientMessage::Hello { hello }).await?;
        let mut welcomed = false;
        self.rests_until = None;
        for pending in &mut self.pending {
            pending.sent = false;
        }
        loop {
            tokio::select! {
                () = until(self.rests_until) => {
                    self.rests_until = None;
                    self.send_pending(&mut socket).await?;
                }
                message = socket.next() => match message.transpose()? {
                    Some(Message::Text(text)) => {
                        let mut answer = None;
                        self.view.send_modify(|view| answer = view.take_text(&text));
                        if let Some(answer) = answer {
                            self.answer(answer);
                        }
                        if !welcomed {
                            welcomed = true;
                            *pause = FIRST_PAUSE;
                            self.send_pending(&mut socket).await?;
                        }
                    }
                    Some(Message::Binary(bytes)) => {
                        self.view.send_modify(|view| view.take_frame(&bytes));
                    }
                    Some(Message::Close(frame)) => {
                        let code = frame.map_or(0, |frame| frame.code.into());
                        let reason = CloseReason::from_code(code);
                        self.view.send_modify(|view| view.close_reason = reason);
                        let comes_back = reason.is_none_or(CloseReason::comes_back);
                        return Ok(if comes_back { End::Lost } else { End::Over });
                    }
                    Some(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                    None => return Ok(End::Lost),
                },
                order = self.orders.recv() => match order {
                    Some(Order::Do(command, answer)) => {
                        self.keep(command, answer);
                        if welcomed && self.rests_until.is_none() {
                            self.send_pending(&mut socket).await?;
                        }
                    }
                    Some(Order::Drag(drags)) => {
                        send(&mut socket, &ClientMessage::Drags { drags }).await?;
                    }
                    Some(Order::Ready(ready)) => {
                        send(&mut socket, &ClientMessage::Ready { ready }).await?;
                    }
                    Some(Order::Drop) => return Ok(End::Dropped),
                    Some(Order::Reconnect) => {}
                    None => return Ok(End::Over),
                },
            }
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
        self.numbers += 1;
        self.pending.push_back(Pending {
            id: self.numbers,
            command,
            sent: false,
            answer,
        });
        let pending = self.pending.len();
        self.view.send_modify(|view| view.pending = pending);
    }

    async fn send_pending(&mut self, socket: &mut Socket) -> Result<(), tungstenite::Error> {
        for pending in self.pending.iter_mut().filter(|pending| !pending.sent) {
            send(socket, &pending.message()).await?;
            pending.sent = true;
        }
        Ok(())
    }

    /// Hands an answer to whoever waits for it, unless the command can be sent again in a moment.
    fn answer(&mut self, Answer { id, result }: Answer) {
        let Some(index) = self.pending.iter().position(|pending| pending.id == id) else {
            self.view
                .send_modify(|view| view.faults.push(format!("an answer to {id}, not asked")));
            return;
        };
        if result.as_ref().is_err_and(Denied::is_passing) {
            self.pending[index].sent = false;
            self.rests_until = Some(Instant::now() + TRY_LATER);
            self.view.send_modify(|view| view.put_off += 1);
            return;
        }
        if let Some(pending) = self.pending.remove(index) {
            // Whoever asked may have stopped waiting.
            let _ = pending.answer.send(result);
        }
        let pending = self.pending.len();
        self.view.send_modify(|view| view.pending = pending);
    }
}

/// Waits for a time; for ever if there is none.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}

impl Pending {
    fn message(&self) -> ClientMessage {
        ClientMessage::Command {
            id: self.id,
            command: self.command.clone(),
        }
    }
}

async fn send(socket: &mut Socket, message: &ClientMessage) -> Result<(), tungstenite::Error> {
    let text = serde_json::to_string(message)
        .map_err(|fault| tungstenite::Error::Io(std::io::Error::other(fault)))?;
    let text = match message {
        ClientMessage::Command { .. } => filled(text),
        ClientMessage::Hello { .. } | ClientMessage::Drags { .. } | ClientMessage::Ready { .. } => {
            text
        }
    };
    socket.send(Message::text(text)).await
}
