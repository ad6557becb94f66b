//! What people read, in every language: the languages, and how a text is written down in all of them.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::variants::all;

/// A language of the page. English is also that of programs: refusals over HTTP, and exports.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray,
)]
pub enum Language {
    /// English, as it is written in Britain.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Welsh.
    #[serde(rename = "cy")]
    Welsh,
}

impl Language {
    /// Every language, in the order the page offers them.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// Its tag (BCP 47), for the page's `lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Welsh => "cy",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Welsh => "Cymraeg",
        }
    }

    /// The language whose tag begins like this one, if there is any: `cy-GB` is Welsh.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| {
            let own = language.tag().split('-').next();
            own.is_some_and(|own| own.eq_ignore_ascii_case(primary))
        })
    }
}

/// The form of a Welsh word after a number (Unicode CLDR plural rules): none, one, two, three, six, and
/// all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum WelshPlural {
    None,
    One,
    Two,
    Three,
    Six,
    Others,
}

impl WelshPlural {
    /// The form after so many.
    #[must_use]
    pub const fn after(count: u64) -> Self {
        match count {
            0 => Self::None,
            1 => Self::One,
            2 => Self::Two,
            3 => Self::Three,
            6 => Self::Six,
            _ => Self::Others,
        }
    }

    /// So many of something: the noun as it is after most numbers, after two, and after three and six.
    #[must_use]
    pub fn count(count: u64, noun: &str, after_two: &str, after_three_and_six: &str) -> String {
        let noun = match Self::after(count) {
            Self::None | Self::One | Self::Others => noun,
            Self::Two => after_two,
            Self::Three | Self::Six => after_three_and_six,
        };
        format!("{count} {noun}")
    }
}

/// Writes texts down, one after the other, in English and Welsh; without one of them it doesn't compile.
/// Each becomes a function: one that returns a `&'static str`, or with arguments, a `String`.
///
/// After `of` the function is asked for a language and is private unless it says `pub`; after `here` it is
/// public and takes the language that the crate's `text::language()` says.
///
/// ```
/// candour_shared::texts! { of
///     /// Ends the timer.
///     pub stop = "Stop", "Stopio";
///     left(minutes: u32) = format!("{minutes} min left"), format!("{minutes} munud ar ôl");
/// }
/// # use candour_shared::text::Language;
/// assert_eq!(stop(Language::Welsh), "Stopio");
/// assert_eq!(left(Language::English, 4), "4 min left");
/// ```
#[macro_export]
macro_rules! texts {
    ($mode:ident $(
        $(#[$meta:meta])*
        $visible:vis $name:ident $(($($argument:ident: $type:ty),+ $(,)?))? = $english:expr, $welsh:expr;
    )*) => { $(
        $crate::text!{
            $mode [$(#[$meta])*] [$visible] $name [$($($argument: $type),+)?] $english, $welsh
        }
    )* };
}

/// Writes one text down; see [`texts!`].
#[doc(hidden)]
#[macro_export]
#[expect(
    clippy::crate_in_macro_def,
    reason = "each crate of texts says itself which language is spoken"
)]
macro_rules! text {
    (of [$($meta:tt)*] [$visible:vis] $name:ident [] $english:expr, $welsh:expr) => {
        $($meta)*
        #[must_use]
        $visible const fn $name(language: $crate::text::Language) -> &'static str {
            match language {
                $crate::text::Language::English => $english,
                $crate::text::Language::Welsh => $welsh,
            }
        }
    };
    (
        of [$($meta:tt)*] [$visible:vis] $name:ident [$($arguments:tt)+] $english:expr, $welsh:expr
    ) => {
        $($meta)*
        #[must_use]
        $visible fn $name(language: $crate::text::Language, $($arguments)+) -> String {
            match language {
                $crate::text::Language::English => String::from($english),
                $crate::text::Language::Welsh => String::from($welsh),
            }
        }
    };
    (here [$($meta:tt)*] [$visible:vis] $name:ident [] $english:expr, $welsh:expr) => {
        $($meta)*
        #[allow(missing_docs, reason = "most texts say themselves what they are")]
        #[must_use]
        pub fn $name() -> &'static str {
            match crate::text::language() {
                $crate::text::Language::English => $english,
                $crate::text::Language::Welsh => $welsh,
            }
        }
    };
    (here [$($meta:tt)*] [$visible:vis] $name:ident [$($arguments:tt)+] $english:expr, $welsh:expr) => {
        $($meta)*
        #[allow(missing_docs, reason = "most texts say themselves what they are")]
        #[must_use]
        pub fn $name($($arguments)+) -> String {
            match crate::text::language() {
                $crate::text::Language::English => String::from($english),
                $crate::text::Language::Welsh => String::from($welsh),
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_tag_leads_to_its_language() {
        assert_eq!(Language::of_tag("cy-GB"), Some(Language::Welsh));
        assert_eq!(Language::of_tag("EN"), Some(Language::English));
        assert_eq!(Language::of_tag("de"), None);
        assert_eq!(Language::of_tag(""), None);
    }

    #[test]
    fn a_welsh_noun_changes_with_the_number_before_it() {
        let codes = |count| WelshPlural::count(count, "cod", "god", "chod");
        let told = [0, 1, 2, 3, 4, 6, 12].map(codes);
        let expected = [
            "0 cod", "1 cod", "2 god", "3 chod", "4 cod", "6 chod", "12 cod",
        ];
        assert_eq!(told, expected);
    }
}
