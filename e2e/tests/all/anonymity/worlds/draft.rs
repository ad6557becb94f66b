//! Makes up random scripts. It keeps a rough idea of the board, so that most of what people try can be
//! done; what can't is refused in both worlds.

mod deeds;
mod talk;

use std::collections::BTreeMap;
use std::time::Duration;

use candour_e2e::workshop::move_phase;
use candour_shared::command::Command;
use candour_shared::ids::{ClusterId, CommitmentId, NoteId, PulseId, RoundId, StepId, TimerId};
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::settings::{Admission, Settings};
use candour_shared::voting::Budget;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};

use super::script::{
    By, FACILITATOR, Memory, ORGANISER, PROJECTOR, People, Person, Seal, Step, World,
};

/// How long people wait, in milliseconds: until others are told who came, until a pool is looked at,
/// until a pool has waited long.
const WAITS: [u64; 6] = [50, 3_000, 20_000, 20_000, 61_000, 120_000];

pub(super) struct Draft<'a> {
    random: &'a mut StdRng,
    settings: &'a Settings,
    people: &'a People,
    steps: Vec<Step>,
    phase: Phase,
    doors_closed: bool,
    paused: bool,
    locked: bool,
    /// Who has joined, with how many pages they have open.
    pages: BTreeMap<Person, usize>,
    notes: Vec<(NoteId, By)>,
    clusters: Vec<ClusterId>,
    /// The steps with their phases, in their order.
    agenda: Vec<(StepId, Phase)>,
    /// Where in it the workshop is.
    here: Option<StepId>,
    pulse: Option<PulseId>,
    commitments: Vec<CommitmentId>,
    round: Option<(RoundId, Budget)>,
    reveals: u32,
    timer: Option<TimerId>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(random: &'a mut StdRng, settings: &'a Settings, people: &'a People) -> Self {
        Self {
            random,
            settings,
            people,
            steps: Vec::new(),
            phase: Phase::Lobby,
            doors_closed: false,
            paused: false,
            locked: false,
            pages: BTreeMap::new(),
            notes: Vec::new(),
            clusters: Vec::new(),
            agenda: Vec::new(),
            here: None,
            pulse: None,
            commitments: Vec::new(),
            round: None,
            reveals: 0,
            timer: None,
        }
    }

    /// A whole script. It ends with everything sealed.
    pub(super) fn written(mut self) -> Vec<Step> {
        self.comes(ORGANISER);
        self.comes(FACILITATOR);
        self.comes(PROJECTOR);
        let mut participants: Vec<Person> = self.people.participants().collect();
        participants.shuffle(self.random);
        for person in participants {
            if self.random.random_bool(0.85) {
                self.comes(person);
            }
        }
        for _ in 0..self.random.random_range(0..=6) {
            self.pulse();
        }
        self.go_to(Phase::Write);
        for _ in 0..self.random.random_range(4..=8) {
            self.post();
        }
        for _ in 0..self.random.random_range(80..=120) {
            self.something();
        }
        if let Phase::Write | Phase::Vote | Phase::Discuss = self.phase {
            self.go_to(Phase::Cluster);
        }
        if let Some(pulse) = self.pulse.take() {
            self.moderator(Command::ClosePulse { pulse });
        }
        // What those do who come after the seal is kept by no later one.
        for person in self.people.participants().collect::<Vec<_>>() {
            if !self.pages.contains_key(&person) {
                self.comes(person);
            }
        }
        for _ in 0..3 {
            self.moderate();
            self.flag();
            self.flag();
        }
        self.steps.push(Step::Export);
        self.steps
    }

    fn something(&mut self) {
        match self.random.random_range(0..100) {
            0..10 => self.come_or_go(),
            10..20 => {
                let wait = *WAITS.choose(self.random).unwrap_or(&50);
                self.steps.push(Step::Wait(Duration::from_millis(wait)));
            }
            20..28 => self.moderate(),
            28..34 => self.steer(),
            34..39 => self.move_on(),
            39..42 => self.restart(),
            42..44 => self.steps.push(Step::Export),
            44..46 => self.replace_link(),
            46..50 => self.repeat(),
            50..53 => self.pulse(),
            53..55 => self.flag(),
            55..57 => self.say_ready(),
            _ => self.contribute(),
        }
    }

    fn come_or_go(&mut self) {
        let mut people: Vec<Person> = self.people.all().collect();
        if self.random.random() {
            // Rather somebody who isn't here.
            people.retain(|person| self.pages.get(person).is_none_or(|pages| *pages == 0));
        }
        let Some(person) = people.choose(self.random).copied() else {
            return;
        };
        match self.pages.get(&person).copied() {
            None => self.comes(person),
            Some(0) => self.connects(person),
            Some(1) if self.random.random_bool(0.3) => self.connects(person),
            Some(1) if !self.is_needed(person) => self.hangs_up(person),
            Some(_) => {
                // Away, and back at once.
                self.connects(person);
                self.hangs_up(person);
            }
        }
    }

    /// Somebody has to be there who can go on.
    fn is_needed(&self, person: Person) -> bool {
        let here = |person| self.pages.get(&person).is_some_and(|pages| *pages > 0);
        match person {
            ORGANISER => !here(FACILITATOR),
            FACILITATOR => !here(ORGANISER),
            _ => false,
        }
    }

    fn comes(&mut self, person: Person) {
        self.steps.push(Step::Join(person));
        let participant = self.people.organisation(person).is_some();
        if !(self.doors_closed && participant) {
            self.pages.insert(person, 0);
            self.connects(person);
        }
    }

    fn connects(&mut self, person: Person) {
        let memory = if self.random.random() {
            Memory::Kept
        } else {
            Memory::Lost
        };
        self.steps.push(Step::Connect(person, memory));
        *self.pages.entry(person).or_default() += 1;
    }

    fn hangs_up(&mut self, person: Person) {
        self.steps.push(Step::HangUp(person));
        *self.pages.entry(person).or_default() -= 1;
    }

    fn restart(&mut self) {
        let writing = matches!(self.phase, Phase::Write | Phase::Discuss);
        let open = writing || self.round.is_some() || self.pulse.is_some();
        let seal = if open { Seal::Open } else { Seal::Sealed };
        self.steps.push(Step::Restart(seal));
        let mut gone: Vec<Person> = Vec::new();
        for (person, pages) in &mut self.pages {
            if std::mem::take(pages) > 0 {
                gone.push(*person);
            }
        }
        gone.shuffle(self.random);
        for person in gone {
            if self.is_needed(person) || self.random.random_bool(0.8) {
                self.connects(person);
            }
        }
    }

    /// The organiser replaces a link, or withdraws the code of somebody who came by one.
    fn replace_link(&mut self) {
        match (self.settings.privacy.admission, self.random.random()) {
            (Admission::SharedLink, true) => self.steps.push(Step::ReplaceLink(Role::Participant)),
            (Admission::Codes, true) => {
                let here: Vec<Person> = self.pages.keys().copied().collect();
                if let Some(person) = here.choose(self.random) {
                    self.steps.push(Step::WithdrawCode(*person));
                }
            }
            // Whoever comes by a new link is a new person, whose former notes aren't theirs any more.
            (_, false) if self.people.is_swapped(FACILITATOR) => {}
            (_, false) => {
                self.steps.push(Step::ReplaceLink(Role::Facilitator));
                self.comes(FACILITATOR);
            }
        }
    }

    fn does(&mut self, by: By, command: Command) {
        self.steps.push(Step::Do(by, command));
    }

    /// A facilitator or organiser does it.
    fn moderator(&mut self, command: Command) {
        if let Some(person) = self.here(&[FACILITATOR, ORGANISER]) {
            self.does(By::Person(person), command);
        }
    }

    /// One of these people, of those who are here.
    fn here(&mut self, people: &[Person]) -> Option<Person> {
        let mut here = people.to_vec();
        here.retain(|person| self.pages.get(person).is_some_and(|pages| *pages > 0));
        here.choose(self.random).copied()
    }

    /// Whether somebody is here in both worlds.
    fn is_here(&self, by: By) -> bool {
        [World::One, World::Other].into_iter().all(|world| {
            let person = self.people.who(by, world);
            self.pages.get(&person).is_some_and(|pages| *pages > 0)
        })
    }

    /// One of these who is here in both worlds, or now and then somebody who isn't swapped.
    fn author(&mut self, mut authors: Vec<By>) -> Option<By> {
        if self.random.random_bool(0.1) {
            // Nobody is two authors in one world, and one in the other.
            let mut others = vec![FACILITATOR, ORGANISER];
            others.retain(|person| !self.people.is_swapped(*person));
            return self.here(&others).map(By::Person);
        }
        authors.retain(|by| self.is_here(*by));
        authors.choose(self.random).copied()
    }

    fn writer(&mut self) -> Option<By> {
        self.author(self.people.writers().collect())
    }

    fn voter(&mut self) -> Option<By> {
        self.author(self.people.voters().collect())
    }

    /// Somebody who moves things. A code is spent by that as by a note, and whose it is stands in the
    /// database until the next seal; so where people come by codes, they do it in both worlds.
    fn mover(&mut self) -> Option<By> {
        match (self.phase, self.settings.privacy.admission) {
            (Phase::Cluster, Admission::SharedLink) => self.voter(),
            (Phase::Cluster, Admission::Codes) => {
                let people: Vec<Person> = self.people.all().collect();
                self.here(&people).map(By::Person)
            }
            _ => self.here(&[FACILITATOR, ORGANISER]).map(By::Person),
        }
    }

    fn move_on(&mut self) {
        use Phase::{Closed, Cluster, Discuss, Lobby, Vote, Write};
        let next: &[Phase] = match self.phase {
            Lobby => &[Write],
            Write => &[Cluster, Cluster, Cluster, Vote, Discuss],
            Cluster => &[Vote, Vote, Write, Discuss, Discuss],
            Vote => &[Discuss, Discuss, Write, Cluster],
            Discuss => &[Write, Write, Vote, Cluster, Closed],
            Closed => &[Discuss],
        };
        let next = *next.choose(self.random).unwrap_or(&Write);
        self.go_to(next);
    }

    fn go_to(&mut self, to: Phase) {
        let from = self.phase;
        self.moderator(move_phase(from, to));
        if let Phase::Write | Phase::Discuss = from {
            self.reveals += 1;
        }
        self.round = None;
        self.pulse = None;
        self.phase = to;
        self.here = None;
        self.stay_in_agenda();
    }

    /// A command comes a second time, as after a lost answer.
    fn repeat(&mut self) {
        let last = self.steps.iter().rev().find_map(|step| {
            if let Step::Do(by, command) = step {
                Some((*by, command.clone()))
            } else {
                None
            }
        });
        if let Some((by, command)) = last
            && self.is_here(by)
        {
            self.does(by, command);
        }
    }
}
