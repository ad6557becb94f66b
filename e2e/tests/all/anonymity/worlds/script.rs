//! What happens in both worlds, and who does it.

use std::collections::BTreeMap;
use std::time::Duration;

use candour_e2e::workshop::settings;
use candour_shared::command::Command;
use candour_shared::policy::Role;
use candour_shared::protocol::Drag;
use candour_shared::settings::{Admission, OrganisationIndex, Release, Settings};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::draft::Draft;

/// Somebody, by their place among the people of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Person(pub(super) usize);

pub(super) const ORGANISER: Person = Person(0);
pub(super) const FACILITATOR: Person = Person(1);

/// A workshop to be played.
pub(super) struct Script {
    /// From which it was made; also the seed of the server's randomness.
    pub(super) seed: u64,
    pub(super) settings: Settings,
    pub(super) people: People,
    pub(super) steps: Vec<Step>,
}

/// Everybody on the board: the organiser, the facilitator, participants.
#[derive(Clone)]
pub(super) struct People {
    /// The organisation of each participant.
    organisations: BTreeMap<Person, OrganisationIndex>,
    /// Who does in the other world what somebody does in this one. Participants who aren't here only
    /// look on, and do the same in both.
    swapped: BTreeMap<Person, Person>,
}

/// The worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum World {
    /// As the script has it.
    One,
    /// With the authors swapped.
    Other,
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// This person in one world, who is swapped with them in the other.
    Author(Person),
    /// This person in both worlds.
    Person(Person),
}

/// What somebody has kept who comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Memory {
    /// The documents as they last saw them.
    Kept,
    /// Nothing.
    Lost,
}

/// Whether anything on a board is still open: writing, or a round of voting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    Open,
    Sealed,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Join(Person),
    Connect(Person, Memory),
    /// Closes the page that was opened last.
    HangUp(Person),
    Do(By, Command),
    Drag(By, Drag),
    Wait(Duration),
    /// The organiser replaces a role's link.
    ReplaceLink(Role),
    /// The organiser withdraws somebody's code.
    WithdrawCode(Person),
    /// The organiser takes the board away.
    Export,
    /// The server stops and starts again.
    Restart(Seal),
}

impl Script {
    pub(super) fn new(seed: u64) -> Self {
        let random = &mut StdRng::seed_from_u64(seed);
        let mut settings = settings();
        settings.organisations.truncate(2);
        settings.privacy.min_group = random.random_range(2..=5);
        if random.random() {
            settings.privacy.release = Release::Pooled;
        }
        if random.random() {
            settings.privacy.admission = Admission::Codes;
        }
        let people = People::random(random, settings.privacy.min_group.into());
        let steps = Draft::new(random, &settings, &people).written();
        Self {
            seed,
            settings,
            people,
            steps,
        }
    }

    /// The same workshop with nobody to swap: then whatever anybody receives counts.
    pub(super) fn unswapped(mut self) -> Self {
        self.people.swapped.clear();
        self
    }
}

impl People {
    /// Two organisations with three or four people who write and vote, and one or two who look on.
    ///
    /// Which organisations stand behind an item is a result: everybody may know that it depends on who
    /// voted. So where an organisation could be named, people are swapped within it. Where none has
    /// enough people for that, and only the number of all of them counts, they are swapped across.
    fn random(random: &mut StdRng, min_group: usize) -> Self {
        let mut organisations = BTreeMap::new();
        let mut authors: [Vec<Person>; 2] = [Vec::new(), Vec::new()];
        let mut next = FACILITATOR.0;
        for organisation in [0, 1] {
            let (writing, looking_on) = (random.random_range(3..=4), 1 - organisation);
            let looking_on = looking_on + random.random_range(0..=organisation);
            for index in 0..writing + looking_on {
                next += 1;
                organisations.insert(Person(next), organisation as OrganisationIndex);
                if index < writing {
                    authors[organisation].push(Person(next));
                }
            }
        }
        let across = authors.iter().all(|people| people.len() < min_group);
        let groups = if across {
            vec![authors.concat()]
        } else {
            authors.to_vec()
        };
        let mut swapped = BTreeMap::new();
        for mut group in groups {
            group.shuffle(random);
            // Round in a circle, so that nobody stays who they are.
            let next = group.iter().cycle().skip(1);
            swapped.extend(group.iter().copied().zip(next.copied()));
        }
        Self {
            organisations,
            swapped,
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Person> + use<> {
        let last = self.organisations.keys().last().copied();
        (0..=last.unwrap_or(FACILITATOR).0).map(Person)
    }

    pub(super) fn participants(&self) -> impl Iterator<Item = Person> {
        self.organisations.keys().copied()
    }

    /// Who writes and votes, and is swapped with somebody else.
    pub(super) fn authors(&self) -> impl Iterator<Item = Person> {
        self.swapped.keys().copied()
    }

    pub(super) fn is_swapped(&self, person: Person) -> bool {
        self.swapped.contains_key(&person)
    }

    pub(super) fn organisation(&self, person: Person) -> Option<OrganisationIndex> {
        self.organisations.get(&person).copied()
    }

    /// Who that is in a world.
    pub(super) fn who(&self, by: By, world: World) -> Person {
        match (by, world) {
            (By::Author(person), World::Other) => {
                self.swapped.get(&person).copied().unwrap_or(person)
            }
            (By::Author(person) | By::Person(person), _) => person,
        }
    }
}
