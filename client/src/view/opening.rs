//! The form that opens a board: as it is typed, and what is wrong with it.

use std::ops::RangeInclusive;

use crate::text::{common, language, opening as text};
use candour_shared::agenda::Step;
use candour_shared::denied::Denied;
use candour_shared::settings::{
    Admission, Category, Colour, MAX_KEEP_DAYS, Privacy, Release, Settings,
};
use candour_shared::templates::Template;

/// The smallest groups that can be asked for.
pub const GROUPS: RangeInclusive<u16> = 2..=u8::MAX as u16;
/// The days a board can be kept.
pub const DAYS: RangeInclusive<u16> = 1..=MAX_KEEP_DAYS;

/// The colours of categories that no template knows, in their order.
const PALETTE: [Colour; 6] = [
    Colour::Amber,
    Colour::Teal,
    Colour::Blue,
    Colour::Rose,
    Colour::Violet,
    Colour::Slate,
];

/// The form, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The board's title.
    pub title: String,
    /// The categories of what it starts from, for their colours.
    pub known: Vec<Category>,
    /// The categories, one per line.
    pub categories: String,
    /// The aspects, one per line.
    pub aspects: String,
    /// The steps of the workshop.
    pub agenda: Vec<Step>,
    /// The organisations, one per line.
    pub organisations: String,
    /// What can't be changed later.
    pub rules: Rules,
}

/// The privacy rules, as they are typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// When others see a note.
    pub release: Release,
    /// How participants get in.
    pub admission: Admission,
    /// The smallest group to be named.
    pub min_group: String,
    /// The days until the board is deleted.
    pub keep_days: String,
}

impl Default for Rules {
    fn default() -> Self {
        let privacy = Privacy::default();
        Self {
            release: privacy.release,
            admission: privacy.admission,
            min_group: privacy.min_group.to_string(),
            keep_days: privacy.keep_days.to_string(),
        }
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Title,
    Categories,
    Aspects,
    Organisations,
    MinGroup,
    KeepDays,
}

impl Field {
    /// The id of its element.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Categories => "categories",
            Self::Aspects => "aspects",
            Self::Organisations => "organisations",
            Self::MinGroup => "min-group",
            Self::KeepDays => "keep-days",
        }
    }
}

/// What is wrong with a field, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The field.
    pub field: Field,
    /// The sentence.
    pub words: String,
}

impl Opening {
    /// The board's settings, or everything that is wrong, in the order of the form.
    pub fn settings(&self) -> Result<Settings, Vec<Flaw>> {
        let blank = Settings {
            title: "board".into(),
            ..Template::Blank.settings(language())
        };
        let title = Settings {
            title: self.title.clone(),
            ..blank.clone()
        };
        let categories = Settings {
            categories: categories(&self.known, &lines(&self.categories)),
            ..blank.clone()
        };
        let aspects = Settings {
            aspects: lines(&self.aspects),
            ..blank.clone()
        };
        let organisations = Settings {
            organisations: lines(&self.organisations),
            ..blank
        };
        let privacy = self.rules.privacy();
        // Each field is tried alone, so that what is wrong can be said beside it.
        let flaws: Vec<Flaw> = [
            flaw(Field::Title, &title),
            flaw(Field::Categories, &categories),
            flaw(Field::Aspects, &aspects),
            flaw(Field::Organisations, &organisations),
        ]
        .into_iter()
        .flatten()
        .chain(privacy.as_ref().err().into_iter().flatten().cloned())
        .collect();
        match privacy {
            Ok(privacy) if flaws.is_empty() => Ok(Settings {
                title: title.title,
                categories: categories.categories,
                aspects: aspects.aspects,
                organisations: organisations.organisations,
                agenda: self.agenda.clone(),
                privacy,
            }),
            Ok(_) | Err(_) => Err(flaws),
        }
    }
}

/// A template's categories, as they would be typed.
#[must_use]
pub fn categories_of(template: Template) -> String {
    let categories = template.settings(language()).categories.into_iter();
    categories
        .map(|category| category.name)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A template's aspects, as they would be typed.
#[must_use]
pub fn aspects_of(template: Template) -> String {
    template.settings(language()).aspects.join("\n")
}

/// What stands in a field after another template was chosen: what that one says, unless somebody has
/// typed over what the former one said.
#[must_use]
pub fn refilled(typed: &str, former: &str, chosen: String) -> String {
    if lines(typed) == lines(former) || lines(typed).is_empty() {
        chosen
    } else {
        typed.to_owned()
    }
}

impl Rules {
    /// What was chosen, in a sentence each.
    #[must_use]
    pub fn summary(&self) -> [String; 4] {
        let release = match self.release {
            Release::Reveal => text::revealed_at_once(),
            Release::Pooled => text::appear(),
        };
        let admission = match self.admission {
            Admission::SharedLink => text::one_link(),
            Admission::Codes => text::own_code(),
        };
        [
            release.to_owned(),
            admission.to_owned(),
            text::named_from(self.min_group.trim()),
            match self.keep_days.trim() {
                "1" => text::deleted_after_day().to_owned(),
                days => text::deleted_after(days),
            },
        ]
    }

    fn privacy(&self) -> Result<Privacy, Vec<Flaw>> {
        let min_group = number(&self.min_group, GROUPS).and_then(|group| u8::try_from(group).ok());
        let keep_days = number(&self.keep_days, DAYS);
        if let (Some(min_group), Some(keep_days)) = (min_group, keep_days) {
            return Ok(Privacy {
                release: self.release,
                min_group,
                keep_days,
                admission: self.admission,
            });
        }
        let wrong = |field, bounds: RangeInclusive<u16>| Flaw {
            field,
            words: common::whole_number(*bounds.start(), *bounds.end()),
        };
        let group = min_group.is_none().then(|| wrong(Field::MinGroup, GROUPS));
        let days = keep_days.is_none().then(|| wrong(Field::KeepDays, DAYS));
        Err(group.into_iter().chain(days).collect())
    }
}

/// What a choice is called, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

/// When others see a note.
#[must_use]
pub fn release_choice(release: Release) -> Choice {
    match release {
        Release::Reveal => Choice {
            name: text::reveal(),
            meaning: text::reveal_meaning(),
        },
        Release::Pooled => Choice {
            name: text::pooled(),
            meaning: text::pooled_meaning(),
        },
    }
}

/// How participants get in.
#[must_use]
pub fn admission_choice(admission: Admission) -> Choice {
    match admission {
        Admission::SharedLink => Choice {
            name: text::shared_link(),
            meaning: text::shared_link_meaning(),
        },
        Admission::Codes => Choice {
            name: text::by_codes(),
            meaning: text::by_codes_meaning(),
        },
    }
}

fn flaw(field: Field, probe: &Settings) -> Option<Flaw> {
    if field == Field::Title && probe.title.trim().is_empty() {
        let words = text::give_title().to_owned();
        return Some(Flaw { field, words });
    }
    let denied = probe.clone().checked().err()?;
    let words = if let Denied::BadSettings { fault } = denied {
        sentence(&fault.words(language()))
    } else {
        denied.words(language())
    };
    Some(Flaw { field, words })
}

/// The words with a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let first = first.into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

fn number(text: &str, bounds: RangeInclusive<u16>) -> Option<u16> {
    let number = text.trim().parse().ok()?;
    bounds.contains(&number).then_some(number)
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(String::from).collect()
}

/// Categories of these names: in the colours of the known ones where there are any, else in the next colour
/// that no other has yet.
fn categories(known: &[Category], names: &[String]) -> Vec<Category> {
    let colour_of = |name: &str| {
        let mut known = known.iter();
        known
            .find(|category| category.name == name)
            .map(|category| category.colour)
    };
    let used: Vec<Colour> = names.iter().filter_map(|name| colour_of(name)).collect();
    let unused: Vec<Colour> = PALETTE
        .into_iter()
        .filter(|colour| !used.contains(colour))
        .collect();
    let spare = if unused.is_empty() {
        PALETTE.to_vec()
    } else {
        unused
    };
    let mut spare = spare.into_iter().cycle();
    let coloured = names.iter().map(|name| Category {
        colour: colour_of(name)
            .or_else(|| spare.next())
            .unwrap_or(Colour::Slate),
        name: name.clone(),
    });
    coloured.collect()
}

#[cfg(test)]
mod tests;
