//! The notes of a board to try, all of them made up: the category, the aspect, and the words.

use candour_shared::note::Content;
use candour_shared::text::Language;

const NOTES: [(u8, u8, &str, &str); 18] = [
    (
        0,
        1,
        "The discharge letter arrives a week after the patient",
        "Mae’r llythyr rhyddhau’n cyrraedd wythnos ar ôl y claf",
    ),
    (
        0,
        1,
        "Three passwords before I can see one result",
        "Tri chyfrinair cyn i mi weld un canlyniad",
    ),
    (
        0,
        0,
        "Nobody picks up when we ring the ward",
        "Does neb yn ateb pan fyddwn yn ffonio’r ward",
    ),
    (
        0,
        2,
        "Each of us reports the same numbers to somebody else",
        "Mae pob un ohonom yn adrodd yr un ffigurau i rywun arall",
    ),
    (
        0,
        0,
        "We hear about changes when they have happened",
        "Rydym yn clywed am newidiadau ar ôl iddynt ddigwydd",
    ),
    (
        0,
        1,
        "Our system and theirs don’t speak to each other",
        "Nid yw’n system ni a’u system nhw’n siarad â’i gilydd",
    ),
    (
        1,
        2,
        "Two vacancies for a year, and the list keeps growing",
        "Dwy swydd wag ers blwyddyn, ac mae’r rhestr yn dal i dyfu",
    ),
    (
        1,
        0,
        "People bring us their anger about everybody’s waits",
        "Mae pobl yn dod â’u dicter am amseroedd aros pawb atom ni",
    ),
    (
        1,
        2,
        "Our funding ends in March and we don’t know what then",
        "Mae’n cyllid yn dod i ben ym mis Mawrth ac ni wyddom beth wedyn",
    ),
    (
        1,
        0,
        "Carers ring at night because nobody else answers",
        "Mae gofalwyr yn ffonio yn y nos am nad oes neb arall yn ateb",
    ),
    (
        1,
        1,
        "Half of every visit is typing",
        "Teipio yw hanner pob ymweliad",
    ),
    (
        1,
        2,
        "We are measured on things that don’t help people",
        "Rydym yn cael ein mesur ar bethau nad ydynt yn helpu pobl",
    ),
    (
        2,
        1,
        "One list of direct numbers, kept up to date",
        "Un rhestr o rifau uniongyrchol, wedi’i chadw’n gyfredol",
    ),
    (
        2,
        0,
        "Meet each other’s teams once a quarter",
        "Cwrdd â thimau’n gilydd unwaith y chwarter",
    ),
    (
        2,
        1,
        "Letters on the day, even if they are short",
        "Llythyrau ar y diwrnod, hyd yn oed os ydynt yn fyr",
    ),
    (
        2,
        2,
        "Decide together who goes home on a Friday",
        "Penderfynu gyda’n gilydd pwy sy’n mynd adref ar ddydd Gwener",
    ),
    (
        2,
        0,
        "Ask the charities before the plan is written",
        "Gofyn i’r elusennau cyn i’r cynllun gael ei ysgrifennu",
    ),
    (
        2,
        2,
        "A budget that follows the person, not the building",
        "Cyllideb sy’n dilyn y person, nid yr adeilad",
    ),
];

/// The notes in a language.
#[must_use]
pub fn notes(language: Language) -> Vec<Content> {
    let note = |(category, aspect, english, welsh): (u8, u8, &str, &str)| {
        Content::new(
            category,
            match language {
                Language::English => english,
                Language::Welsh => welsh,
            }
            .to_owned(),
        )
        .about(Some(aspect))
    };
    NOTES.map(note).to_vec()
}

#[cfg(test)]
mod tests {
    use candour_shared::templates::Template;

    use super::*;

    #[test]
    fn every_note_of_a_board_to_try_can_be_on_it() {
        for language in Language::ALL {
            let settings = Template::WorkingTogether.settings(language);
            for note in notes(language) {
                assert_eq!(settings.check_content(&note), Ok(()));
                assert_eq!(note.clone().checked(false), Ok(note));
            }
        }
    }
}
