//! Places on the plane and in the window onto it.

use candour_shared::command::{FARTHEST, Point};
use candour_shared::layout::{CLUSTER_HEADER, NOTE_HEIGHT, NOTE_WIDTH, cluster_size};

/// A place in the window onto the plane, in CSS pixels from its top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Pixel {
    pub x: f64,
    pub y: f64,
}

/// The window's size, in CSS pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// A rectangle on the plane, in board units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Its top left corner.
    pub at: Point,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
}

/// Which way an arrow key points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Left,
    Right,
    Up,
    Down,
}

impl Pixel {
    /// How far it is to another place.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The place halfway to another.
    #[must_use]
    pub fn halfway(self, other: Self) -> Self {
        Self {
            x: f64::midpoint(self.x, other.x),
            y: f64::midpoint(self.y, other.y),
        }
    }
}

impl Rect {
    /// A note.
    #[must_use]
    pub const fn of_note(at: Point) -> Self {
        Self {
            at,
            width: NOTE_WIDTH,
            height: NOTE_HEIGHT,
        }
    }

    /// A cluster of this many notes.
    #[must_use]
    pub fn of_cluster(at: Point, notes: usize) -> Self {
        let (width, height) = cluster_size(notes);
        Self { at, width, height }
    }

    /// The strip at the top of a cluster, where it is taken hold of.
    #[must_use]
    pub const fn header(self) -> Self {
        Self {
            height: CLUSTER_HEADER,
            ..self
        }
    }

    /// The same rectangle somewhere else.
    #[must_use]
    pub const fn moved_to(self, at: Point) -> Self {
        Self { at, ..self }
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let at = Point {
            x: self.at.x.min(other.at.x),
            y: self.at.y.min(other.at.y),
        };
        Self {
            at,
            width: self.right().max(other.right()) - at.x,
            height: self.bottom().max(other.bottom()) - at.y,
        }
    }

    /// Its middle.
    #[must_use]
    pub const fn middle(self) -> Point {
        Point {
            x: self.at.x + self.width / 2,
            y: self.at.y + self.height / 2,
        }
    }

    /// Its right edge.
    #[must_use]
    pub const fn right(self) -> i32 {
        self.at.x + self.width
    }

    /// Its bottom edge.
    #[must_use]
    pub const fn bottom(self) -> i32 {
        self.at.y + self.height
    }

    /// Whether a place lies in it.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        (self.at.x..self.right()).contains(&point.x)
            && (self.at.y..self.bottom()).contains(&point.y)
    }

    /// Whether any of it lies in another.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.at.x < other.right()
            && other.at.x < self.right()
            && self.at.y < other.bottom()
            && other.at.y < self.bottom()
    }

    /// How much of the smaller of the two lies in the larger, 0 to 1.
    #[must_use]
    pub fn overlap(self, other: Self) -> f64 {
        let width = self.right().min(other.right()) - self.at.x.max(other.at.x);
        let height = self.bottom().min(other.bottom()) - self.at.y.max(other.at.y);
        let smaller = self.area().min(other.area());
        f64::from(width.max(0)) * f64::from(height.max(0)) / smaller
    }

    fn area(self) -> f64 {
        f64::from(self.width) * f64::from(self.height)
    }
}

impl Direction {
    /// A step this way: how far to the right, and how far down.
    #[must_use]
    pub const fn step(self, across: i32, down: i32) -> (i32, i32) {
        match self {
            Self::Left => (-across, 0),
            Self::Right => (across, 0),
            Self::Up => (0, -down),
            Self::Down => (0, down),
        }
    }

    /// How far `to` lies this way from `from`, and how far beside.
    #[must_use]
    pub const fn measure(self, from: Point, to: Point) -> (i32, i32) {
        let (x, y) = (to.x - from.x, to.y - from.y);
        match self {
            Self::Left => (-x, y.abs()),
            Self::Right => (x, y.abs()),
            Self::Up => (-y, x.abs()),
            Self::Down => (y, x.abs()),
        }
    }
}

/// A place moved by so much, but not off the board.
#[must_use]
pub fn moved(from: Point, (x, y): (i32, i32)) -> Point {
    Point {
        x: from.x.saturating_add(x).clamp(-FARTHEST, FARTHEST),
        y: from.y.saturating_add(y).clamp(-FARTHEST, FARTHEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(x: i32, y: i32) -> Rect {
        Rect::of_note(Point { x, y })
    }

    #[test]
    fn an_overlap_is_the_share_of_the_smaller() {
        assert!((note(0, 0).overlap(note(NOTE_WIDTH / 2, 0)) - 0.5).abs() < 1e-9);
        assert!(note(0, 0).overlap(note(NOTE_WIDTH, 0)) < 1e-9);
        let around = Rect::of_cluster(Point { x: -20, y: -60 }, 4);
        assert!((note(0, 0).overlap(around) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn rectangles_that_only_touch_do_not_meet() {
        assert!(note(0, 0).meets(note(NOTE_WIDTH - 1, 0)));
        assert!(!note(0, 0).meets(note(NOTE_WIDTH, 0)));
    }

    #[test]
    fn nothing_is_moved_off_the_board() {
        let edge = Point { x: FARTHEST, y: 0 };
        assert_eq!(moved(edge, (500, -3)), Point { y: -3, ..edge });
    }
}
