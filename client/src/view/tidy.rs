//! Tidying up: where everything goes so that nothing lies on anything and the board can be read in order.

use candour_shared::command::{FARTHEST, Move, Point};
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{self, NOTE_GAP, NOTE_HEIGHT, NOTE_WIDTH};

/// Room between groups.
const GAP: i32 = 3 * NOTE_GAP;

/// A group to be placed: how many notes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// Which.
    pub cluster: ClusterId,
    /// How many notes.
    pub notes: usize,
}

/// Where everything goes: groups in rows, the largest first, and below them the notes in none, in the order
/// they are given in. What would go beyond the board's edge stays where it is.
#[must_use]
pub fn tidy(groups: &[Crowd], loose: &[NoteId]) -> Vec<Move> {
    let mut groups = groups.to_vec();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.notes), group.cluster));
    let width = sheet_width(&groups, loose.len());
    let mut moves = Vec::new();
    let (mut x, mut y, mut row) = (0, 0, 0);
    for group in groups {
        let (wide, high) = layout::cluster_size(group.notes);
        if x > 0 && x + wide > width {
            (x, y, row) = (0, y + row + GAP, 0);
        }
        let to = Point { x, y };
        moves.push(Move {
            item: Item::Cluster(group.cluster),
            to,
        });
        x += wide + GAP;
        row = row.max(high);
    }
    let top = if row > 0 { y + row + GAP } else { 0 };
    let columns = (width / (NOTE_WIDTH + NOTE_GAP)).max(1);
    for (index, note) in loose.iter().enumerate() {
        let to = layout::cell(Point { x: 0, y: top }, columns, index);
        moves.push(Move {
            item: Item::Note(*note),
            to,
        });
    }
    moves.retain(|step| step.to.x <= FARTHEST && step.to.y <= FARTHEST);
    moves
}

/// How wide a sheet of all this is that is a little wider than high.
fn sheet_width(groups: &[Crowd], loose: usize) -> i32 {
    let area = |(wide, high): (i32, i32)| i64::from(wide + GAP) * i64::from(high + GAP);
    let grouped: i64 = groups
        .iter()
        .map(|group| area(layout::cluster_size(group.notes)))
        .sum();
    let alone = i64::from(NOTE_WIDTH + NOTE_GAP) * i64::from(NOTE_HEIGHT + NOTE_GAP) * loose as i64;
    let width = ((grouped + alone) as f64 * 1.6).sqrt() as i32;
    let widest = groups
        .iter()
        .map(|group| layout::cluster_size(group.notes).0)
        .max();
    width.max(widest.unwrap_or(0)).max(NOTE_WIDTH)
}

#[cfg(test)]
mod tests {
    use candour_shared::layout::Area;

    use super::*;

    fn group(n: u8, notes: usize) -> Crowd {
        Crowd {
            cluster: ClusterId::from_bytes([n; 16]),
            notes,
        }
    }

    fn notes(number: u8) -> Vec<NoteId> {
        (0..number).map(|n| NoteId::from_bytes([n; 16])).collect()
    }

    /// The notes' areas and the groups' after these moves.
    fn areas(moves: &[Move], groups: &[Crowd]) -> Vec<Area> {
        let area = |step: &Move| match step.item {
            Item::Note(_) => Area::of_note(step.to),
            Item::Cluster(cluster) => {
                let notes = groups.iter().find(|group| group.cluster == cluster);
                Area::of_cluster(step.to, notes.map_or(0, |group| group.notes))
            }
        };
        moves.iter().map(area).collect()
    }

    #[test]
    fn nothing_lies_on_anything_once_it_is_tidy() {
        for (groups, loose) in [
            (vec![], 50),
            (vec![group(1, 3)], 0),
            (
                vec![group(1, 1), group(2, 40), group(3, 7), group(4, 2)],
                30,
            ),
            ((0..20).map(|n| group(n, usize::from(n) + 1)).collect(), 200),
        ] {
            let moves = tidy(&groups, &notes(loose));
            assert_eq!(moves.len(), groups.len() + usize::from(loose));
            let areas = areas(&moves, &groups);
            for (index, area) in areas.iter().enumerate() {
                assert!(
                    !areas[index + 1..].iter().any(|other| area.meets(*other)),
                    "{groups:?}"
                );
            }
        }
    }

    #[test]
    fn the_largest_group_comes_first_and_loose_notes_last() {
        let groups = [group(1, 2), group(2, 9)];
        let moves = tidy(&groups, &notes(1));
        assert_eq!(moves[0].item, Item::Cluster(groups[1].cluster));
        assert_eq!(moves[0].to, Point { x: 0, y: 0 });
        assert!(matches!(moves[2].item, Item::Note(_)) && moves[2].to.y > 0);
    }
}
