//! What was asked, answered and shown, and whether it goes together.
//!
//! The witness believes as little as it can: what reached the server may have been done or not, unless a
//! page was told that it was.

mod hands;

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::Mine;
use candour_shared::wall::Note;

use self::hands::Hands;
use super::page::Page;
use super::people::BUDGET;

/// What stands in front of the letters by which a text is known.
const MARK: &[u8] = b"canary-";
const LETTERS: usize = 4;

/// How many commands had reached the server when something did.
pub(super) type Moment = u64;

/// What is known of all that was asked, answered and shown.
#[derive(Default)]
pub(super) struct Witness {
    texts: Vec<Text>,
    /// What people dragged.
    pub(super) hands: Hands,
    notes: BTreeMap<NoteId, Story>,
    /// Since when what waits may have been with facilitators, and since when on the Wall.
    revealed: Option<Moment>,
    shown: Option<Moment>,
    /// When pre-moderation was last switched on for certain, and may have been switched off.
    moderated: Option<Moment>,
    unmoderated: Option<Moment>,
    casts: BTreeMap<(usize, RoundId, Item), (Moment, u8)>,
    /// Where the board was moved to for certain, and when somebody last tried to move it.
    moved: Option<(Moment, Phase)>,
    steered: Option<Moment>,
}

/// A text that somebody wrote.
struct Text {
    author: usize,
    note: NoteId,
    reached: Option<Moment>,
    /// It was rewritten or withdrawn before anybody else could see it.
    dead: bool,
}

/// A text of a note, given on a tab.
struct Write {
    text: usize,
    tab: usize,
    /// When it was done for certain, if the tab was told so.
    saved: Option<Moment>,
}

/// What is known of a note.
#[derive(Default)]
struct Story {
    author: usize,
    posted: bool,
    /// In the order in which they were given.
    writes: Vec<Write>,
    /// On which tab its author withdrew it, and how many texts there were then, as long as that isn't answered.
    withdrawals: Vec<(usize, usize)>,
    /// When a facilitator last tried to release it.
    released: Option<Moment>,
    /// When it was last held for certain.
    held: Option<Moment>,
    /// Whether somebody tried to hold it.
    may_be_held: bool,
    /// Whether it was erased for certain.
    erased: bool,
    /// Whether somebody tried to withdraw or erase it.
    may_be_gone: bool,
}

impl Witness {
    /// A text that nobody has written yet.
    pub(super) fn new_text(&self) -> String {
        let mut number = self.texts.len();
        let mut letters = [b'a'; LETTERS];
        for letter in letters.iter_mut().rev() {
            *letter += (number % 26) as u8;
            number /= 26;
        }
        let mark = String::from_utf8([MARK, &letters].concat()).unwrap();
        format!("The letter {mark} comes late")
    }

    /// Somebody gives a page of theirs a command.
    pub(super) fn given(&mut self, tab: usize, author: usize, command: &Command) {
        if let Command::WithdrawNote { note } = command {
            let texts = self.texts.len();
            self.story(*note).withdrawals.push((tab, texts));
        }
        let Some((note, text)) = written(command) else {
            return;
        };
        let story = self.notes.entry(note).or_default();
        story.author = author;
        story.writes.push(Write {
            text: self.texts.len(),
            tab,
            saved: None,
        });
        assert_eq!(number_of(text), Some(self.texts.len()));
        self.texts.push(Text {
            author,
            note,
            reached: None,
            dead: false,
        });
    }

    /// A command reaches the server, which may do it from now on.
    pub(super) fn reached(&mut self, command: &Command, now: Moment) {
        if let Some(text) = written(command).and_then(|(_, text)| number_of(text)) {
            self.texts[text].reached.get_or_insert(now);
        }
        match command {
            Command::Reveal { .. } => self.released(now),
            Command::SetPhase { from, .. } => {
                self.steered = Some(now);
                if matches!(from, Phase::Write | Phase::Discuss) {
                    self.released(now);
                }
            }
            Command::SetPreModeration { on: false } => self.unmoderated = Some(now),
            Command::ReleaseNotes { notes } => {
                for note in notes {
                    self.story(*note).released = Some(now);
                }
            }
            Command::HoldNote { note, .. } => self.story(*note).may_be_held = true,
            Command::EraseNote { note, .. } | Command::WithdrawNote { note } => {
                self.story(*note).may_be_gone = true;
            }
            _ => {}
        }
    }

    /// Everything that waits may be released now.
    pub(super) fn released(&mut self, now: Moment) {
        self.revealed = Some(now);
        if self.moderated <= self.unmoderated {
            self.shown = Some(now);
        }
    }

    /// A page is told what became of a command that reached the server at some moment.
    pub(super) fn answered(
        &mut self,
        tab: usize,
        person: usize,
        command: &Command,
        at: Moment,
        done: &Result<(), Denied>,
    ) {
        let withdrawn = match command {
            Command::WithdrawNote { note } => {
                let open = &mut self.story(*note).withdrawals;
                // A tab is answered in order.
                let its = open.iter().position(|(on, _)| *on == tab).unwrap();
                Some(open.remove(its).1)
            }
            _ => None,
        };
        if let Some(text) = written(command).and_then(|(_, text)| number_of(text)) {
            let Text { note, reached, .. } = self.texts[text];
            // A post that comes again finds the note.
            let at = match command {
                Command::EditNote { .. } => at,
                _ => reached.unwrap(),
            };
            let mut writes = self.story(note).writes.iter_mut();
            let write = writes.find(|write| write.text == text).unwrap();
            write.saved = done.is_ok().then_some(at);
        }
        if done.is_err() {
            return;
        }
        match command {
            Command::PostNote { note, .. } | Command::PostReply { note, .. } => {
                self.story(*note).posted = true;
            }
            Command::EditNote { note, content, .. } => {
                self.bury(*note, tab, at, number_of(&content.text).unwrap());
            }
            Command::WithdrawNote { note } => self.bury(*note, tab, at, withdrawn.unwrap()),
            Command::SetPhase { to, .. } if self.moved.is_none_or(|(then, _)| then < at) => {
                self.moved = Some((at, *to));
            }
            Command::SetPreModeration { on: true } => {
                self.moderated = self.moderated.max(Some(at));
            }
            Command::HoldNote { note, .. } => {
                let story = self.story(*note);
                story.held = story.held.max(Some(at));
            }
            Command::EraseNote { note, .. } => self.story(*note).erased = true,
            Command::CastDots { round, item, dots } => {
                let cast = self.casts.entry((person, *round, *item)).or_default();
                *cast = (*cast).max((at, *dots));
            }
            _ => {}
        }
    }

    /// The texts of a note that were before something done at a moment on a tab, before which there were so many,
    /// are nobody's business any more, unless somebody could see them. Of another tab, that is only known of those it
    /// won't send again.
    fn bury(&mut self, note: NoteId, tab: usize, at: Moment, before: usize) {
        let story = self.notes.entry(note).or_default();
        let released = self.revealed.max(story.released);
        for write in &story.writes {
            let text = &mut self.texts[write.text];
            let is_over = if write.tab == tab {
                write.text < before
            } else {
                write.saved.is_some_and(|saved| saved < at)
            };
            if is_over && released < text.reached {
                text.dead = true;
            }
        }
    }

    fn story(&mut self, note: NoteId) -> &mut Story {
        self.notes.entry(note).or_default()
    }

    /// A private message goes out: it holds nobody else's text.
    pub(super) fn sees_privately(&self, person: usize, payload: &[u8]) {
        for number in numbers(payload) {
            let author = self.texts[number].author;
            assert_eq!(author, person, "text {number} went to somebody else");
        }
    }

    /// A document goes out, or a part of it: it holds no text that its audience may not see.
    pub(super) fn sees(&self, role: Role, payload: &[u8]) {
        for number in numbers(payload) {
            let text = &self.texts[number];
            let story = &self.notes[&text.note];
            assert!(!story.erased, "text {number} was erased");
            assert!(!text.dead, "text {number} was taken back in time");
            let sent = text.reached.expect("a text that was not sent yet");
            let general = if role.moderates() {
                self.revealed
            } else {
                self.shown
            };
            let is_released = general.max(story.released) > Some(sent);
            assert!(is_released, "text {number} was not released to a {role:?}");
            let is_held = story.held > story.released;
            assert!(role.moderates() || !is_held, "text {number} is held");
        }
    }

    /// A person's own view holds no more dots than they have.
    pub(super) fn budget(mine: &Mine) {
        let dots = mine.votes.iter().flat_map(|votes| &votes.dots);
        let spent: u32 = dots.map(|tally| tally.dots).sum();
        assert!(spent <= BUDGET.dots.into(), "{spent} dots were spent");
    }

    /// When nothing is on its way: what pages were told to be saved is there. `page` is a facilitator's, and these are everybody's own views.
    pub(super) fn at_rest(&self, page: &Page, mine: &[&Mine]) {
        let (wall, backstage) = (page.wall().read(), page.backstage().read());
        for (note, said) in wall.notes() {
            if let Note::Said(content) = said {
                let number = number_of(&content.text).unwrap();
                assert_eq!(self.texts[number].note, note, "text {number} is misplaced");
            }
        }
        for (note, story) in &self.notes {
            if !story.posted || story.may_be_gone {
                continue;
            }
            let own = mine[story.author]
                .notes
                .iter()
                .find(|own| own.note == *note);
            let with_facilitators = backstage.note(*note);
            let content = own
                .map(|own| own.content.clone())
                .or_else(|| with_facilitators.map(|there| there.content))
                .or_else(|| match wall.note(*note) {
                    Some(Note::Said(content)) => Some(content),
                    Some(Note::Held(_)) | None => None,
                });
            let content = content.unwrap_or_else(|| panic!("the saved note {note} is gone"));
            let last = story.writes.iter().max_by_key(|write| write.saved).unwrap();
            let says = number_of(&content.text).unwrap();
            let mut writes = story.writes.iter();
            let said = writes.find(|write| write.text == says).unwrap();
            let overtaken = story.writes.iter().any(|later| {
                later.tab == said.tab && later.saved.is_some() && later.text > said.text
            });
            assert!(!overtaken, "{note} says text {says}, which was rewritten");
            // What was refused may have been done when it came before.
            let is_later = said.saved.is_none() && (said.tab != last.tab || said.text > last.text);
            assert!(
                is_later || said.text == last.text,
                "{note} says text {says}, and not {}",
                last.text
            );
        }
        for tally in mine
            .iter()
            .flat_map(|mine| &mine.votes)
            .flat_map(|votes| &votes.dots)
        {
            let is_there = wall.can_be_voted_on(tally.item);
            assert!(is_there, "dots are on {:?}, which is not there", tally.item);
        }
        if let Some((open, _)) = wall.open_round() {
            for (&(person, round, item), &(_, dots)) in &self.casts {
                let is_spoilt = match item {
                    Item::Note(note) => self.notes[&note].may_be_held,
                    Item::Cluster(_) => false,
                };
                if round == open && wall.can_be_voted_on(item) && !is_spoilt {
                    let votes = mine[person].votes.iter().flat_map(|votes| &votes.dots);
                    let there = votes.filter(|tally| tally.item == item);
                    let there: u32 = there.map(|tally| tally.dots).sum();
                    assert_eq!(there, u32::from(dots), "saved dots of {person} on {item:?}");
                }
            }
        }
        if let Some((_, to)) = self.moved.filter(|(then, _)| Some(*then) == self.steered) {
            assert_eq!(wall.phase(), to, "the board was moved, and is not there");
        }
    }
}

/// Which note a command writes, and what.
fn written(command: &Command) -> Option<(NoteId, &str)> {
    match command {
        Command::PostNote { note, content, .. } | Command::EditNote { note, content, .. } => {
            Some((*note, &content.text))
        }
        Command::PostReply { note, text, .. } => Some((*note, text)),
        _ => None,
    }
}

fn number_of(text: &str) -> Option<usize> {
    numbers(text.as_bytes()).into_iter().next()
}

/// The numbers of all texts that are in these bytes.
fn numbers(bytes: &[u8]) -> BTreeSet<usize> {
    let marked = bytes.windows(MARK.len() + LETTERS);
    let marked = marked.filter_map(|window| window.strip_prefix(MARK));
    let number = |letters: &[u8]| {
        let digit = |letter: &u8| usize::from(letter - b'a');
        letters
            .iter()
            .fold(0, |number, letter| number * 26 + digit(letter))
    };
    marked.map(number).collect()
}
