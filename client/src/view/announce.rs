//! What others do to the board, for those who don't see it: many changes are one sentence.

use crate::text::announce as text;

/// What others did since it was last told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Announcement {
    /// How many notes have come.
    pub added: usize,
    /// How many notes have gone.
    pub removed: usize,
    /// How many notes have come into a group, or out of one.
    pub moved: usize,
    /// How many groups have come.
    pub groups: usize,
}

impl Announcement {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            added: self.added + other.added,
            removed: self.removed + other.removed,
            moved: self.moved + other.moved,
            groups: self.groups + other.groups,
        }
    }

    /// In a few words; empty if nothing happened.
    #[must_use]
    pub fn words(self) -> String {
        let some = |number: usize| (number > 0).then_some(number);
        let told = [
            some(self.added).map(text::added),
            some(self.removed).map(text::removed),
            some(self.groups).map(text::groups),
            some(self.moved).map(text::moved),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        told.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_changes_are_told_in_one_go() {
        assert_eq!(Announcement::default().words(), "");
        let one = Announcement {
            added: 1,
            ..Announcement::default()
        };
        assert_eq!(one.words(), "1 note added.");
        let more = Announcement {
            moved: 2,
            groups: 1,
            ..one
        };
        assert_eq!(
            one.and(more).words(),
            "2 notes added. 1 group made. 2 notes moved."
        );
    }
}
