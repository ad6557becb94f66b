//! Who dragged what, and dropped it.

use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::wall::Place;

use super::super::page::Page;

/// From where on people drag things: the server puts nothing there.
const FAR_OUT: i32 = 50_000;

/// On which tab something was dragged or dropped at a place, in the order in which that was.
#[derive(Default)]
pub(in super::super) struct Hands(Vec<usize>);

impl Hands {
    /// A place at which nothing has been yet, for somebody who drags something there, or drops it.
    pub(in super::super) fn new_point(&mut self, tab: usize) -> Point {
        let number = i32::try_from(self.0.len()).unwrap();
        self.0.push(tab);
        Point {
            x: FAR_OUT + number % 1_000,
            y: FAR_OUT + number / 1_000,
        }
    }

    /// When something was dragged or dropped at a place, and on which tab, if somebody did that.
    fn hand_at(&self, at: Point) -> Option<(usize, usize)> {
        let (x, y) = (at.x - FAR_OUT, at.y - FAR_OUT);
        let is_one = (0..1_000).contains(&x) && y >= 0;
        let number = usize::try_from(y * 1_000 + x).ok().filter(|_| is_one)?;
        Some((number, *self.0.get(number)?))
    }

    /// What a page shows after it has heard something: nothing is dragged there any more by who has dropped it since.
    pub(in super::super) fn watches(&self, tab: usize, page: &Page) {
        let wall = page.wall().read();
        let notes = wall.places().filter_map(|(note, place)| match place {
            Place::Loose(at) => Some((Item::Note(note), at)),
            Place::In { .. } | Place::Under(_) => None,
        });
        let clusters = wall
            .clusters()
            .map(|(id, cluster)| (Item::Cluster(id), cluster.at));
        for (item, lies) in notes.chain(clusters) {
            let Some(dropped) = self.hand_at(lies) else {
                continue;
            };
            let shown = page.state().dragged_to(item);
            if let Some((dragged, by)) = shown.and_then(|at| self.hand_at(at)) {
                let is_old = by == dropped.1 && dragged < dropped.0;
                assert!(
                    !is_old,
                    "{tab} shows an old drag of {item:?} after its drop"
                );
            }
        }
    }
}
