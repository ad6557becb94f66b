//! What is noted of what leaves the server, and for whom.

use candour_e2e::database;
use candour_shared::protocol::{Frame, Mine, ServerMessage, Store};
use tokio_tungstenite::tungstenite::Message;

use super::super::script::{FACILITATOR, ORGANISER, PROJECTOR, Person, Step, World};
use super::super::seen::{Audience, Seen};
use super::{Stage, database_in};

impl Stage<'_> {
    /// Looks at the database.
    pub(super) async fn dump(&mut self) {
        for row in database::dump(&database_in(&self.folder)).await.unwrap() {
            self.sees("the database", Audience::Everyone, row.into_bytes());
        }
    }

    /// Somebody received frames.
    pub(super) fn heard(&mut self, person: Person, frames: Vec<Message>) {
        for frame in frames {
            match frame {
                Message::Text(text) => self.heard_text(person, &text),
                Message::Binary(bytes) => {
                    let Frame { store, cursor, .. } = Frame::decode(&bytes).unwrap();
                    if let Some(on_board) = self.people.get_mut(&person) {
                        match store {
                            Store::Wall => on_board.wall = Some(cursor),
                            Store::Backstage => on_board.backstage = Some(cursor),
                        }
                    }
                    self.sees(&name(person), Audience::Everyone, bytes.to_vec());
                }
                control @ (Message::Close(_)
                | Message::Ping(_)
                | Message::Pong(_)
                | Message::Frame(_)) => {
                    let control = format!("{control:?}").into_bytes();
                    self.sees(&name(person), Audience::Everyone, control);
                }
            }
        }
    }

    /// Everything counts, except what the authors' own view of the board says to them alone, and what
    /// answers them.
    fn heard_text(&mut self, person: Person, text: &str) {
        let (place, whole) = (name(person), text.as_bytes().to_vec());
        if !self.script.people.is_swapped(person) {
            return self.sees(&place, Audience::Everyone, whole);
        }
        let at_work = self.is_at_work(person);
        match serde_json::from_str(text).unwrap() {
            ServerMessage::Mine(_) if at_work => self.sees(&place, Audience::Author, whole),
            ServerMessage::Mine(_) => {
                // That it comes must not tell whom it concerns.
                self.sees(&place, Audience::Everyone, b"mine".to_vec());
                self.sees(&place, Audience::Author, whole);
            }
            ServerMessage::Welcome(mut welcome) => {
                welcome.mine = Mine::default();
                let rest = serde_json::to_vec(&ServerMessage::Welcome(welcome)).unwrap();
                self.sees(&place, Audience::Everyone, rest);
                self.sees(&place, Audience::Author, whole);
            }
            ServerMessage::Done { id } | ServerMessage::Refused { id: Some(id), .. }
                if at_work && id == self.number() =>
            {
                self.sees(&place, Audience::Author, whole);
            }
            ServerMessage::Done { .. }
            | ServerMessage::Refused { .. }
            | ServerMessage::Presence(_)
            | ServerMessage::Drags(_)
            | ServerMessage::StillHere => self.sees(&place, Audience::Everyone, whole),
        }
    }

    /// Whether somebody does what happens now, in either world.
    fn is_at_work(&self, person: Person) -> bool {
        let by = match self.script.steps.get(self.step) {
            Some(Step::Do(by, _) | Step::Drag(by, _)) => *by,
            _ => return false,
        };
        let who = |world| self.script.people.who(by, world);
        let [one, other] = [World::One, World::Other].map(who);
        one != other && [one, other].contains(&person)
    }

    pub(super) fn sees(&mut self, place: &str, audience: Audience, bytes: Vec<u8>) {
        self.played.seen.push(Seen {
            step: self.step,
            place: place.to_owned(),
            audience,
            bytes,
        });
    }
}

pub(super) fn name(person: Person) -> String {
    match person {
        ORGANISER => "the organiser".to_owned(),
        FACILITATOR => "the facilitator".to_owned(),
        PROJECTOR => "the projector".to_owned(),
        Person(number) => format!("participant {number}"),
    }
}
