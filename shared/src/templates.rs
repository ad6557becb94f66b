//! Ready boards to start from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::agenda::Step;
use crate::phase::Phase;
use crate::settings::{Category, Colour, Settings};
use crate::text::Language;
use crate::variants::all;

/// A ready board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Frustrations, pressures and priorities between organisations, in 90 minutes; the aspects are those
    /// of the King's Fund's 2022 finding on working together in health and care.
    WorkingTogether,
    /// What went well, what did not, what to try.
    Retrospective,
    /// One category and nothing else.
    Blank,
}

impl Template {
    /// Every template, in the order the page offers them.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();

    /// The name people see.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match self {
            Self::WorkingTogether => working_together(language),
            Self::Retrospective => retrospective(language),
            Self::Blank => blank(language),
        }
    }

    /// What it is for, in a sentence or two.
    #[must_use]
    pub const fn purpose(self, language: Language) -> &'static str {
        match self {
            Self::WorkingTogether => working_together_purpose(language),
            Self::Retrospective => retrospective_purpose(language),
            Self::Blank => blank_purpose(language),
        }
    }

    /// The template's settings. Title and organisations are the organiser's to fill in.
    #[must_use]
    pub fn settings(self, language: Language) -> Settings {
        let category = |name: Text, colour| Category::new(name(language), colour);
        let (categories, aspects, agenda) = match self {
            Self::WorkingTogether => (
                vec![
                    category(frustrations, Colour::Rose),
                    category(pressures, Colour::Amber),
                    category(priorities, Colour::Teal),
                ],
                [relationships, technology, environment]
                    .map(|aspect| aspect(language).to_owned())
                    .to_vec(),
                working_together_agenda(language),
            ),
            Self::Retrospective => (
                vec![
                    category(went_well, Colour::Teal),
                    category(went_badly, Colour::Rose),
                    category(to_try, Colour::Blue),
                ],
                Vec::new(),
                short_agenda(language, look_back_prompt),
            ),
            Self::Blank => (
                vec![category(notes, Colour::Amber)],
                Vec::new(),
                short_agenda(language, anything_prompt),
            ),
        };
        Settings {
            aspects,
            agenda,
            ..Settings::new("", categories)
        }
    }
}

type Text = fn(Language) -> &'static str;

/// A step in which people are asked something.
fn step(language: Language, phase: Phase, minutes: u16, title: Text, prompt: Text) -> Step {
    Step::new(phase, title(language))
        .asking(prompt(language))
        .lasting(minutes)
}

/// Eleven steps of 90 minutes in all.
fn working_together_agenda(language: Language) -> Vec<Step> {
    let step = |phase, minutes, title, prompt| step(language, phase, minutes, title, prompt);
    vec![
        step(Phase::Lobby, 5, contract, contract_prompt),
        step(Phase::Lobby, 3, pulse, pulse_prompt).on_a_scale(),
        step(Phase::Write, 10, writing, writing_prompt),
        step(Phase::Write, 7, reading, reading_prompt),
        step(Phase::Cluster, 12, sorting, sorting_prompt),
        step(Phase::Cluster, 8, naming, naming_prompt),
        step(Phase::Vote, 5, voting, voting_prompt),
        step(Phase::Discuss, 22, discussing, discussing_prompt),
        step(Phase::Vote, 5, second_vote, second_vote_prompt),
        step(Phase::Discuss, 10, commitments, commitments_prompt),
        step(Phase::Discuss, 3, pulse_again, pulse_prompt).on_a_scale(),
    ]
}

/// One step for each phase.
fn short_agenda(language: Language, asked: Text) -> Vec<Step> {
    let step = |phase, minutes, title, prompt| step(language, phase, minutes, title, prompt);
    vec![
        step(Phase::Lobby, 5, contract, contract_prompt),
        step(Phase::Write, 10, writing, asked),
        step(Phase::Cluster, 15, sorting, sorting_prompt),
        step(Phase::Vote, 5, voting, voting_prompt),
        step(Phase::Discuss, 20, discussing, discussing_prompt),
    ]
}

crate::texts! { of
    working_together = "Working together", "Cydweithio";
    retrospective = "Retrospective", "Edrych yn ôl";
    blank = "Blank", "Gwag";
    working_together_purpose =
        "Frustrations, pressures and priorities of organisations that depend on each other, in 90 minutes. \
            Inspired by the King's Fund's finding on what working together takes.",
        "Rhwystredigaethau, pwysau a blaenoriaethau sefydliadau sy'n dibynnu ar ei gilydd, mewn 90 munud. \
            Ysbrydolwyd gan ganfyddiad y King's Fund ar yr hyn sydd ei angen i gydweithio.";
    retrospective_purpose = "Look back on a piece of work: what went well and what to try.",
        "Edrych yn ôl ar ddarn o waith: beth aeth yn dda a beth i roi cynnig arno.";
    blank_purpose = "One kind of note. You add what you need.",
        "Un math o nodyn. Chi sy'n ychwanegu'r hyn sydd ei angen.";
    frustrations = "Frustrations", "Rhwystredigaethau";
    pressures = "Pressures", "Pwysau";
    priorities = "Priorities", "Blaenoriaethau";
    relationships = "Relationships", "Perthnasoedd";
    technology = "Technology", "Technoleg";
    environment = "Enabling environment", "Amgylchedd galluogi";
    went_well = "Went well", "Aeth yn dda";
    went_badly = "Went badly", "Aeth yn wael";
    to_try = "To try", "I roi cynnig arno";
    notes = "Notes", "Nodiadau";

    contract = "What we promise each other", "Yr hyn rydym yn ei addo i'n gilydd";
    contract_prompt = "Read what this board promises. What else do we need so that we can speak openly?",
        "Darllenwch yr hyn y mae'r bwrdd hwn yn ei addo. Beth arall sydd ei angen arnom i allu siarad yn agored?";
    pulse = "Pulse", "Curiad";
    pulse_prompt = "How safe is it to be candid here?", "Pa mor ddiogel yw bod yn onest yma?";
    writing = "Private writing", "Ysgrifennu preifat";
    writing_prompt = "What gets in the way of working together?\nWhat weighs on you that partners may not see?\nWhat should change first?",
        "Beth sy'n rhwystro cydweithio?\nBeth sy'n pwyso arnoch nad yw partneriaid efallai yn ei weld?\nBeth ddylai newid yn gyntaf?";
    reading = "Reveal and silent reading", "Datgelu a darllen yn dawel";
    reading_prompt = "Read what others wrote. Where it is true for you too, say “same here”.",
        "Darllenwch yr hyn a ysgrifennodd eraill. Lle mae'n wir i chi hefyd, dywedwch “minnau hefyd”.";
    sorting = "Silent sort", "Didoli'n dawel";
    sorting_prompt = "Put notes that belong together on top of each other, without talking.",
        "Rhowch nodiadau sy'n perthyn i'w gilydd ar ben ei gilydd, heb siarad.";
    naming = "Name the groups", "Enwi'r grwpiau";
    naming_prompt = "What would you call each group, in a few words?", "Beth fyddech chi'n galw pob grŵp, mewn ychydig eiriau?";
    voting = "Blind vote", "Pleidlais ddall";
    voting_prompt = "Where would a change help most? Give your dots to what matters to you.",
        "Ble byddai newid yn helpu fwyaf? Rhowch eich dotiau i'r hyn sy'n bwysig i chi.";
    discussing = "Discuss", "Trafod";
    discussing_prompt = "What stands behind the groups with the most dots? What can we do first?",
        "Beth sydd y tu ôl i'r grwpiau â'r mwyaf o ddotiau? Beth allwn ni ei wneud yn gyntaf?";
    second_vote = "Second vote, if it is unclear", "Ail bleidlais, os yw'n aneglur";
    second_vote_prompt = "Of what is tied at the top: where do we begin?",
        "O'r hyn sy'n gyfartal ar y brig: ble rydym yn dechrau?";
    commitments = "Commitments", "Ymrwymiadau";
    commitments_prompt = "What will be done, by which organisation, and by when?",
        "Beth fydd yn cael ei wneud, gan ba sefydliad, ac erbyn pryd?";
    pulse_again = "Pulse again, and close", "Curiad eto, a chloi";

    anything_prompt = "What is on your mind?", "Beth sydd ar eich meddwl?";
    look_back_prompt = "What helped?\nWhat hindered?\nWhat should we try next?",
        "Beth a helpodd?\nBeth a rwystrodd?\nBeth ddylem ni roi cynnig arno nesaf?";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_a_valid_board() {
        for (template, language) in Template::ALL
            .into_iter()
            .flat_map(|template| Language::ALL.map(|language| (template, language)))
        {
            let mut settings = template.settings(language);
            settings.title = "A board".into();
            assert_eq!(settings.clone().checked(), Ok(settings), "{template:?}");
        }
    }

    #[test]
    fn working_together_takes_ninety_minutes_and_asks_its_pulse_twice() {
        for language in Language::ALL {
            let agenda = Template::WorkingTogether.settings(language).agenda;
            let minutes: u16 = agenda.iter().map(|step| step.minutes).sum();
            assert_eq!(minutes, 90);
            let pulses: Vec<&Step> = agenda.iter().filter(|step| step.pulse).collect();
            assert_eq!(pulses.len(), 2);
            assert_eq!(pulses[0].prompt, pulses[1].prompt);
        }
    }
}
