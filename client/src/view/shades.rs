//! The colours of the picture: those of the style sheet in light mode, looked up when the page is compiled, so that
//! they stand in one place.

use candour_shared::settings::Colour;

const STYLE: &[u8] = include_bytes!("../../style/00-tokens.css");
/// How long a colour is: `#14202b`.
const LENGTH: usize = 7;

/// A token of the style sheet that is a colour.
macro_rules! token {
    ($name:literal) => {{
        const COLOUR: [u8; LENGTH] = colour($name);
        text(&COLOUR)
    }};
}

/// White, as paper is.
pub const PAPER: &str = token!("--paper: ");
/// Letters.
pub const INK: &str = token!("--ink: ");
/// Letters that matter less.
pub const INK_SOFT: &str = token!("--ink-soft: ");
/// What a group lies on.
pub const GROUP: &str = token!("--ground: ");
/// A group's edge.
pub const GROUP_EDGE: &str = token!("--line-strong: ");

/// The colours of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Its paper.
    pub paper: &'static str,
    /// Its edge.
    pub edge: &'static str,
    /// Its letters.
    pub ink: &'static str,
}

/// The shades of a note's colour.
#[must_use]
pub const fn shades(colour: Colour) -> Shades {
    macro_rules! shades {
        ($paper:literal, $edge:literal, $ink:literal) => {
            Shades {
                paper: token!($paper),
                edge: token!($edge),
                ink: token!($ink),
            }
        };
    }
    match colour {
        Colour::Amber => shades!("--amber-paper: ", "--amber-edge: ", "--amber-ink: "),
        Colour::Rose => shades!("--rose-paper: ", "--rose-edge: ", "--rose-ink: "),
        Colour::Teal => shades!("--teal-paper: ", "--teal-edge: ", "--teal-ink: "),
        Colour::Blue => shades!("--blue-paper: ", "--blue-edge: ", "--blue-ink: "),
        Colour::Violet => shades!("--violet-paper: ", "--violet-edge: ", "--violet-ink: "),
        Colour::Slate => shades!("--slate-paper: ", "--slate-edge: ", "--slate-ink: "),
    }
}

/// The colour behind the first of these names in the style sheet: light mode comes first.
const fn colour(name: &str) -> [u8; LENGTH] {
    let name = name.as_bytes();
    let mut at = 0;
    while at + name.len() + LENGTH <= STYLE.len() {
        let mut same = 0;
        while same < name.len() && STYLE[at + same] == name[same] {
            same += 1;
        }
        if same == name.len() {
            let mut colour = [0; LENGTH];
            let mut index = 0;
            while index < LENGTH {
                colour[index] = STYLE[at + same + index];
                index += 1;
            }
            // A token that is no colour.
            assert!(colour[0] == b'#');
            return colour;
        }
        at += 1;
    }
    // The style sheet lacks the token.
    panic!()
}

const fn text(colour: &'static [u8; LENGTH]) -> &'static str {
    match str::from_utf8(colour) {
        Ok(text) => text,
        Err(_) => panic!(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shades_are_those_of_light_mode() {
        assert_eq!((PAPER, INK), ("#ffffff", "#14202b"));
        let amber = Shades {
            paper: "#fdecc0",
            edge: "#96690a",
            ink: "#3d2a00",
        };
        assert_eq!(shades(Colour::Amber), amber);
    }
}
