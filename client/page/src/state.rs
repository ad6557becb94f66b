//! The board as this browser knows it: the replicas the server keeps up to date, and over them the
//! commands it has not answered yet. What is shown is always the pending commands over the replica.

mod frames;
mod shown;

use std::collections::BTreeMap;

use candour_shared::backstage::Backstage;
use candour_shared::command::{Command, Verb};
use candour_shared::denied::Denied;
use candour_shared::document::WriterId;
use candour_shared::ids::{Item, NoteId, PageId};
use candour_shared::note::Content;
use candour_shared::policy::{self, Role};
use candour_shared::protocol::{
    ClientMessage, Cursor, Drag, Hello, Mine, Presence, ServerMessage, Welcome,
};
use candour_shared::settings::Settings;
use candour_shared::time::Millis;
use candour_shared::wall::Wall;
use serde::{Deserialize, Serialize};

use crate::changes::Changes;
use crate::drags::Drags;
use crate::items::Items;
use crate::overlay::Overlay;
use crate::queue::{Given, Pending, Queue};
use crate::traffic::Traffic;

// A page never writes to its replicas, so nothing is ever written under this number.
const READER: WriterId = WriterId(0);

/// The board as this browser knows it.
pub struct State {
    role: Role,
    wall: Wall,
    wall_at: Option<Cursor>,
    backstage: Backstage,
    backstage_at: Option<Cursor>,
    settings: Option<Settings>,
    items: Items,
    remarks: BTreeMap<Option<Item>, String>,
    overlay: Overlay,
    queue: Queue,
    returned: Vec<Returned>,
    mine: Mine,
    /// One's own notes as they came up on this page, the latest last.
    my_order: Vec<NoteId>,
    presence: Presence,
    clock_offset: Millis,
    drags: Drags,
    traffic: Traffic,
    changes: Changes,
}

/// What a browser keeps of a board over a reload.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// The commands that were not answered.
    pub pending: Vec<Pending>,
    /// The texts that were refused and not taken up again.
    pub returned: Vec<Returned>,
}

/// A note, or a rewrite, that was refused: its text goes back to the composer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The note it was to be.
    pub note: NoteId,
    /// What it was to be.
    pub what: Written,
    /// What it says.
    pub content: Content,
    /// Why it was refused.
    pub denied: Denied,
}

/// What a text was to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Written {
    /// A new note.
    Note,
    /// A new reply to a thing.
    Reply(Item),
    /// A new text for a note that exists.
    Rewrite,
}

impl Written {
    /// What a command was to write, if it was to write anything of one's own.
    fn of(command: Command) -> Option<(NoteId, Self, Content)> {
        if let Command::PostNote { note, content, .. } = command {
            Some((note, Self::Note, content))
        } else if let Command::EditNote { note, content, .. } = command {
            Some((note, Self::Rewrite, content))
        } else if let Command::PostReply { note, to, text, .. } = command {
            let content = Content::new(0, text);
            Some((note, Self::Reply(to), content))
        } else {
            None
        }
    }
}

/// How a command, or a message, was refused: the person is told why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// For good.
    ForGood(Denied),
    /// For the moment: the pending commands are to be sent again soon.
    ForNow(Denied),
}

/// What a binary frame brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The next change of a document, or the whole of it.
    News,
    /// Nothing: it was in the copy already.
    Known,
}

/// The copy is out of step with the server: connect again, and ask for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the copy of the board is out of step")]
pub struct OutOfStep;

impl State {
    /// A board of which nothing is known yet but what was kept over a reload.
    #[must_use]
    pub fn new(role: Role, kept: Kept) -> Self {
        Self {
            role,
            wall: Wall::new(READER),
            wall_at: None,
            backstage: Backstage::new(READER),
            backstage_at: None,
            settings: None,
            items: Items::default(),
            remarks: BTreeMap::new(),
            overlay: Overlay::default(),
            queue: Queue::kept(kept.pending),
            returned: kept.returned,
            mine: Mine::default(),
            my_order: Vec::new(),
            presence: Presence::default(),
            clock_offset: Millis(0),
            drags: Drags::default(),
            traffic: Traffic::default(),
            changes: Changes::default(),
        }
    }

    /// The first message on a new connection of a page.
    #[must_use]
    pub fn hello(&self, page: PageId) -> ClientMessage {
        let hello = Hello::new(page).with_copies(self.wall_at, self.backstage_at);
        ClientMessage::Hello { hello }
    }

    /// Forgets how far the copies have come, so that the next hello asks for everything.
    pub fn ask_for_everything(&mut self) {
        self.wall_at = None;
        self.backstage_at = None;
    }

    /// Takes in a text frame.
    pub fn hear(&mut self, message: ServerMessage, now: Millis) -> Option<Refused> {
        match message {
            ServerMessage::Welcome(welcome) => self.be_welcomed(welcome, now),
            ServerMessage::Done { id } => {
                if self.queue.take(id).is_some() {
                    self.lay_over();
                }
            }
            ServerMessage::Refused { id, denied } => return self.be_refused(id, denied),
            ServerMessage::Mine(mine) => self.take_mine(mine),
            ServerMessage::StillHere => {}
            ServerMessage::Presence(presence) => {
                self.presence = presence;
                self.changes.board = true;
            }
            ServerMessage::Drags(drags) => {
                let moved = self.drags.hear(&drags, now);
                self.changes.items(moved);
            }
        }
        None
    }

    /// Checks a command, and makes it pending.
    pub fn give(&mut self, command: Command) -> Result<Given, Denied> {
        let command = command.checked()?;
        self.may(command.verb())?;
        if let Command::CastDots { item, dots, .. } = &command {
            self.check_cast(*item, *dots)?;
        }
        Ok(self.give_unchecked(command))
    }

    /// Makes a command pending whatever this page thinks of it, for programs that try whether the server refuses
    /// what it should.
    pub fn give_unchecked(&mut self, command: Command) -> Given {
        if let Command::PostNote { note, .. } | Command::PostReply { note, .. } = &command {
            self.my_order.push(*note);
        }
        let given = self.queue.push(command);
        self.lay_over();
        given
    }

    /// The commands to send now, in order; they count as sent.
    pub fn messages_to_send(&mut self) -> Vec<ClientMessage> {
        let unsent = self.queue.send().into_iter();
        unsent
            .map(|(id, command)| ClientMessage::Command { id, command })
            .collect()
    }

    /// Lets every pending command be sent again.
    pub fn send_again(&mut self) {
        self.queue.put_all_back();
    }

    /// Whether the person may do this now.
    pub fn may(&self, verb: Verb) -> Result<(), Denied> {
        policy::check(self.role, verb, self.situation())
    }

    /// Notes where the person at this page drags things, what they hold first.
    pub fn drag_own(&mut self, drags: Vec<Drag>, now: Millis) {
        self.changes
            .items(drags.iter().map(|drag| drag.item).collect());
        self.drags.drag_own(drags, now);
    }

    /// Ends the drag of the person at this page: things are shown where they lie.
    pub fn end_own_drag(&mut self, now: Millis) {
        let ended = self.drags.end_own(now).into_iter();
        self.changes.items(ended.map(|drag| drag.item).collect());
    }

    /// Ends drags that have gone silent. Says whether any go on.
    pub fn expire_drags(&mut self, now: Millis) -> bool {
        let gone = self.drags.expire(now);
        self.changes.items(gone);
        !self.drags.is_empty()
    }

    /// Remembers a message that went out, with the text that was sent.
    pub fn remember_sent(&mut self, message: &ClientMessage, text: String) {
        self.traffic.send(message, text);
        self.changes.traffic = true;
    }

    /// Remembers a text frame that came, if everybody received it, and because of this page.
    pub fn remember_told(&mut self, message: &ServerMessage, text: String, now: Millis) {
        match message {
            ServerMessage::Presence(_) => self.traffic.count_people(text),
            ServerMessage::Drags(drags) => {
                let mut echoes = drags.iter().map(|drag| drag.item);
                let Some(item) = echoes.find(|item| self.drags.is_echo(*item, now)) else {
                    return;
                };
                self.traffic.echo_drag(item, text);
            }
            ServerMessage::Welcome(_)
            | ServerMessage::Done { .. }
            | ServerMessage::Refused { .. }
            | ServerMessage::Mine(_)
            | ServerMessage::StillHere => return,
        }
        self.changes.traffic = true;
    }

    /// Forgets what went over the connection.
    pub fn forget_traffic(&mut self) {
        self.traffic = Traffic::default();
        self.changes.traffic = true;
    }

    /// Takes a returned text out, for the composer.
    pub fn take_returned(&mut self, note: NoteId) -> Option<Returned> {
        let index = self
            .returned
            .iter()
            .position(|returned| returned.note == note)?;
        self.changes.mine = true;
        self.changes.queue = true;
        Some(self.returned.remove(index))
    }

    /// What changed since this was last asked.
    pub fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }

    /// What to keep over a reload.
    #[must_use]
    pub fn to_keep(&self) -> Kept {
        Kept {
            pending: self.queue.pending().to_vec(),
            returned: self.returned.clone(),
        }
    }
}

impl State {
    fn be_welcomed(&mut self, welcome: Welcome, now: Millis) {
        self.role = welcome.role;
        self.presence = welcome.presence;
        self.clock_offset = welcome.now - now;
        self.changes.board = true;
        self.queue.put_all_back();
        self.take_mine(welcome.mine);
    }

    fn take_mine(&mut self, mine: Mine) {
        for note in &mine.notes {
            if !self.my_order.contains(&note.note) {
                self.my_order.push(note.note);
            }
        }
        self.mine = mine;
        self.changes.mine = true;
    }

    fn be_refused(&mut self, id: Option<u64>, denied: Denied) -> Option<Refused> {
        let Some(id) = id else {
            return Some(Refused::ForGood(denied));
        };
        if denied.is_passing() {
            self.queue.put_back(id);
            return Some(Refused::ForNow(denied));
        }
        let command = self.queue.take(id)?;
        if let Some((note, what, content)) = Written::of(command) {
            self.returned.push(Returned {
                note,
                what,
                content,
                denied: denied.clone(),
            });
        }
        self.lay_over();
        Some(Refused::ForGood(denied))
    }

    /// Makes the overlay anew, after the replica or the queue has changed.
    fn lay_over(&mut self) {
        let overlay = Overlay::of(&self.items, self.queue.commands());
        let before = std::mem::replace(&mut self.overlay, overlay);
        for overlay in [&before, &self.overlay] {
            self.changes.notes.extend(overlay.notes());
            self.changes.clusters.extend(overlay.clusters(&self.items));
        }
        self.changes.mine = true;
        self.changes.queue = true;
    }

    fn check_cast(&self, item: Item, dots: u8) -> Result<(), Denied> {
        let (_, round) = self.wall.read().open_round().ok_or(Denied::RoundClosed)?;
        let elsewhere = self.my_dots().into_iter().filter(|(on, _)| *on != item);
        let elsewhere = elsewhere.map(|(_, dots)| u32::from(dots)).sum();
        round.budget.check_cast(elsewhere, dots)
    }
}

#[cfg(test)]
mod tests;
