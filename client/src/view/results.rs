//! The results of a workshop: what got how many dots in which round, and what is in it.

use std::collections::BTreeMap;

use candour_page::State;
use candour_shared::ids::{Item, NoteId};
use candour_shared::settings::{Colour, Settings};
use candour_shared::wall::{Note, Place};

use super::rounds::{BarView, RoundView, caveats, rounds};
use super::{cluster_title, held_because, item_title};

/// Everything that came out.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultsView {
    /// How many notes there are.
    pub notes: usize,
    /// How many groups.
    pub groups: usize,
    /// The closed rounds, the first first, without their bars.
    pub rounds: Vec<RoundView>,
    /// How they are to be taken, a sentence each; empty before the first is closed.
    pub caveats: Vec<String>,
    /// Groups, and notes by themselves that got dots: what got most in the latest round first.
    pub rows: Vec<ResultRow>,
    /// The other notes by themselves.
    pub others: Vec<ResultNote>,
    /// What facilitators wrote down about the whole board; may be empty.
    pub remark: String,
}

/// One group, or one note by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    /// Which.
    pub item: Item,
    /// Its name, or the note's beginning.
    pub title: String,
    /// What it got in each of the closed rounds, in their order; nothing for no dots.
    pub bars: Vec<Option<BarView>>,
    /// Of which kinds its notes are, in the organiser's order.
    pub mix: Vec<MixPart>,
    /// Its notes.
    pub notes: Vec<ResultNote>,
    /// The replies to it.
    pub replies: Vec<String>,
    /// What facilitators wrote down about it; may be empty.
    pub remark: String,
}

/// How many notes are of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct MixPart {
    /// The category.
    pub category: String,
    /// Its colour.
    pub colour: Colour,
    /// How many.
    pub count: usize,
    /// Their part of all, above 0 to 1.
    pub share: f64,
}

/// A note, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultNote {
    /// Its id.
    pub note: NoteId,
    /// The category's colour; nothing for a held note.
    pub colour: Option<Colour>,
    /// The category's name, and the aspect's if it has one; empty for a held note.
    pub kind: String,
    /// What it says, or why it is held.
    pub text: String,
    /// How many said *same here*.
    pub same_here: u32,
    /// The replies to it.
    pub replies: Vec<String>,
    /// What facilitators wrote down about it; may be empty.
    pub remark: String,
}

impl ResultsView {
    /// The results as they stand.
    #[must_use]
    pub fn of(state: &State, settings: &Settings) -> Self {
        let mut closed = rounds(state, settings);
        closed.retain(|round| round.bars.is_some());
        closed.reverse();
        let groups = state.cluster_ids();
        let ids = state.note_ids();
        let loose: Vec<NoteId> = ids
            .iter()
            .copied()
            .filter(|note| matches!(state.place(*note), Some(Place::Loose(_))))
            .collect();
        let row = |item, title, notes| row(state, settings, &closed, (item, title, notes));
        let mut rows: Vec<ResultRow> = groups
            .iter()
            .filter_map(|group| {
                let title = cluster_title(&state.cluster(*group)?.name);
                Some(row(Item::Cluster(*group), title, state.members(*group)))
            })
            .collect();
        let mut others = Vec::new();
        for note in loose {
            let item = Item::Note(note);
            let title = item_title(state, item).unwrap_or_default();
            let row = row(item, title, vec![note]);
            if row.bars.iter().any(Option::is_some) {
                rows.push(row);
            } else {
                others.extend(row.notes);
            }
        }
        rows.sort_by_key(|row| {
            let dots = row.bars.iter().rev();
            let dots: Vec<u32> = dots
                .map(|bar| u32::MAX - bar.as_ref().map_or(0, |bar| bar.dots))
                .collect();
            (dots, usize::MAX - row.notes.len(), row.item)
        });
        let caveats = if closed.is_empty() {
            Vec::new()
        } else {
            caveats(settings)
        };
        for round in &mut closed {
            round.bars = None;
            round.caveats.clear();
        }
        Self {
            notes: ids.len(),
            groups: groups.len(),
            rounds: closed,
            caveats,
            rows,
            others,
            remark: state.remark(None).to_owned(),
        }
    }
}

fn row(
    state: &State,
    settings: &Settings,
    rounds: &[RoundView],
    (item, title, notes): (Item, String, Vec<NoteId>),
) -> ResultRow {
    let bar = |round: &RoundView| {
        let mut bars = round.bars.iter().flatten();
        bars.find(|bar| bar.item == item).cloned()
    };
    let (replies, remark) = match item {
        Item::Cluster(_) => (replies(state, item), state.remark(Some(item)).to_owned()),
        // What is said about a note stands beside the note.
        Item::Note(_) => (Vec::new(), String::new()),
    };
    ResultRow {
        item,
        title,
        bars: rounds.iter().map(bar).collect(),
        mix: mix(state, settings, &notes),
        notes: notes
            .into_iter()
            .filter_map(|note| result_note(state, settings, note))
            .collect(),
        replies,
        remark,
    }
}

fn mix(state: &State, settings: &Settings, notes: &[NoteId]) -> Vec<MixPart> {
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for note in notes {
        if let Some(Note::Said(content)) = state.note(*note) {
            *counts.entry(content.category).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let part = |(category, count): (u8, usize)| {
        let category = settings.categories.get(usize::from(category))?;
        Some(MixPart {
            category: category.name.clone(),
            colour: category.colour,
            count,
            share: count as f64 / all as f64,
        })
    };
    counts.into_iter().filter_map(part).collect()
}

fn result_note(state: &State, settings: &Settings, note: NoteId) -> Option<ResultNote> {
    let (colour, kind, text) = match state.note(note)? {
        Note::Said(content) => {
            let said = super::Said::of(content, settings);
            let kind = match said.aspect {
                Some(aspect) => format!("{} · {aspect}", said.category),
                None => said.category,
            };
            (Some(said.colour), kind, said.text)
        }
        Note::Held(reason) => (None, String::new(), held_because(*reason)),
    };
    let item = Item::Note(note);
    Some(ResultNote {
        note,
        colour,
        kind,
        text,
        same_here: state.same_here(note),
        replies: replies(state, item),
        remark: state.remark(Some(item)).to_owned(),
    })
}

fn replies(state: &State, to: Item) -> Vec<String> {
    let said = |reply| match state.note(reply)? {
        Note::Said(content) => Some(content.text.clone()),
        Note::Held(reason) => Some(held_because(*reason)),
    };
    state.replies(to).into_iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use candour_shared::document::WriterId;
    use candour_shared::ids::{ClusterId, RoundId};
    use candour_shared::layout::Point;
    use candour_shared::note::Content;
    use candour_shared::policy::Role;
    use candour_shared::protocol::{Cursor, Frame, FrameKind, Store};
    use candour_shared::templates::Template;
    use candour_shared::text::Language;
    use candour_shared::voting::{Budget, Tally};
    use candour_shared::wall::{Cluster, Round, Wall, WallEdit};

    use super::*;
    use candour_page::state::Kept;

    fn note(n: u8) -> NoteId {
        NoteId::from_bytes([n; 16])
    }

    fn group(n: u8) -> ClusterId {
        ClusterId::from_bytes([n; 16])
    }

    fn put(wall: &mut WallEdit<'_>, n: u8, category: u8, place: Place) {
        let content = Content::new(category, format!("note {n}"));
        wall.put_note(note(n), &Note::Said(content));
        wall.put_place(note(n), place);
    }

    fn close(wall: &mut WallEdit<'_>, number: u8, totals: &[(Item, u32)]) {
        let totals = totals.iter().map(|(item, dots)| Tally {
            item: *item,
            dots: *dots,
        });
        let round = Round {
            totals: Some(totals.collect()),
            ..Round::new(number.into(), "", Budget::default())
        };
        wall.put_round(RoundId::from_bytes([number; 16]), &round);
    }

    #[test]
    fn what_got_most_in_the_latest_round_comes_first_with_its_earlier_dots_beside() {
        let mut settings = Template::WorkingTogether.settings(Language::English);
        settings.title = "Winter".into();
        let dates = ["2026-10-01", "2026-10-31"]
            .map(|day| day.parse().unwrap())
            .into();
        let mut wall = Wall::opened(WriterId(7), &settings, &Vec::new(), dates);
        let at = Point { x: 0, y: 0 };
        let mut edit = wall.edit();
        for n in [1, 2] {
            let name = format!("group {n}");
            edit.put_cluster(group(n), &Cluster { name, at });
        }
        let inside = |n, order| Place::In {
            cluster: group(n),
            order,
        };
        put(&mut edit, 1, 0, inside(1, 0));
        put(&mut edit, 2, 1, inside(1, 1));
        put(&mut edit, 3, 1, inside(1, 2));
        put(&mut edit, 4, 0, inside(2, 0));
        put(&mut edit, 5, 2, Place::Loose(at));
        put(&mut edit, 6, 2, Place::Loose(at));
        put(&mut edit, 7, 0, Place::Under(Item::Cluster(group(2))));
        let (first, second, alone) = (
            Item::Cluster(group(1)),
            Item::Cluster(group(2)),
            Item::Note(note(5)),
        );
        close(&mut edit, 1, &[(first, 5), (second, 4)]);
        close(&mut edit, 2, &[(second, 3), (alone, 1)]);
        drop(edit);
        let payload = wall.state();
        let cursor = Cursor {
            generation: 1,
            sequence: 1,
        };
        let frame = Frame {
            kind: FrameKind::Tick,
            store: Store::Wall,
            cursor,
            is_compressed: false,
            payload: &payload,
        };
        let mut state = State::new(Role::Participant, Kept::default());
        state.restore(&frame.encode()).unwrap();

        let results = ResultsView::of(&state, &settings);
        let items: Vec<Item> = results.rows.iter().map(|row| row.item).collect();
        assert_eq!(items, [second, alone, first]);
        let dots = |row: usize| {
            let bars = results.rows[row].bars.iter();
            bars.map(|bar| bar.as_ref().map(|bar| bar.dots))
                .collect::<Vec<_>>()
        };
        assert_eq!(dots(0), [Some(4), Some(3)]);
        assert_eq!(dots(2), [Some(5), None]);
        assert_eq!(results.rows[0].replies, ["note 7"]);
        let mix: Vec<usize> = results.rows[2].mix.iter().map(|part| part.count).collect();
        assert_eq!(mix, [1, 2]);
        assert_eq!(results.others.len(), 1);
        assert_eq!((results.notes, results.groups), (6, 2));
    }
}
