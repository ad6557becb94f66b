//! What a value looks like wherever somebody might have written it down.

use std::collections::HashMap;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

/// How many bytes of a value give it away: any run of so many is looked for, so that a value is also
/// found when it is cut off, or lies across two pages of a file.
const RUN: usize = 8;
/// The same in characters of base64.
const BASE64_RUN: usize = 11;

/// Forms of values, to be looked for all at once. Each stands for a `T`.
pub(super) struct Needles<T> {
    /// The forms by their first bytes.
    forms: HashMap<[u8; RUN], Vec<(Vec<u8>, T)>>,
    /// Which pairs of bytes a form begins with: most of a text is passed over by this alone.
    begins: Vec<bool>,
}

impl<T: Copy> Needles<T> {
    pub(super) fn new() -> Self {
        Self {
            forms: HashMap::new(),
            begins: vec![false; 1 << 16],
        }
    }

    /// Looks for this from now on, word for word. At least [`RUN`] bytes.
    pub(super) fn add_whole(&mut self, form: &[u8], what: T) {
        let first = *form.first_chunk().expect("too short to be looked for");
        self.begins[pair(first[0], first[1])] = true;
        let forms = self.forms.entry(first).or_default();
        forms.push((form.to_vec(), what));
    }

    /// Looks for any part of this value from now on: as it is, as base64url, as hexadecimal or decimal
    /// numbers, and as Rust writes bytes for people.
    pub(super) fn add(&mut self, value: &[u8], what: T) {
        for form in BASE64URL_NOPAD.encode(value).as_bytes().windows(BASE64_RUN) {
            self.add_whole(form, what);
        }
        for run in value.windows(RUN) {
            let decimal: Vec<String> = run.iter().map(u8::to_string).collect();
            for form in [
                HEXLOWER.encode(run),
                HEXUPPER.encode(run),
                decimal.join(", "),
                decimal.join(","),
                run.escape_ascii().to_string(),
            ] {
                self.add_whole(form.as_bytes(), what);
            }
            self.add_whole(run, what);
        }
    }

    /// Everything that is in a text, as often as it is.
    pub(super) fn found_in(&self, text: &[u8]) -> Vec<T> {
        let mut found = Vec::new();
        for at in 0..text.len().saturating_sub(RUN - 1) {
            if !self.begins[pair(text[at], text[at + 1])] {
                continue;
            }
            let Some(forms) = text[at..].first_chunk().and_then(|it| self.forms.get(it)) else {
                continue;
            };
            let there = forms
                .iter()
                .filter(|(form, _)| text[at..].starts_with(form));
            found.extend(there.map(|(_, what)| *what));
        }
        found
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}
