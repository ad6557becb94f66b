//! Riddles: who wrote this note? With what guessing knows of each candidate, and with the clues that the
//! traffic gives beyond that.
//!
//! *Guessing* knows the crowd of every release that concerns the note: who had pressed what before it,
//! and how often, and which notes are the colluders'. A *clue* pairs something about when a candidate
//! pressed with something about the note among those of its release.

use std::collections::BTreeMap;

use candour_shared::time::Millis;
use candour_shared::variants::all;
use strum::VariantArray;

use super::boards::{Act, COLLUDERS, Crowd, Person, Waiting};
use super::traffic::{Board, Release, Sighting, Trait};

/// By what one candidate's pressing can be told from another's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub(super) enum Timing {
    /// Which of all they were who pressed.
    First,
    /// The same by when they pressed last.
    Last,
    /// How long before the release they pressed last.
    Ago,
    /// Whether somebody came or left between their pressing and the release.
    Presence,
}

impl Timing {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// Into how many steps ranks and times are divided.
const STEPS: usize = 6;
/// How many different clues one kind of them can give.
pub(super) const CELLS: usize = STEPS * STEPS;

/// A kind of clue: what happened to the note, which timing is paired with which trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) act: Act,
    pub(super) timing: Timing,
    pub(super) of_note: Trait,
}

impl Kind {
    /// Every kind.
    pub(super) fn all() -> Vec<Self> {
        let mut kinds = Vec::new();
        for act in Act::ALL {
            for timing in Timing::ALL {
                let kind = |of_note| Self {
                    act,
                    timing,
                    of_note,
                };
                kinds.extend(Trait::ALL.map(kind));
            }
        }
        kinds
    }

    /// Its place in [`Self::all`].
    fn index(self) -> usize {
        let traits = Trait::ALL.len();
        (self.act as usize * Timing::ALL.len() + self.timing as usize) * traits
            + self.of_note as usize
    }
}

/// A clue: which kind it is of, and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clue {
    pub(super) kind: usize,
    pub(super) cell: usize,
}

/// Somebody who may have written the note.
pub(super) struct Candidate {
    pub(super) person: Person,
    /// How likely, up to a factor, by the crowd of the note's first release alone.
    pub(super) by_first_crowd: f64,
    /// The same by the crowds of all releases that concerned the note.
    pub(super) by_crowds: f64,
    pub(super) clues: Vec<Clue>,
}

/// A note of somebody who is not in league with the attacker.
pub(super) struct Riddle {
    pub(super) candidates: Vec<Candidate>,
    pub(super) author: Person,
    /// Whether it was rewritten or taken back after its release, and so went through a second crowd.
    pub(super) touched: bool,
}

/// The riddles of one board.
pub(super) fn of(board: &Board) -> Vec<Riddle> {
    let mut riddles: BTreeMap<_, Riddle> = BTreeMap::new();
    // How many notes of each person the attacker knows to be out there.
    let mut out: BTreeMap<Person, f64> = BTreeMap::new();
    for Release { crowd, sightings } in &board.releases {
        assert_same_notes(crowd, sightings);
        for sighting in sightings {
            let author = board.authors[&sighting.note];
            if author < COLLUDERS {
                continue;
            }
            let presses = presses(crowd, sighting.act);
            if sighting.act == Act::Post {
                let candidates = presses.iter().filter(|(person, _)| **person >= COLLUDERS);
                let candidate = |(person, own): (&Person, &Vec<Press>)| Candidate {
                    person: *person,
                    by_first_crowd: own.len() as f64,
                    by_crowds: own.len() as f64,
                    clues: Vec::new(),
                };
                let candidates = candidates.map(candidate).collect();
                let touched = false;
                let riddle = Riddle {
                    candidates,
                    author,
                    touched,
                };
                riddles.insert(sighting.note, riddle);
            }
            let Some(riddle) = riddles.get_mut(&sighting.note) else {
                panic!("{:?} of a note that was not seen before", sighting.act);
            };
            riddle.touched |= sighting.act != Act::Post;
            for candidate in &mut riddle.candidates {
                let own = presses.get(&candidate.person);
                if sighting.act != Act::Post {
                    let person = candidate.person;
                    candidate.by_crowds *= own.map_or(0.0, |own| own.len() as f64 / out[&person]);
                }
                if let Some(own) = own {
                    candidate.clues.extend(clues(board, crowd, sighting, own));
                }
            }
        }
        for Waiting { person, act, .. } in crowd.waiting.values() {
            *out.entry(*person).or_default() += match act {
                Act::Post => 1.0,
                Act::Rewrite => 0.0,
                Act::TakeBack => -1.0,
            };
        }
    }
    riddles.into_values().collect()
}

/// What the facilitator sees of a release is all that waited, as it waited.
fn assert_same_notes(crowd: &Crowd, sightings: &[Sighting]) {
    let seen: BTreeMap<_, _> = sightings.iter().map(|it| (it.note, it.act)).collect();
    let waited: BTreeMap<_, _> = crowd
        .waiting
        .iter()
        .map(|(note, it)| (*note, it.act))
        .collect();
    assert_eq!(seen, waited);
}

/// One press among all presses of its act before a release.
struct Press {
    at: Millis,
    rank: usize,
    of: usize,
}

/// Everybody's presses of one act before a release, in time.
fn presses(crowd: &Crowd, act: Act) -> BTreeMap<Person, Vec<Press>> {
    let mut all: Vec<&Waiting> = crowd.waiting.values().filter(|it| it.act == act).collect();
    all.sort_by_key(|it| it.at);
    let of = all.len();
    let mut presses: BTreeMap<Person, Vec<Press>> = BTreeMap::new();
    for (rank, Waiting { person, at, .. }) in all.into_iter().enumerate() {
        let at = *at;
        presses
            .entry(*person)
            .or_default()
            .push(Press { at, rank, of });
    }
    presses
}

fn clues(board: &Board, crowd: &Crowd, sighting: &Sighting, own: &[Press]) -> Vec<Clue> {
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        return Vec::new();
    };
    let since = last.at..crowd.at;
    let timing = |timing| match timing {
        Timing::First => step(first.rank, first.of),
        Timing::Last => step(last.rank, last.of),
        Timing::Ago => match (crowd.at - last.at).0 / Millis::SECOND.0 {
            ..3 => 0,
            3..8 => 1,
            8..20 => 2,
            20..60 => 3,
            60..120 => 4,
            _ => 5,
        },
        Timing::Presence => usize::from(board.people.iter().any(|at| since.contains(at))),
    };
    let mut clues = Vec::new();
    for kind in Kind::all() {
        let rank = sighting.ranks[kind.of_note as usize];
        if let Some(rank) = rank.filter(|_| kind.act == sighting.act) {
            clues.push(Clue {
                kind: kind.index(),
                cell: timing(kind.timing) * STEPS + step(rank, first.of),
            });
        }
    }
    clues
}

/// The first, the last, the only one, or in which third of those between.
fn step(rank: usize, of: usize) -> usize {
    match (rank, of) {
        (_, 1) => 5,
        (0, _) => 0,
        (rank, of) if rank + 1 == of => 4,
        (rank, of) => 1 + 3 * (rank - 1) / (of - 2),
    }
}
