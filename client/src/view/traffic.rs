//! *What others receive about me*: what this page sent, and what went out because of it, in words and
//! byte by byte.

mod fields;

use candour_shared::backstage::BackstageNote;
use candour_shared::command::Verb;
use candour_shared::ids::{Item, NoteId};
use candour_shared::protocol::{FrameKind, NoteState, Store};
use candour_shared::replica::Entry;
use candour_shared::settings::Settings;
use candour_shared::wall::Note;

use self::fields::meaning;
use super::json::Readable;
use super::mine::{MyNoteView, MyState, my_notes};
use super::{beginning, count, item_title};
use crate::state::State;
use crate::state::traffic::{Act, Header, Passed, What};
pub use crate::state::traffic::{MOST, Subject};

/// What there is to know about the connection besides its messages.
pub const HANDSHAKE: [&str; 5] = [
    "When you joined, the server gave this browser a random cookie. It goes along with the handshake \
     of the connection and with every request to this board. No script can read it, not even this \
     page's own, so it can't be shown here.",
    "The server keeps only a hash of the cookie, from which the cookie can't be found. Others receive \
     neither.",
    "If you chose an organisation, it went with your request to join and with nothing here. All that \
     others receive of it is the name of an organisation behind a result, where enough of its people \
     stand behind it.",
    "The answers to this page come to it alone: that something is saved or refused, your own notes, \
     your own dots.",
    "As with every site, your browser tells the server its name and language, and the network tells it \
     your address. They are not written down, and others receive none of them.",
];

/// What went over the connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrafficView {
    /// Of how many things something has gone out.
    pub summary: String,
    /// One for each thing, the latest first; the connection itself comes last.
    pub things: Vec<ThingView>,
}

/// What was sent about one thing, and what others received of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThingView {
    /// The thing.
    pub about: Subject,
    /// What to call it.
    pub title: String,
    /// Who has received something.
    pub reach: Reach,
    /// The sentence for that.
    pub standing: String,
    /// What passed, the first first.
    pub frames: Vec<FrameView>,
}

/// Who has received something of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The server alone.
    Nobody,
    /// Facilitators and organisers.
    Facilitators,
    /// Everybody on the board.
    Everybody,
}

/// One frame, or what it says about a thing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FrameView {
    /// Its number on this page.
    pub number: u64,
    /// Whether this page sent it; else others received it.
    pub sent: bool,
    /// Who sent or received how much.
    pub head: String,
    /// What it means.
    pub words: &'static str,
    /// What it says, spread over lines.
    pub json: String,
    /// What each of its fields means.
    pub fields: Vec<(String, &'static str)>,
}

impl TrafficView {
    /// What went over the connection up to now.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let Some(settings) = state.settings() else {
            return Self::default();
        };
        let mine = my_notes(state, settings);
        let mut order: Vec<Subject> = Vec::new();
        for passed in state.traffic().passed().rev() {
            if !order.contains(&passed.about) {
                order.push(passed.about);
            }
        }
        // Of notes from before a reload this page has no message, but knows where they stand.
        let known = mine.iter().map(|mine| Subject::Note(mine.note));
        let unseen: Vec<Subject> = known.filter(|about| !order.contains(about)).collect();
        order.extend(unseen);
        order.retain(|about| *about != Subject::Connection);
        let mut things: Vec<ThingView> = order
            .into_iter()
            .map(|about| thing(state, settings, &mine, about))
            .collect();
        let summary = summary(&things);
        things.push(connection(state));
        Self { summary, things }
    }
}

fn summary(things: &[ThingView]) -> String {
    let out = |thing: &&ThingView| thing.reach != Reach::Nobody;
    let out = things.iter().filter(out).count();
    match (things.len(), out) {
        (0, _) => "This page has sent nothing yet but that it is here.".to_owned(),
        (all, 0) => format!(
            "This page has sent something about {}. Nothing of it has gone out to anybody yet.",
            count(all, "thing", "things")
        ),
        (all, out) => format!(
            "This page has sent something about {}. Of {out} something has gone out to others.",
            count(all, "thing", "things")
        ),
    }
}

fn thing(state: &State, settings: &Settings, mine: &[MyNoteView], about: Subject) -> ThingView {
    let passed = state.traffic().passed();
    let passed: Vec<&Passed> = passed.filter(|passed| passed.about == about).collect();
    let mut frames: Vec<FrameView> = passed.iter().map(|passed| frame(passed)).collect();
    let own = match about {
        Subject::Note(note) => mine.iter().find(|mine| mine.note == note),
        Subject::Connection | Subject::Board | Subject::Cluster(_) | Subject::Round(_) => None,
    };
    let told = |passed: &&Passed| !matches!(passed.what, What::Sent { .. });
    let went_out = passed.iter().any(told);
    let (reach, standing) = match (own, about) {
        (Some(mine), _) => own_note(state, mine),
        (None, Subject::Round(round)) => match state.wall().read().round(round) {
            Some(round) if round.totals.is_some() => (
                Reach::Everybody,
                "Everybody has received the sums of all dots. Whose they were was forgotten when \
                 the round closed.",
            ),
            Some(_) if went_out => (
                Reach::Everybody,
                "Everybody has received that the round is open. Of dots nothing goes out before it \
                 is closed; then everybody receives their sums.",
            ),
            Some(_) | None => (
                Reach::Nobody,
                "Nothing has gone out to anybody yet. When the round is closed, everybody receives \
                 the sums of all dots, and nothing about whose they are.",
            ),
        },
        (None, _) if went_out => (
            Reach::Everybody,
            "Others have received what changed, and nothing about who changed it.",
        ),
        (None, _) => (Reach::Nobody, "Nothing has gone out to anybody yet."),
    };
    if let Some(mine) = own {
        frames.extend(for_facilitators(mine, &passed));
    }
    ThingView {
        about,
        title: title(state, settings, own, about),
        reach,
        standing: standing.to_owned(),
        frames,
    }
}

fn own_note(state: &State, mine: &MyNoteView) -> (Reach, &'static str) {
    let on_wall = state.note(mine.note).is_some();
    match mine.state {
        MyState::Saving if on_wall => (
            Reach::Everybody,
            "Everybody has what it said before. Your rewrite is on its way to the server.",
        ),
        MyState::Saving => (
            Reach::Nobody,
            "On its way to the server. Nothing has gone out to anybody yet.",
        ),
        MyState::Saved(NoteState::Waiting) => (
            Reach::Nobody,
            "Nothing of it as it reads now has gone out to anybody yet.",
        ),
        MyState::Saved(NoteState::WithFacilitators) => (
            Reach::Facilitators,
            "Facilitators and organisers have received the entry below. Nothing has gone out to \
             anybody else.",
        ),
        MyState::Saved(NoteState::Held(_)) if on_wall => (
            Reach::Everybody,
            "Everybody has received that a note is held, and why. Facilitators and organisers have \
             its text, in the entry below.",
        ),
        MyState::Saved(NoteState::Held(_)) => (
            Reach::Facilitators,
            "Facilitators and organisers have the entry below. Nothing has gone out to anybody else.",
        ),
        MyState::Saved(NoteState::Released) => (
            Reach::Everybody,
            "Everybody has received it, and nothing about who wrote it.",
        ),
        MyState::Saved(NoteState::RewriteWaiting) => (
            Reach::Everybody,
            "Everybody has what it said before. Nothing of your rewrite has gone out to anybody yet.",
        ),
        MyState::Withdrawing | MyState::Saved(NoteState::WithdrawalWaiting) => (
            if on_wall {
                Reach::Everybody
            } else {
                Reach::Nobody
            },
            "That you take it back has gone out to nobody yet.",
        ),
    }
}

/// The entry that facilitators have of a note, byte for byte as the server writes it. A facilitator's
/// own page has received it and shows it anyway.
fn for_facilitators(mine: &MyNoteView, passed: &[&Passed]) -> Option<FrameView> {
    let held = match mine.state {
        MyState::Saved(NoteState::WithFacilitators) => None,
        MyState::Saved(NoteState::Held(reason)) => Some(reason),
        MyState::Saving
        | MyState::Withdrawing
        | MyState::Saved(
            NoteState::Waiting
            | NoteState::Released
            | NoteState::RewriteWaiting
            | NoteState::WithdrawalWaiting,
        ) => return None,
    };
    let content = mine.content.clone();
    let entry = BackstageNote { content, held }.entry(mine.note);
    let received = |passed: &&Passed| match &passed.what {
        What::Received { entries, .. } => entries.contains(&entry),
        What::Sent { .. } | What::Told { .. } => false,
    };
    if passed.iter().any(received) {
        return None;
    }
    let json = format!(r#"{{"store":"backstage","entries":[{}]}}"#, decoded(&entry));
    Some(view(Part {
        number: u64::MAX,
        sent: false,
        head: "Facilitators and organisers have".to_owned(),
        words: "Its text, and why it is held if it is. Neither time nor order, and nothing about you.",
        json: &json,
    }))
}

fn title(state: &State, settings: &Settings, own: Option<&MyNoteView>, about: Subject) -> String {
    let round_title = |id| {
        state
            .wall()
            .read()
            .round(id)
            .as_ref()
            .map(super::rounds::title)
    };
    match (own, about) {
        (Some(mine), _) => format!("Your note “{}”", beginning(&mine.content.text)),
        (None, Subject::Note(note)) => note_title(state, note),
        (None, Subject::Cluster(cluster)) => item_title(state, Item::Cluster(cluster)).map_or_else(
            || "A group that is no longer there".to_owned(),
            |title| format!("The group “{title}”"),
        ),
        (None, Subject::Round(round)) => format!(
            "Voting: “{}”",
            round_title(round).unwrap_or_else(|| "a round".to_owned())
        ),
        (None, Subject::Board) => format!("The board “{}”", settings.title),
        (None, Subject::Connection) => "Being here".to_owned(),
    }
}

fn note_title(state: &State, note: NoteId) -> String {
    let whose = if state.my_order().contains(&note) {
        "Your note"
    } else {
        "The note"
    };
    match state.note(note) {
        Some(Note::Said(content)) => format!("{whose} “{}”", beginning(&content.text)),
        Some(Note::Held(_)) => format!("{whose}, held by a facilitator"),
        None => format!("{whose} that is no longer there"),
    }
}

fn connection(state: &State) -> ThingView {
    let traffic = state.traffic();
    let passed = traffic.passed();
    let mut frames: Vec<FrameView> = passed
        .filter(|passed| passed.about == Subject::Connection)
        .map(frame)
        .collect();
    if let Some(text) = traffic.people() {
        frames.push(view(Part {
            number: u64::MAX,
            sent: false,
            head: everybody(text.len()),
            words: "How many people are here: a number, the same for everybody.",
            json: text,
        }));
    }
    ThingView {
        about: Subject::Connection,
        title: "Being here".to_owned(),
        reach: Reach::Everybody,
        standing: "Others receive how many people are on the board, and nothing else: no name, no \
                   organisation, not who came or went."
            .to_owned(),
        frames,
    }
}

/// What a frame is made of, before it is spread and explained.
struct Part<'a> {
    number: u64,
    sent: bool,
    head: String,
    words: &'static str,
    json: &'a str,
}

fn view(part: Part<'_>) -> FrameView {
    let Readable { text, fields } = Readable::of(part.json);
    let fields = fields.into_iter().filter_map(|field| {
        let meaning = meaning(&field)?;
        Some((field, meaning))
    });
    FrameView {
        number: part.number,
        sent: part.sent,
        head: part.head,
        words: part.words,
        json: text,
        fields: fields.collect(),
    }
}

fn frame(passed: &Passed) -> FrameView {
    let number = passed.number;
    match &passed.what {
        What::Sent { act, text } => view(Part {
            number,
            sent: true,
            head: sent(text),
            words: asked(*act),
            json: text.trim_end(),
        }),
        What::Told { text } => view(Part {
            number,
            sent: false,
            head: everybody(text.len()),
            words: "Where it is being dragged, together with whatever else is dragged at this \
                    moment. No name and no pointer.",
            json: text,
        }),
        What::Received { header, entries } => view(Part {
            number,
            sent: false,
            head: match header.store {
                Store::Wall => everybody(header.bytes),
                Store::Backstage => format!(
                    "Facilitators and organisers received, in a frame of {}",
                    bytes(header.bytes)
                ),
            },
            words: received(passed.about, entries),
            json: &received_json(*header, entries),
        }),
    }
}

/// How much was sent. Spaces at its end make every message as long as any other.
fn sent(text: &str) -> String {
    match text.len() - text.trim_end().len() {
        0 => format!("This page sent {}", bytes(text.len())),
        spaces => format!(
            "This page sent {}, {spaces} of them spaces that hide its length",
            bytes(text.len())
        ),
    }
}

fn everybody(size: usize) -> String {
    format!("Everybody received, in a frame of {}", bytes(size))
}

fn bytes(size: usize) -> String {
    count(size, "byte", "bytes")
}

fn received_json(header: Header, entries: &[Entry]) -> String {
    let kind = match header.kind {
        FrameKind::Tick => "tick",
        FrameKind::Snapshot => "snapshot",
    };
    let store = match header.store {
        Store::Wall => "wall",
        Store::Backstage => "backstage",
    };
    let (generation, sequence) = (header.cursor.generation, header.cursor.sequence);
    let entries: Vec<String> = entries.iter().map(decoded).collect();
    format!(
        r#"{{"kind":"{kind}","store":"{store}","generation":{generation},"sequence":{sequence},"entries":[{}]}}"#,
        entries.join(",")
    )
}

/// An entry as JSON. Keys are ids and words of ours, in which nothing needs escaping.
fn decoded(entry: &Entry) -> String {
    let value = entry.value.as_deref().unwrap_or("null");
    format!(
        r#"{{"map":"{}","key":"{}","value":{value}}}"#,
        entry.map, entry.key
    )
}

fn received(about: Subject, entries: &[Entry]) -> &'static str {
    let gone = entries.iter().all(|entry| entry.value.is_none());
    match about {
        Subject::Note(_) if gone => "That it is gone. Not who took it away.",
        Subject::Note(_) => {
            "What it says or where it is. Not whose it is, nor when it was written or moved."
        }
        Subject::Cluster(_) => "What became of it. Not who did it.",
        Subject::Round(_) => "The round as it stands. Of dots only sums, once it is closed.",
        Subject::Board | Subject::Connection => "What changed. Not who changed it.",
    }
}

/// What was asked with a message.
const fn asked(act: Act) -> &'static str {
    let verb = match act {
        Act::Greet => {
            return "A greeting: how far this page's copy of the board has come. Your cookie went \
                    with the handshake before it.";
        }
        Act::Drag => return "Where you are dragging it just now.",
        Act::Do(verb) => verb,
    };
    match verb {
        Verb::PostNote => "You wrote it.",
        Verb::EditNote => "You rewrote it.",
        Verb::WithdrawNote => "You took it back.",
        Verb::MoveNote => "You put it by itself at this place.",
        Verb::MakeCluster => "You made a group of two notes.",
        Verb::AddToCluster => "You put it into a group.",
        Verb::NameCluster => "You named the group.",
        Verb::MoveCluster => "You moved the group.",
        Verb::MergeClusters => "You put two groups together.",
        Verb::DissolveCluster => "You took the group apart.",
        Verb::CastDots => "You said how many of your dots are on something.",
        Verb::SetPhase => "You moved the board to another phase.",
        Verb::Reveal => "You revealed the notes.",
        Verb::SetPrompt => "You changed what people are asked.",
        Verb::SetTimer => "You set the timer.",
        Verb::StopTimer => "You stopped the timer.",
        Verb::LockClusters => "You locked or unlocked the groups.",
        Verb::SetPreModeration => "You decided whether facilitators look at notes first.",
        Verb::SetDoors => "You closed or opened the doors.",
        Verb::PausePosting => "You paused posting, or let it go on.",
        Verb::HoldNote => "You held it.",
        Verb::ReleaseNotes => "You released notes.",
        Verb::EraseNote => "You erased it.",
        Verb::OpenRound => "You opened the round.",
        Verb::CloseRound => "You closed the round.",
    }
}

#[cfg(test)]
mod tests;
