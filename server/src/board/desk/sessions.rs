//! The sessions on a board, and the people behind them.

use std::collections::{BTreeMap, HashMap, HashSet};

use candour_shared::ids::PageId;
use candour_shared::policy::Role;

use super::resend::Resend;
use crate::board::channel::{Headcount, SessionId};
use crate::board::engine::request::Identity;
use crate::keys::SecretHash;
use crate::limits::Pace;

/// A page that said hello, and waits to be let in.
pub(super) struct Arrival {
    pub(super) session: SessionId,
    pub(super) identity: Identity,
    pub(super) page: PageId,
}

/// A page that was let in.
pub(super) struct Session {
    pub(super) identity: Identity,
    pub(super) page: PageId,
    pub(super) resend: Resend,
    pub(super) pace: Pace,
}

/// A person, as long as they have a session.
struct Person {
    role: Role,
    sessions: Vec<SessionId>,
}

/// All of them. A person who has several is one person.
#[derive(Default)]
pub(super) struct Sessions {
    sessions: BTreeMap<SessionId, Session>,
    people: HashMap<SecretHash, Person>,
}

impl Sessions {
    pub(super) fn len(&self) -> usize {
        self.sessions.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    pub(super) fn get(&self, id: SessionId) -> Option<&Session> {
        self.sessions.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(&id)
    }

    /// All of them, by their numbers.
    pub(super) fn ids(&self) -> Vec<SessionId> {
        self.sessions.keys().copied().collect()
    }

    /// Those of a person.
    pub(super) fn of(&self, person: &SecretHash) -> &[SessionId] {
        let person = self.people.get(person);
        person.map_or(&[], |person| &person.sessions)
    }

    /// That of a person's page.
    pub(super) fn of_page(&self, person: &SecretHash, page: PageId) -> Option<SessionId> {
        let mut sessions = self.of(person).iter().copied();
        sessions.find(|id| self.sessions.get(id).is_some_and(|it| it.page == page))
    }

    pub(super) fn insert(&mut self, id: SessionId, role: Role, session: Session) {
        let person = self.people.entry(session.identity.hash).or_insert(Person {
            role,
            sessions: Vec::new(),
        });
        person.sessions.push(id);
        self.sessions.insert(id, session);
    }

    pub(super) fn remove(&mut self, id: SessionId) -> Option<Session> {
        let gone = self.sessions.remove(&id)?;
        let whose = gone.identity.hash;
        if let Some(person) = self.people.get_mut(&whose) {
            person.sessions.retain(|it| *it != id);
            if person.sessions.is_empty() {
                self.people.remove(&whose);
            }
        }
        Some(gone)
    }

    /// Removes those that don't stay, and says which they were.
    pub(super) fn remove_unless(&mut self, stays: impl Fn(&Session) -> bool) -> Vec<SessionId> {
        let going = self.sessions.iter().filter(|(_, session)| !stays(session));
        let going: Vec<SessionId> = going.map(|(id, _)| *id).collect();
        for id in &going {
            self.remove(*id);
        }
        going
    }

    /// How many people are here, and how many participants among those who are done.
    pub(super) fn headcount(&self, done: &HashSet<SecretHash>) -> Headcount {
        let count = |of: fn(Role) -> bool| {
            let people = self.people.values();
            people.filter(|person| of(person.role)).count() as u32
        };
        let is_participant = |who: &&SecretHash| {
            let person = self.people.get(who);
            person.is_some_and(|person| person.role == Role::Participant)
        };
        Headcount {
            people: count(Role::is_person),
            participants: count(|role| role == Role::Participant),
            ready: done.iter().filter(is_participant).count() as u32,
        }
    }
}
