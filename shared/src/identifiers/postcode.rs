//! Postcodes of the United Kingdom, by the formats of Royal Mail and BS 7666: A9, A99, AA9, AA99, A9A
//! or AA9A, then 9AA, and GIR 0AA. The area must be a real one; the district need not, because
//! districts come and go.
//!
//! Half a postcode (LS12) is a part of a town and left alone.

use super::text::{Text, is_dash, is_in, is_space};

/// The 124 postcode areas.
const AREAS: &str = "\
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY \
    E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD \
    LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG \
    SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

/// Words after which a letter and a number name a place indoors or a code: ward E4, vit B12.
const NAMES: &str = "\
    ward wards bay bed room theatre level zone block clinic vit vitamin icd icd10 form part \
    model version serial ref";

/// What people write right behind a number, in lower case: E4 2hr wait, 3rn short.
const UNITS: &str = "bd dr ft gb gp hr lb pa pp pt pw px rn st yr";

/// The end of the postcode that begins at `at`.
pub(super) fn at(text: &Text, at: usize) -> Option<usize> {
    if text.is_glued(at) || is_inside_code(text, at) {
        return None;
    }
    let (area, number) = text.word(at);
    if area == "gir" {
        return inward(text, number).filter(|end| text.lower(end - 3..*end) == "0aa");
    }
    let is_area = is_in(AREAS, &area.to_ascii_uppercase());
    if area.is_empty() || !is_area || is_name(text, at) {
        return None;
    }
    districts(text, number, area.len())
        .into_iter()
        .flatten()
        .find_map(|district| inward(text, district))
}

/// The ends of what may be the district at `at`, the longest first.
fn districts(text: &Text, at: usize, area: usize) -> [Option<usize>; 2] {
    let Some(first) = text.digit(at) else {
        return [None, None];
    };
    let letters = if area == 1 {
        "abcdefghjkpstuw"
    } else {
        "abehmnprvwxy"
    };
    let is_longer = text.char(at + 1).is_some_and(|second| {
        (second.is_ascii_digit() && first != 0) || letters.contains(second.to_ascii_lowercase())
    });
    [is_longer.then_some(at + 2), Some(at + 1)]
}

/// The end of the second half of a postcode whose first half ends at `at`.
fn inward(text: &Text, at: usize) -> Option<usize> {
    let sector = text.skip_spaces(at);
    let digit = text.digit(sector)?;
    let end = sector + 3;
    let is_unit = (sector + 1..end).all(|unit| {
        text.char(unit).is_some_and(|unit| {
            unit.is_ascii_alphabetic() && !"CIKMOV".contains(unit.to_ascii_uppercase())
        })
    });
    let is_near = sector - at <= 2;
    if !is_near || !is_unit || text.is_alphanumeric(end) || text.goes_on(end) {
        return None;
    }
    let is_lower = text.char(end - 1).is_some_and(char::is_lowercase);
    let word = text.lower(sector + 1..end);
    let ordinal = match digit {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    let is_quantity = sector > at && is_lower && is_in(UNITS, &word);
    // 2WW is how everybody writes the two-week wait.
    let is_word = word == ordinal || (digit == 2 && word == "ww") || is_quantity;
    (!is_word).then_some(end)
}

/// Whether what begins at `at` is the middle of a longer code: `AB-`SE1, `4_`SE1.
fn is_inside_code(text: &Text, at: usize) -> bool {
    at >= 2
        && text.is_alphanumeric(at - 2)
        && text
            .before(at)
            .is_some_and(|char| is_dash(char) || char == '_')
}

fn is_name(text: &Text, at: usize) -> bool {
    is_in(NAMES, &text.word_before(at, is_space).0)
}
