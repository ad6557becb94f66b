//! What a client knows of its board: the mirror of everything the server told it.

use std::fmt;

use candour_page::connection::{Connection, Heard};
use candour_page::state::{Kept, OutOfStep, State, Taken};
use candour_shared::backstage::Backstage;
use candour_shared::denied::Denied;
use candour_shared::ids::{ClusterId, NoteId, StepId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{
    CloseReason, Cursor, Drag, Frame, FrameKind, Hello, Mine, NoteState, Presence, ServerMessage,
    Store,
};
use candour_shared::time::Millis;
use candour_shared::wall::{Note, Wall};

use crate::fresh;

/// The step that is no step: see [`crate::workshop::signal`].
pub(crate) const SIGNAL: StepId = StepId::from_bytes([0xFF; 16]);

/// A page's copy of its board, as [`candour_page`] keeps it, and a record of all that came.
pub struct View {
    pub(crate) state: State,
    /// What others dragged last.
    pub drags: Vec<Drag>,
    /// How often one was welcomed: 1 more than the reconnections.
    pub welcomes: usize,
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

/// The last answer to a command.
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) result: Result<(), Denied>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            // The welcome says what one is.
            state: State::new(Role::Participant, Kept::default()),
            drags: Vec::new(),
            welcomes: 0,
            done: 0,
            put_off: 0,
            changes: Vec::new(),
            close_reason: None,
            received: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl View {
    /// What one is on the board; nothing before the first welcome.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        (self.welcomes > 0).then(|| self.state.role())
    }

    /// The copy of the Wall.
    #[must_use]
    pub const fn wall(&self) -> &Wall {
        self.state.wall()
    }

    /// The copy of the Backstage; empty for participants.
    #[must_use]
    pub const fn backstage(&self) -> &Backstage {
        self.state.backstage()
    }

    /// One's own notes and votes.
    #[must_use]
    pub const fn mine(&self) -> &Mine {
        self.state.mine()
    }

    /// How many people are on the board, and how many of them are ready.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        self.state.presence()
    }

    /// How many commands wait for their answers.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.state.pending().len()
    }

    /// How far the copy of a document has come.
    #[must_use]
    pub const fn cursor(&self, store: Store) -> Option<Cursor> {
        self.state.cursor(store)
    }

    /// Whether everyone can see a note of this text.
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        self.note_saying(text).is_some()
    }

    /// The released note of this text.
    #[must_use]
    pub fn note_saying(&self, text: &str) -> Option<NoteId> {
        let said = |note: &Note| matches!(note, Note::Said(content) if content.text == text);
        self.wall()
            .read()
            .notes()
            .find_map(|(id, note)| said(&note).then_some(id))
    }

    /// What a released note says; nothing if it is held or not there.
    #[must_use]
    pub fn said(&self, note: NoteId) -> Option<Content> {
        match self.wall().read().note(note)? {
            Note::Said(content) => Some(content),
            Note::Held(_) => None,
        }
    }

    /// The cluster of this name.
    #[must_use]
    pub fn cluster_named(&self, name: &str) -> Option<ClusterId> {
        self.wall()
            .read()
            .clusters()
            .find_map(|(id, cluster)| (cluster.name == name).then_some(id))
    }

    /// The notes of a cluster, in their order.
    #[must_use]
    pub fn members(&self, cluster: ClusterId) -> Vec<NoteId> {
        self.wall().read().members(cluster)
    }

    /// The last signal that has come: see [`crate::workshop::signal`].
    #[must_use]
    pub fn signal(&self) -> String {
        let agenda = self.wall().read().agenda();
        let signal = agenda.into_iter().find(|(id, _)| *id == SIGNAL);
        signal.map_or_else(String::new, |(_, step)| step.title)
    }

    /// The phase.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.wall().read().phase()
    }

    /// Where one's own note stands, if it is one's own.
    #[must_use]
    pub fn state_of(&self, note: NoteId) -> Option<NoteState> {
        let mine = self.mine().notes.iter().find(|mine| mine.note == note)?;
        Some(mine.state)
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

    /// The first message of another page that has these copies.
    #[must_use]
    pub fn hello(&self) -> Hello {
        Hello::new(fresh::page())
            .with_copies(self.cursor(Store::Wall), self.cursor(Store::Backstage))
    }

    /// Takes a text frame in. Says what it asks for, and which command it answers for good, if it answers one.
    pub(crate) fn hear(
        &mut self,
        connection: &mut Connection,
        text: &str,
        now: Millis,
    ) -> (Heard, Option<Answer>) {
        self.received.push(text.into());
        let message = match serde_json::from_str(text) {
            Ok(message) => message,
            Err(fault) => {
                self.faults.push(format!("{fault} in {text}"));
                return (connection.hear_nonsense(), None);
            }
        };
        let answer = self.note_down(&message);
        let heard = connection.hear(&mut self.state, message, text.to_owned(), now);
        (heard, answer)
    }

    /// Notes down what the board's copy doesn't keep.
    fn note_down(&mut self, message: &ServerMessage) -> Option<Answer> {
        match message {
            ServerMessage::Welcome(_) => self.welcomes += 1,
            ServerMessage::Done { id } => {
                self.done += 1;
                return Some(Answer {
                    id: *id,
                    result: Ok(()),
                });
            }
            ServerMessage::Refused {
                id: Some(_),
                denied,
            } if denied.is_passing() => self.put_off += 1,
            ServerMessage::Refused {
                id: Some(id),
                denied,
            } => {
                return Some(Answer {
                    id: *id,
                    result: Err(denied.clone()),
                });
            }
            ServerMessage::Refused { id: None, denied } => {
                self.faults.push(format!("an unnumbered refusal: {denied}"));
            }
            ServerMessage::Drags(drags) => self.drags.clone_from(drags),
            ServerMessage::StillHere | ServerMessage::Mine(_) | ServerMessage::Presence(_) => {}
        }
        None
    }

    /// Takes a binary frame in.
    pub(crate) fn take(
        &mut self,
        connection: &mut Connection,
        bytes: &[u8],
        now: Millis,
    ) -> Result<(), OutOfStep> {
        let read = Frame::decode(bytes).and_then(|frame| {
            let update = frame.update()?.to_vec();
            Ok((frame, update))
        });
        let (frame, update) = match read {
            Ok(read) => read,
            Err(fault) => {
                self.faults.push(fault.to_string());
                return Err(OutOfStep);
            }
        };
        self.received.push(update);
        let had = self.cursor(frame.store);
        let taken = connection.take(&mut self.state, bytes, now);
        if taken != Ok(Taken::News) {
            let what = format!("a {:?} at {:?} came upon {had:?}", frame.kind, frame.cursor);
            self.faults.push(what);
        }
        let notes = self.wall().read().note_count();
        self.changes.push(Change {
            kind: frame.kind,
            store: frame.store,
            cursor: frame.cursor,
            notes,
            welcome: self.welcomes,
        });
        taken.map(drop)
    }
}

/// What a failed expectation shows.
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wall = self.wall().read();
        writeln!(
            f,
            "{:?} in {} after {} welcomes, at {:?}, {} people, {} commands unanswered",
            self.role(),
            wall.phase(),
            self.welcomes,
            self.cursor(Store::Wall),
            self.presence().people,
            self.pending(),
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
        for (id, note) in self.backstage().read().notes().take(20) {
            writeln!(f, "backstage {id:?}: {note:?}")?;
        }
        write!(f, "mine: {:?}", self.mine())
    }
}

fn contains(frame: &[u8], needle: &[u8]) -> bool {
    frame.windows(needle.len()).any(|window| window == needle)
}
