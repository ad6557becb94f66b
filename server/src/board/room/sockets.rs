//! The sockets on a board, and the people behind them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;
use std::sync::Arc;

use candour_shared::ids::PageId;
use candour_shared::policy::Role;
use candour_shared::protocol::Presence;

use super::frames::Copies;
use super::heart::Asker;
use super::order::Order;
use super::outbox::Outbox;
use super::presence::Told;
use crate::keys::SecretHash;

/// A socket's number on its board.
pub type SocketId = u64;

pub(super) struct Socket {
    pub(super) asker: Asker,
    pub(super) page: PageId,
    /// Decides which documents they receive. What they may do is looked up at every command.
    pub(super) role: Role,
    pub(super) outbox: Arc<Outbox>,
    pub(super) order: Order,
    /// What was sent to them, or was there before.
    pub(super) copies: Copies,
    pub(super) told: Told,
}

/// Somebody, as long as they have a socket.
struct Person {
    role: Role,
    sockets: Vec<SocketId>,
}

/// All of them. Whoever has several is one person.
#[derive(Default)]
pub(super) struct Sockets {
    sockets: BTreeMap<SocketId, Socket>,
    people: HashMap<SecretHash, Person>,
}

impl Sockets {
    pub(super) fn len(&self) -> usize {
        self.sockets.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sockets.is_empty()
    }

    /// Whose turn comes after another's; after the last comes the first.
    pub(super) fn next_after(&self, id: SocketId) -> Option<SocketId> {
        let later = (Bound::Excluded(id), Bound::Unbounded);
        let mut next = self.sockets.range(later).chain(&self.sockets);
        next.next().map(|(id, _)| *id)
    }

    pub(super) fn get(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.sockets.get_mut(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Socket> {
        self.sockets.values()
    }

    /// Those of somebody.
    pub(super) fn of(&self, person: &SecretHash) -> &[SocketId] {
        self.people
            .get(person)
            .map_or(&[], |person| &person.sockets)
    }

    /// The one of somebody's page.
    pub(super) fn of_page(&self, person: &SecretHash, page: PageId) -> Option<SocketId> {
        let mut sockets = self.of(person).iter().copied();
        sockets.find(|id| self.sockets.get(id).is_some_and(|it| it.page == page))
    }

    pub(super) fn insert(&mut self, id: SocketId, socket: Socket) {
        let role = socket.role;
        let person = self.people.entry(socket.asker.hash).or_insert(Person {
            role,
            sockets: Vec::new(),
        });
        person.sockets.push(id);
        self.sockets.insert(id, socket);
    }

    pub(super) fn remove(&mut self, id: SocketId) -> Option<Socket> {
        let gone = self.sockets.remove(&id)?;
        let whose = gone.asker.hash;
        if let Some(person) = self.people.get_mut(&whose) {
            person.sockets.retain(|it| *it != id);
            if person.sockets.is_empty() {
                self.people.remove(&whose);
            }
        }
        Some(gone)
    }

    /// All of them.
    pub(super) fn ids(&self) -> Vec<SocketId> {
        self.sockets.keys().copied().collect()
    }

    /// Removes those who don't stay.
    pub(super) fn remove_unless(&mut self, stays: impl Fn(&Socket) -> bool) -> Vec<Socket> {
        let going = self.sockets.iter().filter(|(_, socket)| !stays(socket));
        let going: Vec<SocketId> = going.map(|(id, _)| *id).collect();
        going.into_iter().filter_map(|id| self.remove(id)).collect()
    }

    /// How many people are here, and how many of those who are done; a projector is nobody.
    pub(super) fn presence(&self, done: &HashSet<SecretHash>, spread: u32) -> Presence {
        let count = |of: fn(Role) -> bool| {
            let people = self.people.values();
            people.filter(|person| of(person.role)).count() as u32
        };
        let is_participant = |who: &&SecretHash| {
            let person = self.people.get(who);
            person.is_some_and(|person| person.role == Role::Participant)
        };
        Presence {
            people: count(Role::is_person),
            participants: count(|role| role == Role::Participant),
            ready: done.iter().filter(is_participant).count() as u32,
            spread,
        }
    }
}
