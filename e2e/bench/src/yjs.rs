//! Servers that relay what Yjs clients author: Hocuspocus and y-websocket, in Node.js, and y-sweet, in Rust.
//!
//! Every author is a Yjs client of its own that sets the place of its own note in the map `places`, as the
//! same JSON text that Candour's Wall holds. See <https://github.com/yjs/y-protocols> for the messages.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use candour_e2e::PATIENCE;
use futures_util::SinkExt as _;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use yrs::encoding::write::Write as _;
use yrs::updates::encoder::Encode as _;
use yrs::{Doc, Map as _, MapRef, StateVector, Transact as _};

use super::Plan;
use super::line::{Line, Socket};
use super::subject::Subject;

/// What the names of documents begin with.
const ROOM: &str = "board";

// Kinds of messages, and of those that synchronise. Each is a number that takes one byte.
const SYNC: u8 = 0;
const AUTHENTICATION: u8 = 2;
const SYNC_STATUS: u8 = 8;
/// What follows [`AUTHENTICATION`].
const TOKEN: u8 = 0;
const STEP_1: u8 = 0;
const UPDATE: u8 = 2;

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// @hocuspocus/server.
    Hocuspocus,
    /// y-websocket's own server.
    YWebsocket,
    /// The server of the crate y-sweet.
    YSweet,
}

impl Kind {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hocuspocus => "Hocuspocus",
            Self::YWebsocket => "y-websocket",
            Self::YSweet => "y-sweet",
        }
    }

    /// What starts it: from the folder of its packages, or as the program it is. It stores in `folder`.
    fn command(self, at: &Path, folder: &Path) -> Command {
        let node = |script: &str| {
            let mut node = Command::new("node");
            node.arg(script).arg(folder).current_dir(at);
            node
        };
        match self {
            Self::Hocuspocus => node("hocuspocus.mjs"),
            Self::YWebsocket => node("y-websocket.cjs"),
            Self::YSweet => {
                let mut program = Command::new(at);
                program.args(["serve", "--port", "0"]).arg(folder);
                // It has one processor, and would write a line for every document it stores.
                program.env("TOKIO_WORKER_THREADS", "1");
                program.env("RUST_LOG", "off");
                program
            }
        }
    }

    /// Where it is, if that is what this line of its output says.
    fn address(self, line: &str) -> Option<&str> {
        let before = match self {
            Self::Hocuspocus | Self::YWebsocket => "It is at ",
            Self::YSweet => "   ys://",
        };
        line.strip_prefix(before)
    }

    /// What says its version.
    fn version(self, at: &Path) -> Command {
        let package = |name: &str| {
            let mut node = Command::new("node");
            let script = format!("require('./node_modules/{name}/package.json').version");
            node.args(["--print", &script]).current_dir(at);
            node
        };
        match self {
            Self::Hocuspocus => package("@hocuspocus/server"),
            Self::YWebsocket => package("y-websocket"),
            Self::YSweet => {
                let mut program = Command::new(at);
                program.arg("version");
                program
            }
        }
    }

    /// The path of a document's socket.
    fn path(self, room: &str) -> String {
        match self {
            Self::Hocuspocus | Self::YWebsocket => room.to_owned(),
            Self::YSweet => format!("d/{room}/ws/{room}"),
        }
    }
}

/// A running server that speaks the protocol of y-websocket.
pub struct Yjs {
    kind: Kind,
    version: String,
    process: Child,
    /// Kept open: a server that can't write there may end.
    _output: Lines<BufReader<ChildStdout>>,
    number: u32,
    address: String,
    plan: Plan,
    authors: Vec<(Doc, MapRef)>,
}

impl Yjs {
    /// Starts one, from the folder of its packages or as the program it is, with what it stores in another folder.
    pub async fn start(kind: Kind, at: &Path, folder: &Path, plan: Plan) -> Result<Self> {
        let version = kind.version(at).output().await;
        let version = version.with_context(|| format!("{} can't be asked", kind.name()))?;
        let mut process = kind
            .command(at, folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} can't be started", kind.name()))?;
        let mut output =
            BufReader::new(process.stdout.take().context("no standard output")?).lines();
        let address = timeout(PATIENCE, async {
            while let Some(line) = output.next_line().await? {
                if let Some(address) = kind.address(&line) {
                    return Ok(address.to_owned());
                }
            }
            bail!("{} has ended", kind.name())
        });
        let address = address
            .await
            .context("the server does not say where it is")??;
        let authors = (0..plan.authors()).map(|_| {
            let doc = Doc::new();
            let places = doc.get_or_insert_map("places");
            (doc, places)
        });
        Ok(Self {
            kind,
            version: String::from_utf8(version.stdout)?.trim_end().to_owned(),
            number: process.id().context("the server has ended")?,
            process,
            _output: output,
            address,
            plan,
            authors: authors.collect(),
        })
    }

    /// A message of these parts; Hocuspocus wants to know of which document.
    fn message(&self, room: &str, write: impl FnOnce(&mut Vec<u8>)) -> Message {
        let mut message = Vec::new();
        if self.kind == Kind::Hocuspocus {
            message.write_string(room);
        }
        write(&mut message);
        Message::binary(message)
    }
}

impl Subject for Yjs {
    fn name(&self) -> String {
        format!("{} {}", self.kind.name(), self.version)
    }

    fn durability(&self) -> &'static str {
        match self.kind {
            Kind::Hocuspocus => "2 s after the last change or 10 s after the first, to a file",
            Kind::YWebsocket => "never: kept in memory",
            Kind::YSweet => "within 10 s, to a file",
        }
    }

    fn process(&self) -> u32 {
        self.number
    }

    async fn connect(&mut self, board: usize) -> Result<Socket> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let room = room(board);
        let url = format!("ws://{}/{}", self.address, self.kind.path(&room));
        let (mut socket, _) = client_async(url, Line::Clear(stream)).await?;
        if self.kind == Kind::Hocuspocus {
            let token = self.message(&room, |message| {
                message.extend([AUTHENTICATION, TOKEN]);
                message.write_string("anybody");
            });
            socket.send(token).await?;
        }
        let step = self.message(&room, |message| {
            message.extend([SYNC, STEP_1]);
            message.write_buf(StateVector::default().encode_v1());
        });
        socket.send(step).await?;
        Ok(socket)
    }

    fn change(&mut self, author: usize, change: u32) -> Result<Message> {
        let (doc, places) = self.authors.get(author).context("no such author")?;
        let update = {
            let mut edit = doc.transact_mut();
            let place = format!("{{\"loose\":{{\"x\":{change},\"y\":0}}}}");
            places.insert(&mut edit, format!("note {author}"), place);
            edit.encode_update_v1()
        };
        Ok(self.message(&room(self.plan.board_of(author)), |message| {
            message.extend([SYNC, UPDATE]);
            message.write_buf(update);
        }))
    }

    /// Hocuspocus says that it has applied an update, not which and not that it is on disk. The others say nothing.
    fn acknowledges(message: &Message, expected: u32) -> Option<u32> {
        let Message::Binary(bytes) = message else {
            return None;
        };
        let (length, rest) = bytes.split_first()?;
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        (name.starts_with(ROOM.as_bytes()) && rest.first() == Some(&SYNC_STATUS))
            .then_some(expected)
    }

    async fn stop(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

/// The document that stands for a board.
fn room(board: usize) -> String {
    format!("{ROOM}{board}")
}
