//! The stage of a simulated board: the engine that the server runs, released at the moments at which the
//! board's desk would, and a facilitator who is told what it would tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use candour_e2e::fresh;
use candour_e2e::workshop::move_phase;
use candour_server::board::{Engine, Identity, Joining, LinkSecrets, LogEntry, Opening, Request};
use candour_server::keys::{Secret, ServerKey};
use candour_shared::backstage::Backstage;
use candour_shared::command::Command;
use candour_shared::ids::{BoardId, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;
use candour_shared::settings::Admission;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::time::Millis;
use rand::rand_core::TryRng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng, RngExt as _, SeedableRng as _};

use super::boards::{Act, Crowd, Event, Ids, Person, Played, Recipe, Shuffle, Told, Waiting};

/// By how many letters at its beginning a text is told from all others.
pub(super) const TEXT_NUMBER: usize = 16;

/// See the module.
pub(super) struct Stage {
    recipe: Recipe,
    engine: Engine,
    rng: StdRng,
    people: Vec<Identity>,
    facilitator: Identity,
    here: BTreeSet<Person>,
    /// Notes that their authors can still rewrite or take back.
    alive: Vec<(Person, NoteId)>,
    pub(super) waiting: BTreeMap<NoteId, Waiting>,
    /// The facilitator's copy.
    backstage: Backstage,
    reveals: u32,
    notes: u32,
    /// A number of everybody's device.
    devices: Vec<u64>,
    pub(super) played: Played,
}

impl Stage {
    pub(super) fn open(recipe: Recipe, people: usize, now: Millis, mut rng: StdRng) -> Self {
        let secrets = LinkSecrets::random(Admission::SharedLink, &mut rng);
        let links = secrets.links();
        let participant = links.participant.unwrap();
        let mut settings = Template::Blank.settings(Language::English);
        settings.title = "Discharge before noon".to_owned();
        settings.privacy.release = recipe.policy;
        let opening = Opening {
            settings,
            secrets,
            notes: Vec::new(),
            today: "2026-01-31".parse().unwrap(),
            expires_on: "2026-03-02".parse().unwrap(),
        };
        let snapshot = Engine::open(&opening, &mut rng);
        let mut backstage = Backstage::new(fresh::writer());
        backstage.apply(&snapshot.backstage).unwrap();
        let played = Played {
            told: [
                (Store::Wall, snapshot.wall.clone()),
                (Store::Backstage, snapshot.backstage.clone()),
            ]
            .map(|(store, update)| Told {
                store,
                whole: true,
                update,
            })
            .into(),
            ..Played::default()
        };
        let board = BoardId::from_bytes(rng.random());
        let engine = Engine::restore(board, KEY.clone(), snapshot, 0, &mut rng).unwrap();
        let [people, hosts] = [people, 1].map(|number| {
            let identities = (0..number).map(|_| Identity::new(Secret::random(&mut rng)));
            identities.collect::<Vec<_>>()
        });
        let join = |identity: &Identity, opener| Request::Join(Joining::new(opener, identity.hash));
        let joins: Vec<Request> = people
            .iter()
            .map(|identity| join(identity, participant))
            .chain([join(&hosts[0], links.facilitator)])
            .collect();
        let pre_moderated = rng.random_bool(0.25);
        let devices = people.iter().map(|_| rng.random()).collect();
        let mut stage = Self {
            recipe,
            engine,
            rng,
            people,
            facilitator: hosts[0].clone(),
            here: BTreeSet::new(),
            alive: Vec::new(),
            waiting: BTreeMap::new(),
            backstage,
            reveals: 0,
            notes: 0,
            devices,
            played,
        };
        stage.tick(now, &joins);
        stage.facilitate(now, Command::SetPreModeration { on: pre_moderated });
        let (from, to) = (Phase::Lobby, Phase::Write);
        stage.facilitate(now, move_phase(from, to));
        stage
    }

    pub(super) fn happens(&mut self, at: Millis, event: Event) {
        match event {
            Event::Comes(person) => {
                self.here.insert(person);
                self.played.people.push(at);
            }
            Event::Leaves(person) => {
                self.here.remove(&person);
                self.played.people.push(at);
            }
            Event::Posts(person) => self.posts(at, person),
            Event::Rewrites(person) => self.rewrites(at, person),
            Event::TakesBack(person) => self.takes_back(at, person),
            Event::Reveal => {
                let number = self.reveals + 1;
                self.facilitate(at, Command::Reveal { number });
                self.reveals = number;
            }
            Event::Queue => self.goes_through_the_queue(at),
        }
    }

    /// What the actor does at the multiples of the pool's seconds.
    pub(super) fn look(&mut self, at: Millis) {
        if self.engine.has_pool() {
            // The facilitator is here too.
            self.tick(at, &[Request::Pool(self.here.len() + 1)]);
        }
    }

    fn posts(&mut self, at: Millis, person: Person) {
        if !self.here.contains(&person) {
            return;
        }
        let note = self.new_id(person);
        let content = self.says();
        let post = Command::post_note(note, content);
        self.ask(at, person, post);
        self.played.authors.insert(note, person);
        self.alive.push((person, note));
        let act = Act::Post;
        self.waiting.insert(note, Waiting { person, act, at });
    }

    fn rewrites(&mut self, at: Millis, person: Person) {
        let Some(note) = self.own(person) else { return };
        let content = self.says();
        let edit = Command::edit_note(note, content);
        self.ask(at, person, edit);
        let act = Act::Rewrite;
        // What nobody has seen yet stays a new note, however often it is rewritten.
        let waiting = Waiting { person, act, at };
        self.waiting.entry(note).or_insert(waiting);
    }

    fn takes_back(&mut self, at: Millis, person: Person) {
        let Some(note) = self.own(person) else { return };
        self.ask(at, person, Command::WithdrawNote { note });
        self.alive.retain(|(_, alive)| *alive != note);
        match self.waiting.get(&note).map(|waiting| waiting.act) {
            Some(Act::Post) => {
                self.waiting.remove(&note);
            }
            Some(Act::Rewrite | Act::TakeBack) | None => {
                let act = Act::TakeBack;
                self.waiting.insert(note, Waiting { person, act, at });
            }
        }
    }

    fn goes_through_the_queue(&mut self, at: Millis) {
        let queue: BTreeSet<NoteId> = {
            let backstage = self.backstage.read();
            let waits = backstage.notes().filter(|(_, note)| note.held.is_none());
            waits.map(|(id, _)| id).collect()
        };
        let (mut released, mut held) = (Vec::new(), Vec::new());
        for note in queue {
            match self.rng.random_range(0..10) {
                0 => held.push(note),
                1..7 => released.push(note),
                _ => {}
            }
        }
        if !released.is_empty() {
            self.facilitate(at, Command::ReleaseNotes { notes: released });
        }
        for note in held {
            let reason = Reason::OffTopic;
            self.facilitate(at, Command::HoldNote { note, reason });
        }
    }

    /// A note of somebody who is here.
    fn own(&mut self, person: Person) -> Option<NoteId> {
        let own = self.alive.iter().filter(|(author, _)| *author == person);
        let own: Vec<NoteId> = own.map(|(_, note)| *note).collect();
        let here = self.here.contains(&person);
        own.choose(&mut self.rng).copied().filter(|_| here)
    }

    fn new_id(&mut self, person: Person) -> NoteId {
        self.notes += 1;
        let mut bytes: [u8; 16] = self.rng.random();
        match self.recipe.ids {
            Ids::Random => {}
            Ids::Ascending => bytes[..4].copy_from_slice(&self.notes.to_be_bytes()),
            // In an order of the devices that has nothing to do with when anybody writes.
            Ids::ByPerson => bytes[..8].copy_from_slice(&self.devices[person].to_be_bytes()),
        }
        NoteId::from_bytes(bytes)
    }

    /// A text that no other note has: [`TEXT_NUMBER`] letters, and more or less after them.
    fn says(&mut self) -> Content {
        let number = (0..TEXT_NUMBER).map(|_| char::from(self.rng.random_range(b'a'..=b'z')));
        let number: String = number.collect();
        let length = self.rng.random_range(1..8);
        Content::new(0, format!("{number} {}", "too late ".repeat(length)))
    }

    fn ask(&mut self, at: Millis, person: Person, command: Command) {
        let identity = self.people[person].clone();
        self.tick(at, &[Request::Command(identity, command)]);
    }

    pub(super) fn facilitate(&mut self, at: Millis, command: Command) {
        let identity = self.facilitator.clone();
        self.tick(at, &[Request::Command(identity, command)]);
    }

    /// Does what is asked, and tells the facilitator what they would receive.
    fn tick(&mut self, at: Millis, requests: &[Request]) {
        let releases = matches!(
            requests,
            [Request::Pool(_)
                | Request::Command(_, Command::Reveal { .. } | Command::SetPhase { .. })]
        );
        let rng: &mut dyn Rng = match self.recipe.shuffle {
            Shuffle::Broken if releases => &mut AlwaysTheSame,
            Shuffle::Random | Shuffle::Broken => &mut self.rng,
        };
        let tick = self.engine.tick(requests, at, rng);
        for outcome in &tick.outcomes {
            assert!(outcome.is_ok(), "{outcome:?}");
        }
        let first = self.played.told.len();
        match tick.entry {
            None => {}
            Some(LogEntry::Record(record)) => {
                self.tell(Store::Wall, false, record.wall);
                self.tell(Store::Backstage, false, record.backstage);
            }
            Some(LogEntry::Snapshot(snapshot)) => {
                self.tell(Store::Wall, true, Some(snapshot.wall));
                self.tell(Store::Backstage, true, Some(snapshot.backstage));
            }
        }
        let told = first..self.played.told.len();
        if releases && !told.is_empty() && !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            self.played.crowds.push(Crowd { at, waiting, told });
        }
    }

    fn tell(&mut self, store: Store, whole: bool, update: Option<Vec<u8>>) {
        let Some(update) = update else { return };
        if store == Store::Backstage {
            if whole {
                self.backstage = Backstage::new(fresh::writer());
            }
            self.backstage.apply(&update).unwrap();
        }
        self.played.told.push(Told {
            store,
            whole,
            update,
        });
    }
}

/// The boards' server.
static KEY: LazyLock<ServerKey> = LazyLock::new(|| {
    let rng = &mut StdRng::seed_from_u64(1);
    ServerKey::random(rng)
});

/// The highest number, for ever.
struct AlwaysTheSame;

impl TryRng for AlwaysTheSame {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::MAX)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(u64::MAX)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill(u8::MAX);
        Ok(())
    }
}
