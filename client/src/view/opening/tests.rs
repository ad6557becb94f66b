use super::*;

fn typed() -> Opening {
    let template = Template::WorkingTogether;
    Opening {
        title: "Winter plans".into(),
        known: template.settings(language()).categories,
        categories: categories_of(template),
        aspects: aspects_of(template),
        agenda: template.settings(language()).agenda,
        organisations: "GP practice\n\n  Ambulance \n".into(),
        rules: Rules::default(),
    }
}

fn flaws(change: impl FnOnce(&mut Opening)) -> Vec<(Field, String)> {
    let mut opening = typed();
    change(&mut opening);
    let flaws = opening.settings().unwrap_err().into_iter();
    flaws.map(|flaw| (flaw.field, flaw.words)).collect()
}

#[test]
fn what_is_typed_becomes_a_boards_settings() {
    let settings = typed().settings().unwrap();
    assert_eq!(settings.title, "Winter plans");
    assert_eq!(settings.organisations, ["GP practice", "Ambulance"]);
    assert_eq!(settings.privacy, Privacy::default());
    assert_eq!(
        settings.agenda,
        Template::WorkingTogether.settings(language()).agenda
    );
}

#[test]
fn rules_are_taken_as_typed() {
    let mut opening = typed();
    opening.rules = Rules {
        release: Release::Pooled,
        admission: Admission::Codes,
        min_group: " 8 ".into(),
        keep_days: "365".into(),
    };
    let privacy = opening.settings().unwrap().privacy;
    assert_eq!((privacy.min_group, privacy.keep_days), (8, 365));
    assert_eq!(privacy.admission, Admission::Codes);
    assert_eq!(privacy.release, Release::Pooled);
}

#[test]
fn every_flaw_is_told_beside_its_field() {
    let told = flaws(|opening| {
        opening.title = "  ".into();
        opening.organisations = "GP\ngp".into();
        opening.rules.min_group = "1".into();
        opening.rules.keep_days = "400".into();
    });
    let words = |field| {
        let found = told.iter().find(|(of, _)| *of == field);
        found.map(|(_, words)| words.as_str())
    };
    assert_eq!(told.len(), 4);
    assert_eq!(words(Field::Title), Some("Give the board a title."));
    assert_eq!(
        words(Field::Organisations),
        Some("Two organisations are called “gp”.")
    );
    assert_eq!(
        words(Field::MinGroup),
        Some("Type a whole number from 2 to 255.")
    );
    assert_eq!(
        words(Field::KeepDays),
        Some("Type a whole number from 1 to 365.")
    );
}

#[test]
fn what_is_no_whole_number_is_refused() {
    for text in ["", "five", "-3", "2.5", "70000"] {
        let told = flaws(|opening| opening.rules.keep_days = text.into());
        assert_eq!(told.len(), 1, "{text:?}");
    }
}

#[test]
fn another_template_does_not_take_away_what_was_typed() {
    let former = categories_of(Template::WorkingTogether);
    let chosen = categories_of(Template::Retrospective);
    assert_eq!(refilled(&former, &former, chosen.clone()), chosen);
    assert_eq!(refilled("", &former, chosen.clone()), chosen);
    assert_eq!(refilled("Hopes\nFears", &former, chosen), "Hopes\nFears");
}

#[test]
fn a_board_needs_a_category() {
    let told = flaws(|opening| opening.categories = "\n".into());
    let words = "A board needs at least one category.".to_owned();
    assert_eq!(told, [(Field::Categories, words)]);
}

#[test]
fn the_rules_can_be_read_without_unfolding_them() {
    let told = Rules::default().summary().join(" ");
    for part in ["all at once", "One link", "from 5 people", "after 30 days"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_templates_categories_keep_their_colours_and_new_ones_get_others() {
    let names = ["Priorities", "Hopes", "Fears"].map(String::from);
    let made = categories(
        &Template::WorkingTogether.settings(language()).categories,
        &names,
    );
    assert_eq!(made[0].colour, Colour::Teal);
    assert_eq!(made[1].colour, Colour::Amber);
    assert_eq!(made[2].colour, Colour::Blue);
}
