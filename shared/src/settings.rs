//! What an organiser decides when a board opens, and not even they can change afterwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::agenda::{MAX_STEPS, STEP_MINUTES, Step};
use crate::checks::{
    Blank, CLUSTER_CHARS, NAME_CHARS, PROMPT_CHARS, TITLE_CHARS, TextFault, checked_line,
    checked_text,
};
use crate::denied::{Denied, SettingsFault, SettingsPart};
use crate::note::Content;
use crate::variants::all;

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
    /// The organisations people choose from when they join. May be empty: then they aren't asked.
    #[serde(default)]
    pub organisations: Vec<String>,
    /// The steps of the workshop, at first; at most [`MAX_STEPS`]. Facilitators can change them.
    #[serde(default)]
    pub agenda: Vec<Step>,
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

impl Category {
    /// A kind of note.
    #[must_use]
    pub fn new(name: impl Into<String>, colour: Colour) -> Self {
        Self {
            name: name.into(),
            colour,
        }
    }
}

/// A note's colour. The page chooses the shades, for light, dark and forced colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantArray)]
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
    pub const ALL: [Self; Self::VARIANTS.len()] = all();
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// Everyone writes privately; a facilitator reveals all notes at once, shuffled.
    Reveal,
    /// Notes appear while people write, shuffled, a pool at a time: see [`Pool`].
    Pooled,
}

impl Release {
    /// Both ways.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// How participants get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// By one link for all participants. Who opens it in two browsers is two people, so results are
    /// indicative.
    SharedLink,
    /// By single-use codes, made for one organisation each.
    Codes,
}

impl Admission {
    /// Both ways.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();
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

impl Settings {
    /// A board with a title and these kinds of note; without aspects, organisations and agenda, and with the
    /// usual [`Privacy`]. Nothing is checked: see [`Self::checked`].
    #[must_use]
    pub fn new(title: impl Into<String>, categories: Vec<Category>) -> Self {
        Self {
            title: title.into(),
            categories,
            aspects: Vec::new(),
            organisations: Vec::new(),
            agenda: Vec::new(),
            privacy: Privacy::default(),
        }
    }

    /// Whether a note of this category and aspect can be on the board.
    pub fn check_content(&self, content: &Content) -> Result<(), Denied> {
        let category = usize::from(content.category) < self.categories.len();
        let aspect = content
            .aspect
            .is_none_or(|aspect| usize::from(aspect) < self.aspects.len());
        if category && aspect {
            Ok(())
        } else {
            Err(Denied::NoSuchCategory)
        }
    }

    /// Settings with every text trimmed, or what is wrong with them.
    pub fn checked(mut self) -> Result<Self, Denied> {
        self.check()
            .map_err(|fault| Denied::BadSettings { fault })?;
        Ok(self)
    }

    fn check(&mut self) -> Result<(), SettingsFault> {
        use SettingsPart as Part;
        one_line(&mut self.title, Part::Title, TITLE_CHARS)?;
        at_most(Part::Category, self.categories.len(), MAX_CATEGORIES)?;
        at_most(Part::Aspect, self.aspects.len(), MAX_CATEGORIES)?;
        at_most(
            Part::Organisation,
            self.organisations.len(),
            MAX_ORGANISATIONS,
        )?;
        at_most(Part::Step, self.agenda.len(), MAX_STEPS)?;
        if self.categories.is_empty() {
            return Err(SettingsFault::NoCategory);
        }
        if self.privacy.min_group < 2 {
            return Err(SettingsFault::GroupTooSmall);
        }
        if self.privacy.keep_days == 0 || self.privacy.keep_days > MAX_KEEP_DAYS {
            return Err(SettingsFault::KeepDays {
                limit: MAX_KEEP_DAYS,
            });
        }
        for category in &mut self.categories {
            one_line(&mut category.name, Part::Category, NAME_CHARS)?;
        }
        for aspect in &mut self.aspects {
            one_line(aspect, Part::Aspect, NAME_CHARS)?;
        }
        for organisation in &mut self.organisations {
            one_line(organisation, Part::Organisation, NAME_CHARS)?;
        }
        let names = self
            .categories
            .iter()
            .map(|category| category.name.as_str());
        distinct(Part::Category, names)?;
        distinct(Part::Aspect, self.aspects.iter().map(String::as_str))?;
        distinct(
            Part::Organisation,
            self.organisations.iter().map(String::as_str),
        )?;
        self.agenda.iter_mut().try_for_each(step)
    }
}

fn step(step: &mut Step) -> Result<(), SettingsFault> {
    one_line(&mut step.title, SettingsPart::Step, CLUSTER_CHARS)?;
    step.prompt = checked_text(&step.prompt, Blank::Allowed, PROMPT_CHARS)
        .map_err(|fault| of_part(SettingsPart::Prompt, fault))?;
    if step.minutes > STEP_MINUTES {
        return Err(SettingsFault::Minutes {
            limit: STEP_MINUTES,
        });
    }
    Ok(())
}

fn one_line(text: &mut String, part: SettingsPart, limit: usize) -> Result<(), SettingsFault> {
    *text = checked_line(text, limit).map_err(|fault| of_part(part, fault))?;
    Ok(())
}

const fn of_part(part: SettingsPart, fault: TextFault) -> SettingsFault {
    match fault {
        TextFault::Empty => SettingsFault::Empty { part },
        TextFault::TooLong { limit } => SettingsFault::TooLong { part, limit },
    }
}

fn at_most(part: SettingsPart, count: usize, limit: usize) -> Result<(), SettingsFault> {
    if count > limit {
        return Err(SettingsFault::TooMany { part, limit });
    }
    Ok(())
}

fn distinct<'a>(
    part: SettingsPart,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), SettingsFault> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name.to_lowercase()) {
            let name = name.to_owned();
            return Err(SettingsFault::Twice { part, name });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::new("Fine", vec![Category::new("Notes", Colour::Amber)])
    }

    #[test]
    fn names_are_trimmed_and_may_not_repeat() {
        let mut settings = settings();
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
        let mut settings = settings();
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
