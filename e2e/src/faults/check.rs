//! Compares what people remember with what a board says, one by one.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::export::{BoardExport, ExportedNote};
use candour_shared::ids::{Item, NoteId};
use candour_shared::phase::Phase;
use candour_shared::protocol::NoteState;
use candour_shared::wall::{Note, Place};

use super::meeting::{BUDGET, Meeting};
use super::memory::Spot;
use super::verdict::Verdict;
use super::witness::Witness;
use crate::view::View;

/// What everybody sees of the notes: their texts and places.
type Shown = BTreeMap<NoteId, (Option<String>, Option<Place>)>;

impl Meeting {
    /// Compares what everybody remembers with what they see. Nothing may be under way.
    pub fn check(&mut self) -> Verdict {
        let mut verdict = Verdict::default();
        let shown = self.facilitator.view(shown);
        let phase = self.facilitator.view(View::phase);
        self.check_whole(&shown, &mut verdict);
        for person in &mut self.people {
            if person.client.view(self::shown) != shown {
                let told = format!("{person} sees another board than the facilitator");
                verdict.invented.push(told);
            }
            let faults = person.client.view(|view| view.faults.clone());
            verdict.invented.extend(faults);
            match phase {
                Phase::Write => check_mine(person, &mut verdict),
                Phase::Lobby | Phase::Cluster | Phase::Vote | Phase::Discuss | Phase::Closed => {
                    check_shown(person, &shown, &mut verdict);
                }
            }
            check_votes(person, &mut verdict);
        }
        self.check_totals(&mut verdict);
        verdict
    }

    /// Compares what was taken away at the end with what everybody saw last.
    #[must_use]
    pub fn check_export(&self, export: &BoardExport) -> Verdict {
        let mut verdict = Verdict::default();
        let in_clusters = export.clusters.iter().flat_map(|cluster| &cluster.notes);
        let notes: Vec<&ExportedNote> = in_clusters.chain(&export.loose_notes).collect();
        let mut texts = BTreeSet::new();
        for text in notes.iter().filter_map(|note| note.text.clone()) {
            if !texts.insert(text.clone()) {
                verdict.doubled.push(format!("“{text}” in the export"));
            }
        }
        let seen = self.facilitator.view(shown).into_values();
        let seen: BTreeSet<String> = seen.filter_map(|(text, _)| text).collect();
        let missing = seen.difference(&texts);
        verdict
            .lost
            .extend(missing.map(|it| format!("“{it}” is not in the export")));
        let added = texts.difference(&seen);
        verdict
            .invented
            .extend(added.map(|it| format!("“{it}” in the export")));

        let named: BTreeMap<Item, &str> = notes
            .iter()
            .filter_map(|note| Some((Item::Note(note.id), note.text.as_deref()?)))
            .collect();
        let totals = export
            .rounds
            .iter()
            .flat_map(|round| &round.totals)
            .flatten();
        let exported: BTreeMap<&str, u32> = totals
            .filter_map(|tally| Some((*named.get(&tally.item)?, tally.dots)))
            .collect();
        self.facilitator.view(|view| {
            let round = view.wall().read().round(self.round);
            for tally in round.iter().filter_map(|it| it.totals.as_ref()).flatten() {
                let Item::Note(note) = tally.item else {
                    continue;
                };
                let text = view.said(note).map(|said| said.text).unwrap_or_default();
                let there = exported.get(text.as_str()).copied().unwrap_or(0);
                let told = format!(
                    "“{text}” has {there} dots in the export, not {}",
                    tally.dots
                );
                if there < tally.dots {
                    verdict.lost.push(told);
                } else if there > tally.dots {
                    verdict.doubled.push(told);
                }
            }
        });
        verdict
    }

    /// Whether every note that everybody sees was sent by somebody, once.
    fn check_whole(&self, shown: &Shown, verdict: &mut Verdict) {
        let mut texts = BTreeSet::new();
        for (note, (text, _)) in shown {
            let Some(text) = text else {
                verdict
                    .lost
                    .push(format!("nobody took {note:?} off, and it says nothing"));
                continue;
            };
            if !texts.insert(text) {
                verdict.doubled.push(format!("“{text}” is there twice"));
            }
            let sent = |person: &Witness| person.memory.notes.ever(*note, &Some(text.clone()));
            if self.first.get(note) != Some(text) && !self.people.iter().any(sent) {
                verdict.invented.push(format!("{note:?}: “{text}”"));
            }
        }
        for (note, text) in &self.first {
            if !shown.contains_key(note) {
                verdict
                    .lost
                    .push(format!("“{text}”, with which the board began"));
            }
        }
    }

    /// Compares the totals of a closed round with what everybody gave.
    fn check_totals(&self, verdict: &mut Verdict) {
        let round = self
            .facilitator
            .view(|view| view.wall().read().round(self.round));
        let Some(totals) = round.and_then(|round| round.totals) else {
            return;
        };
        let mut totals: BTreeMap<Item, u32> = totals
            .into_iter()
            .map(|tally| (tally.item, tally.dots))
            .collect();
        let mut given: BTreeMap<NoteId, (u32, u32)> = BTreeMap::new();
        for person in &self.people {
            let dots = &person.memory.dots;
            for thing in dots.things() {
                let possible = || dots.possible(thing).map(|dots| u32::from(*dots));
                let (least, most) = given.entry(thing.1).or_default();
                *least += possible().min().unwrap_or(0);
                *most += possible().max().unwrap_or(0);
            }
        }
        for (note, (least, most)) in given {
            let dots = totals.remove(&Item::Note(note)).unwrap_or(0);
            let told = format!("{note:?} has {dots} dots, of {least} to {most}");
            if dots < least {
                verdict.lost.push(told);
            } else if dots > most {
                verdict.doubled.push(told);
            }
        }
        let rest = totals.iter().filter(|(_, dots)| **dots > 0);
        verdict
            .invented
            .extend(rest.map(|(item, dots)| format!("{dots} dots on {item:?}")));
    }
}

/// The notes as somebody sees them.
fn shown(view: &View) -> Shown {
    let wall = view.wall().read();
    let notes = wall.notes().map(|(id, note)| {
        let text = match note {
            Note::Said(content) => Some(content.text),
            Note::Held(_) => None,
        };
        (id, (text, wall.place(id)))
    });
    notes.collect()
}

/// While people write, everybody is told what of theirs there is.
fn check_mine(person: &mut Witness, verdict: &mut Verdict) {
    let mut mine = BTreeMap::new();
    for note in person.client.view(|view| view.mine().notes.clone()) {
        let text = match note.state {
            NoteState::WithdrawalWaiting => None,
            NoteState::Waiting
            | NoteState::WithFacilitators
            | NoteState::Released
            | NoteState::RewriteWaiting
            | NoteState::Held(_) => Some(note.content.text),
        };
        if mine.insert(note.note, text).is_some() {
            verdict
                .doubled
                .push(format!("{person} has {:?} twice", note.note));
        }
    }
    let whose = person.to_string();
    let known: Vec<NoteId> = person.memory.notes.things().collect();
    for note in known {
        let found = mine.remove(&note).flatten();
        person.memory.notes.compare(&whose, note, found, verdict);
    }
    let rest = mine.into_iter();
    verdict
        .invented
        .extend(rest.map(|(note, _)| format!("{whose} has {note:?}")));
}

/// Once the writing is closed, everybody sees all of it.
fn check_shown(person: &mut Witness, shown: &Shown, verdict: &mut Verdict) {
    let whose = person.to_string();
    let known: Vec<NoteId> = person.memory.notes.things().collect();
    for note in known {
        let found = shown.get(&note).and_then(|(text, _)| text.clone());
        person.memory.notes.compare(&whose, note, found, verdict);
    }
    let moved: Vec<NoteId> = person.memory.spots.things().collect();
    for note in moved {
        let place = shown.get(&note).and_then(|(_, place)| *place);
        let spot = place.and_then(Spot::of);
        // Where it lay before it was put anywhere is the server's affair.
        let found = spot.filter(|spot| person.memory.spots.ever(note, &Some(*spot)));
        person.memory.spots.compare(&whose, note, found, verdict);
    }
}

/// While a round is open, everybody is told what they gave.
fn check_votes(person: &mut Witness, verdict: &mut Verdict) {
    let Some(votes) = person.client.view(|view| view.mine().votes.clone()) else {
        return;
    };
    let whose = person.to_string();
    let mut given: BTreeMap<Item, u32> = votes
        .dots
        .iter()
        .map(|tally| (tally.item, tally.dots))
        .collect();
    let sum: u32 = given.values().sum();
    if sum > u32::from(BUDGET.dots) {
        verdict.doubled.push(format!("{whose} gave {sum} dots"));
    }
    let known: Vec<_> = person.memory.dots.things().collect();
    for thing in known.into_iter().filter(|(round, _)| *round == votes.round) {
        let found = given.remove(&Item::Note(thing.1)).unwrap_or(0);
        let found = u8::try_from(found).unwrap_or(u8::MAX);
        person.memory.dots.compare(&whose, thing, found, verdict);
    }
    let rest = given.into_iter();
    verdict
        .invented
        .extend(rest.map(|(item, dots)| format!("{whose} gave {dots} to {item:?}")));
}
