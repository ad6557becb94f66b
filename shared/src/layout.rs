//! Where things lie: the sizes and grids that server and page must agree on. All in board units, x to
//! the right, y down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::denied::Denied;

/// Farthest a thing can lie from the middle of the board, in board units (CSS pixels at scale 1).
pub const FARTHEST: i32 = 100_000;

/// Width of a note.
pub const NOTE_WIDTH: i32 = 208;
/// Height of a note.
pub const NOTE_HEIGHT: i32 = 152;
/// Room between notes of a grid.
pub const NOTE_GAP: i32 = 16;
/// Room between a cluster's border and its notes.
pub const CLUSTER_PADDING: i32 = 16;
/// Height of the strip at the top of a cluster that holds its name.
pub const CLUSTER_HEADER: i32 = 48;

/// How many steps away a free place is looked for.
pub const REACH: i32 = 40;

/// Most columns of notes in a cluster.
const CLUSTER_COLUMNS: i32 = 4;

/// A place on the board, in board units: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

impl Point {
    /// Whether it lies on the board: at most [`FARTHEST`] from the middle, either way.
    pub fn check(self) -> Result<(), Denied> {
        let inside = -FARTHEST..=FARTHEST;
        if inside.contains(&self.x) && inside.contains(&self.y) {
            Ok(())
        } else {
            Err(Denied::OutOfRange {
                limit: FARTHEST.unsigned_abs(),
            })
        }
    }
}

/// The top left corner of a cell in a grid whose first cell lies at `origin`.
#[must_use]
pub fn cell(origin: Point, columns: i32, index: usize) -> Point {
    let index = i32::try_from(index).unwrap_or(i32::MAX);
    Point {
        x: origin.x + index % columns * (NOTE_WIDTH + NOTE_GAP),
        y: origin.y + index / columns * (NOTE_HEIGHT + NOTE_GAP),
    }
}

/// Columns of a grid of this many notes: a sheet about as wide as a screen is to its height.
#[must_use]
pub fn sheet_columns(notes: usize) -> i32 {
    (1..)
        .find(|columns| (columns * columns) as usize >= notes * 4 / 3)
        .unwrap_or(1)
}

/// Columns of a cluster of this many notes.
#[must_use]
pub fn cluster_columns(notes: usize) -> i32 {
    (1..CLUSTER_COLUMNS)
        .find(|columns| (columns * columns) as usize >= notes)
        .unwrap_or(CLUSTER_COLUMNS)
}

/// Where a cluster's note lies when the cluster lies at `at`.
#[must_use]
pub fn in_cluster(at: Point, notes: usize, index: usize) -> Point {
    let origin = Point {
        x: at.x + CLUSTER_PADDING,
        y: at.y + CLUSTER_HEADER,
    };
    cell(origin, cluster_columns(notes), index)
}

/// Width and height of a cluster.
#[must_use]
pub fn cluster_size(notes: usize) -> (i32, i32) {
    let columns = cluster_columns(notes);
    let rows = (i32::try_from(notes).unwrap_or(i32::MAX).max(1) + columns - 1) / columns;
    (
        columns * (NOTE_WIDTH + NOTE_GAP) - NOTE_GAP + 2 * CLUSTER_PADDING,
        rows * (NOTE_HEIGHT + NOTE_GAP) - NOTE_GAP + CLUSTER_HEADER + CLUSTER_PADDING,
    )
}

/// A rectangle on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its top left corner.
    pub corner: Point,
    /// Width and height.
    pub size: (i32, i32),
}

impl Area {
    /// Where a note lies.
    #[must_use]
    pub const fn of_note(corner: Point) -> Self {
        let size = (NOTE_WIDTH, NOTE_HEIGHT);
        Self { corner, size }
    }

    /// Where a cluster of this many notes lies.
    #[must_use]
    pub fn of_cluster(corner: Point, notes: usize) -> Self {
        let size = cluster_size(notes);
        Self { corner, size }
    }

    /// The same area somewhere else.
    #[must_use]
    pub const fn moved_to(self, corner: Point) -> Self {
        Self { corner, ..self }
    }

    /// The smallest area around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let corner = Point {
            x: self.corner.x.min(other.corner.x),
            y: self.corner.y.min(other.corner.y),
        };
        let size = (
            self.right().max(other.right()) - corner.x,
            self.bottom().max(other.bottom()) - corner.y,
        );
        Self { corner, size }
    }

    /// Where it ends to the right.
    #[must_use]
    pub const fn right(self) -> i32 {
        self.corner.x + self.size.0
    }

    /// Where it ends below.
    #[must_use]
    pub const fn bottom(self) -> i32 {
        self.corner.y + self.size.1
    }

    /// Its middle.
    #[must_use]
    pub const fn middle(self) -> Point {
        Point {
            x: self.corner.x + self.size.0 / 2,
            y: self.corner.y + self.size.1 / 2,
        }
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        (self.corner.x..self.right()).contains(&point.x)
            && (self.corner.y..self.bottom()).contains(&point.y)
    }

    /// How much of the smaller of the two lies in the larger, 0 to 1.
    #[must_use]
    pub fn overlap(self, other: Self) -> f64 {
        let product = |(width, height): (i32, i32)| f64::from(width) * f64::from(height);
        let width = self.right().min(other.right()) - self.corner.x.max(other.corner.x);
        let height = self.bottom().min(other.bottom()) - self.corner.y.max(other.corner.y);
        product((width.max(0), height.max(0))) / product(self.size).min(product(other.size))
    }

    /// Whether the two have a point in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.corner.x < other.right()
            && other.corner.x < self.right()
            && self.corner.y < other.bottom()
            && other.corner.y < self.bottom()
    }

    /// The nearest corner, in steps of a grid of notes, at which this would meet none of the others;
    /// its own if there is none within [`REACH`] steps.
    #[must_use]
    pub fn nearest_free(self, others: &[Self]) -> Point {
        let at = |(right, down): (i32, i32)| Point {
            x: self.corner.x + right * (NOTE_WIDTH + NOTE_GAP),
            y: self.corner.y + down * (NOTE_HEIGHT + NOTE_GAP),
        };
        let is_free = |corner: &Point| {
            let moved = Self {
                corner: *corner,
                ..self
            };
            corner.check().is_ok() && !others.iter().any(|other| moved.meets(*other))
        };
        let rings = (0..=REACH).flat_map(ring);
        rings.map(at).find(is_free).unwrap_or(self.corner)
    }
}

/// The steps that are `radius` away from here by the longer way, those straight below and to the
/// right first: that is where people look next.
fn ring(radius: i32) -> impl Iterator<Item = (i32, i32)> {
    let side = -radius..=radius;
    let mut steps: Vec<(i32, i32)> = side
        .clone()
        .flat_map(|right| side.clone().map(move |down| (right, down)))
        .filter(|(right, down)| right.abs().max(down.abs()) == radius)
        .collect();
    steps.sort_by_key(|(right, down)| (right.abs() + down.abs(), -down, -right));
    steps.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clusters_notes_lie_inside_it() {
        let at = Point { x: 100, y: -50 };
        for notes in 1..40 {
            let (width, height) = cluster_size(notes);
            for index in 0..notes {
                let corner = in_cluster(at, notes, index);
                assert!(
                    corner.x + NOTE_WIDTH <= at.x + width,
                    "{notes} notes, number {index}"
                );
                assert!(
                    corner.y + NOTE_HEIGHT <= at.y + height,
                    "{notes} notes, number {index}"
                );
            }
        }
    }

    #[test]
    fn things_that_are_put_aside_lie_on_nothing_and_near() {
        let here = Point { x: 40, y: 80 };
        assert_eq!(Area::of_note(here).nearest_free(&[]), here);
        let mut taken = vec![Area::of_cluster(here, 9)];
        for _ in 0..20 {
            let next = Area::of_note(Area::of_note(here).nearest_free(&taken));
            assert!(!taken.iter().any(|area| area.meets(next)), "{next:?}");
            assert!(
                (next.corner.x - here.x).abs() < 2_000 && (next.corner.y - here.y).abs() < 2_000
            );
            taken.push(next);
        }
    }

    #[test]
    fn an_overlap_is_the_share_of_the_smaller() {
        let note = |x| Area::of_note(Point { x, y: 0 });
        assert!((note(0).overlap(note(NOTE_WIDTH / 2)) - 0.5).abs() < 1e-9);
        assert!(note(0).overlap(note(NOTE_WIDTH)) < 1e-9);
        let around = Area::of_cluster(Point { x: -20, y: -60 }, 4);
        assert!((note(0).overlap(around) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn areas_that_only_touch_do_not_meet() {
        let note = |x| Area::of_note(Point { x, y: 0 });
        assert!(note(0).meets(note(NOTE_WIDTH - 1)));
        assert!(!note(0).meets(note(NOTE_WIDTH)));
    }

    #[test]
    fn a_sheet_is_a_little_wider_than_high() {
        assert_eq!(sheet_columns(0), 1);
        assert_eq!(sheet_columns(3), 2);
        assert_eq!(sheet_columns(192), 16);
    }
}
