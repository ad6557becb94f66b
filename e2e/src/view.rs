//! What a client knows of its board: the mirror of everything the server told it.

use std::fmt;

use candour_shared::backstage::Backstage;
use candour_shared::ids::{ClusterId, NoteId, PageId, StepId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{
    CloseReason, Cursor, Drag, Frame, FrameKind, Hello, Mine, NoteState, Presence, ServerMessage,
    Store, Welcome,
};
use candour_shared::wall::{Note, Wall};

use crate::fresh;

/// The step that is no step: see [`crate::workshop::signal`].
pub(crate) const SIGNAL: StepId = StepId::from_bytes([0xFF; 16]);

/// See the module.
pub struct View {
    /// What one is on the board; nothing before the first welcome.
    pub role: Option<Role>,
    /// The copy of the Wall.
    pub wall: Wall,
    /// The copy of the Backstage; empty for participants.
    pub backstage: Backstage,
    /// One's own notes and votes.
    pub mine: Mine,
    /// How many people are on the board, and how many of them are ready.
    pub presence: Presence,
    /// What others dragged last.
    pub drags: Vec<Drag>,
    /// How often one was welcomed: 1 more than the reconnections.
    pub welcomes: usize,
    /// How many commands wait for their answers.
    pub pending: usize,
    /// How many commands were done.
    pub done: usize,
    /// How often the server could not take a command for the moment.
    pub put_off: usize,
    /// Every change of a document that came, in order.
    pub changes: Vec<Change>,
    /// Why the server closed the connection last.
    pub close_reason: Option<CloseReason>,
    /// Every frame that came, in order, snapshots decompressed.
    pub received: Vec<Vec<u8>>,
    /// What the server did that breaks the protocol.
    pub faults: Vec<String>,
    page: PageId,
    wall_cursor: Option<Cursor>,
    backstage_cursor: Option<Cursor>,
}

/// A change of a document that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// A tick, or the whole document.
    pub kind: FrameKind,
    /// Which document.
    pub store: Store,
    /// Where the document stands after it.
    pub cursor: Cursor,
    /// How many notes are on the Wall after it.
    pub notes: usize,
    /// After which welcome it came.
    pub welcome: usize,
}

/// The answer to a command.
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) result: Result<(), candour_shared::denied::Denied>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            role: None,
            wall: Wall::new(fresh::writer()),
            backstage: Backstage::new(fresh::writer()),
            mine: Mine::default(),
            presence: Presence::default(),
            drags: Vec::new(),
            welcomes: 0,
            pending: 0,
            done: 0,
            put_off: 0,
            changes: Vec::new(),
            close_reason: None,
            received: Vec::new(),
            faults: Vec::new(),
            page: fresh::page(),
            wall_cursor: None,
            backstage_cursor: None,
        }
    }
}

impl View {
    /// Whether everyone can see a note of this text.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        self.note_saying(text).is_some()
    }

    /// The released note of this text.
    #[must_use]
    pub fn note_saying(&self, text: &str) -> Option<NoteId> {
        let said = |note: &Note| matches!(note, Note::Said(content) if content.text == text);
        self.wall
            .read()
            .notes()
            .find_map(|(id, note)| said(&note).then_some(id))
    }

    /// What a released note says; nothing if it is held or not there.
    #[must_use]
    pub fn said(&self, note: NoteId) -> Option<Content> {
        match self.wall.read().note(note)? {
            Note::Said(content) => Some(content),
            Note::Held(_) => None,
        }
    }

    /// The cluster of this name.
    #[must_use]
    pub fn cluster_named(&self, name: &str) -> Option<ClusterId> {
        self.wall
            .read()
            .clusters()
            .find_map(|(id, cluster)| (cluster.name == name).then_some(id))
    }

    /// The notes of a cluster, in their order.
    #[must_use]
    pub fn members(&self, cluster: ClusterId) -> Vec<NoteId> {
        self.wall.read().members(cluster)
    }

    /// The last signal that has come: see [`crate::workshop::signal`].
    #[must_use]
    pub fn signal(&self) -> String {
        let agenda = self.wall.read().agenda();
        let signal = agenda.into_iter().find(|(id, _)| *id == SIGNAL);
        signal.map_or_else(String::new, |(_, step)| step.title)
    }

    /// The phase.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.wall.read().phase()
    }

    /// Where one's own note stands, if it is one's own.
    #[must_use]
    pub fn state_of(&self, note: NoteId) -> Option<NoteState> {
        let mine = self.mine.notes.iter().find(|mine| mine.note == note)?;
        Some(mine.state)
    }

    /// How far the copy of a document has come.
    #[must_use]
    pub fn cursor(&self, store: Store) -> Option<Cursor> {
        match store {
            Store::Wall => self.wall_cursor,
            Store::Backstage => self.backstage_cursor,
        }
    }

    /// Whether any frame so far carried these bytes, as they are or as JSON writes them.
    #[must_use]
    pub fn ever_received(&self, text: &str) -> bool {
        let json = serde_json::Value::from(text).to_string();
        let json = json.trim_matches('"');
        self.received.iter().any(|frame| {
            [text, json]
                .iter()
                .any(|needle| contains(frame, needle.as_bytes()))
        })
    }

    /// How many frames have come, but for those that say how many people are here, or that nothing has
    /// happened: these come when they come.
    #[must_use]
    pub fn frames(&self) -> usize {
        let presence = |frame: &[u8]| frame.starts_with(br#"{"presence":"#);
        let quiet = |frame: &[u8]| frame == br#""still_here""#;
        let counts = |frame: &&Vec<u8>| !presence(frame) && !quiet(frame);
        self.received.iter().filter(counts).count()
    }

    /// The first message of a new connection: it says how far each copy has come.
    pub fn hello(&self) -> Hello {
        Hello::new(self.page).with_copies(self.wall_cursor, self.backstage_cursor)
    }

    /// Takes a text frame in; an answer to a command is the caller's.
    pub(crate) fn take_text(&mut self, text: &str) -> Option<Answer> {
        self.received.push(text.into());
        let message = match serde_json::from_str(text) {
            Ok(message) => message,
            Err(fault) => {
                self.faults.push(format!("{fault} in {text}"));
                return None;
            }
        };
        match message {
            ServerMessage::Welcome(Welcome {
                role,
                now: _,
                presence,
                mine,
            }) => {
                self.role = Some(role);
                self.presence = presence;
                self.mine = mine;
                self.welcomes += 1;
            }
            ServerMessage::Done { id } => {
                self.done += 1;
                return Some(Answer { id, result: Ok(()) });
            }
            ServerMessage::Refused {
                id: Some(id),
                denied,
            } => {
                let result = Err(denied);
                return Some(Answer { id, result });
            }
            ServerMessage::Refused { id: None, denied } => {
                self.faults.push(format!("an unnumbered refusal: {denied}"));
            }
            ServerMessage::StillHere => {}
            ServerMessage::Mine(mine) => self.mine = mine,
            ServerMessage::Presence(presence) => self.presence = presence,
            ServerMessage::Drags(drags) => self.drags = drags,
        }
        None
    }

    /// Takes a binary frame in.
    pub(crate) fn take_frame(&mut self, bytes: &[u8]) {
        if let Err(fault) = self.try_frame(bytes) {
            self.faults.push(fault);
        }
    }

    fn try_frame(&mut self, bytes: &[u8]) -> Result<(), String> {
        let frame = Frame::decode(bytes).map_err(|fault| fault.to_string())?;
        let update = frame.update().map_err(|fault| fault.to_string())?;
        self.received.push(update.to_vec());
        match (frame.kind, self.cursor(frame.store)) {
            (FrameKind::Snapshot, _) => match frame.store {
                Store::Wall => self.wall = Wall::new(fresh::writer()),
                Store::Backstage => self.backstage = Backstage::new(fresh::writer()),
            },
            (FrameKind::Tick, Some(had))
                if had.generation == frame.cursor.generation
                    && had.sequence < frame.cursor.sequence => {}
            (FrameKind::Tick, had) => {
                return Err(format!("a tick at {:?} came upon {had:?}", frame.cursor));
            }
        }
        let applied = match frame.store {
            Store::Wall => self.wall.apply(&update).map(drop),
            Store::Backstage => self.backstage.apply(&update).map(drop),
        };
        applied.map_err(|fault| fault.to_string())?;
        match frame.store {
            Store::Wall => self.wall_cursor = Some(frame.cursor),
            Store::Backstage => self.backstage_cursor = Some(frame.cursor),
        }
        self.changes.push(Change {
            kind: frame.kind,
            store: frame.store,
            cursor: frame.cursor,
            notes: self.wall.read().note_count(),
            welcome: self.welcomes,
        });
        Ok(())
    }
}

/// What a failed expectation shows.
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wall = self.wall.read();
        writeln!(
            f,
            "{:?} in {} after {} welcomes, at {:?}, {} people, {} commands unanswered",
            self.role,
            wall.phase(),
            self.welcomes,
            self.wall_cursor,
            self.presence.people,
            self.pending,
        )?;
        if let Some(reason) = self.close_reason {
            writeln!(f, "the server's last reason to close was {reason:?}")?;
        }
        for fault in &self.faults {
            writeln!(f, "the server broke the protocol: {fault}")?;
        }
        for (id, note) in wall.notes().take(20) {
            writeln!(f, "{id:?} at {:?}: {note:?}", wall.place(id))?;
        }
        for (id, cluster) in wall.clusters().take(20) {
            writeln!(f, "{id:?}: {cluster:?}")?;
        }
        for (id, round) in wall.rounds() {
            writeln!(f, "{id:?}: {round:?}")?;
        }
        for (id, note) in self.backstage.read().notes().take(20) {
            writeln!(f, "backstage {id:?}: {note:?}")?;
        }
        write!(f, "mine: {:?}", self.mine)
    }
}

fn contains(frame: &[u8], needle: &[u8]) -> bool {
    frame.windows(needle.len()).any(|window| window == needle)
}
