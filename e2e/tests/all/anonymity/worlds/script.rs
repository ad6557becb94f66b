//! What happens in both worlds, and who does it.

use std::collections::BTreeMap;
use std::time::Duration;

use candour_e2e::workshop::settings;
use candour_shared::command::Command;
use candour_shared::ids::OrganisationIndex;
use candour_shared::policy::Role;
use candour_shared::protocol::Drag;
use candour_shared::settings::{Admission, Release, Settings};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};

use super::draft::Draft;

/// Somebody, by their place among the people of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Person(pub(super) usize);

pub(super) const ORGANISER: Person = Person(0);
pub(super) const FACILITATOR: Person = Person(1);
/// A screen.
pub(super) const PROJECTOR: Person = Person(2);

/// A workshop to be played.
pub(super) struct Script {
    /// From which it was made; also the seed of the server's randomness.
    pub(super) seed: u64,
    pub(super) settings: Settings,
    pub(super) people: People,
    pub(super) steps: Vec<Step>,
}

/// Everybody on the board: the organiser, the facilitator, a projector, participants.
#[derive(Clone)]
pub(super) struct People {
    /// The organisation of each participant.
    organisations: BTreeMap<Person, OrganisationIndex>,
    /// Who writes in the other world what somebody writes in this one. Whoever isn't here does the same
    /// in both; participants who aren't here only look on.
    writing: BTreeMap<Person, Person>,
    /// The same for votes, and for moving things.
    voting: BTreeMap<Person, Person>,
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
    /// This person in one world, who writes in their stead in the other.
    Writer(Person),
    /// This person in one world, who votes in their stead in the other.
    Voter(Person),
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

/// Whether anything on a board is still open: writing, a round of voting, or a pulse.
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
    /// Somebody is done with the present step, or not: the same in both worlds, since everybody may see by
    /// the numbers whether somebody was ready who goes.
    Ready(Person, bool),
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
    /// The first of this seed in which somebody does something who is swapped: where the doors close early and
    /// facilitators alone are left, the worlds are the same and say nothing.
    pub(super) fn new(seed: u64) -> Self {
        let random = &mut StdRng::seed_from_u64(seed);
        loop {
            let script = Self::random(seed, random);
            let swaps = |step: &Step| matches!(step, Step::Do(By::Writer(_) | By::Voter(_), _));
            if script.steps.iter().any(swaps) {
                return script;
            }
        }
    }

    fn random(seed: u64, random: &mut StdRng) -> Self {
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
        self.people.writing.clear();
        self.people.voting.clear();
        self
    }
}

impl People {
    /// Two organisations with three or four people who write and vote, and one or two who look on.
    ///
    /// Whoever writes is swapped with anybody else who does, now and then also with the facilitator.
    /// Votes are different: which organisations stand behind an item is a result, and everybody may know
    /// that it depends on who voted. So where an organisation could be named, voters are swapped within
    /// it. Where none has enough people for that, and only the number of all of them counts, they are
    /// swapped across.
    fn random(random: &mut StdRng, min_group: usize) -> Self {
        let mut organisations = BTreeMap::new();
        let mut authors: [Vec<Person>; 2] = [Vec::new(), Vec::new()];
        let mut next = PROJECTOR.0;
        for organisation in [0, 1] {
            let (writing, looking_on) = (random.random_range(3..=4), random.random_range(1..=2));
            for index in 0..writing + looking_on {
                next += 1;
                organisations.insert(Person(next), organisation as OrganisationIndex);
                if index < writing {
                    authors[organisation].push(Person(next));
                }
            }
        }
        let mut writers = authors.concat();
        if random.random_bool(0.3) {
            writers.push(FACILITATOR);
        }
        let across = authors.iter().all(|people| people.len() < min_group);
        let voters = if across {
            vec![authors.concat()]
        } else {
            authors.to_vec()
        };
        let voting = voters.into_iter().flat_map(|group| circle(random, group));
        Self {
            organisations,
            voting: voting.collect(),
            writing: circle(random, writers).into_iter().collect(),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Person> + use<> {
        let last = self.organisations.keys().last().copied();
        (0..=last.unwrap_or(PROJECTOR).0).map(Person)
    }

    pub(super) fn participants(&self) -> impl Iterator<Item = Person> {
        self.organisations.keys().copied()
    }

    /// Everybody who is swapped as a writer.
    pub(super) fn writers(&self) -> impl Iterator<Item = By> {
        self.writing.keys().copied().map(By::Writer)
    }

    /// Everybody who is swapped as a voter.
    pub(super) fn voters(&self) -> impl Iterator<Item = By> {
        self.voting.keys().copied().map(By::Voter)
    }

    pub(super) fn is_swapped(&self, person: Person) -> bool {
        self.writing.contains_key(&person) || self.voting.contains_key(&person)
    }

    pub(super) fn organisation(&self, person: Person) -> Option<OrganisationIndex> {
        self.organisations.get(&person).copied()
    }

    /// Who that is in a world.
    pub(super) fn who(&self, by: By, world: World) -> Person {
        let (person, swapped) = match by {
            By::Writer(person) => (person, self.writing.get(&person)),
            By::Voter(person) => (person, self.voting.get(&person)),
            By::Person(person) => (person, None),
        };
        match world {
            World::One => person,
            World::Other => swapped.copied().unwrap_or(person),
        }
    }
}

/// Everybody with the next in a random circle, so that nobody stays who they are.
fn circle(random: &mut StdRng, mut people: Vec<Person>) -> Vec<(Person, Person)> {
    people.shuffle(random);
    let next = people.iter().cycle().skip(1);
    people.iter().copied().zip(next.copied()).collect()
}
