//! A page in front of somebody: [`candour_page`], as a browser runs it, without the browser.

use std::time::Duration;

use candour_page::connection::{Heard, Next, Pace, wire};
use candour_page::queue::Given;
use candour_page::state::{Kept, OutOfStep, Taken};
use candour_page::{Connection, State};
use candour_shared::backstage::Backstage;
use candour_shared::command::Command;
use candour_shared::document::{Entry, WriterId};
use candour_shared::ids::{Item, PageId};
use candour_shared::policy::Role;
use candour_shared::protocol::{ClientMessage, CloseReason, Drag, Mine, ServerMessage};
use candour_shared::time::Millis;
use candour_shared::wall::{Place, Wall};
use rand::RngExt as _;
use rand::rngs::StdRng;

use super::people;

/// Nothing is ever written under this number.
const READER: WriterId = WriterId(0);

/// The world decides when a page comes back. What waits does so for a moment of the world's time.
const PACE: Pace = Pace {
    least: 0,
    most: 0,
    spread: 0,
    steady: 0,
    try_later: 20,
};

/// A page, and the time by its clock.
pub(super) struct Page {
    state: State,
    connection: Connection,
    now: Millis,
    /// Until when the server has asked for a moment.
    rests_until: Option<Millis>,
}

impl Page {
    pub(super) fn new(role: Role, random: &mut StdRng) -> Self {
        let id = PageId::from_bytes(people::id(random));
        Self {
            state: State::new(role, Kept::default()),
            connection: Connection::new(id, PACE, Millis(0)),
            now: Millis(0),
            rests_until: None,
        }
    }

    /// Time passes for the page.
    pub(super) fn pass(&mut self, time: Duration) {
        self.now += time.into();
        self.state.expire_drags(self.now);
        if self.rests_until.is_some_and(|until| until <= self.now) {
            self.rests_until = None;
            self.connection.go_on();
        }
    }

    /// A socket is opened: what is said first on it.
    pub(super) fn connect(&mut self) -> String {
        self.rests_until = None;
        self.connection.connect(self.now);
        let hello = self.connection.hello(&self.state);
        self.text_of(&hello)
    }

    /// The socket is gone. The page is not over for that.
    pub(super) fn lose(&mut self, why: Option<CloseReason>, random: &mut StdRng) {
        let next = self.connection.lose(why, self.now, random.random());
        assert_ne!(next, Next::Over, "a page was sent away: {why:?}");
    }

    /// Takes a command that a person gives. Nothing if the page knows that it would be refused, unless the person
    /// `insists`.
    pub(super) fn give(&mut self, command: Command, insists: bool) -> Option<Given> {
        if insists {
            Some(self.state.give_unchecked(command))
        } else {
            self.state.give(command).ok()
        }
    }

    /// What has to be sent now, in order, with the numbers of the commands.
    pub(super) fn take_unsent(&mut self) -> Vec<(Option<u64>, String)> {
        let messages = self.connection.to_send(&mut self.state).into_iter();
        messages
            .map(|message| (number_of(&message), self.text_of(&message)))
            .collect()
    }

    /// The numbers of the commands without an answer.
    pub(super) fn pending(&self) -> Vec<u64> {
        let pending = self.state.pending().iter();
        pending.map(|pending| pending.id).collect()
    }

    /// Takes in a text frame. Says whether it was the welcome.
    pub(super) fn hear(&mut self, message: ServerMessage, text: String) -> bool {
        let heard = self
            .connection
            .hear(&mut self.state, message, text, self.now);
        match heard {
            Heard::Taken | Heard::Refused(_) => {}
            Heard::Welcomed => return true,
            Heard::TryLater { rest, .. } => {
                let until = rest.map(|rest| self.now + Millis::from(rest));
                self.rests_until = self.rests_until.or(until);
            }
            Heard::Over(ending) => panic!("it is over for a page: {ending:?}"),
        }
        false
    }

    /// Takes in a binary frame.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Taken, OutOfStep> {
        self.connection.take(&mut self.state, bytes, self.now)
    }

    /// The person drags something. What others are told.
    pub(super) fn drag(&mut self, drag: Drag) -> String {
        self.state.drag_own(vec![drag], self.now);
        let drags = vec![drag];
        self.text_of(&ClientMessage::Drags { drags })
    }

    /// The person lets go of what they drag.
    pub(super) fn let_go(&mut self) {
        self.state.end_own_drag(self.now);
    }

    fn text_of(&mut self, message: &ClientMessage) -> String {
        let text = wire(message).unwrap();
        self.connection
            .sent(&mut self.state, message, text.clone(), self.now);
        text
    }

    pub(super) const fn state(&self) -> &State {
        &self.state
    }

    pub(super) const fn wall(&self) -> &Wall {
        self.state.wall()
    }

    pub(super) const fn backstage(&self) -> &Backstage {
        self.state.backstage()
    }

    pub(super) const fn mine(&self) -> &Mine {
        self.state.mine()
    }

    /// Every entry of both documents, in order.
    pub(super) fn entries(&self) -> [Vec<Entry>; 2] {
        let wall = Wall::new(READER).apply(&self.wall().state()).unwrap();
        let backstage = Backstage::new(READER).apply(&self.backstage().state());
        [
            wall.into_iter().map(|(_, entry)| entry).collect(),
            backstage
                .unwrap()
                .into_iter()
                .map(|(_, entry)| entry)
                .collect(),
        ]
    }

    /// Once nothing is on its way and all is let go: what is shown is what is on the Wall, and nothing else.
    pub(super) fn shows_the_wall(&self) {
        let (state, wall) = (&self.state, self.wall().read());
        let mut notes = 0;
        for (note, said) in wall.notes() {
            let place = wall.place(note);
            assert_eq!(state.note(note), Some(&said), "what {note} says");
            assert_eq!(state.place(note), place, "where {note} is");
            assert_eq!(
                state.dragged_to(Item::Note(note)),
                None,
                "{note} is dragged"
            );
            assert_eq!(state.same_here(note), wall.same_here(note));
            notes += usize::from(!matches!(place, Some(Place::Under(_)) | None));
        }
        assert_eq!(state.note_ids().len(), notes, "how many notes are shown");
        let mut clusters: Vec<_> = wall.clusters().collect();
        clusters.sort_unstable_by_key(|(cluster, _)| *cluster);
        let ids: Vec<_> = clusters.iter().map(|(cluster, _)| *cluster).collect();
        assert_eq!(state.cluster_ids(), ids, "which groups are shown");
        for (id, cluster) in &clusters {
            assert_eq!(state.cluster(*id), Some(cluster), "what {id} is");
            assert_eq!(state.members(*id), wall.members(*id), "what is in {id}");
            assert_eq!(
                state.dragged_to(Item::Cluster(*id)),
                None,
                "{id} is dragged"
            );
        }
    }
}

fn number_of(message: &ClientMessage) -> Option<u64> {
    match message {
        ClientMessage::Command { id, .. } => Some(*id),
        ClientMessage::Hello { .. } | ClientMessage::Drags { .. } | ClientMessage::Ready { .. } => {
            None
        }
    }
}
