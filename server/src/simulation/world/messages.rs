//! What goes to and fro between pages and the server.

use candour_page::state::Taken;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::protocol::{CloseReason, Frame, FrameKind, ServerMessage};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use tokio_tungstenite::tungstenite::Message as WsFrame;

use super::super::link::Link;
use super::super::witness::Witness;
use super::{Tab, World};

impl World {
    /// Somebody gives a page a command. They may insist on it though the page knows better.
    pub(super) fn give(&mut self, tab: usize, command: Command, insists: bool) {
        let Tab {
            person,
            page,
            given,
            ..
        } = &mut self.tabs[tab];
        let Some(taken) = page.give(command.clone(), insists) else {
            return;
        };
        if let Some(replaced) = taken.replaces {
            given.remove(&replaced);
        }
        self.witness.given(tab, *person, &command);
        given.insert(taken.id, command);
        self.send(tab);
    }

    /// Sends what a page has to send.
    pub(super) fn send(&mut self, tab: usize) {
        let Tab { page, given, .. } = &mut self.tabs[tab];
        assert!(
            page.pending().iter().eq(given.keys()),
            "what {tab} waits for"
        );
        let unsent = page.take_unsent();
        let link = live(&mut self.links, tab);
        if unsent.is_empty() {
            return;
        }
        let link = link.expect("a page sends only where it was welcomed");
        for (id, text) in unsent {
            match id {
                Some(id) => link.send_command(id, text, given),
                None => link.send(text),
            }
        }
    }

    pub(super) fn something_arrives_at_the_server(&mut self) {
        let busy: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].up.is_empty())
            .collect();
        if let Some(link) = busy.choose(&mut self.random) {
            // What is on its way when a connection is lost is mostly late.
            if self.links[*link].is_lost() && self.random.random_bool(0.95) {
                return;
            }
            for _ in 0..self.random.random_range(1..4) {
                self.arrive(*link);
            }
        }
    }

    /// Whether a page speaks on another connection by now: what still arrives on this one is never done.
    pub(super) fn is_superseded(&self, link: usize) -> bool {
        let tab = self.links[link].tab;
        let mut later = self.links[link + 1..].iter();
        later.any(|it| it.tab == tab && (it.is_welcomed || !it.reached.is_empty()))
    }

    pub(super) fn arrive(&mut self, link: usize) {
        let is_superseded = self.is_superseded(link);
        let link = &mut self.links[link];
        let identity = &self.tabs[link.tab].identity;
        self.now += 1;
        let Some(message) = link.arrive(self.now) else {
            return;
        };
        let mut reached = link.reached.values();
        if let Some((_, command)) = reached.find(|(now, _)| *now == self.now)
            && !is_superseded
        {
            self.witness.reached(command, self.now);
            self.told.push(format!("{} {command:?}", link.tab));
        }
        if !self.server.hand(link, identity, message) {
            link.outbox.close(CloseReason::Resync);
        }
    }

    pub(super) fn something_arrives_at_a_page(&mut self) {
        if self.random.random_bool(0.1) {
            self.slow_readers_read();
        }
        let busy: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].down.is_empty())
            .collect();
        if let Some(link) = busy.choose(&mut self.random) {
            for _ in 0..self.random.random_range(1..6) {
                self.hear(*link);
            }
        }
    }

    pub(super) fn hear(&mut self, link: usize) {
        match self.links[link].down.pop_front() {
            Some(WsFrame::Text(text)) => self.hear_text(link, text.to_string()),
            Some(WsFrame::Binary(bytes)) => self.take(link, &bytes),
            Some(WsFrame::Close(close)) => {
                self.lose(link, CloseReason::from_code(close.unwrap().code.into()));
            }
            _ => {}
        }
    }

    pub(super) fn hear_text(&mut self, link: usize, text: String) {
        let link = &mut self.links[link];
        let tab = link.tab;
        let message = serde_json::from_str(&text).unwrap();
        let Tab { person, given, .. } = &mut self.tabs[tab];
        if let Some((id, done)) = answer(&message) {
            link.answered(id);
            let is_last = done
                .as_ref()
                .err()
                .is_none_or(|denied| !denied.is_passing());
            // An answer that comes again, or to nothing, changes nothing.
            if is_last && let Some(command) = given.remove(&id) {
                let (at, _) = link.reached[&id];
                self.witness.answered(tab, *person, &command, at, &done);
                self.told.push(format!("{tab} {id} {done:?}"));
                self.an_answer_comes_again(tab, id);
            }
        }
        let page = &mut self.tabs[tab].page;
        let is_welcomed = page.hear(message, text);
        Witness::budget(page.mine());
        self.witness.hands.watches(tab, page);
        if let Some(link) = live(&mut self.links, tab) {
            link.is_welcomed |= is_welcomed;
        }
        self.send(tab);
    }

    pub(super) fn take(&mut self, link: usize, bytes: &[u8]) {
        let tab = self.links[link].tab;
        let page = &mut self.tabs[tab].page;
        let frame = Frame::decode(bytes).unwrap();
        let had = page.state().cursor(frame.store);
        let follows = had.is_some_and(|had| {
            (had.generation, had.sequence + 1) == (frame.cursor.generation, frame.cursor.sequence)
        });
        let taken = page.take(bytes);
        self.witness.hands.watches(tab, page);
        match taken {
            Ok(taken) => {
                assert_eq!(taken, Taken::News, "a frame came twice");
                let is_next = follows || frame.kind == FrameKind::Snapshot;
                assert!(is_next, "{tab} took {:?} after {had:?}", frame.cursor);
            }
            Err(_) => {
                assert!(self.links[link].lacks_a_frame, "a frame was skipped");
                self.lose(link, Some(CloseReason::Resync));
            }
        }
    }
}

/// The live connection of a page, if it has one.
pub(super) fn live(links: &mut [Link], tab: usize) -> Option<&mut Link> {
    links.iter_mut().find(|it| it.tab == tab && !it.is_lost())
}

/// Which command a message answers, and how.
fn answer(message: &ServerMessage) -> Option<(u64, Result<(), Denied>)> {
    match message {
        ServerMessage::Done { id } => Some((*id, Ok(()))),
        ServerMessage::Refused {
            id: Some(id),
            denied,
        } => Some((*id, Err(denied.clone()))),
        ServerMessage::Refused { id: None, denied } => panic!("a page was refused: {denied}"),
        _ => None,
    }
}
