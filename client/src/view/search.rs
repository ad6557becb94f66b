//! Search notes: by their words, and by what they are.

use super::{NoteView, Spot};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that have to be in the note, in any order; empty for all notes.
    pub words: String,
    /// The category's name.
    pub category: Option<String>,
    /// The aspect's name.
    pub aspect: Option<String>,
    /// Whether it has to be in no group.
    pub loose: bool,
    /// Whether it has to be one's own, as far as that can still be known.
    pub mine: bool,
}

impl Wanted {
    /// Whether anything is looked for at all.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a note is one of those looked for. `mine` says whether it is one's own.
    #[must_use]
    pub fn is(&self, note: &NoteView, spot: Spot, mine: bool) -> bool {
        let said = match note {
            NoteView::Said(said) => Some(said),
            NoteView::Held { .. } => None,
        };
        let of = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
        };
        let words = note.words().to_lowercase();
        self.words
            .to_lowercase()
            .split_whitespace()
            .all(|word| words.contains(word))
            && of(&self.category, said.map(|said| said.category.as_str()))
            && of(&self.aspect, said.and_then(|said| said.aspect.as_deref()))
            && (!self.loose || !matches!(spot, Spot::In(_)))
            && (!self.mine || mine)
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::ClusterId;
    use candour_shared::layout::Point;
    use candour_shared::settings::Colour;

    use super::super::Said;
    use super::*;

    fn note(text: &str) -> NoteView {
        NoteView::Said(Said {
            category: "Pressures".into(),
            colour: Colour::Amber,
            aspect: Some("Technology".into()),
            text: text.into(),
        })
    }

    const LOOSE: Spot = Spot::Loose(Point { x: 0, y: 0 });

    #[test]
    fn a_note_is_found_by_all_of_the_words_in_any_order_and_case() {
        let wanted = |words: &str| Wanted {
            words: words.into(),
            ..Wanted::default()
        };
        let note = note("Three passwords before one Result");
        assert!(wanted("result THREE").is(&note, LOOSE, false));
        assert!(wanted("  ").is(&note, LOOSE, false));
        assert!(!wanted("result four").is(&note, LOOSE, false));
    }

    #[test]
    fn a_note_is_found_by_what_it_is() {
        let note = note("Three passwords");
        let inside = Spot::In(ClusterId::from_bytes([1; 16]));
        let by = |change: fn(&mut Wanted)| {
            let mut wanted = Wanted::default();
            change(&mut wanted);
            wanted
        };
        assert!(by(|wanted| wanted.category = Some("Pressures".into())).is(&note, LOOSE, false));
        assert!(!by(|wanted| wanted.aspect = Some("Trust".into())).is(&note, LOOSE, false));
        assert!(!by(|wanted| wanted.loose = true).is(&note, inside, false));
        assert!(!by(|wanted| wanted.mine = true).is(&note, LOOSE, false));
        assert!(by(|wanted| wanted.mine = true).is(&note, LOOSE, true));
    }
}
