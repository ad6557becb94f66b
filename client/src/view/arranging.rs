//! Where things go that are dropped or tidied up: on a grid, and on nothing else.

use std::cmp::Reverse;

use candour_shared::command::Move;
use candour_shared::ids::Item;
use candour_shared::layout::{Area, FARTHEST, NOTE_GAP, NOTE_HEIGHT, Point};
use candour_shared::wall::Place;

use candour_page::State;

/// The grid on which dropped things lie, in board units: notes side by side on it are a gap apart.
pub const GRID: i32 = 56;
/// How much wider than high the rows are.
const BREADTH: f64 = 1.6;
/// Room between groups of a whole board.
const GROUP_GAP: i32 = 3 * NOTE_GAP;

/// A thing that lies by itself: a group, or a note in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// The thing.
    pub item: Item,
    /// Where it lies.
    pub area: Area,
}

/// The nearest place of the grid.
#[must_use]
pub fn snapped(at: Point) -> Point {
    let nearest = |along: i32| (along + GRID / 2).div_euclid(GRID) * GRID;
    let at = Point {
        x: nearest(at.x),
        y: nearest(at.y),
    };
    within_reach(at, (0, 0))
}

/// Every thing that lies by itself.
#[must_use]
pub fn tiles(state: &State) -> Vec<Tile> {
    let clusters = state.cluster_ids().into_iter().filter_map(|id| {
        let at = state.cluster(id)?.at;
        Some(Tile {
            item: Item::Cluster(id),
            area: Area::of_cluster(at, state.members(id).len()),
        })
    });
    let notes = state.note_ids().into_iter().filter_map(|id| {
        let item = Item::Note(id);
        match state.place(id)? {
            Place::Loose(at) => Some(Tile {
                item,
                area: Area::of_note(at),
            }),
            Place::In { .. } | Place::Under(_) => None,
        }
    });
    clusters.chain(notes).collect()
}

/// Where some things go so that they lie side by side in the order they are read, near where they are
/// and beside what lies there besides. What lies right already is left out.
#[must_use]
pub fn side_by_side(chosen: &[Tile], others: &[Tile]) -> Vec<Move> {
    let bounds = chosen.iter().map(|tile| tile.area).reduce(Area::with);
    let Some(bounds) = bounds else {
        return Vec::new();
    };
    let mut chosen = chosen.to_vec();
    chosen.sort_by_key(|tile| {
        let Point { x, y } = tile.area.corner;
        (y.div_euclid(NOTE_HEIGHT), x, tile.item)
    });
    let (laid, size) = rows(&chosen, row_width(&chosen, NOTE_GAP), NOTE_GAP);
    let taken: Vec<Area> = others.iter().map(|tile| tile.area).collect();
    let corner = within_reach(snapped(bounds.corner), size);
    let corner = Area { corner, size }.nearest_free(&taken);
    let corner = within_reach(corner, size);
    let to = |at: Point| Point {
        x: corner.x + at.x,
        y: corner.y + at.y,
    };
    let moves = chosen.iter().zip(laid).map(|(tile, at)| (tile, to(at)));
    moves
        .filter(|(tile, to)| tile.area.corner != *to)
        .map(|(tile, to)| Move {
            item: tile.item,
            to,
        })
        .collect()
}

/// Where everything goes so that a board can be read in order: groups in rows, the largest first, and below
/// them the notes in none, in the order they are given in. What would go beyond the board's edge stays where
/// it is.
#[must_use]
pub fn in_order(groups: &[Tile], loose: &[Tile]) -> Vec<Move> {
    let mut groups = groups.to_vec();
    groups.sort_by_key(|group| {
        let (wide, high) = group.area.size;
        (Reverse(i64::from(wide) * i64::from(high)), group.item)
    });
    let width = row_width(&[&groups, loose].concat(), GROUP_GAP);
    let (mut laid, size) = rows(&groups, width, GROUP_GAP);
    let top = if groups.is_empty() {
        0
    } else {
        size.1 + GROUP_GAP
    };
    let (below, _) = rows(loose, width, NOTE_GAP);
    laid.extend(
        below
            .into_iter()
            .map(|Point { x, y }| Point { x, y: y + top }),
    );
    let moves = groups.iter().chain(loose).zip(laid);
    moves
        .filter(|(_, to)| to.x <= FARTHEST && to.y <= FARTHEST)
        .map(|(tile, to)| Move {
            item: tile.item,
            to,
        })
        .collect()
}

/// Corners of tiles in rows of at most this width, so far apart, each row as high as its highest; and the
/// size of it all.
fn rows(tiles: &[Tile], width: i32, gap: i32) -> (Vec<Point>, (i32, i32)) {
    let (mut x, mut y, mut highest) = (0, 0, 0);
    let (mut laid, mut size) = (Vec::new(), (0, 0));
    for tile in tiles {
        let (wide, high) = tile.area.size;
        if x > 0 && x + wide > width {
            (x, y, highest) = (0, y + highest + gap, 0);
        }
        laid.push(Point { x, y });
        size = (size.0.max(x + wide), size.1.max(y + high));
        x += wide + gap;
        highest = highest.max(high);
    }
    (laid, size)
}

fn row_width(tiles: &[Tile], gap: i32) -> i32 {
    let area = |tile: &Tile| {
        let (wide, high) = tile.area.size;
        f64::from(wide + gap) * f64::from(high + gap)
    };
    let all: f64 = tiles.iter().map(area).sum();
    let widest = tiles.iter().map(|tile| tile.area.size.0).max();
    ((all * BREADTH).sqrt() as i32).max(widest.unwrap_or(0))
}

/// The corner, so far from the edges of the board that something of this size fits.
fn within_reach(corner: Point, size: (i32, i32)) -> Point {
    let along = |at: i32, size: i32| at.clamp(-FARTHEST, (FARTHEST - size).max(-FARTHEST));
    Point {
        x: along(corner.x, size.0),
        y: along(corner.y, size.1),
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::{ClusterId, NoteId};
    use candour_shared::layout::NOTE_WIDTH;

    use super::*;

    fn note(number: u8, x: i32, y: i32) -> Tile {
        Tile {
            item: Item::Note(NoteId::from_bytes([number; 16])),
            area: Area::of_note(Point { x, y }),
        }
    }

    fn group(number: u8, notes: usize, x: i32, y: i32) -> Tile {
        Tile {
            item: Item::Cluster(ClusterId::from_bytes([number; 16])),
            area: Area::of_cluster(Point { x, y }, notes),
        }
    }

    /// Where tiles lie after these moves.
    fn after(tiles: &[Tile], moves: &[Move]) -> Vec<Tile> {
        let moved = |tile: &Tile| {
            let found = moves.iter().find(|step| step.item == tile.item);
            let area = found.map_or(tile.area, |step| tile.area.moved_to(step.to));
            Tile { area, ..*tile }
        };
        tiles.iter().map(moved).collect()
    }

    fn assert_apart(tiles: &[Tile]) {
        for (index, one) in tiles.iter().enumerate() {
            for other in &tiles[index + 1..] {
                assert!(!one.area.meets(other.area), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn a_heap_is_laid_side_by_side_beside_what_lies_there() {
        let mut heap: Vec<Tile> = (0..40).map(|n| note(n, i32::from(n) * 7, 900)).collect();
        heap.push(group(1, 5, 30, 920));
        let others = [note(99, 230, 910), group(2, 4, 0, 1300)];
        let tidy = after(&heap, &side_by_side(&heap, &others));
        let all: Vec<Tile> = tidy.iter().chain(&others).copied().collect();
        assert_apart(&all);
        assert_eq!(side_by_side(&[], &others), []);
    }

    #[test]
    fn nothing_lies_on_anything_once_a_board_is_in_order() {
        let many: Vec<Tile> = (0..20)
            .map(|n| group(n, usize::from(n) + 1, 7, 7))
            .collect();
        for (groups, loose) in [
            (vec![], 50),
            (vec![group(1, 3, 0, 0)], 0),
            (
                vec![group(1, 1, 9, 9), group(2, 40, 9, 9), group(3, 7, 0, 0)],
                30,
            ),
            (many, 200),
        ] {
            let loose: Vec<Tile> = (0..loose).map(|n| note(n, 3, 3)).collect();
            let moves = in_order(&groups, &loose);
            assert_eq!(moves.len(), groups.len() + loose.len());
            let all = [groups, loose].concat();
            assert_apart(&after(&all, &moves));
        }
    }

    #[test]
    fn the_largest_group_comes_first_and_loose_notes_last() {
        let groups = [group(1, 2, 0, 0), group(2, 9, 0, 0)];
        let moves = in_order(&groups, &[note(1, 0, 0)]);
        assert_eq!(moves[0].item, groups[1].item);
        assert_eq!(moves[0].to, Point { x: 0, y: 0 });
        assert!(matches!(moves[2].item, Item::Note(_)) && moves[2].to.y > moves[1].to.y);
    }

    #[test]
    fn what_is_tidy_stays() {
        let heap = [
            note(1, 5, 5),
            note(2, 40, 30),
            note(3, 60, 190),
            note(4, 9, 200),
        ];
        let tidy = after(&heap, &side_by_side(&heap, &[]));
        assert_eq!(side_by_side(&tidy, &[]), []);
    }

    #[test]
    fn nothing_is_laid_off_the_board() {
        let edge = FARTHEST - 10;
        let heap: Vec<Tile> = (0..30).map(|n| note(n, edge, edge)).collect();
        for tile in after(&heap, &side_by_side(&heap, &[])) {
            assert!(tile.area.right() <= FARTHEST && tile.area.bottom() <= FARTHEST);
        }
        let far = snapped(Point { x: edge, y: -edge });
        assert!(far.x <= FARTHEST && far.y >= -FARTHEST);
    }

    #[test]
    fn what_is_dropped_lies_on_the_grid_of_its_neighbours() {
        assert_eq!(snapped(Point { x: 230, y: -5 }), Point { x: 224, y: 0 });
        let pitch = (NOTE_WIDTH + NOTE_GAP, NOTE_HEIGHT + NOTE_GAP);
        assert_eq!((pitch.0 % GRID, pitch.1 % GRID), (0, 0));
    }
}
