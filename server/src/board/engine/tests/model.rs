//! A board as anybody would think of it: the notes below number 200, who wrote them and who sees them, the phase, the
//! rounds and everybody's dots. What else happens on a board changes none of that, and isn't in it.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::command::Command;
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::phase::Phase;
use candour_shared::wall::Note;

use super::super::Engine;
use super::super::vault::Waiting;
use super::fixture::{BUDGET, Board, note};

/// The notes it knows.
pub(super) const NOTES: u8 = 200;
/// The people whose dots it knows.
pub(super) const VOTERS: usize = 3;

/// What the board is expected to be.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) phase: Phase,
    pub(super) reveals: u32,
    pre_moderation: bool,
    paused: bool,
    notes: BTreeMap<NoteId, Known>,
    gone: BTreeSet<NoteId>,
    pub(super) open: Option<RoundId>,
    dots: BTreeMap<(usize, NoteId), u8>,
    /// The closed rounds, with the dots of each note.
    closed: BTreeMap<RoundId, BTreeMap<NoteId, u32>>,
}

/// What it knows of a note.
#[derive(Debug, Clone, Default)]
struct Known {
    /// Whose it is, as long as they can prove it.
    author: Option<usize>,
    /// What waits for the next release.
    waits: Option<Next>,
    /// What facilitators alone see, and whether they hold it.
    backstage: Option<(String, bool)>,
    /// What everybody sees; nothing of its text if it is held.
    wall: Option<Option<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    First(String),
    Rewrite(String),
    Withdrawal,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            phase: Phase::Lobby,
            reveals: 0,
            pre_moderation: false,
            paused: false,
            notes: BTreeMap::new(),
            gone: BTreeSet::new(),
            open: None,
            dots: BTreeMap::new(),
            closed: BTreeMap::new(),
        }
    }

    /// Does what somebody asks. Says whether it is done or refused; nothing if it doesn't know.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "it is no more than what it knows"
    )]
    pub(super) fn ask(&mut self, who: usize, command: &Command) -> Option<bool> {
        if let Command::PostNote { note, .. }
        | Command::EditNote { note, .. }
        | Command::WithdrawNote { note }
        | Command::HoldNote { note, .. }
        | Command::EraseNote { note, .. } = command
        {
            known(Item::Note(*note))?;
        }
        let leads = who == 0;
        let write = self.phase == Phase::Write;
        let discuss = self.phase == Phase::Discuss;
        let vote = self.phase == Phase::Vote;
        let open = self.phase != Phase::Closed;
        Some(match command {
            Command::PostNote { note, content, .. } => {
                self.knows(*note) || (write && !self.paused && self.post(who, *note, &content.text))
            }
            Command::EditNote { note, content, .. } => {
                (write || discuss) && !self.paused && self.edit(who, *note, &content.text)
            }
            Command::WithdrawNote { note } => (write || discuss) && self.withdraw(who, *note),
            Command::CastDots { round, item, dots } => {
                let note = known(*item)?;
                vote && self.open == Some(*round) && self.cast(who, note, *dots)
            }
            Command::Reveal { number } => leads && (write || discuss) && self.reveal(*number),
            Command::SetPhase { from, to, step, .. } if step.is_none() => {
                leads && self.set_phase(*from, *to)
            }
            Command::SetPreModeration { on } => leads && open && set(&mut self.pre_moderation, *on),
            Command::PausePosting { paused } => leads && open && set(&mut self.paused, *paused),
            Command::HoldNote { note, .. } => leads && self.hold(*note),
            Command::ReleaseNotes { notes } => {
                let note = known(Item::Note(notes[0]))?;
                leads && open && self.release(note)
            }
            Command::EraseNote { note, .. } => leads && self.erase(*note),
            Command::OpenRound { round, .. } => leads && vote && self.open_round(*round),
            Command::CloseRound { round } => leads && vote && self.close_round(*round),
            _ => return None,
        })
    }

    /// The number of the next note.
    pub(super) fn fresh(&self) -> u8 {
        let used = self.notes.len() + self.gone.len();
        u8::try_from(used).unwrap_or(u8::MAX).min(NOTES - 1)
    }

    fn knows(&self, note: NoteId) -> bool {
        self.notes.contains_key(&note) || self.gone.contains(&note)
    }

    fn post(&mut self, author: usize, note: NoteId, text: &str) -> bool {
        let known = Known {
            author: Some(author),
            waits: Some(Next::First(text.to_owned())),
            ..Known::default()
        };
        self.notes.insert(note, known);
        true
    }

    fn own(&mut self, who: usize, note: NoteId) -> Option<&mut Known> {
        let known = self.notes.get_mut(&note);
        known.filter(|known| known.author == Some(who))
    }

    fn edit(&mut self, who: usize, note: NoteId, text: &str) -> bool {
        let Some(own) = self.own(who, note) else {
            return false;
        };
        let text = text.to_owned();
        own.waits = Some(match own.waits {
            Some(Next::First(_)) => Next::First(text),
            Some(Next::Rewrite(_) | Next::Withdrawal) | None => Next::Rewrite(text),
        });
        true
    }

    fn withdraw(&mut self, who: usize, note: NoteId) -> bool {
        if self.gone.contains(&note) {
            return true;
        }
        let Some(own) = self.own(who, note) else {
            return false;
        };
        if let Some(Next::First(_)) = own.waits {
            self.end(note);
        } else {
            own.waits = Some(Next::Withdrawal);
        }
        true
    }

    /// A note ends, and never comes back.
    fn end(&mut self, note: NoteId) {
        self.notes.remove(&note);
        self.gone.insert(note);
        self.dots.retain(|(_, on), _| *on != note);
    }

    fn reveal(&mut self, number: u32) -> bool {
        if number == self.reveals + 1 {
            self.reveals = number;
            self.release_waiting();
        }
        number <= self.reveals
    }

    fn release_waiting(&mut self) {
        let mut ended = Vec::new();
        for (note, known) in &mut self.notes {
            let (text, is_looked_at) = match known.waits.take() {
                Some(Next::First(text)) => (text, self.pre_moderation),
                Some(Next::Rewrite(text)) => {
                    (text, self.pre_moderation || known.backstage.is_some())
                }
                Some(Next::Withdrawal) => {
                    ended.push(*note);
                    continue;
                }
                None => continue,
            };
            if is_looked_at {
                known.backstage = Some((text, false));
            } else {
                known.wall = Some(Some(text));
            }
        }
        for note in ended {
            self.end(note);
        }
    }

    fn set_phase(&mut self, from: Phase, to: Phase) -> bool {
        if self.phase == to {
            return true;
        }
        if self.phase != from || !from.can_move_to(to) {
            return false;
        }
        match from {
            Phase::Write | Phase::Discuss => {
                self.reveals += 1;
                self.release_waiting();
                for known in self.notes.values_mut() {
                    known.author = None;
                }
            }
            Phase::Vote => {
                if let Some(open) = self.open {
                    self.close_round(open);
                }
            }
            Phase::Lobby | Phase::Cluster | Phase::Closed => {}
        }
        self.phase = to;
        true
    }

    fn hold(&mut self, note: NoteId) -> bool {
        let Some(known) = self.notes.get_mut(&note) else {
            return false;
        };
        let waiting = known.backstage.take().map(|(text, _)| text);
        let Some(text) = waiting.or_else(|| known.wall.clone().flatten()) else {
            return false;
        };
        known.backstage = Some((text, true));
        if known.wall.is_some() {
            known.wall = Some(None);
            self.dots.retain(|(_, on), _| *on != note);
        }
        true
    }

    fn release(&mut self, note: NoteId) -> bool {
        let Some(known) = self.notes.get_mut(&note) else {
            return false;
        };
        if let Some((text, _)) = known.backstage.take() {
            known.wall = Some(Some(text));
        }
        matches!(known.wall, Some(Some(_)))
    }

    fn erase(&mut self, note: NoteId) -> bool {
        let known = self.notes.get(&note);
        if known.is_some_and(|known| known.wall.is_some() || known.backstage.is_some()) {
            self.end(note);
        }
        self.gone.contains(&note)
    }

    fn open_round(&mut self, round: RoundId) -> bool {
        if self.open.is_none() && !self.closed.contains_key(&round) {
            self.open = Some(round);
        }
        self.open == Some(round) || self.closed.contains_key(&round)
    }

    fn cast(&mut self, who: usize, note: NoteId, dots: u8) -> bool {
        let known = self.notes.get(&note);
        let is_there = known.is_some_and(|known| matches!(known.wall, Some(Some(_))));
        let all = self.dots.iter();
        let elsewhere = all.filter(|((whose, on), _)| *whose == who && *on != note);
        let spent = dots + elsewhere.map(|(_, dots)| dots).sum::<u8>();
        if !is_there || dots > BUDGET.per_item || spent > BUDGET.dots {
            return false;
        }
        self.dots.insert((who, note), dots);
        true
    }

    fn close_round(&mut self, round: RoundId) -> bool {
        if self.open == Some(round) {
            self.open = None;
            let mut totals = BTreeMap::new();
            for ((_, note), dots) in std::mem::take(&mut self.dots) {
                *totals.entry(note).or_default() += u32::from(dots);
            }
            totals.retain(|_, dots| *dots > 0);
            self.closed.insert(round, totals);
        }
        self.closed.contains_key(&round)
    }

    /// Compares it with a board.
    pub(super) fn check(&self, board: &Board) {
        let engine = &board.engine;
        let wall = engine.wall.read();
        assert_eq!((wall.phase(), wall.reveals()), (self.phase, self.reveals));
        assert_eq!(wall.pre_moderation(), self.pre_moderation);
        for note in (0..=self.fresh()).map(note) {
            self.check_note(engine, note);
        }
        for (who, person) in board.people.iter().enumerate() {
            let mine = engine.mine(&person.token);
            for own in &mine.notes {
                let known = self.notes.get(&own.note);
                let theirs = known.is_none_or(|known| known.author == Some(who));
                assert!(theirs, "a note of somebody else");
            }
            for (note, known) in &self.notes {
                let is_seen = known.backstage.is_some()
                    || matches!(known.wall, Some(Some(_)))
                    || matches!(known.waits, Some(Next::First(_) | Next::Rewrite(_)));
                let is_listed = mine.notes.iter().any(|own| own.note == *note);
                assert_eq!(is_listed, is_seen && known.author == Some(who), "{note}");
            }
            let votes = mine.votes.into_iter().flat_map(|votes| votes.dots);
            let votes = votes.filter_map(|tally| Some((known(tally.item)?, tally.dots)));
            let dots = self.dots.iter().filter(|((whose, _), _)| *whose == who);
            let dots = dots.map(|((_, note), dots)| (*note, u32::from(*dots)));
            if who < VOTERS {
                let dots = dots.filter(|(_, dots)| *dots > 0);
                assert!(votes.eq(dots), "the dots of {who}");
            }
        }
        assert_eq!(wall.open_round().map(|(open, _)| open), self.open);
        for (round, totals) in &self.closed {
            let tallies = wall.round(*round).unwrap().totals.unwrap().into_iter();
            let tallies: BTreeMap<NoteId, u32> = tallies
                .filter_map(|tally| Some((known(tally.item)?, tally.dots)))
                .collect();
            assert_eq!(tallies, *totals, "what a round came to");
        }
    }

    fn check_note(&self, engine: &Engine, note: NoteId) {
        let nothing = Known::default();
        let known = self.notes.get(&note).unwrap_or(&nothing);
        let waits = engine
            .vault
            .waiting
            .get(&note)
            .map(|waiting| match waiting {
                Waiting::Note(content) => Next::First(content.text.clone()),
                Waiting::Rewrite(content) => Next::Rewrite(content.text.clone()),
                Waiting::Withdrawal => Next::Withdrawal,
                Waiting::Reply(..) => panic!("{note} is no reply"),
            });
        assert_eq!(waits, known.waits, "what waits of {note}");
        let backstage = engine.backstage.read().note(note);
        let backstage = backstage.map(|there| (there.content.text, there.held.is_some()));
        assert_eq!(
            backstage, known.backstage,
            "what facilitators see of {note}"
        );
        let wall = engine.wall.read().note(note).map(|there| match there {
            Note::Said(content) => Some(content.text),
            Note::Held(_) => None,
        });
        assert_eq!(wall, known.wall, "what everybody sees of {note}");
        let gone = engine.vault.gone.contains(&Item::Note(note));
        assert_eq!(gone, self.gone.contains(&note), "whether {note} is gone");
    }
}

/// The note that an item is, if the model knows it.
fn known(item: Item) -> Option<NoteId> {
    match item {
        Item::Note(id) => Some(id).filter(|id| id.as_bytes()[0] < NOTES),
        Item::Cluster(_) => None,
    }
}

fn set(it: &mut bool, to: bool) -> bool {
    *it = to;
    true
}
