//! What the person at this page carries.

use std::sync::Arc;

use candour_shared::ids::{ClusterId, Item};
use candour_shared::layout::Point;
use candour_shared::protocol::Drag;

use super::geometry::moved;
use super::scene::Landing;

/// The thing somebody holds, and what goes along with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    /// The thing they hold.
    pub item: Item,
    /// Where it is now; its top left corner.
    pub at: Point,
    /// Where it was.
    pub from: Point,
    /// The cluster it was in.
    pub home: Option<ClusterId>,
    /// What dropping it here would do.
    pub landing: Landing,
    /// What else is carried, and how far from it.
    pub beside: Arc<[(Item, (i32, i32))]>,
}

impl Lifted {
    /// Everything that is carried, what is held first.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let beside = self.beside.iter().map(|(item, _)| *item);
        std::iter::once(self.item).chain(beside).collect()
    }

    /// Where all of it is, what is held first.
    #[must_use]
    pub fn drags(&self) -> Vec<Drag> {
        let (item, at) = (self.item, self.at);
        let beside = self.beside.iter().map(|(item, by)| Drag {
            item: *item,
            at: moved(at, *by),
        });
        std::iter::once(Drag { item, at }).chain(beside).collect()
    }
}
