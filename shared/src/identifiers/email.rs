//! E-mail addresses: a local part, an at sign and a domain with a dot (RFC 5321), also as people write
//! them to keep machines away: jo [at] example [dot] org.

use super::text::{Text, is_in};

/// RFC 5321 §4.5.3.1 allows no longer local part.
const LOCAL_MAX: usize = 64;

/// Endings that make an address even of what has spaces around its at sign, which otherwise means
/// "at": huddle @ 9.30.
const ENDINGS: &str = "com org net uk info io eu scot wales cymru gov edu";

/// The end of the address that begins at `at`.
pub(super) fn at(text: &Text, at: usize) -> Option<usize> {
    if text.is_glued(at) || !text.is_alphanumeric(at) {
        return None;
    }
    let local = text.run(at, |char| {
        char.is_alphanumeric() || ".%&'’*+-_".contains(char)
    });
    if local - at > LOCAL_MAX {
        return None;
    }
    let sign = text.skip_spaces(local);
    let behind = match text.char(sign)? {
        '@' | '＠' => sign + 1,
        _ => bracketed(text, sign, "at")?,
    };
    let domain = text.skip_spaces(behind);
    let (end, ending) = self::domain(text, domain)?;
    let is_tight = sign == local && domain == behind && text.char(sign) == Some('@');
    (is_tight || is_in(ENDINGS, &ending)).then_some(end)
}

/// The end of the domain that begins at `at`, and its last label. It ends before whatever can't be
/// part of one: the full stop of a sentence, a dash that is followed by a remark.
fn domain(text: &Text, at: usize) -> Option<(usize, String)> {
    let label = |at: usize| text.run(at, |char| char.is_alphanumeric() || char == '-');
    let is_label = |at: &usize| text.is_alphanumeric(*at);
    let mut best = None;
    let mut end = Some(at).filter(is_label).map(label)?;
    while let Some(dot) = dot(text, end).filter(is_label) {
        let (ending, behind) = text.word(dot);
        if ending.chars().count() >= 2 && !text.is_alphanumeric(behind) {
            best = Some((behind, ending));
        }
        end = label(dot);
    }
    best
}

/// The end of the dot between two labels that stands at `at`.
fn dot(text: &Text, at: usize) -> Option<usize> {
    match text.char(at)? {
        '.' => Some(at + 1),
        _ => bracketed(text, text.skip_spaces(at), "dot").map(|end| text.skip_spaces(end)),
    }
}

/// The end of `word` in brackets, if that is what stands at `at`.
fn bracketed(text: &Text, at: usize, word: &str) -> Option<usize> {
    let opening = text.char(at)?;
    let (inner, end) = text.word(at + 1);
    let closing = text.char(end)?;
    ("([{<".contains(opening) && inner == word && ")]}>".contains(closing)).then_some(end + 1)
}
