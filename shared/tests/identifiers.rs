//! The identifier guard, measured on notes and tried with everything else.

#![expect(
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

use std::collections::BTreeSet;

use candour_shared::identifiers::{Kind, find, has_nhs_number, pieces};
use candour_shared::text::Language;
use proptest::prelude::*;
use serde::Deserialize;

/// A note and the kinds it contains: "none" if it is a trap.
#[derive(Deserialize)]
struct Note {
    text: String,
    expect: Vec<String>,
}

impl Note {
    fn expected(&self) -> BTreeSet<Kind> {
        let named = self.expect.iter().filter(|kind| *kind != "none");
        named
            .map(|kind| serde_json::from_value(kind.as_str().into()).unwrap())
            .collect()
    }
}

fn kinds(text: &str) -> BTreeSet<Kind> {
    find(text).iter().map(|found| found.kind).collect()
}

/// What of `text` was found, and as what.
fn marked(text: &str) -> Vec<(Kind, &str)> {
    find(text)
        .into_iter()
        .map(|found| (found.kind, &text[found.range]))
        .collect()
}

fn judge(name: &str, notes: &str) {
    let notes: Vec<Note> = serde_json::from_str(notes).unwrap();
    let wrong: Vec<String> = notes
        .iter()
        .filter(|note| kinds(&note.text) != note.expected())
        .map(|note| {
            let (text, expected) = (&note.text, note.expected());
            format!("{text:?}: expected {expected:?}, found {:?}", marked(text))
        })
        .collect();
    let right = notes.len() - wrong.len();
    println!("{name}: {right} of {} notes judged right", notes.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_given_notes_are_judged_right() {
    judge("given", include_str!("../fixtures/identifying-notes.json"));
}

#[test]
fn our_own_notes_are_judged_right() {
    judge(
        "own",
        include_str!("../fixtures/more-identifying-notes.json"),
    );
}

#[test]
fn exactly_the_identifier_is_marked() {
    for (text, expected) in [
        ("pt 999 123 4560?", vec![]),
        ("pt 943 476 5919?", vec![(Kind::NhsNumber, "943 476 5919")]),
        ("(01632 960304)", vec![(Kind::Phone, "01632 960304")]),
        ("(01632) 960304.", vec![(Kind::Phone, "(01632) 960304")]),
        (
            "01632 960304 ext. 12, ask",
            vec![(Kind::Phone, "01632 960304 ext. 12")],
        ),
        (
            "+44 (0)20 7946 0018 now",
            vec![(Kind::Phone, "+44 (0)20 7946 0018")],
        ),
        ("<hub@example.org>.", vec![(Kind::Email, "hub@example.org")]),
        (
            "hub@example.org-no answer",
            vec![(Kind::Email, "hub@example.org")],
        ),
        (
            "hub [at] example [dot] org",
            vec![(Kind::Email, "hub [at] example [dot] org")],
        ),
        (
            "19.7.1952 dob/943 476 5919/01632 960304",
            vec![
                (Kind::DateOfBirth, "19.7.1952"),
                (Kind::NhsNumber, "943 476 5919"),
                (Kind::Phone, "01632 960304"),
            ],
        ),
        ("in hx47 2bl.", vec![(Kind::Postcode, "hx47 2bl")]),
        (
            "DOB: 12th March '48!",
            vec![(Kind::DateOfBirth, "12th March '48")],
        ),
    ] {
        assert_eq!(marked(text), expected, "{text}");
    }
}

#[test]
fn where_two_kinds_compete_for_the_same_digits_one_wins() {
    // The last ten digits have the check digit of an NHS number.
    assert_eq!(kinds("+44 7700900000"), [Kind::Phone].into());
    // With a leading zero: a phone number, a number of Scotland, and neither.
    assert_eq!(kinds("0800 000000"), [Kind::Phone].into());
    assert_eq!(kinds("010150 3008"), [Kind::NhsNumber].into());
    assert!(kinds("0123456789").is_empty());
    assert_eq!(kinds("07700900145@example.org"), [Kind::Email].into());
    assert_eq!(kinds("9434765919@example.org"), [Kind::Email].into());
}

#[test]
fn a_date_is_of_birth_only_beside_a_word_of_birth() {
    for date in [
        "12/03/1948",
        "12.3.48",
        "12-03-48",
        "12 / 3 / 1948",
        "1948-03-12",
        "12 March 1948",
        "12th of Mar 1948",
        "Mar 12th, 1948",
        "12-Mar-48",
        "12Mar1948",
        "12th March '48",
    ] {
        assert!(kinds(date).is_empty(), "{date}");
        assert!(
            kinds(&format!("steering group {date}, again")).is_empty(),
            "{date}"
        );
        for born in [
            format!("born {date}, alone"),
            format!("born in Hull on {date}"),
            format!("DOB {date}"),
            format!("dob: {date}"),
            format!("d.o.b. {date}"),
            format!("D/O/B {date}"),
            format!("Date of birth = {date}"),
            format!("birthday is {date}"),
            format!("lady, b. {date}, waits"),
            format!("{date} (DOB)"),
            format!("{date} is her date of birth"),
        ] {
            assert_eq!(kinds(&born), [Kind::DateOfBirth].into(), "{born}");
        }
        for other in [
            format!("anyone born before {date} waits"),
            format!("no DOB on the referral of {date}"),
            format!("the ICB was born on {date}"),
            format!("Asked for her dob. Again. Since {date}"),
        ] {
            assert!(kinds(&other).is_empty(), "{other}");
        }
    }
}

#[test]
fn only_an_nhs_number_must_go() {
    assert!(has_nhs_number("Look up 943-476-5919"));
    assert!(!has_nhs_number(
        "Look up 943-476-5918, 01632 960304 or hub@example.org"
    ));
}

#[test]
fn every_kind_has_its_own_words() {
    let words: BTreeSet<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.words(Language::English))
        .collect();
    let advice: BTreeSet<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.advice(Language::English))
        .collect();
    assert_eq!(words.len(), Kind::ALL.len());
    assert!(!advice.contains(""));
}

#[test]
fn a_long_text_is_read_once() {
    // Were any scanner quadratic, this would take minutes.
    for part in [
        "a.", "1 ", "@", "dob 1/1/", "born ", "((", "0 7 ", "943 476 ", "e1 ", "x@y.",
    ] {
        let _ = find(&part.repeat(10_000));
    }
}

/// The check digit of nine digits, if they have one, and the digits in between.
fn nhs_number() -> impl Strategy<Value = String> {
    (100_000_000_u32..1_000_000_000).prop_filter_map(
        "a remainder of 10 is no check digit",
        |first| {
            let first = first.to_string();
            let sum: u32 = (2..=10)
                .rev()
                .zip(first.bytes())
                .map(|(weight, digit)| weight * u32::from(digit - b'0'))
                .sum();
            let check = (11 - sum % 11) % 11;
            let filler = first.chars().all(|digit| first.starts_with(digit));
            (check < 10 && !filler).then(|| format!("{first}{check}"))
        },
    )
}

fn grouped(digits: &str, lengths: &[usize], gap: &str) -> String {
    let mut rest = digits;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, behind) = rest.split_at(*length);
        groups.push(group);
        rest = behind;
    }
    groups.join(gap)
}

/// A digit strategy for the part of a phone number that is free.
fn digits(count: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec("[0-9]", count).prop_map(|digits| digits.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_nhs_number_is_found_however_it_is_grouped(
        number in nhs_number(),
        lengths in prop::sample::select(vec![vec![10], vec![3, 3, 4], vec![5, 5], vec![6, 4], vec![3, 7]]),
        gap in prop::sample::select(vec![" ", "-", ".", "\u{a0}", "–", "  ", " - ", "/"]),
        around in prop::sample::select(vec![("", ""), ("pt ", " waits"), ("(", ")"), ("NHS no:", ", again"), ("#", "."), ("“", "”")]),
    ) {
        let number = grouped(&number, &lengths, gap);
        let text = format!("{}{number}{}", around.0, around.1);
        prop_assert_eq!(marked(&text), vec![(Kind::NhsNumber, number.as_str())]);
    }

    #[test]
    fn a_number_with_another_check_digit_is_no_nhs_number(
        number in nhs_number(),
        change in 1_u8..10,
        lengths in prop::sample::select(vec![vec![10], vec![3, 3, 4]]),
        gap in prop::sample::select(vec![" ", "-", "."]),
    ) {
        let check = (number.as_bytes()[9] - b'0' + change) % 10;
        let wrong = grouped(&format!("{}{check}", &number[..9]), &lengths, gap);
        let text = format!("NHS no {wrong} open since January");
        prop_assert!(!has_nhs_number(&text), "{}", text);
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_written(
        (area, rest) in prop::sample::select(vec![
            ("01632", 6), ("0161", 7), ("0113", 7), ("020", 8), ("028", 8), ("07700", 6), ("0300", 7),
            ("03069", 6), ("0800", 7), ("08081", 6), ("0845", 7), ("0909", 7), ("056", 8),
        ]).prop_flat_map(|(area, count)| (Just(area), digits(count))),
        form in 0..10,
    ) {
        let bare = &area[1..];
        let half = rest.len() / 2;
        let number = match form {
            0 => format!("{area}{rest}"),
            1 => format!("{area} {rest}"),
            2 => format!("({area}) {rest}"),
            3 => format!("{area} {} {}", &rest[..half], &rest[half..]),
            4 => format!("{area}.{}.{}", &rest[..half], &rest[half..]),
            5 => format!("+44 {bare} {rest}"),
            6 => format!("+44{bare}{rest}"),
            7 => format!("+44 (0){bare} {rest}"),
            8 => format!("0044 {bare} {rest}"),
            _ => format!("{area}\u{a0}{}\u{2011}{}", &rest[..half], &rest[half..]),
        };
        let text = format!("try {number}, 3 times");
        prop_assert_eq!(marked(&text), vec![(Kind::Phone, number.as_str())]);
    }

    #[test]
    fn a_postcode_is_found_in_every_form(
        area in prop::sample::select(vec!["B", "G", "HX", "LN", "DN", "YO", "BT", "ZE", "IM"]),
        district in "[1-9][0-9]?",
        inward in "[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}",
        is_upper in any::<bool>(),
        gap in prop::sample::select(vec!["", " ", "  "]),
    ) {
        let quantity = ["1ST", "2ND", "3RD", "2WW"].contains(&inward.as_str())
            || inward.ends_with("TH")
            || (!is_upper && "BD DR FT GB GP HR LB PA PP PT PW PX RN ST YR".contains(&inward[1..]));
        prop_assume!(!quantity);
        let code = format!("{area}{district}{gap}{inward}");
        let code = if is_upper { code } else { code.to_lowercase() };
        let text = format!("Nobody goes to {code}!");
        prop_assert_eq!(marked(&text), vec![(Kind::Postcode, code.as_str())]);
    }

    #[test]
    fn any_text_is_cut_into_pieces_that_make_it_up(
        text in prop_oneof![
            any::<String>(),
            "[0-9 ./()+-]{0,80}",
            "([0-9]{1,4}|[a-zA-Zßİ🙂é]{1,3}|[ @./():+'–-]|dob|born|b\\.|nhs|\\+44|ext|[\u{200b}\n]){0,60}",
        ],
    ) {
        let mut end = 0;
        for found in find(&text) {
            prop_assert!(end <= found.range.start && found.range.start < found.range.end);
            prop_assert!(text.get(found.range.clone()).is_some());
            end = found.range.end;
        }
        let pieces = pieces(&text);
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        prop_assert_eq!(&joined, &text);
        prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
        let marked = pieces.iter().filter(|piece| piece.kind.is_some()).count();
        prop_assert_eq!(marked, find(&text).len());
    }
}
