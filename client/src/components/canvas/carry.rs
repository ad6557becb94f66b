//! Carrying things, by pointer or by keyboard: taking them up, moving them, letting them go.

use std::sync::Arc;

use candour_shared::command::{Move, Verb};
use candour_shared::ids::Item;
use candour_shared::layout::Area;
use candour_shared::layout::Point;
use leptos::prelude::*;

use super::geometry::moved;
use super::lifted::Lifted;
use super::scene::Landing;
use super::stage::Stage;
use crate::text::canvas as text;
use crate::text::language;
use crate::view::arranging::snapped;

/// Where dropped things lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// On the tidy grid.
    Snapped,
    /// Just where they were let go.
    Free,
}

impl Stage {
    /// Whether things may be moved now, followed.
    #[must_use]
    pub fn may_move(self) -> bool {
        self.board.may(Verb::Move).is_ok()
    }

    /// Takes a thing up, and with it all that is chosen if it is chosen itself. Says whether it may be.
    pub fn lift(self, item: Item) -> bool {
        let Some(lying) = self.scene(|scene| scene.get(item)) else {
            return false;
        };
        if let Err(denied) = untrack(|| self.board.may(Verb::Move)) {
            self.board.announce(denied.words(language()));
            return false;
        }
        if !self.chosen.has_now(item) {
            self.chosen.clear();
        }
        let at = lying.area.corner;
        let lifted = Lifted {
            item,
            at,
            from: at,
            home: lying.within,
            landing: lying.within.map_or(Landing::Loose, Landing::Home),
            beside: self.chosen_beside(item, at),
        };
        for item in lifted.items().into_iter().rev() {
            self.raise(item);
        }
        self.board.drag(lifted.drags());
        self.lifted.set(Some(lifted));
        true
    }

    /// Carries it to a place, its top left corner.
    pub fn carry(self, at: Point) {
        let Some(mut lifted) = self.lifted.get_untracked() else {
            return;
        };
        let landing = self.scene(|scene| scene.landing(&lifted.items(), at, lifted.home));
        // It has left the board meanwhile.
        let Some(landing) = landing else {
            return self.abandon();
        };
        if landing != lifted.landing {
            self.board.announce(self.over(lifted.item, landing));
        }
        lifted.at = at;
        lifted.landing = landing;
        self.board.drag(lifted.drags());
        self.lifted.set(Some(lifted));
    }

    /// Lets it go.
    pub fn let_go(self, placing: Placing) {
        let Some(lifted) = self.put_down() else {
            return;
        };
        match (lifted.item, lifted.landing) {
            (Item::Note(_) | Item::Cluster(_), Landing::Loose | Landing::Out) => {
                self.lay(&lifted, placing);
                self.board.announce(text::dropped());
            }
            (Item::Note(note), Landing::Onto(onto)) => {
                let cluster = self.board.make_group(note, onto, &lifted.items());
                self.chosen.clear();
                self.board.announce(text::new_group());
                if let Some(cluster) = cluster {
                    self.rename(cluster);
                }
            }
            (Item::Note(_), Landing::Into(cluster)) => {
                self.board.gather(cluster, &lifted.items());
                self.chosen.clear();
                let group = self.title(Item::Cluster(cluster));
                self.board.announce(text::now_in(&group));
            }
            (Item::Cluster(_), Landing::Into(into)) => {
                self.board.gather(into, &lifted.items());
                self.chosen.clear();
                self.board.announce(text::groups_are_one());
                self.current.set(Some(Item::Cluster(into)));
            }
            (Item::Note(_) | Item::Cluster(_), Landing::Home(_)) => {
                self.board.announce(text::back_in_group());
            }
            // A cluster never lands on a note.
            (Item::Cluster(_), Landing::Onto(_)) => {}
        }
    }

    /// Puts it back where it was.
    pub fn abandon(self) {
        if self.put_down().is_some() {
            self.board.announce(text::put_back());
        }
    }

    /// Where the thing it would be dropped on lies, and what would become of it.
    #[must_use]
    pub fn target(self, lifted: &Lifted) -> Option<(Area, &'static str)> {
        let (target, words) = match (lifted.item, lifted.landing) {
            (Item::Note(_), Landing::Onto(note)) => (Item::Note(note), text::make_group()),
            (Item::Note(_), Landing::Into(cluster)) => {
                (Item::Cluster(cluster), text::add_to_group())
            }
            (Item::Cluster(_), Landing::Into(cluster)) => {
                (Item::Cluster(cluster), text::make_one())
            }
            (
                Item::Note(_) | Item::Cluster(_),
                Landing::Loose | Landing::Out | Landing::Home(_),
            )
            | (Item::Cluster(_), Landing::Onto(_)) => return None,
        };
        let lying = self.scene(|scene| scene.get(target))?;
        Some((lying.area, words))
    }

    /// What to call a thing.
    #[must_use]
    pub fn title(self, item: Item) -> String {
        let title = self.board.title_of(item).unwrap_or_default();
        match item {
            Item::Note(_) => text::quoted(&title),
            Item::Cluster(cluster) => {
                let notes = self.board.cluster(cluster).map_or(0, |cluster| {
                    cluster.view.with_untracked(|view| view.members.len())
                });
                text::group_title(&title, notes)
            }
        }
    }

    /// What is chosen besides a thing that lies here, and how far from it. A note goes with the cluster
    /// it is in.
    fn chosen_beside(self, item: Item, at: Point) -> Arc<[(Item, (i32, i32))]> {
        let chosen = self.chosen.all().get_untracked();
        self.scene(|scene| {
            let others = chosen.iter().filter(|other| **other != item);
            let beside = others.filter_map(|other| {
                let lying = scene.get(*other)?;
                let inside = lying.within.map(Item::Cluster);
                let goes_along = inside.is_some_and(|inside| chosen.contains(&inside));
                let Point { x, y } = lying.area.corner;
                (!goes_along).then_some((*other, (x - at.x, y - at.y)))
            });
            beside.collect()
        })
    }

    fn lay(self, lifted: &Lifted, placing: Placing) {
        let to = match placing {
            Placing::Snapped => snapped(lifted.at),
            Placing::Free => lifted.at,
        };
        if to == lifted.from {
            return;
        }
        let beside = lifted.beside.iter().map(|(item, by)| Move {
            item: *item,
            to: moved(to, *by),
        });
        let item = lifted.item;
        let moves: Vec<Move> = std::iter::once(Move { item, to }).chain(beside).collect();
        self.board.move_items(&moves);
    }

    fn put_down(self) -> Option<Lifted> {
        let lifted = self.lifted.get_untracked()?;
        self.lifted.set(None);
        self.board.end_drag();
        Some(lifted)
    }

    fn over(self, item: Item, landing: Landing) -> String {
        match (item, landing) {
            (_, Landing::Loose) => text::by_itself().to_owned(),
            (_, Landing::Out) => text::out_of_group().to_owned(),
            (_, Landing::Home(_)) => text::in_its_group().to_owned(),
            (_, Landing::Onto(note)) => text::over_make(&self.title(Item::Note(note))),
            (Item::Note(_), Landing::Into(cluster)) => {
                text::over_add(&self.title(Item::Cluster(cluster)))
            }
            (Item::Cluster(_), Landing::Into(cluster)) => {
                text::over_merge(&self.title(Item::Cluster(cluster)))
            }
        }
    }
}
