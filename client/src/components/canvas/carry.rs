//! Carrying a thing, by pointer or by keyboard: taking it up, moving it, letting it go.

use candour_shared::command::{Point, Verb};
use candour_shared::ids::{ClusterId, Item};
use candour_shared::layout::Area;
use leptos::prelude::*;

use super::scene::Landing;
use super::stage::Stage;
use crate::view::count;

/// What the person at this page carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifted {
    /// The thing.
    pub item: Item,
    /// Where it is now; its top left corner.
    pub at: Point,
    /// Where it was.
    from: Point,
    /// The cluster it was in.
    home: Option<ClusterId>,
    /// What dropping it here would do.
    pub landing: Landing,
}

impl Stage {
    /// Whether things may be moved now, followed.
    #[must_use]
    pub fn may_move(self) -> bool {
        self.board.may(Verb::Move).is_ok()
    }

    /// Takes a thing up. Says whether it may be.
    pub fn lift(self, item: Item) -> bool {
        let Some(lying) = self.scene(|scene| scene.get(item)) else {
            return false;
        };
        if let Err(denied) = untrack(|| self.board.may(Verb::Move)) {
            self.board.announce(denied.to_string());
            return false;
        }
        let at = lying.area.corner;
        let landing = lying.within.map_or(Landing::Loose, Landing::Home);
        self.raise(item);
        self.board.drag(item, at);
        self.lifted.set(Some(Lifted {
            item,
            at,
            from: at,
            home: lying.within,
            landing,
        }));
        true
    }

    /// Carries it to a place, its top left corner.
    pub fn carry(self, at: Point) {
        let Some(lifted) = self.lifted.get_untracked() else {
            return;
        };
        let landing = self.scene(|scene| scene.landing(lifted.item, at, lifted.home));
        // It has left the board meanwhile.
        let Some(landing) = landing else {
            return self.abandon();
        };
        self.board.drag(lifted.item, at);
        if landing != lifted.landing {
            self.board.announce(self.over(lifted.item, landing));
        }
        self.lifted.set(Some(Lifted {
            at,
            landing,
            ..lifted
        }));
    }

    /// Lets it go.
    pub fn let_go(self) {
        let Some(lifted) = self.put_down() else {
            return;
        };
        let Lifted { at, from, .. } = lifted;
        match (lifted.item, lifted.landing) {
            (Item::Note(note), Landing::Loose | Landing::Out) => {
                if at != from {
                    self.board.move_note(note, at);
                }
                self.board.announce("Dropped.");
            }
            (Item::Note(note), Landing::Onto(onto)) => {
                let cluster = self.board.make_cluster(note, onto);
                self.board.announce("A new group. Give it a name.");
                if let Some(cluster) = cluster {
                    self.rename(cluster);
                }
            }
            (Item::Note(note), Landing::Into(cluster)) => {
                self.board.add_to_cluster(cluster, note);
                let group = self.title(Item::Cluster(cluster));
                self.board.announce(format!("Now in {group}."));
            }
            (Item::Cluster(cluster), Landing::Into(into)) => {
                self.board.merge_clusters(cluster, into);
                self.board.announce("The groups are one now.");
                self.current.set(Some(Item::Cluster(into)));
            }
            (Item::Cluster(cluster), Landing::Loose | Landing::Out) => {
                if at != from {
                    self.board.move_cluster(cluster, at);
                }
                self.board.announce("Dropped.");
            }
            (Item::Note(_) | Item::Cluster(_), Landing::Home(_)) => {
                self.board.announce("Back in its group.");
            }
            // A cluster never lands on a note.
            (Item::Cluster(_), Landing::Onto(_)) => {}
        }
    }

    /// Puts it back where it was.
    pub fn abandon(self) {
        if self.put_down().is_some() {
            self.board.announce("Put back.");
        }
    }

    /// Where the thing it would be dropped on lies, and what would become of it.
    #[must_use]
    pub fn target(self, lifted: Lifted) -> Option<(Area, &'static str)> {
        let (target, words) = match (lifted.item, lifted.landing) {
            (Item::Note(_), Landing::Onto(note)) => (Item::Note(note), "Make a group"),
            (Item::Note(_), Landing::Into(cluster)) => {
                (Item::Cluster(cluster), "Add to this group")
            }
            (Item::Cluster(_), Landing::Into(cluster)) => {
                (Item::Cluster(cluster), "Make one group of both")
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
            Item::Note(_) => format!("“{title}”"),
            Item::Cluster(cluster) => {
                let notes = self.board.cluster(cluster).map_or(0, |cluster| {
                    cluster.view.with_untracked(|view| view.members.len())
                });
                format!("{title}, {}", count(notes, "note", "notes"))
            }
        }
    }

    fn put_down(self) -> Option<Lifted> {
        let lifted = self.lifted.get_untracked()?;
        self.lifted.set(None);
        self.board.end_drag();
        Some(lifted)
    }

    fn over(self, item: Item, landing: Landing) -> String {
        match (item, landing) {
            (_, Landing::Loose) => "On the board, by itself.".to_owned(),
            (_, Landing::Out) => "Out of its group.".to_owned(),
            (_, Landing::Home(_)) => "In its group.".to_owned(),
            (_, Landing::Onto(note)) => {
                format!("Over {}. Make a group?", self.title(Item::Note(note)))
            }
            (Item::Note(_), Landing::Into(cluster)) => {
                format!("Over {}. Add to it?", self.title(Item::Cluster(cluster)))
            }
            (Item::Cluster(_), Landing::Into(cluster)) => format!(
                "Over {}. Make one group of both?",
                self.title(Item::Cluster(cluster))
            ),
        }
    }
}
