//! *What others receive about me*: what this page sent, and what went out because of it, in words and
//! byte by byte.

mod fields;
mod frames;
mod words;

use candour_page::State;
use candour_page::traffic::{Passed, What};
use candour_shared::ids::{Item, NoteId};
use candour_shared::protocol::NoteState;
use candour_shared::settings::Settings;
use candour_shared::wall::Note;

pub use self::frames::FrameView;
use self::frames::{for_facilitators, frame, people};
pub use self::words::handshake;
use super::mine::{MyNoteView, MyState, my_notes};
use super::{beginning, item_title};
use crate::text::traffic as text;
pub use candour_page::traffic::{MOST, Subject};

/// What went over the connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrafficView {
    /// Of how many things something has gone out.
    pub summary: String,
    /// One for each thing, the latest first; the connection itself comes last.
    pub items: Vec<ItemView>,
}

/// What was sent about one thing, and what others received of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemView {
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
        let mut items: Vec<ItemView> = order
            .into_iter()
            .map(|about| thing(state, settings, &mine, about))
            .collect();
        let summary = summary(&items);
        items.push(connection(state));
        Self { summary, items }
    }
}

fn summary(items: &[ItemView]) -> String {
    let out = |thing: &&ItemView| thing.reach != Reach::Nobody;
    let out = items.iter().filter(out).count();
    match (items.len(), out) {
        (0, _) => text::nothing_sent().to_owned(),
        (all, 0) => text::none_went_out(all),
        (1, _) => text::one_went_out().to_owned(),
        (all, out) => text::some_went_out(all, out),
    }
}

fn thing(state: &State, settings: &Settings, mine: &[MyNoteView], about: Subject) -> ItemView {
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
            Some(round) if round.totals.is_some() => (Reach::Everybody, text::round_closed()),
            Some(_) if went_out => (Reach::Everybody, text::round_open()),
            Some(_) | None => (Reach::Nobody, text::round_private()),
        },
        (None, _) if went_out => (Reach::Everybody, text::change_received()),
        (None, _) => (Reach::Nobody, text::nothing_out()),
    };
    if let Some(mine) = own {
        frames.extend(for_facilitators(mine, &passed));
    }
    ItemView {
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
        MyState::Saving if on_wall => (Reach::Everybody, text::rewrite_on_way()),
        MyState::Saving => (Reach::Nobody, text::on_way()),
        MyState::Saved(NoteState::Waiting) => (Reach::Nobody, text::as_it_reads()),
        MyState::Saved(NoteState::WithFacilitators) => {
            (Reach::Facilitators, text::with_facilitators())
        }
        MyState::Saved(NoteState::Held(_)) if on_wall => (Reach::Everybody, text::held_on_wall()),
        MyState::Saved(NoteState::Held(_)) => (Reach::Facilitators, text::held_unseen()),
        MyState::Saved(NoteState::Released) => (Reach::Everybody, text::received()),
        MyState::Saved(NoteState::RewriteWaiting) => (Reach::Everybody, text::rewrite_waits()),
        MyState::Withdrawing | MyState::Saved(NoteState::WithdrawalWaiting) => (
            if on_wall {
                Reach::Everybody
            } else {
                Reach::Nobody
            },
            text::withdrawal_private(),
        ),
    }
}

/// A note of which only this page still knows whose it is, or one that is gone.
fn sealed_note(there: Option<&Note>, went_out: bool) -> (Reach, &'static str) {
    match there {
        Some(Note::Said(_)) => (Reach::Everybody, text::received()),
        Some(Note::Held(_)) => (Reach::Everybody, text::held_sealed()),
        None if went_out => (Reach::Everybody, text::gone_received()),
        None => (Reach::Nobody, text::gone_unseen()),
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
        (Some(mine), _) => text::your_note(&beginning(&mine.content.text)),
        (None, Subject::Note(note)) => note_title(state, note),
        (None, Subject::Cluster(cluster)) => item_title(state, Item::Cluster(cluster)).map_or_else(
            || text::group_gone().to_owned(),
            |title| text::the_group(&title),
        ),
        (None, Subject::Round(round)) => {
            text::voting(&round_title(round).unwrap_or_else(|| text::a_round().to_owned()))
        }
        (None, Subject::Pulse(_)) => text::a_pulse().to_owned(),
        (None, Subject::Board) => text::the_board(&settings.title),
        (None, Subject::Connection) => text::being_here().to_owned(),
    }
}

fn note_title(state: &State, note: NoteId) -> String {
    let own = state.my_order().contains(&note);
    match (state.note(note), own) {
        (Some(Note::Said(content)), true) => text::your_note(&beginning(&content.text)),
        (Some(Note::Said(content)), false) => text::the_note(&beginning(&content.text)),
        (Some(Note::Held(_)), true) => text::your_note_held().to_owned(),
        (Some(Note::Held(_)), false) => text::the_note_held().to_owned(),
        (None, true) => text::your_note_gone().to_owned(),
        (None, false) => text::the_note_gone().to_owned(),
    }
}

fn connection(state: &State) -> ItemView {
    let traffic = state.traffic();
    let passed = traffic.passed();
    let mut frames: Vec<FrameView> = passed
        .filter(|passed| passed.about == Subject::Connection)
        .map(frame)
        .collect();
    frames.extend(traffic.people().map(people));
    ItemView {
        about: Subject::Connection,
        title: text::being_here().to_owned(),
        reach: Reach::Everybody,
        standing: text::only_how_many().to_owned(),
        frames,
    }
}

#[cfg(test)]
mod tests;
