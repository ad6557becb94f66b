//! Candour, with boards on which people write, sort, vote, or do nothing.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use candour_e2e::api::Api;
use candour_e2e::changes;
use candour_e2e::server::ServerProcess;
use candour_e2e::view::View;
use candour_e2e::workshop::{content, move_note};
use candour_shared::command::Command;
use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::protocol::{ClientMessage, filled};
use tokio_tungstenite::tungstenite::Message;

use super::Plan;
use super::boards::{self, Board, Wanted, post};
use super::entrance::{Certificate, Entrance};
use super::line::Socket;
use super::machine::SERVER;
use super::scenario::Scenario;
use super::subject::Subject;

/// What it is called.
pub const CANDOUR: &str = "Candour";

/// A running server of Candour, with the boards of a plan.
pub struct Candour {
    server: ServerProcess,
    entrance: Entrance,
    plan: Plan,
    boards: Vec<Board>,
}

/// A server that is to be measured, with its database in this folder: on the processor that is its own, and without
/// limits per address, because the whole crowd has one.
pub async fn server(folder: &Path, certificate: Option<&Certificate>) -> Result<ServerProcess> {
    let files = certificate.map(|it| [it.path.clone(), it.key.clone()]);
    ServerProcess::on(SERVER, folder, move |command| {
        for limit in [
            "--connections",
            "--connections-per-address",
            "--boards-per-minute",
        ] {
            command.args([limit, "1000000"]);
        }
        if let Some([certificate, key]) = &files {
            command.arg("--tls-certificate").arg(certificate);
            command.arg("--tls-key").arg(key);
        }
        // As many as the processors it is left.
        command.env("TOKIO_WORKER_THREADS", "1");
    })
    .await
}

impl Candour {
    /// Starts one with its database in this folder, and with the boards of the plan. They are made by a process before
    /// it, so that what that takes is not in what is measured.
    pub async fn start(folder: &Path, plan: Plan) -> Result<Self> {
        let mut before = server(folder, None).await?;
        let wanted = Wanted {
            phase: plan.scenario.phase(),
            notes: plan.notes(),
            people: plan.people.div_ceil(plan.boards),
        };
        let boards = boards::make(&Api::new(&before.url()), plan.boards, wanted).await?;
        before.stop().await?;
        let certificate = plan.encrypted.then(|| Certificate::make(folder));
        let certificate = certificate.transpose()?;
        let server = server(folder, certificate.as_ref()).await?;
        Ok(Self {
            entrance: Entrance::new(server.address(), certificate.as_ref())?,
            server,
            plan,
            boards,
        })
    }
}

impl Subject for Candour {
    fn name(&self) -> String {
        CANDOUR.to_owned()
    }

    fn durability(&self) -> &'static str {
        "on disk before it is acknowledged or shown"
    }

    fn process(&self) -> u32 {
        self.server.number()
    }

    async fn connect(&mut self, board: usize) -> Result<Socket> {
        let board = self.boards.get_mut(board).context("no such board")?;
        let token = board.tokens.pop().context("nobody else has joined")?;
        let hello = View::default().hello();
        self.entrance.open(board.id, &token, hello).await
    }

    fn change(&mut self, author: usize, change: u32) -> Result<Message> {
        let board = &self.boards[self.plan.board_of(author)];
        let command = match self.plan.scenario {
            Scenario::Write => post(content(&format!(
                "The letter comes too late, case {change}"
            ))),
            Scenario::Cluster => {
                let note = board.notes.get(author / self.plan.boards);
                // Nothing lies there yet: a note that is where it should go to isn't moved.
                let to = Point {
                    x: i32::try_from(change)?,
                    y: 1,
                };
                move_note(*note.context("an author has no note")?, to)
            }
            Scenario::Vote => {
                let before = change as usize / self.plan.authors();
                Command::CastDots {
                    round: board.round.context("no round is open")?,
                    item: Item::Note(board.notes[author % board.notes.len()]),
                    dots: if before.is_multiple_of(2) { 1 } else { 0 },
                }
            }
            Scenario::Idle => bail!("nobody does anything"),
        };
        let id = u64::from(change);
        let message = ClientMessage::Command { id, command };
        Ok(Message::text(filled(serde_json::to_string(&message)?)))
    }

    fn contents(message: Message) -> Vec<u8> {
        changes::contents(message)
    }

    fn acknowledges(message: &Message, _: u32) -> Option<u32> {
        // `{"done":{"id":7}}`, and spaces that fill it.
        let text = message.to_text().ok()?;
        let digits = text.strip_prefix("{\"done\":{\"id\":")?;
        let (digits, _) = digits.split_once('}')?;
        digits.parse().ok()
    }

    async fn stop(mut self) -> Result<()> {
        self.server.kill().await
    }
}
