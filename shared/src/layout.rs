//! Where things lie: the sizes and grids that server and page must agree on. All in board units, x to
//! the right, y down.

use crate::command::Point;

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

/// Most columns of notes in a cluster.
const CLUSTER_COLUMNS: i32 = 4;

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
    fn a_sheet_is_a_little_wider_than_high() {
        assert_eq!(sheet_columns(0), 1);
        assert_eq!(sheet_columns(3), 2);
        assert_eq!(sheet_columns(192), 16);
    }
}
