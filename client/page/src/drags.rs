//! Where people are dragging things just now. Nothing of it is kept: a drop, or a moment of silence,
//! ends it.

use std::collections::BTreeMap;

use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::protocol::Drag;
use candour_shared::time::Millis;

/// How long a drag is shown after it was last heard of.
pub const LINGERS: Millis = Millis(1_000);

/// The drags in progress. Times are by this browser's clock.
#[derive(Debug, Default)]
pub struct Drags {
    others: BTreeMap<Item, (Point, Millis)>,
    /// What the person at this page drags, what they hold first.
    own: Vec<Drag>,
    /// Until when the server's echo of one's own drags may still come.
    echoes: BTreeMap<Item, Millis>,
}

impl Drags {
    /// Notes where the person at this page drags things. They stay there, however long they are held
    /// still, until [`Drags::end_own`].
    pub fn drag_own(&mut self, drags: Vec<Drag>, now: Millis) {
        for drag in &drags {
            self.ignore(drag.item, now);
        }
        self.own = drags;
    }

    /// Ends the drag of the person at this page, be it a drop or not. Returns where things were.
    pub fn end_own(&mut self, now: Millis) -> Vec<Drag> {
        let drags = std::mem::take(&mut self.own);
        for drag in &drags {
            self.ignore(drag.item, now);
        }
        drags
    }

    /// What the person at this page drags, what they hold first.
    #[must_use]
    pub fn own(&self) -> &[Drag] {
        &self.own
    }

    /// Whether what the server gathered of this thing may be the echo of one's own drag.
    #[must_use]
    pub fn is_echo(&self, item: Item, now: Millis) -> bool {
        self.echoes.get(&item).is_some_and(|until| *until >= now)
    }

    /// Takes in what the server gathered. Says which things are shown elsewhere now.
    pub fn hear(&mut self, drags: &[Drag], now: Millis) -> Vec<Item> {
        let mut moved = Vec::new();
        for drag in drags {
            if !self.is_echo(drag.item, now) {
                self.others.insert(drag.item, (drag.at, now + LINGERS));
                moved.push(drag.item);
            }
        }
        moved
    }

    /// Ends another person's drag of a thing that was dropped or taken away.
    pub fn drop(&mut self, item: Item) {
        self.others.remove(&item);
    }

    /// Ends what has not been heard of for a while. Says which things are shown elsewhere now.
    pub fn expire(&mut self, now: Millis) -> Vec<Item> {
        self.echoes.retain(|_, until| *until >= now);
        self.others
            .extract_if(.., |_, (_, until)| *until < now)
            .map(|(item, _)| item)
            .collect()
    }

    /// Whether no other person drags anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// Where another person drags a thing.
    #[must_use]
    pub fn by_others(&self, item: Item) -> Option<Point> {
        self.others.get(&item).map(|(at, _)| *at)
    }

    fn ignore(&mut self, item: Item, now: Millis) {
        self.echoes.insert(item, now + LINGERS);
        self.others.remove(&item);
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::NoteId;

    use super::*;

    const ITEM: Item = Item::Note(NoteId::from_bytes([1; 16]));
    const AT: Point = Point { x: 5, y: 6 };
    const START: Millis = Millis(0);

    #[test]
    fn a_drag_is_shown_until_it_has_been_silent_for_a_while() {
        let mut drags = Drags::default();
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], START), [ITEM]);
        assert_eq!(drags.expire(LINGERS), []);
        assert_eq!(drags.by_others(ITEM), Some(AT));
        assert_eq!(drags.expire(LINGERS + Millis(1)), [ITEM]);
        assert_eq!(drags.by_others(ITEM), None);
    }

    #[test]
    fn the_echo_of_ones_own_drag_is_ignored_while_one_drags() {
        let mut drags = Drags::default();
        drags.drag_own(vec![Drag { item: ITEM, at: AT }], START);
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], Millis(10)), []);
        let later = LINGERS * 2;
        assert_eq!(drags.hear(&[Drag { item: ITEM, at: AT }], later), [ITEM]);
    }

    #[test]
    fn ones_own_drag_lasts_until_it_ends_however_long_it_is_held_still() {
        let mut drags = Drags::default();
        let drag = Drag { item: ITEM, at: AT };
        drags.drag_own(vec![drag], START);
        assert_eq!(drags.expire(LINGERS * 10), []);
        assert_eq!(drags.own(), [drag]);
        let end = LINGERS * 10;
        assert_eq!(drags.end_own(end), [drag]);
        assert_eq!(drags.hear(&[drag], end + Millis(1)), []);
        assert_eq!(drags.own(), []);
    }
}
