//! *What others receive about me*: what this page sent, and what went out because of it, in words and
//! byte by byte.

mod fields;
mod frames;
mod words;

use candour_shared::ids::{Item, NoteId};
use candour_shared::protocol::NoteState;
use candour_shared::settings::Settings;
use candour_shared::wall::Note;

pub use self::frames::FrameView;
use self::frames::{for_facilitators, frame, people};
pub use self::words::HANDSHAKE;
use super::mine::{MyNoteView, MyState, my_notes};
use super::{beginning, count, item_title};
use crate::state::State;
pub use crate::state::traffic::{MOST, Subject};
use crate::state::traffic::{Passed, What};

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
        (0, _) => {
            "This page remembers nothing that it has sent besides that it is here.".to_owned()
        }
        (all, 0) => format!(
            "This page has sent something about {}. Nothing of it has gone out to anybody yet.",
            count(all, "thing", "things")
        ),
        (1, _) => {
            "This page has sent something about 1 thing. Others have received something of it."
                .to_owned()
        }
        (all, out) => format!(
            "This page has sent something about {all} things. Others have received something of \
             {out} of them."
        ),
    }
}

fn thing(state: &State, settings: &Settings, mine: &[MyNoteView], about: Subject) -> ThingView {
    let passed = state.traffic().passed();
    let passed: Vec<&Passed> = passed.filter(|passed| passed.about == about).collect();
    let mut frames: Vec<FrameView> = passed.iter().map(|passed| frame(passed)).collect();
    let own = match about {
        Subject::Note(note) => mine.iter().find(|mine| mine.note == note),
        Subject::Connection
        | Subject::Board
        | Subject::Cluster(_)
        | Subject::Round(_)
        | Subject::Pulse(_) => None,
    };
    let told = |passed: &&Passed| !matches!(passed.what, What::Sent { .. });
    let went_out = passed.iter().any(told);
    let (reach, standing) = match (own, about) {
        (Some(mine), _) => own_note(state, mine),
        (None, Subject::Note(note)) if state.my_order().contains(&note) => {
            sealed_note(state.note(note), went_out)
        }
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

/// A note of which only this page still knows whose it is, or one that is gone.
fn sealed_note(there: Option<&Note>, went_out: bool) -> (Reach, &'static str) {
    match there {
        Some(Note::Said(_)) => (
            Reach::Everybody,
            "Everybody has received it, and nothing about who wrote it.",
        ),
        Some(Note::Held(_)) => (
            Reach::Everybody,
            "Everybody has received that a note is held, and why. Facilitators and organisers have \
             its text.",
        ),
        None if went_out => (
            Reach::Everybody,
            "Others have received it. It is gone by now, from their pages too.",
        ),
        None => (
            Reach::Nobody,
            "It is gone, and nothing of it has gone out to anybody.",
        ),
    }
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
        (None, Subject::Pulse(_)) => "A pulse".to_owned(),
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
    frames.extend(traffic.people().map(people));
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

#[cfg(test)]
mod tests;
