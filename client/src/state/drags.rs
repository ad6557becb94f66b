//! Where other people are dragging things just now. Nothing of it is kept: a drop, or a moment of
//! silence, ends it.

use std::collections::BTreeMap;

use candour_shared::command::Point;
use candour_shared::ids::Item;
use candour_shared::protocol::Drag;

/// How long a drag is shown after it was last heard of, in milliseconds.
pub const LINGERS: i64 = 1_000;

/// The drags in progress. Times are milliseconds by this browser's clock.
#[derive(Debug, Default)]
pub struct Drags {
    others: BTreeMap<Item, (Point, i64)>,
    own: BTreeMap<Item, i64>,
}

impl Drags {
    /// Notes that the person at this page drags a thing, so that the server's echo of it is ignored.
    pub fn drag_own(&mut self, item: Item, now: i64) {
        self.own.insert(item, now + LINGERS);
        self.others.remove(&item);
    }

    /// Takes in what the server gathered. Says which things are shown elsewhere now.
    pub fn hear(&mut self, drags: &[Drag], now: i64) -> Vec<Item> {
        let mut moved = Vec::new();
        for drag in drags {
            if self.own.get(&drag.item).is_none_or(|until| *until < now) {
                self.others.insert(drag.item, (drag.at, now + LINGERS));
                moved.push(drag.item);
            }
        }
        moved
    }

    /// Ends the drag of a thing that was dropped or taken away.
    pub fn drop(&mut self, item: Item) {
        self.others.remove(&item);
    }

    /// Ends what has not been heard of for a while. Says which things are shown elsewhere now.
    pub fn expire(&mut self, now: i64) -> Vec<Item> {
        self.own.retain(|_, until| *until >= now);
        self.others
            .extract_if(.., |_, (_, until)| *until < now)
            .map(|(item, _)| item)
            .collect()
    }

    /// Whether anybody else drags anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// Where somebody else drags a thing.
    #[must_use]
    pub fn at(&self, item: Item) -> Option<Point> {
        self.others.get(&item).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::NoteId;

    use super::*;

    const ITEM: Item = Item::Note(NoteId::from_bytes([1; 16]));
    const AT: Point = Point { x: 5, y: 6 };

    #[test]
    fn a_drag_is_shown_until_it_has_been_silent_for_a_while() {
        let mut drags = Drags::default();
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], 0), [ITEM]);
        assert_eq!(drags.expire(LINGERS), []);
        assert_eq!(drags.at(ITEM), Some(AT));
        assert_eq!(drags.expire(LINGERS + 1), [ITEM]);
        assert_eq!(drags.at(ITEM), None);
    }

    #[test]
    fn the_echo_of_ones_own_drag_is_ignored_while_one_drags() {
        let mut drags = Drags::default();
        drags.drag_own(ITEM, 0);
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], 10), []);
        let later = 2 * LINGERS;
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], later), [ITEM]);
    }
}
