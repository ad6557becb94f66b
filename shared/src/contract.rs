//! The contract of a board, in words: what people are told before they join, and what every export
//! repeats. It follows from the [`Privacy`] that was fixed when the board opened.

use crate::settings::{Admission, Pool, Privacy, Release};
use crate::text::{Language, WelshPlural};

/// The contract, one sentence or two each: the [`promise`] first, then what this board's policy means.
/// `organisations` says whether people choose one when they join.
#[must_use]
pub fn sentences(privacy: &Privacy, organisations: bool, language: Language) -> Vec<String> {
    let mut sentences = vec![
        promise(language).to_owned(),
        release(privacy.release, language),
    ];
    if organisations {
        sentences.push(named(language, privacy.min_group));
    }
    sentences.push(pulse(language, privacy.min_group));
    sentences.push(
        match privacy.admission {
            Admission::SharedLink => shared_link(language),
            Admission::Codes => codes(language),
        }
        .to_owned(),
    );
    sentences.push(rewriting(language).to_owned());
    sentences.push(deletion(language, privacy.keep_days));
    sentences.push(fixed(language).to_owned());
    sentences
}

fn release(release: Release, language: Language) -> String {
    match release {
        Release::Reveal => reveal(language).to_owned(),
        Release::Pooled => pooled(language),
    }
}

crate::texts! { of
    /// What holds on every board.
    pub promise = "Other participants and facilitators are never told who wrote a note. \
            After a phase closes, we can't look it up either. Your employer's network may see that you \
            connected and what you sent, and your own words may identify you.",
        "Ni ddywedir byth wrth gyfranogwyr na hwyluswyr eraill pwy ysgrifennodd nodyn. Ar ôl i gam gau, \
            ni allwn ninnau ei ganfod chwaith. Gall rhwydwaith eich cyflogwr weld eich bod wedi cysylltu a'r \
            hyn a anfonoch, a gall eich geiriau eich hun ddangos pwy ydych chi.";
    named(group: u8) = format!("A note never shows an organisation. A result names one only if at least {group} of its \
            people, and by chance some more, gave their dots to the same thing; nobody is counted."),
        format!("Nid yw nodyn byth yn dangos sefydliad. Dim ond os rhoddodd o leiaf {group} o'i bobl, ac ar hap \
            rai mwy, eu dotiau i'r un peth y mae canlyniad yn enwi sefydliad; ni chaiff neb ei gyfrif.");
    pulse(group: u8) = format!("Answers on a scale are shown only if at least {group} people answered, and as numbers only. \
            How many said “same here” to a note is told together with the next notes."),
        format!("Dim ond os atebodd o leiaf {group} o bobl y dangosir atebion ar raddfa, ac fel rhifau yn unig. Dywedir \
            faint a ddywedodd “minnau hefyd” am nodyn gyda'r nodiadau nesaf.");
    shared_link = "Everybody comes in by the same link, so results are indicative: one vote per browser.",
        "Mae pawb yn dod i mewn drwy'r un ddolen, felly awgrym yn unig yw'r canlyniadau: un bleidlais i bob porwr.";
    codes = "Everybody comes in by a code that works in one browser. Whoever gave you the code may \
            know that it is yours; nobody is shown what it wrote or voted.",
        "Mae pawb yn dod i mewn drwy god sy'n gweithio mewn un porwr. Gall pwy bynnag a roddodd y cod i chi wybod \
            mai eich un chi ydyw; ni ddangosir i neb beth a ysgrifennodd na sut y pleidleisiodd.";
    rewriting = "To rewrite or take back a note that others have seen makes it easier to guess whose it is: it \
            shows that you were here both times.",
        "Mae ailysgrifennu nodyn y mae eraill wedi'i weld, neu ei gymryd yn ôl, yn ei gwneud yn haws dyfalu pwy \
            biau ef: mae'n dangos eich bod yma y ddau dro.";
    deletion(days: u16) = match days {
            1 => "One day after its opening the board is deleted for good, with everything on it.".to_owned(),
            days => format!("{days} days after its opening the board is deleted for good, with everything on it."),
        },
        match days {
            1 => "Un diwrnod ar ôl ei agor caiff y bwrdd ei ddileu am byth, gyda phopeth arno.".to_owned(),
            days => format!(
                "{} ar ôl ei agor caiff y bwrdd ei ddileu am byth, gyda phopeth arno.",
                WelshPlural::count(days.into(), "diwrnod", "ddiwrnod", "diwrnod"),
            ),
        };
    fixed = "These rules were fixed when the board was opened. Nobody can change them, not even the \
            organiser.",
        "Pennwyd y rheolau hyn pan agorwyd y bwrdd. Ni all neb eu newid, dim hyd yn oed y trefnydd.";
    reveal = "Everyone writes privately. A facilitator reveals all notes at the same \
            moment, in random order.",
        "Mae pawb yn ysgrifennu'n breifat. Mae hwylusydd yn datgelu pob nodyn ar yr un eiliad, mewn trefn ar hap.";
    pooled_in(seconds: u32, people: &str, present: &str, long: u32) =
        format!("Notes appear while people write, in random order, a few at a time: every {seconds} seconds, if \
            notes of at least {people} people wait and at least {present} people are here. After {long} seconds two \
            people's notes are enough. The smaller the crowd, the easier it is to guess."),
        format!("Mae nodiadau'n ymddangos wrth i bobl ysgrifennu, mewn trefn ar hap, ychydig ar y tro: bob {seconds} \
            eiliad, os yw nodiadau o leiaf {people} o bobl yn aros a bod o leiaf {present} o bobl yma. Ar ôl {long} \
            eiliad mae nodiadau dau o bobl yn ddigon. Y lleiaf yw'r dorf, yr hawsaf yw dyfalu.");
}

fn pooled(language: Language) -> String {
    pooled_in(
        language,
        Pool::SECONDS,
        number(Pool::PEOPLE, language),
        number(Pool::PRESENT, language),
        Pool::LONG_SECONDS,
    )
}

/// A small number as a word.
#[must_use]
pub fn number(number: usize, language: Language) -> &'static str {
    let (words, more) = match language {
        Language::English => (["no", "one", "two", "three", "four", "five"], "several"),
        Language::Welsh => (["dim", "un", "dau", "tri", "pedwar", "pump"], "sawl"),
    };
    words.get(number).copied().unwrap_or(more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_says_what_the_policy_is() {
        let told = sentences(&Privacy::default(), true, Language::English).join(" ");
        for part in [
            promise(Language::English),
            "at least 5 of its people",
            "only if at least 5 people answered",
            "one vote per browser",
            "30 days after its opening",
            "reveals all notes at the same moment",
        ] {
            assert!(told.contains(part), "{told}");
        }
        let pooled = Privacy {
            release: Release::Pooled,
            admission: Admission::Codes,
            ..Privacy::default()
        };
        let told = sentences(&pooled, false, Language::English).join(" ");
        assert!(
            told.contains("at least three people wait and at least five"),
            "{told}"
        );
        assert!(!told.contains("organisation."), "{told}");
    }

    #[test]
    fn the_contract_says_as_much_in_every_language() {
        let privacy = Privacy::default();
        let [english, welsh] = Language::ALL.map(|language| sentences(&privacy, true, language));
        assert_eq!(english.len(), welsh.len());
        assert!(english.iter().zip(&welsh).all(|(one, other)| one != other));
    }
}
