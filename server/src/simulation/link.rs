//! A connection: what is on its way between a page and the server.
//!
//! The server writes to a real socket, a pair of Unix ones without a port: what it sends is there at once,
//! and in the same order every time.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use candour_shared::command::Command;
use candour_shared::protocol::{ClientMessage, Frame as Update, Store};
use socket2::SockRef;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Message as Frame, WebSocket};

use super::witness::Moment;
use crate::board::{BoardHandle, Ended, Identity, Outbox, Session};

/// After so many long whiles a silent connection is lost, for the server does not wait longer.
const WAITS: u32 = 4;
/// What the kernel holds for a slow reader, in bytes: less than a snapshot.
const NARROW: usize = 4 * 1024;

/// A connection between a page and the server, and what is on its way on it.
pub(super) struct Link {
    /// Of which page.
    pub(super) tab: usize,
    board: BoardHandle,
    pub(super) outbox: Arc<Outbox>,
    /// Once the hello has arrived.
    session: Option<Session>,
    /// Whether the page reads only now and then.
    pub(super) is_slow: bool,
    /// Whether the server has answered the hello.
    pub(super) is_welcomed: bool,
    /// The page's end; nothing once the connection is lost.
    socket: Option<WebSocket<UnixStream>>,
    /// Whether the server knows that the connection is lost.
    pub(super) is_noticed: bool,
    /// On its way to the server, which receives it even on a lost connection, until it notices.
    pub(super) up: VecDeque<String>,
    /// For how long nothing of it has arrived, while it was on its way: in long whiles.
    waited: u32,
    /// On its way to the page.
    pub(super) down: VecDeque<Frame>,
    /// The commands that reached the server, by their numbers.
    pub(super) reached: BTreeMap<u64, (Moment, Command)>,
    /// The numbers of the commands that went out and were not answered in any way.
    on_their_way: BTreeSet<u64>,
    /// Whether a frame was taken from what was on its way to the page.
    pub(super) lacks_a_frame: bool,
}

impl Link {
    /// A new connection to a board, in the runtime of its server.
    pub(super) fn new(tab: usize, board: BoardHandle, is_slow: bool) -> Self {
        let (page, server) = UnixStream::pair().unwrap();
        if is_slow {
            SockRef::from(&server).set_send_buffer_size(NARROW).unwrap();
        }
        page.set_nonblocking(true).unwrap();
        server.set_nonblocking(true).unwrap();
        let server = TcpStream::from(OwnedFd::from(server));
        let server = tokio::net::TcpStream::from_std(server).unwrap();
        let outbox = Arc::new(Outbox::new(server.into_split().1, None));
        let draining = Arc::clone(&outbox);
        tokio::spawn(async move { draining.drain().await });
        Self {
            tab,
            session: None,
            board,
            outbox,
            is_slow,
            is_welcomed: false,
            is_noticed: false,
            socket: Some(WebSocket::from_raw_socket(page, Role::Client, None)),
            up: VecDeque::new(),
            waited: 0,
            down: VecDeque::new(),
            reached: BTreeMap::new(),
            on_their_way: BTreeSet::new(),
            lacks_a_frame: false,
        }
    }

    pub(super) fn send(&mut self, text: String) {
        self.up.push_back(text);
    }

    /// Sends a command, of which the page has these without an answer: in their order, and none before what is on its
    /// way behind it is answered.
    pub(super) fn send_command(&mut self, id: u64, text: String, given: &BTreeMap<u64, Command>) {
        let last = self.on_their_way.last();
        assert!(last < Some(&id), "{id} is sent after {last:?}");
        for earlier in given.range(..id).map(|(earlier, _)| earlier) {
            let follows = self.on_their_way.contains(earlier);
            assert!(follows, "{id} is sent before {earlier}");
        }
        self.on_their_way.insert(id);
        self.send(text);
    }

    /// The page hears an answer to a command, be it only that it has to come again.
    pub(super) fn answered(&mut self, id: u64) {
        self.on_their_way.remove(&id);
    }

    /// A change of a document is lost on its way to the page, though later ones follow. Says whether there was one.
    pub(super) fn lose_a_frame(&mut self) -> bool {
        let store = |frame: &Frame| match frame {
            Frame::Binary(bytes) => Some(Update::decode(bytes).unwrap().store),
            _ => None,
        };
        let stores: Vec<Option<Store>> = self.down.iter().map(store).collect();
        let is_followed = |(number, store): (usize, &Option<Store>)| {
            store.is_some() && stores[number + 1..].contains(store)
        };
        let lost = stores.iter().enumerate().position(is_followed);
        if let Some(lost) = lost {
            self.down.remove(lost);
            self.lacks_a_frame = true;
        }
        lost.is_some()
    }

    /// What the server has sent since this was last asked. It is on its way from now on.
    pub(super) fn sent(&mut self) -> Vec<Frame> {
        let mut sent = Vec::new();
        // It ends where nothing more is there, be it for now or for ever.
        while let Some(Ok(frame)) = self.socket.as_mut().map(WebSocket::read) {
            sent.push(frame);
        }
        self.down.extend(sent.iter().cloned());
        sent
    }

    /// The connection is lost, and with it what was on its way to the page.
    pub(super) fn lose(&mut self) {
        self.socket = None;
        self.down.clear();
    }

    /// A long while has passed. Says whether the server takes the peer for dead now, because nothing has come of it
    /// for some of them.
    pub(super) fn wait(&mut self) -> bool {
        self.waited += u32::from(!self.up.is_empty());
        self.waited == WAITS
    }

    pub(super) fn is_lost(&self) -> bool {
        self.socket.is_none()
    }

    /// The next message that arrives at the server.
    pub(super) fn arrive(&mut self, now: Moment) -> Option<ClientMessage> {
        let text = self.up.pop_front()?;
        self.waited = 0;
        let message = ClientMessage::parse(&text).unwrap();
        if let ClientMessage::Command { id, command } = &message {
            self.reached.insert(*id, (now, command.clone()));
        }
        Some(message)
    }

    /// Hands a message to the board, as a socket does.
    pub(super) async fn hand(
        &mut self,
        identity: &Identity,
        message: ClientMessage,
    ) -> Result<(), Ended> {
        if let ClientMessage::Hello { hello } = &message {
            let outbox = Arc::clone(&self.outbox);
            let session = self.board.enter(identity.clone(), hello, outbox).await?;
            self.session = Some(session);
            return Ok(());
        }
        let session = self.session.as_ref().ok_or(Ended)?;
        session.say(message).await
    }

    /// The server notices that the connection is lost, and tells the board. In the server's runtime.
    pub(super) fn notice(&mut self) {
        self.lose();
        self.up.clear();
        self.is_noticed = true;
        self.session = None;
    }
}
