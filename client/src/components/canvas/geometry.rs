//! Places on the plane and in the window onto it.

use candour_shared::layout::{FARTHEST, Point};

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

    #[test]
    fn nothing_is_moved_off_the_board() {
        let edge = Point { x: FARTHEST, y: 0 };
        assert_eq!(moved(edge, (500, -3)), Point { y: -3, ..edge });
    }
}
