//! The identifier guard: finds in a note what would identify a patient, a client or a colleague.
//!
//! The page looks before it sends and shows what it found; the server looks again. An NHS number must
//! be taken out, or confirmed as not being one; everything else is a nudge. So a false alarm costs
//! trust and a miss costs privacy, and every rule below weighs one against the other for short notes
//! of health and care staff: what merely looks like an identifier (a ticket, a version, a dose, a
//! ward, the date of a meeting) is left alone.
//!
//! A text is read once, from left to right. Where several kinds could begin, the first of
//! `SCANNERS` that recognises one takes it, and reading goes on behind it. So findings never
//! overlap: the digits of an address are no phone number, those of a phone number no NHS number.

mod birth;
mod date;
mod email;
mod nhs;
mod phone;
mod postcode;
mod text;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::text::Language;
use crate::variants::all;
use text::Text;

/// What kind of identifier was found.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Ten digits whose last one is the check digit of the other nine.
    NhsNumber,
    /// A phone number of the United Kingdom.
    Phone,
    /// An e-mail address.
    Email,
    /// A complete postcode of the United Kingdom.
    Postcode,
    /// A day, month and year beside a word of birth.
    DateOfBirth,
}

impl Kind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// The words people see, after "this looks like".
    #[must_use]
    pub const fn words(self, language: Language) -> &'static str {
        match self {
            Self::NhsNumber => nhs_number(language),
            Self::Phone => phone_number(language),
            Self::Email => email_address(language),
            Self::Postcode => a_postcode(language),
            Self::DateOfBirth => date_of_birth(language),
        }
    }

    /// What a person who wrote one should do, in one sentence.
    #[must_use]
    pub const fn advice(self, language: Language) -> &'static str {
        match self {
            Self::NhsNumber => confirm(language),
            Self::Phone | Self::Email => leave_out(language),
            Self::Postcode => town(language),
            Self::DateOfBirth => round_figures(language),
        }
    }
}

crate::texts! { of
    nhs_number = "an NHS number", "rhif GIG";
    phone_number = "a phone number", "rhif ffôn";
    email_address = "an e-mail address", "cyfeiriad e-bost";
    a_postcode = "a postcode", "cod post";
    date_of_birth = "a date of birth", "dyddiad geni";
    confirm = "Take it out, or confirm that it isn’t one.", "Tynnwch ef allan, neu cadarnhewch nad yw'n un.";
    leave_out = "Everybody on the board can use it. Leave it out unless that is what you want.",
        "Gall pawb ar y bwrdd ei ddefnyddio. Gadewch ef allan oni bai mai dyna rydych yn ei ddymuno.";
    town = "It stands for a few houses. The name of the town says enough.",
        "Mae'n cynrychioli ychydig o dai. Mae enw'r dref yn dweud digon.";
    round_figures = "It points at one person. An age in round figures says enough.",
        "Mae'n pwyntio at un person. Mae oedran mewn ffigurau crwn yn dweud digon.";
}

/// An identifier in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it is, in bytes of the text; both ends lie between characters.
    pub range: Range<usize>,
}

/// A piece of a text, for showing what was found where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The piece; never empty.
    pub text: &'a str,
    /// What it was found to be, if anything.
    pub kind: Option<Kind>,
}

/// Recognises one kind of identifier that begins at a character, and answers with the character
/// behind its end.
type Scanner = fn(&Text, usize) -> Option<usize>;

/// In the order in which they are asked.
const SCANNERS: [(Kind, Scanner); 5] = [
    (Kind::Email, email::at),
    (Kind::Phone, phone::at),
    (Kind::NhsNumber, nhs::at),
    (Kind::Postcode, postcode::at),
    (Kind::DateOfBirth, birth::at),
];

/// The identifiers in `text`, in the order in which they appear, without overlaps.
///
/// The time it takes is linear in the length of the text.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let text = Text::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let first = SCANNERS
            .iter()
            .find_map(|(kind, scan)| Some((*kind, scan(&text, at)?)));
        if let Some((kind, end)) = first {
            found.push(Found {
                kind,
                range: text.bytes(at..end),
            });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Whether `text` contains an NHS number, which a note must not.
#[must_use]
pub fn has_nhs_number(text: &str) -> bool {
    find(text).iter().any(|found| found.kind == Kind::NhsNumber)
}

/// Cuts `text` where its identifiers begin and end. The pieces, one after the other, are the text.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for Found { kind, range } in find(text) {
        if at < range.start {
            pieces.push(Piece {
                text: &text[at..range.start],
                kind: None,
            });
        }
        at = range.end;
        pieces.push(Piece {
            text: &text[range],
            kind: Some(kind),
        });
    }
    if at < text.len() {
        pieces.push(Piece {
            text: &text[at..],
            kind: None,
        });
    }
    pieces
}
