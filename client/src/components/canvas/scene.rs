//! What lies where on the plane just now: what a pointer is on, where a thing would land, which one is
//! next.

use std::collections::{BTreeMap, BTreeSet};

use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{Area, CLUSTER_HEADER, Point};
use candour_shared::settings::Colour;

use super::geometry::Direction;

/// How much of the smaller of two things must lie in the other for one to be dropped on the other.
const COVERS: f64 = 0.5;
/// How much a step aside counts when looking for the next thing, against a step ahead.
const ASIDE: i64 = 3;

/// A thing on the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lying {
    /// Where.
    pub area: Area,
    /// The cluster it is in.
    pub within: Option<ClusterId>,
    /// Its z-index: of two things in one place, the one with the larger is on top.
    pub height: i32,
    /// The colour of a note that says something.
    pub colour: Option<Colour>,
}

/// Everything on the plane.
#[derive(Debug, Default)]
pub struct Scene(BTreeMap<Item, Lying>);

/// What dropping a thing would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landing {
    /// It lies there by itself.
    Loose,
    /// Out of its cluster, it lies there by itself.
    Out,
    /// It and this note become a cluster.
    Onto(NoteId),
    /// It goes into this cluster.
    Into(ClusterId),
    /// It goes back to its place in this cluster.
    Home(ClusterId),
}

impl Scene {
    /// Puts a thing somewhere.
    pub fn put(&mut self, item: Item, lying: Lying) {
        self.0.insert(item, lying);
    }

    /// Takes a thing away.
    pub fn take(&mut self, item: Item) {
        self.0.remove(&item);
    }

    /// A thing.
    #[must_use]
    pub fn get(&self, item: Item) -> Option<Lying> {
        self.0.get(&item).copied()
    }

    /// Everything, clusters first.
    pub fn iter(&self) -> impl Iterator<Item = (Item, Lying)> + '_ {
        self.0.iter().map(|(item, lying)| (*item, *lying))
    }

    /// The smallest rectangle around everything.
    #[must_use]
    pub fn bounds(&self) -> Option<Area> {
        self.0.values().map(|lying| lying.area).reduce(Area::with)
    }

    /// What one takes hold of here: a note, or a cluster by its header.
    #[must_use]
    pub fn grip(&self, at: Point) -> Option<Item> {
        self.iter()
            .filter(|(item, lying)| hold(*item, lying.area).contains(at))
            .max_by_key(|(_, lying)| lying.height)
            .map(|(item, _)| item)
    }

    /// What dropping things here would do, of which the first is held. `home` is the cluster that one was
    /// taken out of.
    #[must_use]
    pub fn landing(&self, dropped: &[Item], at: Point, home: Option<ClusterId>) -> Option<Landing> {
        let held = dropped.first().copied()?;
        let area = self.get(held)?.area.moved_to(at);
        let with_cluster = dropped.iter().any(|item| matches!(item, Item::Cluster(_)));
        let covered = self.iter().filter_map(|(item, lying)| {
            // Most things are nowhere near.
            if !area.meets(lying.area) || dropped.contains(&item) {
                return None;
            }
            let landing = on(held, (item, lying), home)?;
            // A cluster never lands on a note.
            if with_cluster && matches!(landing, Landing::Onto(_)) {
                return None;
            }
            let share = area.overlap(lying.area);
            (share >= COVERS).then_some((share, landing))
        });
        let most = covered.max_by(|(one, _), (other, _)| one.total_cmp(other));
        Some(most.map_or_else(
            || home.map_or(Landing::Loose, |_| Landing::Out),
            |(_, landing)| landing,
        ))
    }

    /// What lies in a rectangle, at least half of it: notes, and clusters instead of their notes.
    #[must_use]
    pub fn within(&self, area: Area) -> BTreeSet<Item> {
        let extent = |area: Area| i64::from(area.size.0) * i64::from(area.size.1);
        let inside = |(_, lying): &(Item, Lying)| {
            lying.area.overlap(area) >= COVERS && extent(lying.area) <= 2 * extent(area)
        };
        let found = self.iter().filter(inside).map(|(item, _)| item);
        let found: BTreeSet<Item> = found.collect();
        let alone = |item: &Item| {
            let within = self.get(*item).and_then(|lying| lying.within);
            within.is_none_or(|cluster| !found.contains(&Item::Cluster(cluster)))
        };
        found.iter().copied().filter(alone).collect()
    }

    /// Everything that lies by itself.
    #[must_use]
    pub fn by_themselves(&self) -> BTreeSet<Item> {
        let loose = self.iter().filter(|(_, lying)| lying.within.is_none());
        loose.map(|(item, _)| item).collect()
    }

    /// The next thing this way.
    #[must_use]
    pub fn next(&self, from: Item, way: Direction) -> Option<Item> {
        let start = hold(from, self.get(from)?.area).middle();
        self.iter()
            .filter(|(item, _)| *item != from)
            .filter_map(|(item, lying)| {
                let (ahead, aside) = way.measure(start, hold(item, lying.area).middle());
                (ahead > 0).then(|| (i64::from(ahead) + ASIDE * i64::from(aside), item))
            })
            .min()
            .map(|(_, item)| item)
    }

    /// The thing one reads first: of the top row, the leftmost.
    #[must_use]
    pub fn first(&self) -> Option<Item> {
        self.iter().min_by_key(reading_order).map(|(item, _)| item)
    }

    /// The thing one reads last.
    #[must_use]
    pub fn last(&self) -> Option<Item> {
        self.iter().max_by_key(reading_order).map(|(item, _)| item)
    }
}

/// Where a thing is taken hold of: a note anywhere, a cluster by the strip that holds its name.
fn hold(item: Item, area: Area) -> Area {
    match item {
        Item::Note(_) => area,
        Item::Cluster(_) => Area {
            size: (area.size.0, CLUSTER_HEADER),
            ..area
        },
    }
}

/// What dropping a thing that was in `home` on another would do, if anything.
fn on(dropped: Item, (other, lying): (Item, Lying), home: Option<ClusterId>) -> Option<Landing> {
    match (dropped, other) {
        (Item::Note(dropped), Item::Note(note)) => {
            (dropped != note && lying.within.is_none()).then_some(Landing::Onto(note))
        }
        (Item::Note(_), Item::Cluster(cluster)) if home == Some(cluster) => {
            Some(Landing::Home(cluster))
        }
        (Item::Note(_), Item::Cluster(cluster)) => Some(Landing::Into(cluster)),
        (Item::Cluster(dropped), Item::Cluster(cluster)) => {
            (dropped != cluster).then_some(Landing::Into(cluster))
        }
        (Item::Cluster(_), Item::Note(_)) => None,
    }
}

fn reading_order((_, lying): &(Item, Lying)) -> (i32, i32) {
    (lying.area.corner.y, lying.area.corner.x)
}

#[cfg(test)]
mod tests {
    use candour_shared::layout::{NOTE_WIDTH, in_cluster};

    use super::*;

    const HOME: ClusterId = ClusterId::from_bytes([1; 16]);

    fn note(byte: u8) -> Item {
        Item::Note(NoteId::from_bytes([byte; 16]))
    }

    fn at(x: i32, y: i32) -> Point {
        Point { x, y }
    }

    /// Loose notes 1 at (0, 0), 2 at (300, 0) and 3 at (0, 300); notes 4 and 5 in a cluster at
    /// (1000, 0).
    fn scene() -> Scene {
        let mut scene = Scene::default();
        let mut put = |item, area, within, height| {
            let lying = Lying {
                area,
                within,
                height,
                colour: None,
            };
            scene.put(item, lying);
        };
        put(note(1), Area::of_note(at(0, 0)), None, 100);
        put(note(2), Area::of_note(at(300, 0)), None, 100);
        put(note(3), Area::of_note(at(0, 300)), None, 100);
        let cluster = Area::of_cluster(at(1000, 0), 2);
        put(Item::Cluster(HOME), cluster, None, 0);
        for (index, byte) in [4, 5].into_iter().enumerate() {
            let area = Area::of_note(in_cluster(at(1000, 0), 2, index));
            put(note(byte), area, Some(HOME), 1);
        }
        scene
    }

    #[test]
    fn a_note_is_taken_anywhere_and_a_cluster_by_its_header() {
        let scene = scene();
        assert_eq!(scene.grip(at(10, 10)), Some(note(1)));
        assert_eq!(scene.grip(at(1010, 10)), Some(Item::Cluster(HOME)));
        assert_eq!(scene.grip(at(1030, 60)), Some(note(4)));
        assert_eq!(scene.grip(at(1005, 100)), None);
        assert_eq!(scene.grip(at(700, 700)), None);
    }

    #[test]
    fn a_note_dropped_on_a_note_makes_a_cluster_and_beside_it_lies_loose() {
        let scene = scene();
        let landing = |x| scene.landing(&[note(1)], at(x, 0), None);
        assert_eq!(
            landing(300),
            Some(Landing::Onto(NoteId::from_bytes([2; 16])))
        );
        assert_eq!(landing(300 + NOTE_WIDTH / 2 + 1), Some(Landing::Loose));
    }

    #[test]
    fn a_note_over_a_cluster_joins_it_or_goes_home() {
        let scene = scene();
        let over = at(1100, 40);
        assert_eq!(
            scene.landing(&[note(1)], over, None),
            Some(Landing::Into(HOME))
        );
        assert_eq!(
            scene.landing(&[note(4)], over, Some(HOME)),
            Some(Landing::Home(HOME))
        );
        let away = at(600, 600);
        assert_eq!(
            scene.landing(&[note(4)], away, Some(HOME)),
            Some(Landing::Out)
        );
    }

    #[test]
    fn a_band_chooses_what_lies_in_it_and_clusters_instead_of_their_notes() {
        let scene = scene();
        let band = |corner, size| scene.within(Area { corner, size });
        let two = band(at(-10, -10), (520, 160));
        assert_eq!(two, [note(1), note(2)].into());
        let all = band(at(-10, -10), (3000, 1000));
        assert_eq!(all.len(), 4);
        assert!(all.contains(&Item::Cluster(HOME)) && !all.contains(&note(4)));
        assert_eq!(band(at(1030, 60), (20, 20)), BTreeSet::new());
    }

    #[test]
    fn what_is_carried_together_lands_on_none_of_its_own() {
        let scene = scene();
        let landing = |dropped: &[Item]| scene.landing(dropped, at(300, 0), None);
        let onto = Landing::Onto(NoteId::from_bytes([2; 16]));
        assert_eq!(landing(&[note(1), note(3)]), Some(onto));
        assert_eq!(landing(&[note(1), note(2)]), Some(Landing::Loose));
        let with_cluster = landing(&[note(1), Item::Cluster(HOME)]);
        assert_eq!(with_cluster, Some(Landing::Loose));
    }

    #[test]
    fn a_cluster_joins_a_cluster_and_no_note() {
        let mut scene = scene();
        let other = ClusterId::from_bytes([2; 16]);
        let lying = Lying {
            area: Area::of_cluster(at(0, 2000), 1),
            within: None,
            height: 0,
            colour: None,
        };
        scene.put(Item::Cluster(other), lying);
        let landing = |to| scene.landing(&[Item::Cluster(other)], to, None);
        assert_eq!(landing(at(1000, 0)), Some(Landing::Into(HOME)));
        assert_eq!(landing(at(0, 0)), Some(Landing::Loose));
    }

    #[test]
    fn arrows_lead_to_the_nearest_thing_that_way() {
        let scene = scene();
        assert_eq!(scene.next(note(1), Direction::Right), Some(note(2)));
        assert_eq!(scene.next(note(1), Direction::Down), Some(note(3)));
        assert_eq!(scene.next(note(1), Direction::Left), None);
        assert_eq!(
            scene.next(note(4), Direction::Up),
            Some(Item::Cluster(HOME))
        );
        assert_eq!(scene.first(), Some(note(1)));
        assert_eq!(scene.last(), Some(note(3)));
    }
}
