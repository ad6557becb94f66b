//! Frames: in words, byte by byte, and field by field.

use candour_page::traffic::{Header, Passed, What};
use candour_shared::backstage::BackstageNote;
use candour_shared::document::Entry;
use candour_shared::protocol::{FrameKind, NoteState, Store};

use super::fields::meaning;
use super::words::{asked, received};
use crate::text::traffic as text;
use crate::view::json::Readable;
use crate::view::mine::{MyNoteView, MyState};

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

/// The frame that told everybody how many people are on the board.
pub(super) fn people(json: &str) -> FrameView {
    view(Part {
        number: u64::MAX,
        sent: false,
        head: text::everybody_received(json.len()),
        words: text::people_frame(),
        json,
    })
}

/// The entry that facilitators have of a note, byte for byte as the server writes it. A facilitator's
/// own page has received it and shows it anyway.
pub(super) fn for_facilitators(mine: &MyNoteView, passed: &[&Passed]) -> Option<FrameView> {
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
    let to = mine.to;
    let entry = BackstageNote { content, to, held }.entry(mine.note);
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
        head: text::facilitators_have().to_owned(),
        words: text::facilitators_note(),
        json: &json,
    }))
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

/// A frame that passed.
pub(super) fn frame(passed: &Passed) -> FrameView {
    let number = passed.number;
    match &passed.what {
        What::Sent { act, text: message } => view(Part {
            number,
            sent: true,
            head: sent(message),
            words: asked(*act),
            json: message.trim_end(),
        }),
        What::Told { text: told } => view(Part {
            number,
            sent: false,
            head: text::everybody_received(told.len()),
            words: text::drag_frame(),
            json: told,
        }),
        What::Received { header, entries } => view(Part {
            number,
            sent: false,
            head: match header.store {
                Store::Wall => text::everybody_received(header.bytes),
                Store::Backstage => text::facilitators_received(header.bytes),
            },
            words: received(passed.about, entries),
            json: &received_json(*header, entries),
        }),
    }
}

/// How much was sent. Spaces at its end make every message as long as any other.
fn sent(message: &str) -> String {
    match message.len() - message.trim_end().len() {
        0 => text::page_sent(message.len()),
        spaces => text::page_sent_padded(message.len(), spaces),
    }
}

pub(super) fn received_json(header: Header, entries: &[Entry]) -> String {
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
