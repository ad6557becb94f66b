//! What components render: plain values with the words already chosen, and the pure functions that
//! make them. A component decides nothing; it shows one of these.

pub mod agenda;
pub mod announce;
pub mod arranging;
pub mod codes;
pub mod connection;
pub mod date;
pub mod destinations;
pub mod dots;
pub mod draft;
pub mod empty;
pub mod fit;
pub mod history;
pub mod identifiers;
pub mod invite;
pub mod json;
pub mod ledger;
pub mod mine;
pub mod opening;
pub mod picture;
pub mod pulse;
pub mod queue;
pub mod receipt;
pub mod results;
pub mod rounds;
pub mod search;
pub mod shades;
pub mod steps;
pub mod stopped;
pub mod template_file;
pub mod timer;
pub mod traffic;
pub mod trouble;

use candour_page::State;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::note::Content;
use candour_shared::settings::{Colour, Settings};
use candour_shared::wall::{Note, Place};

use crate::text::{canvas, language, moderating, replies as text};

/// A released note as everyone sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteView {
    /// What it says.
    Said(Said),
    /// A facilitator took it off.
    Held {
        /// A sentence that says so, and why.
        why: String,
    },
}

/// What a note says, with the names of what its content only numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The category's name.
    pub category: String,
    /// The category's colour.
    pub colour: Colour,
    /// The aspect's name, if it has one.
    pub aspect: Option<String>,
    /// The text; may have line breaks.
    pub text: String,
}

/// Where a note is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// By itself; its top left corner.
    Loose(Point),
    /// In a cluster; the cluster's view says in which order.
    In(ClusterId),
    /// A reply, shown under what it answers.
    Under(Item),
    /// Under somebody's pointer, be it this person's; its top left corner. Shown afloat, above
    /// everything.
    Dragged(Point),
}

/// What people say about a note or a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replies {
    /// How many say *same here* to it.
    pub same_here: u32,
    /// The replies to it.
    pub ids: Vec<NoteId>,
    /// What facilitators wrote down about it; may be empty.
    pub remark: String,
}

/// A cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterView {
    /// Its name, to be edited; empty until somebody names it.
    pub name: String,
    /// What to call it: its name, or "Unnamed group".
    pub title: String,
    /// Its notes, in their order.
    pub members: Vec<NoteId>,
}

/// Where a cluster is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterSpot {
    /// Its top left corner.
    pub at: Point,
    /// Whether it is under somebody's pointer just now.
    pub dragged: bool,
}

impl NoteView {
    /// A released note.
    #[must_use]
    pub fn of(note: &Note, settings: &Settings) -> Self {
        match note {
            Note::Said(content) => Self::Said(Said::of(content, settings)),
            Note::Held(reason) => Self::Held {
                why: held_because(*reason),
            },
        }
    }

    /// The category's colour; nothing for a held note.
    #[must_use]
    pub const fn colour(&self) -> Option<Colour> {
        match self {
            Self::Said(said) => Some(said.colour),
            Self::Held { .. } => None,
        }
    }

    /// The text to read out: what it says, or why it is held.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Said(said) => &said.text,
            Self::Held { why } => why,
        }
    }
}

impl Said {
    /// The content with its names.
    #[must_use]
    pub fn of(content: &Content, settings: &Settings) -> Self {
        let category = settings.categories.get(usize::from(content.category));
        let aspect = content.aspect.map(usize::from);
        Self {
            category: category.map_or_else(String::new, |category| category.name.clone()),
            colour: category.map_or(Colour::Slate, |category| category.colour),
            aspect: aspect.and_then(|index| settings.aspects.get(index).cloned()),
            text: content.text.clone(),
        }
    }
}

impl ClusterView {
    /// A cluster as it is shown now, if it is.
    #[must_use]
    pub fn of(state: &State, cluster: ClusterId) -> Option<Self> {
        let shown = state.cluster(cluster)?;
        Some(Self {
            name: shown.name.clone(),
            title: cluster_title(&shown.name),
            members: state.members(cluster),
        })
    }
}

impl Replies {
    /// "3 people say “same here”, 1 reply"; empty if nothing is said.
    #[must_use]
    pub fn words(&self) -> String {
        let same = (self.same_here > 0).then(|| text::said(self.same_here));
        let replies = (!self.ids.is_empty()).then(|| text::replies(self.ids.len()));
        let words: Vec<String> = same.into_iter().chain(replies).collect();
        words.join(", ")
    }

    /// What people say about a thing now.
    #[must_use]
    pub fn of(state: &State, item: Item) -> Self {
        let same_here = match item {
            Item::Note(note) => state.same_here(note),
            Item::Cluster(_) => 0,
        };
        Self {
            same_here,
            ids: state.replies(item),
            remark: state.remark(Some(item)).to_owned(),
        }
    }
}

/// Where a note is shown now, if it is.
#[must_use]
pub fn spot(state: &State, note: NoteId) -> Option<Spot> {
    let place = state.place(note)?;
    Some(match (state.dragged_to(Item::Note(note)), place) {
        (Some(at), _) => Spot::Dragged(at),
        (None, Place::Loose(at)) => Spot::Loose(at),
        (None, Place::In { cluster, .. }) => Spot::In(cluster),
        (None, Place::Under(item)) => Spot::Under(item),
    })
}

/// Where a cluster is shown now, if it is.
#[must_use]
pub fn cluster_spot(state: &State, cluster: ClusterId) -> Option<ClusterSpot> {
    let at = state.cluster(cluster)?.at;
    let dragged = state.dragged_to(Item::Cluster(cluster));
    Some(ClusterSpot {
        at: dragged.unwrap_or(at),
        dragged: dragged.is_some(),
    })
}

/// The word for a colour in the `data-colour` attribute, which gives a thing its shades.
#[must_use]
pub const fn colour_word(colour: Colour) -> &'static str {
    match colour {
        Colour::Amber => "amber",
        Colour::Rose => "rose",
        Colour::Teal => "teal",
        Colour::Blue => "blue",
        Colour::Violet => "violet",
        Colour::Slate => "slate",
    }
}

/// What to call a cluster.
#[must_use]
pub fn cluster_title(name: &str) -> String {
    if name.is_empty() {
        canvas::unnamed().to_owned()
    } else {
        name.to_owned()
    }
}

/// What to call something people vote on: a group's title, or the beginning of a note.
#[must_use]
pub fn item_title(state: &State, item: Item) -> Option<String> {
    match item {
        Item::Cluster(cluster) => Some(cluster_title(&state.cluster(cluster)?.name)),
        Item::Note(note) => match state.note(note)? {
            Note::Said(content) => Some(beginning(&content.text)),
            Note::Held(_) => Some(moderating::held_note().to_owned()),
        },
    }
}

/// The sentence in a held note's place.
#[must_use]
pub fn held_because(reason: Reason) -> String {
    moderating::held_because(reason.words(language()))
}

fn beginning(text: &str) -> String {
    const CHARS: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= CHARS {
        return line;
    }
    let cut: String = line.chars().take(CHARS).collect();
    // A word cut in two reads badly; one longer than this has to be.
    let cut = match cut.rsplit_once(' ') {
        Some((whole, part)) if part.chars().count() < CHARS / 3 => whole,
        Some(_) | None => &cut,
    };
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests;
