//! Every text of the page, in every language: one module for each part of the page. A text that is
//! missing in a language doesn't compile; see [`candour_shared::texts!`].
//!
//! The words of what the server also says (refusals, the contract, phases, reasons, ready boards) are in
//! `shared`, beside what they are about; ask for them with [`language()`].

pub mod agenda;
pub mod announce;
pub mod app;
pub mod canvas;
pub mod codes;
pub mod common;
pub mod connection;
pub mod date;
pub mod discussion;
pub mod empty;
pub mod export;
pub mod frame;
pub mod history;
pub mod invite;
pub mod joining;
pub mod landing;
pub mod links;
pub mod list;
pub mod mine;
pub mod moderating;
pub mod opening;
pub mod pulse;
pub mod receipt;
pub mod replies;
pub mod results;
pub mod running;
pub mod search;
pub mod shortcuts;
pub mod steps;
pub mod timing;
pub mod traffic;
pub mod traffic_fields;
pub mod try_out;
pub mod voting;
pub mod writing;

use std::cell::Cell;
use std::fmt::Display;

use candour_shared::text::Language;

thread_local! {
    // One for the whole page: it is chosen before anything is shown, and changing it loads the page anew.
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// The language of the page.
#[must_use]
pub fn language() -> Language {
    LANGUAGE.get()
}

/// So many of something in English: what stands behind *1*, and behind every other number.
fn count<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

/// Chooses the language of the page, before anything is shown.
pub fn speak(language: Language) {
    LANGUAGE.set(language);
}
