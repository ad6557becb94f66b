//! Candour, with one board on which notes are sorted.

use std::path::Path;

use anyhow::{Context as _, Result};
use candour_shared::command::{Content, Point};
use candour_shared::http::Created;
use candour_shared::ids::NoteId;
use candour_shared::phase::Phase;
use candour_shared::protocol::ClientMessage;
use tokio_tungstenite::tungstenite::Message;

use super::crowd::AUTHORS;
use super::subject::Subject;
use crate::api::{Api, Socket};
use crate::client::TestClient;
use crate::recorder::Recorder;
use crate::server::ServerProcess;
use crate::view::View;
use crate::workshop::{content, move_note, move_phase, participants_link, settings};

/// What it is called.
pub const CANDOUR: &str = "Candour";

/// See the module.
pub struct Candour {
    server: ServerProcess,
    api: Api,
    created: Created,
    notes: Vec<NoteId>,
}

impl Candour {
    /// Starts one with its database in this folder.
    pub async fn start(folder: &Path) -> Result<Self> {
        let server = ServerProcess::with(folder, |command| {
            command.args(["--connections-per-address", "1000000"]);
            command.args(["--connections", "1000000"]);
            // As many as the processors it is left.
            command.env("TOKIO_WORKER_THREADS", "1");
        })
        .await?;
        let api = Api::new(&server.url());
        let notes: Vec<Content> = (0..AUTHORS)
            .map(|number| content(&format!("Note {number}")))
            .collect();
        let created = api.create_with(&settings(), &notes).await?;
        let token = api.token(created.board, &created.facilitator, None).await?;
        let facilitator = TestClient::connect(api.clone(), created.board, token);
        for (from, to) in [(Phase::Lobby, Phase::Write), (Phase::Write, Phase::Cluster)] {
            facilitator.ask(move_phase(from, to)).await?;
        }
        facilitator
            .wait_for(|view| view.wall.read().note_count() == AUTHORS)
            .await?;
        let notes = facilitator.view(|view| view.wall.read().notes().map(|(id, _)| id).collect());
        Ok(Self {
            server,
            api,
            created,
            notes,
        })
    }

    /// Ends it.
    pub async fn stop(mut self) -> Result<()> {
        self.server.kill().await
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

    async fn connect(&mut self) -> Result<Socket> {
        let link = participants_link(&self.created);
        let token = self.api.token(self.created.board, link, Some(0)).await?;
        let hello = View::default().hello();
        let recorder = Recorder::connect(&self.api, self.created.board, &token, hello).await?;
        Ok(recorder.into_socket())
    }

    fn change(&mut self, author: usize, change: u32) -> Result<Message> {
        let note = *self.notes.get(author).context("an author has no note")?;
        let to = Point {
            x: i32::try_from(change)?,
            y: 0,
        };
        let command = ClientMessage::Command {
            id: u64::from(change),
            command: move_note(note, to),
        };
        Ok(Message::text(serde_json::to_string(&command)?))
    }

    fn acknowledges(message: &Message, _: u32) -> Option<u32> {
        // `{"done":{"id":7}}`, and spaces that fill it.
        let text = message.to_text().ok()?;
        let digits = text.strip_prefix("{\"done\":{\"id\":")?;
        let (digits, _) = digits.split_once('}')?;
        digits.parse().ok()
    }
}
