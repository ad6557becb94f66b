//! What is shown: the pending commands over the replica.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::backstage::Backstage;
use candour_shared::command::Command;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::Point;
use candour_shared::policy::{Role, Situation};
use candour_shared::protocol::{Cursor, Drag, Mine, MyPulse, Presence, Store};
use candour_shared::settings::Settings;
use candour_shared::time::Millis;
use candour_shared::wall::{Cluster, Note, Place, Wall};

use super::{Returned, State};
use crate::queue::Pending;
use crate::traffic::Traffic;

impl State {
    /// What the person is on the board.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The Wall without what is pending.
    #[must_use]
    pub const fn wall(&self) -> &Wall {
        &self.wall
    }

    /// How far the copy of a document has come; nothing before its first frame.
    #[must_use]
    pub const fn cursor(&self, store: Store) -> Option<Cursor> {
        match store {
            Store::Wall => self.wall_at,
            Store::Backstage => self.backstage_at,
        }
    }

    /// The generation of the Wall; nothing before the first frame.
    #[must_use]
    pub fn generation(&self) -> Option<u32> {
        self.wall_at.map(|at| at.generation)
    }

    /// The Backstage; empty for participants.
    #[must_use]
    pub const fn backstage(&self) -> &Backstage {
        &self.backstage
    }

    /// What the organiser decided; nothing before the first frame.
    #[must_use]
    pub const fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// What the policy needs to know.
    #[must_use]
    pub fn situation(&self) -> Situation {
        self.wall.read().situation()
    }

    /// How many people are on the board.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        self.presence
    }

    /// What to add to this browser's clock to get the server's.
    #[must_use]
    pub const fn clock_offset(&self) -> Millis {
        self.clock_offset
    }

    /// A released note.
    #[must_use]
    pub fn note(&self, note: NoteId) -> Option<&Note> {
        self.items.note(note)
    }

    /// Where a note is shown, drags by others aside.
    #[must_use]
    pub fn place(&self, note: NoteId) -> Option<Place> {
        self.overlay.place(&self.items, note)
    }

    /// A cluster.
    #[must_use]
    pub fn cluster(&self, cluster: ClusterId) -> Option<&Cluster> {
        self.overlay.cluster(&self.items, cluster)
    }

    /// The notes of a cluster, in their order.
    #[must_use]
    pub fn members(&self, cluster: ClusterId) -> Vec<NoteId> {
        self.overlay.members(&self.items, cluster)
    }

    /// Where a thing is being dragged just now. One's own drag comes first; another person's is not
    /// shown where this person has moved the thing meanwhile.
    #[must_use]
    pub fn dragged_to(&self, item: Item) -> Option<Point> {
        if let Some(own) = self.drags.own().iter().find(|own| own.item == item) {
            return Some(own.at);
        }
        let moved_here = match item {
            Item::Note(note) => self.overlay.places(note),
            Item::Cluster(cluster) => self.overlay.shapes(cluster),
        };
        self.drags.by_others(item).filter(|_| !moved_here)
    }

    /// What the person at this page drags, what they hold first.
    #[must_use]
    pub fn own_drags(&self) -> &[Drag] {
        self.drags.own()
    }

    /// Every note that was released and has a place of its own, in the order of ids. Replies are listed
    /// under what they answer: see [`State::replies`].
    #[must_use]
    pub fn note_ids(&self) -> Vec<NoteId> {
        let released = self.items.note_ids();
        let of_its_own = |note: &NoteId| match self.items.place(*note) {
            Some(Place::Loose(_) | Place::In { .. }) => true,
            Some(Place::Under(_)) | None => false,
        };
        released.filter(of_its_own).collect()
    }

    /// The released replies to a thing, in the order of ids.
    #[must_use]
    pub fn replies(&self, to: Item) -> Vec<NoteId> {
        self.items.replies(to).collect()
    }

    /// What facilitators wrote down about a thing, or about the whole board; may be empty.
    #[must_use]
    pub fn remark(&self, on: Option<Item>) -> &str {
        self.remarks.get(&on).map_or("", String::as_str)
    }

    /// How many people say *same here* to a note.
    #[must_use]
    pub fn same_here(&self, note: NoteId) -> u32 {
        self.items.same_here(note)
    }

    /// The notes to which the person says *same here*, pending ones included.
    #[must_use]
    pub fn my_same_here(&self) -> BTreeSet<NoteId> {
        let mut said: BTreeSet<NoteId> = self.mine.same_here.iter().copied().collect();
        for command in self.queue.commands() {
            if let Command::SameHere { note, on } = command {
                if *on {
                    said.insert(*note);
                } else {
                    said.remove(note);
                }
            }
        }
        said
    }

    /// The person's own answer to the open pulse, a pending one included.
    #[must_use]
    pub fn my_pulse(&self) -> Option<MyPulse> {
        let (open, _) = self.wall.read().open_pulse()?;
        let saved = self.mine.pulse.filter(|mine| mine.pulse == open);
        let mut answer = saved.and_then(|mine| mine.answer);
        for command in self.queue.commands() {
            if let Command::AnswerPulse {
                pulse,
                answer: given,
            } = command
                && *pulse == open
            {
                answer = Some(*given);
            }
        }
        Some(MyPulse {
            pulse: open,
            answer,
        })
    }

    /// Every cluster that is shown, in the order of ids.
    #[must_use]
    pub fn cluster_ids(&self) -> Vec<ClusterId> {
        let known = self.items.cluster_ids();
        let mut ids: Vec<ClusterId> = known
            .filter(|cluster| self.cluster(*cluster).is_some())
            .chain(self.overlay.new_clusters(&self.items))
            .collect();
        ids.sort_unstable();
        ids
    }

    /// One's own notes and votes, as the server last said.
    #[must_use]
    pub const fn mine(&self) -> &Mine {
        &self.mine
    }

    /// One's own notes as they came up on this page, the latest last.
    #[must_use]
    pub fn my_order(&self) -> &[NoteId] {
        &self.my_order
    }

    /// What went over the connection.
    #[must_use]
    pub const fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// The pending commands, the oldest first.
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        self.queue.pending()
    }

    /// Texts that were refused, the oldest first.
    #[must_use]
    pub fn returned(&self) -> &[Returned] {
        &self.returned
    }

    /// One's own dots in the open round, pending ones included: items with dots, in their order.
    #[must_use]
    pub fn my_dots(&self) -> BTreeMap<Item, u8> {
        let Some((open, _)) = self.wall.read().open_round() else {
            return Default::default();
        };
        let saved = self.mine.votes.iter().filter(|votes| votes.round == open);
        let mut dots: BTreeMap<Item, u8> = saved
            .flat_map(|votes| &votes.dots)
            .map(|tally| (tally.item, u8::try_from(tally.dots).unwrap_or(u8::MAX)))
            .collect();
        for command in self.queue.commands() {
            if let Command::CastDots {
                round,
                item,
                dots: cast,
            } = command
                && *round == open
            {
                dots.insert(*item, *cast);
            }
        }
        dots.retain(|_, dots| *dots > 0);
        dots
    }
}
