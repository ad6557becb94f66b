//! The board as a picture to be taken away: the same shapes as SVG, and for a canvas that becomes a PNG.
//! It is drawn in light colours, as for paper.

use std::fmt::Write as _;

use candour_page::State;
use candour_shared::ids::{Item, NoteId};
use candour_shared::layout::{
    self, Area, CLUSTER_HEADER, CLUSTER_PADDING, NOTE_HEIGHT, NOTE_WIDTH, Point,
};
use candour_shared::settings::{Colour, Settings};
use candour_shared::wall::{Note, Place};

use super::shades::{GROUP, GROUP_EDGE, INK, INK_SOFT, PAPER, Shades, shades};
use super::{cluster_title, held_because};

/// Room around everything, in board units.
const MARGIN: i32 = 48;
/// Room between a note's edge and its text.
const INSET: i32 = 12;
/// Sizes of a note's letters in board units, the largest first, with the height of a line.
const SIZES: [(i32, i32); 5] = [(18, 23), (16, 20), (14, 18), (12, 15), (10, 13)];
/// How wide a letter is on average, as a part of its size. Wide enough for common fonts.
const LETTER: f64 = 0.56;

/// The fonts of the picture, as CSS and as a canvas have it.
pub const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

/// A picture, in board units; its top left corner is 0, 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// How wide it is.
    pub width: i32,
    /// How high.
    pub height: i32,
    /// What is on it, the lowest first.
    pub shapes: Vec<Shape>,
}

/// Something on the picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Box {
        /// Where it is.
        area: Area,
        /// Its colour.
        fill: &'static str,
        /// The colour of its edge.
        edge: &'static str,
    },
    /// A line of text.
    Line {
        /// Where its base line begins.
        at: Point,
        /// How large its letters are.
        size: i32,
        /// Whether it is a heading.
        bold: bool,
        /// Its colour.
        ink: &'static str,
        /// What it says.
        text: String,
    },
}

impl Picture {
    /// The board as it is shown now; nothing if nothing lies on it.
    #[must_use]
    pub fn of(state: &State, settings: &Settings) -> Option<Self> {
        let mut items: Vec<(Area, Item)> = Vec::new();
        for cluster in state.cluster_ids() {
            let at = state.cluster(cluster)?.at;
            let notes = state.members(cluster).len();
            items.push((Area::of_cluster(at, notes), Item::Cluster(cluster)));
        }
        for note in state.note_ids() {
            if let Some(Place::Loose(at)) = state.place(note) {
                items.push((Area::of_note(at), Item::Note(note)));
            }
        }
        let all = items.iter().map(|(area, _)| *area).reduce(Area::with)?;
        let shift = Point {
            x: MARGIN - all.corner.x,
            y: MARGIN - all.corner.y,
        };
        let mut shapes = Vec::new();
        for (area, item) in items {
            match item {
                Item::Note(note) => draw_note(&mut shapes, state, settings, note, area),
                Item::Cluster(cluster) => {
                    let name = state.cluster(cluster).map(|cluster| cluster.name.as_str());
                    draw_group(&mut shapes, area, &cluster_title(name.unwrap_or_default()));
                    let members = state.members(cluster);
                    for (index, note) in members.iter().enumerate() {
                        let at = layout::in_cluster(area.corner, members.len(), index);
                        draw_note(&mut shapes, state, settings, *note, Area::of_note(at));
                    }
                }
            }
        }
        for shape in &mut shapes {
            shape.shift(shift);
        }
        Some(Self {
            width: all.size.0 + 2 * MARGIN,
            height: all.size.1 + 2 * MARGIN,
            shapes,
        })
    }

    /// The picture as an SVG file. `title` is read out by screen readers.
    #[must_use]
    pub fn svg(&self, title: &str) -> String {
        let Self { width, height, .. } = self;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FONTS}\">\
             <title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n",
            escaped(title)
        );
        for shape in &self.shapes {
            // Writing to a String can't fail.
            let _ = match shape {
                Shape::Box { area, fill, edge } => writeln!(
                    svg,
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" \
                     stroke=\"{edge}\"/>",
                    area.corner.x, area.corner.y, area.size.0, area.size.1
                ),
                Shape::Line {
                    at,
                    size,
                    bold,
                    ink,
                    text,
                } => writeln!(
                    svg,
                    "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{}\" \
                     fill=\"{ink}\">{}</text>",
                    at.x,
                    at.y,
                    weight(*bold),
                    escaped(text)
                ),
            };
        }
        svg.push_str("</svg>\n");
        svg
    }
}

impl Shape {
    fn shift(&mut self, by: Point) {
        let corner = match self {
            Self::Box { area, .. } => &mut area.corner,
            Self::Line { at, .. } => at,
        };
        corner.x += by.x;
        corner.y += by.y;
    }
}

/// How heavy letters are, as CSS has it.
#[must_use]
pub const fn weight(bold: bool) -> u32 {
    if bold { 700 } else { 400 }
}

fn draw_group(shapes: &mut Vec<Shape>, area: Area, title: &str) {
    shapes.push(Shape::Box {
        area,
        fill: GROUP,
        edge: GROUP_EDGE,
    });
    let room = area.size.0 - 2 * CLUSTER_PADDING;
    let lines = wrap(title, columns(room, 20));
    shapes.extend(lines.first().map(|line| Shape::Line {
        at: Point {
            x: area.corner.x + CLUSTER_PADDING,
            y: area.corner.y + CLUSTER_HEADER - CLUSTER_PADDING,
        },
        size: 20,
        bold: true,
        ink: INK,
        text: shortened(line, lines.len() > 1),
    }));
}

fn draw_note(
    shapes: &mut Vec<Shape>,
    state: &State,
    settings: &Settings,
    note: NoteId,
    area: Area,
) {
    let (colour, head, text) = match state.note(note) {
        Some(Note::Said(content)) => {
            let category = settings.categories.get(usize::from(content.category));
            (
                category.map_or(Colour::Slate, |category| category.colour),
                category.map_or_else(String::new, |category| category.name.clone()),
                content.text.clone(),
            )
        }
        Some(Note::Held(reason)) => (Colour::Slate, String::new(), held_because(*reason)),
        None => return,
    };
    let Shades { paper, edge, ink } = shades(colour);
    let fill = paper;
    shapes.push(Shape::Box { area, fill, edge });
    let (left, room) = (area.corner.x + INSET, NOTE_WIDTH - 2 * INSET);
    let head = wrap(&head, columns(room, 11));
    let mut y = area.corner.y + INSET + 9;
    shapes.extend(head.first().map(|line| Shape::Line {
        at: Point { x: left, y },
        size: 11,
        bold: true,
        ink: INK_SOFT,
        text: shortened(line, head.len() > 1),
    }));
    y += 6;
    let bottom = area.corner.y + NOTE_HEIGHT - INSET;
    let (size, height, lines) = fitted(&text, room, bottom - y);
    let most = usize::try_from((bottom - y) / height).unwrap_or(1).max(1);
    let cut = lines.len() > most;
    for (index, line) in lines.into_iter().take(most).enumerate() {
        y += height;
        shapes.push(Shape::Line {
            at: Point { x: left, y },
            size,
            bold: false,
            ink,
            text: shortened(&line, cut && index + 1 == most),
        });
    }
}

/// The text in the largest letters in which it goes into the room: their size, the height of a line, and
/// the lines. In the smallest it may have more lines than there is room for.
fn fitted(text: &str, width: i32, height: i32) -> (i32, i32, Vec<String>) {
    let mut fitted = (0, 1, Vec::new());
    for (size, line) in SIZES {
        fitted = (size, line, wrap(text, columns(width, size)));
        if fitted.2.len() as i32 * line <= height {
            break;
        }
    }
    fitted
}

fn columns(width: i32, size: i32) -> usize {
    (f64::from(width) / (f64::from(size) * LETTER)) as usize
}

/// The text in lines of at most so many characters, wrapped at words, and within words that are too long.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let mut word: Vec<char> = word.chars().collect();
            let taken = line.chars().count();
            if taken > 0 && taken + 1 + word.len() > columns {
                lines.push(std::mem::take(&mut line));
            } else if taken > 0 {
                line.push(' ');
            }
            while word.len() > columns {
                lines.push(word.drain(..columns).collect());
            }
            line.extend(word);
        }
        lines.push(line);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn shortened(line: &str, cut: bool) -> String {
    if cut {
        format!("{}…", line.trim_end_matches(['.', ',', ' ']))
    } else {
        line.to_owned()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_wrapped_at_words_and_within_long_ones() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 5), ["abcde", "fgh", "ij"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "b"]);
    }

    #[test]
    fn a_text_of_any_length_stays_on_its_note() {
        for length in [5, 60, 200, 400] {
            let (size, height, lines) = fitted(&"word ".repeat(length / 5), 184, 113);
            assert!(
                lines
                    .iter()
                    .all(|line| line.chars().count() <= columns(184, size))
            );
            assert!(
                length > 300 || lines.len() as i32 * height <= 113,
                "{length}"
            );
        }
    }

    #[test]
    fn what_people_wrote_can_t_break_out_of_the_picture() {
        let picture = Picture {
            width: 10,
            height: 10,
            shapes: vec![Shape::Line {
                at: Point { x: 0, y: 0 },
                size: 10,
                bold: false,
                ink: INK,
                text: "</text><script>alert(1)</script>".into(),
            }],
        };
        let svg = picture.svg("A & B");
        assert!(!svg.contains("<script>"), "{svg}");
        assert!(svg.contains("<title>A &amp; B</title>"), "{svg}");
    }
}
