//! What an organiser decides when a board opens, and nobody can change afterwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::denied::Denied;
use crate::phase::Phase;

/// Longest title of a board, in characters.
pub const TITLE_CHARS: usize = 120;
/// Longest name of a category, an aspect or an organisation, in characters.
pub const NAME_CHARS: usize = 60;
/// Most categories, and most aspects, of one board.
pub const MAX_CATEGORIES: usize = 12;
/// Most organisations of one board.
pub const MAX_ORGANISATIONS: usize = 100;
/// Smallest number of contributors an organisation may have to be named in a result.
pub const MIN_GROUP: u8 = 5;
/// How many days a board is kept, unless the organiser decides otherwise.
pub const KEEP_DAYS: u16 = 30;
/// Most days a board can be kept.
pub const MAX_KEEP_DAYS: u16 = 365;

/// A board as its organiser set it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The board's title, 1 to [`TITLE_CHARS`] characters.
    pub title: String,
    /// The kinds of note people can write; a note has exactly one. 1 to [`MAX_CATEGORIES`].
    pub categories: Vec<Category>,
    /// What a note is about; a note has at most one. May be empty.
    #[serde(default)]
    pub aspects: Vec<String>,
    /// The organisations people choose from when they join. May be empty: then nobody is asked.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// What people are asked in each phase, at first. Facilitators can change it.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// What protects the people who write.
    #[serde(default)]
    pub privacy: Privacy,
}

/// A kind of note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its name, 1 to [`NAME_CHARS`] characters.
    pub name: String,
    /// The colour of its notes.
    pub colour: Colour,
}

/// A note's colour. The page chooses the shades, for light, dark and forced colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Colour {
    Amber,
    Rose,
    Teal,
    Blue,
    Violet,
    Slate,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Self; 6] = [
        Self::Amber,
        Self::Rose,
        Self::Teal,
        Self::Blue,
        Self::Violet,
        Self::Slate,
    ];
}

/// What people are asked in one phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// The phase it is shown in.
    pub phase: Phase,
    /// The text, at most [`crate::command::PROMPT_CHARS`] characters.
    pub text: String,
}

/// The privacy policy of a board: fixed when it opens, shown before joining, printed on exports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Privacy {
    /// When notes become visible to others.
    pub release: Release,
    /// Fewest contributors an organisation needs to be named in a result. At least 2.
    pub min_group: u8,
    /// How many days after its opening the board is deleted, 1 to [`MAX_KEEP_DAYS`].
    pub keep_days: u16,
    /// How participants get in.
    pub admission: Admission,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            release: Release::Reveal,
            min_group: MIN_GROUP,
            keep_days: KEEP_DAYS,
            admission: Admission::SharedLink,
        }
    }
}

/// When notes become visible to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// Everyone writes privately; a facilitator reveals all notes at once, shuffled.
    Reveal,
    /// Notes appear while people write, shuffled, a pool at a time: see [`Pool`].
    Pooled,
}

/// How participants get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// By one link for everybody. Who opens it in two browsers is two people, so results are
    /// indicative.
    SharedLink,
    /// By single-use codes, made for one organisation each.
    Codes,
}

/// When a pool of waiting notes is large enough to be released: the crowd a note is hidden in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool;

impl Pool {
    /// How often waiting notes are looked at, in seconds.
    pub const SECONDS: u32 = 20;
    /// How many people's notes have to wait.
    pub const PEOPLE: usize = 3;
    /// How many people's notes are enough once notes have waited for [`Self::LONG_SECONDS`].
    pub const PEOPLE_AFTER_LONG: usize = 2;
    /// What is a long wait, in seconds.
    pub const LONG_SECONDS: u32 = 120;
    /// How many people have to be on the board.
    pub const PRESENT: usize = 5;

    /// Whether notes of so many `authors` can be released among so many people `present`, after so
    /// many seconds.
    #[must_use]
    pub const fn is_full(authors: usize, present: usize, waited_seconds: u32) -> bool {
        let needed = if waited_seconds >= Self::LONG_SECONDS {
            Self::PEOPLE_AFTER_LONG
        } else {
            Self::PEOPLE
        };
        authors >= needed && present >= Self::PRESENT
    }
}

/// An organisation's place in [`Settings::organisations`].
pub type OrganisationIndex = u8;

impl Settings {
    /// Settings with every text trimmed, or what is wrong with them.
    pub fn checked(mut self) -> Result<Self, Denied> {
        one_line(&mut self.title, "the title", TITLE_CHARS)?;
        at_most("categories", self.categories.len(), MAX_CATEGORIES)?;
        at_most("aspects", self.aspects.len(), MAX_CATEGORIES)?;
        at_most("organisations", self.organisations.len(), MAX_ORGANISATIONS)?;
        if self.categories.is_empty() {
            return Err(Denied::BadSettings {
                why: "a board needs at least one category".into(),
            });
        }
        if self.privacy.min_group < 2 {
            return Err(Denied::BadSettings {
                why: "min_group must be at least 2".into(),
            });
        }
        if self.privacy.keep_days == 0 || self.privacy.keep_days > MAX_KEEP_DAYS {
            return Err(Denied::BadSettings {
                why: format!("keep_days must be 1 to {MAX_KEEP_DAYS}"),
            });
        }
        for category in &mut self.categories {
            one_line(&mut category.name, "a category's name", NAME_CHARS)?;
        }
        for aspect in &mut self.aspects {
            one_line(aspect, "an aspect's name", NAME_CHARS)?;
        }
        for organisation in &mut self.organisations {
            one_line(organisation, "an organisation's name", NAME_CHARS)?;
        }
        distinct(
            "categories",
            self.categories
                .iter()
                .map(|category| category.name.as_str()),
        )?;
        distinct("aspects", self.aspects.iter().map(String::as_str))?;
        distinct(
            "organisations",
            self.organisations.iter().map(String::as_str),
        )?;
        for prompt in &mut self.prompts {
            prompt.text = crate::command::checked_text(
                &prompt.text,
                crate::command::Blank::Allowed,
                crate::command::PROMPT_CHARS,
            )?;
        }
        Ok(self)
    }
}

fn one_line(text: &mut String, what: &str, limit: usize) -> Result<(), Denied> {
    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(Denied::BadSettings {
            why: format!("{what} is empty"),
        }),
        n if n > limit => Err(Denied::BadSettings {
            why: format!("{what} is longer than {limit} characters"),
        }),
        _ => Ok(()),
    }
}

fn at_most(what: &str, count: usize, limit: usize) -> Result<(), Denied> {
    if count > limit {
        return Err(Denied::BadSettings {
            why: format!("there are more than {limit} {what}"),
        });
    }
    Ok(())
}

fn distinct<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), Denied> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name.to_lowercase()) {
            return Err(Denied::BadSettings {
                why: format!("two {what} are called “{name}”"),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::Template;

    #[test]
    fn every_template_is_a_valid_board() {
        for template in Template::ALL {
            let mut settings = template.settings();
            settings.title = "A board".into();
            assert_eq!(settings.clone().checked(), Ok(settings), "{template:?}");
        }
    }

    #[test]
    fn names_are_trimmed_and_may_not_repeat() {
        let mut settings = Template::Blank.settings();
        settings.title = "  Winter \n plans ".into();
        assert_eq!(settings.clone().checked().unwrap().title, "Winter plans");
        settings.organisations = vec!["GP".into(), " gp ".into()];
        assert!(matches!(
            settings.checked(),
            Err(Denied::BadSettings { .. })
        ));
    }

    #[test]
    fn a_board_without_a_title_or_a_category_is_refused() {
        let mut settings = Template::Blank.settings();
        settings.title = " ".into();
        assert!(matches!(
            settings.clone().checked(),
            Err(Denied::BadSettings { .. })
        ));
        settings.title = "Fine".into();
        settings.categories.clear();
        assert!(matches!(
            settings.checked(),
            Err(Denied::BadSettings { .. })
        ));
    }
}
