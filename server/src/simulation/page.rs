//! A page as the server knows it: copies of the documents, and the commands it has seen no answer to.

use candour_shared::backstage::Backstage;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::document::{Entry, WriterId};
use candour_shared::ids::PageId;
use candour_shared::protocol::{
    ClientMessage, Cursor, Frame, FrameKind, Hello, Mine, ServerMessage, Store,
};
use candour_shared::wall::Wall;
use rand::rngs::StdRng;

use super::people;

/// A page never writes to its copies.
const READER: WriterId = WriterId(0);

/// See the module.
pub(super) struct Page {
    id: PageId,
    wall: Wall,
    wall_at: Option<Cursor>,
    backstage: Backstage,
    backstage_at: Option<Cursor>,
    mine: Mine,
    pending: Vec<Pending>,
    given: u64,
}

/// A command without an answer.
struct Pending {
    id: u64,
    command: Command,
    /// Whether it went out on the present connection.
    sent: bool,
}

/// A command that was answered for good, by its number.
pub(super) type Answered = (u64, Command, Result<(), Denied>);

impl Page {
    pub(super) fn new(random: &mut StdRng) -> Self {
        Self {
            id: PageId::from_bytes(people::id(random)),
            wall: Wall::new(READER),
            wall_at: None,
            backstage: Backstage::new(READER),
            backstage_at: None,
            mine: Mine::default(),
            pending: Vec::new(),
            given: 0,
        }
    }

    /// The first message on a new connection.
    pub(super) fn hello(&self) -> ClientMessage {
        let hello = Hello::new(self.id).with_copies(self.wall_at, self.backstage_at);
        ClientMessage::Hello { hello }
    }

    /// Takes a command that a person gives.
    pub(super) fn give(&mut self, command: Command) {
        self.pending.push(Pending {
            id: self.given,
            command,
            sent: false,
        });
        self.given += 1;
    }

    /// What has to be sent now, in order; it counts as sent. Nothing is sent again before what is on its way
    /// behind it is answered.
    pub(super) fn take_unsent(&mut self) -> Vec<ClientMessage> {
        if !self.pending.is_sorted_by_key(|pending| !pending.sent) {
            return Vec::new();
        }
        let unsent = self.pending.iter_mut().filter(|pending| !pending.sent);
        unsent
            .map(|pending| {
                pending.sent = true;
                let (id, command) = (pending.id, pending.command.clone());
                ClientMessage::Command { id, command }
            })
            .collect()
    }

    /// How many commands are without an answer.
    pub(super) fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Takes in a text frame.
    pub(super) fn hear(&mut self, message: ServerMessage) -> Option<Answered> {
        match message {
            ServerMessage::Welcome(welcome) => {
                self.mine = welcome.mine;
                for pending in &mut self.pending {
                    pending.sent = false;
                }
            }
            ServerMessage::Mine(mine) => self.mine = mine,
            ServerMessage::Done { id } => return self.answered(id, Ok(())),
            ServerMessage::Refused {
                id: Some(id),
                denied,
            } if denied.is_passing() => {
                let mut pending = self.pending.iter_mut();
                if let Some(pending) = pending.find(|pending| pending.id == id) {
                    pending.sent = false;
                }
            }
            ServerMessage::Refused {
                id: Some(id),
                denied,
            } => return self.answered(id, Err(denied)),
            ServerMessage::Refused { id: None, denied } => panic!("a page was refused: {denied}"),
            ServerMessage::Presence(_) | ServerMessage::Drags(_) | ServerMessage::StillHere => {}
        }
        None
    }

    fn answered(&mut self, id: u64, done: Result<(), Denied>) -> Option<Answered> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        Some((id, self.pending.remove(index).command, done))
    }

    /// Takes in a binary frame.
    pub(super) fn take(&mut self, frame: &Frame<'_>) {
        let update = frame.update().unwrap();
        let (store, kind, now) = (frame.store, frame.kind, frame.cursor);
        let at = match store {
            Store::Wall => &mut self.wall_at,
            Store::Backstage => &mut self.backstage_at,
        };
        if kind == FrameKind::Tick {
            let at = at.expect("the first frame of a document is a snapshot");
            assert_eq!(now.generation, at.generation, "a tick of another {store:?}");
            assert_eq!(now.sequence, at.sequence + 1, "a frame was skipped");
        }
        *at = Some(now);
        match (store, kind) {
            (Store::Wall, FrameKind::Snapshot) => self.wall = Wall::new(READER),
            (Store::Backstage, FrameKind::Snapshot) => self.backstage = Backstage::new(READER),
            (Store::Wall | Store::Backstage, FrameKind::Tick) => {}
        }
        match store {
            Store::Wall => drop(self.wall.apply(&update).unwrap()),
            Store::Backstage => drop(self.backstage.apply(&update).unwrap()),
        }
    }

    pub(super) fn wall(&self) -> &Wall {
        &self.wall
    }

    pub(super) fn backstage(&self) -> &Backstage {
        &self.backstage
    }

    pub(super) fn mine(&self) -> &Mine {
        &self.mine
    }

    /// Every entry of both documents, in order.
    pub(super) fn entries(&self) -> [Vec<Entry>; 2] {
        let wall = Wall::new(READER).apply(&self.wall.state()).unwrap();
        let backstage = Backstage::new(READER).apply(&self.backstage.state());
        [
            wall.into_iter().map(|(_, entry)| entry).collect(),
            backstage
                .unwrap()
                .into_iter()
                .map(|(_, entry)| entry)
                .collect(),
        ]
    }
}
