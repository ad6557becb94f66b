//! Closed rounds of voting: what came out.

use candour_page::State;
use candour_shared::ids::{Item, RoundId};
use candour_shared::settings::{Admission, Settings};
use candour_shared::voting::{Budget, Support, Tally};
use candour_shared::wall::Round;

use super::item_title;
use crate::text::voting as text;

/// A round of voting.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundView {
    /// Its id.
    pub round: RoundId,
    /// 1 for the board's first.
    pub number: u32,
    /// The question, or "Round 2".
    pub title: String,
    /// What each person had.
    pub budget: Budget,
    /// "5 dots each, at most 2 on one thing. 31 dots were given."
    pub words: String,
    /// How what came out is to be taken, a sentence each; empty while the round is open.
    pub caveats: Vec<String>,
    /// What came out, most dots first; nothing while the round is open.
    pub bars: Option<Vec<BarView>>,
}

impl RoundView {
    /// What shares the first place, if several things do.
    #[must_use]
    pub fn tied(&self) -> Vec<Item> {
        let bars = self.bars.as_deref().unwrap_or_default();
        let most = bars.iter().map(|bar| bar.dots).max();
        let first = bars.iter().filter(|bar| Some(bar.dots) == most);
        let first: Vec<Item> = first.map(|bar| bar.item).collect();
        if first.len() > 1 { first } else { Vec::new() }
    }
}

/// What one thing got.
#[derive(Debug, Clone, PartialEq)]
pub struct BarView {
    /// The thing.
    pub item: Item,
    /// The group's name or the note's beginning.
    pub title: String,
    /// Its place among the others: "2", or "=2" where another has as many.
    pub place: String,
    /// Everyone's dots on it.
    pub dots: u32,
    /// The bar's length: the share of the largest number of dots, 0 to 1.
    pub share: f64,
    /// "7 dots, 23%": how many, and their part of all that were given.
    pub words: String,
    /// "GP practices, Adult social care and others": who stands behind it; nothing where nobody is
    /// named.
    pub support: Option<String>,
}

/// Every round, the latest first.
#[must_use]
pub fn rounds(state: &State, settings: &Settings) -> Vec<RoundView> {
    let rounds = state.wall().read().rounds();
    let views = rounds.into_iter().rev().map(|(id, round)| RoundView {
        round: id,
        number: round.number,
        title: title(&round),
        budget: round.budget,
        words: words(&round),
        caveats: round
            .totals
            .as_ref()
            .map(|_| caveats(settings))
            .unwrap_or_default(),
        bars: bars(state, settings, &round),
    });
    views.collect()
}

/// What to call a round.
#[must_use]
pub fn title(round: &Round) -> String {
    if round.question.is_empty() {
        text::round(round.number)
    } else {
        round.question.clone()
    }
}

fn words(round: &Round) -> String {
    let Budget { dots, per_item } = round.budget;
    let budget = text::budget(dots, per_item);
    match round.totals.as_deref().map(all) {
        Some(given) => format!("{budget} {}", text::given(given)),
        None => budget,
    }
}

/// How the results of a board are to be taken.
#[must_use]
pub fn caveats(settings: &Settings) -> Vec<String> {
    let mut caveats = Vec::new();
    if settings.privacy.admission == Admission::SharedLink {
        caveats.push(text::indicative().to_owned());
    }
    if !settings.organisations.is_empty() {
        caveats.push(text::named(settings.privacy.min_group));
    }
    caveats
}

/// Who stands behind an item, in words; nothing where nobody is named.
fn supporters(settings: &Settings, support: &[Support], item: Item) -> Option<String> {
    let support = support.iter().find(|support| support.item == item)?;
    let named = support.organisations.iter();
    let mut names: Vec<&str> = named
        .filter_map(|index| settings.organisations.get(usize::from(*index)))
        .map(String::as_str)
        .collect();
    if support.others {
        names.push(if names.is_empty() {
            text::unnamed()
        } else {
            text::others()
        });
    }
    let last = names.pop()?;
    if names.is_empty() {
        return Some(last.to_owned());
    }
    Some(text::and(&names.join(", "), last))
}

fn bars(state: &State, settings: &Settings, round: &Round) -> Option<Vec<BarView>> {
    let totals = round.totals.as_ref()?;
    let most = totals.iter().map(|tally| tally.dots).max().unwrap_or(0);
    let all = all(totals);
    let bars = totals.iter().map(|tally| BarView {
        item: tally.item,
        title: item_title(state, tally.item).unwrap_or_else(|| text::gone().to_owned()),
        place: place(totals, tally.dots),
        dots: tally.dots,
        share: share(tally.dots, most),
        words: text::part(tally.dots, share(tally.dots, all) * 100.0),
        support: supporters(settings, &round.support, tally.item),
    });
    Some(bars.collect())
}

fn all(totals: &[Tally]) -> u32 {
    totals.iter().map(|tally| tally.dots).sum()
}

fn place(totals: &[Tally], dots: u32) -> String {
    let place = totals.iter().filter(|tally| tally.dots > dots).count() + 1;
    let equals = totals.iter().filter(|tally| tally.dots == dots).count();
    let tied = if equals > 1 { "=" } else { "" };
    format!("{tied}{place}")
}

fn share(dots: u32, most: u32) -> f64 {
    if most == 0 {
        0.0
    } else {
        f64::from(dots) / f64::from(most)
    }
}

#[cfg(test)]
mod tests {
    use candour_shared::ids::NoteId;
    use candour_shared::templates::Template;
    use candour_shared::text::Language;

    use super::*;

    fn settings() -> Settings {
        let mut settings = Template::Blank.settings(Language::English);
        settings.organisations = ["GP practices", "Hospital", "Charities"]
            .map(Into::into)
            .into();
        settings
    }

    #[test]
    fn a_result_names_the_organisations_behind_it_and_others() {
        let item = |n| Item::Note(NoteId::from_bytes([n; 16]));
        let support = |n, organisations: &[u8], others| Support {
            item: item(n),
            organisations: organisations.into(),
            others,
        };
        let all = [
            support(1, &[0, 1], true),
            support(2, &[2], false),
            support(3, &[], true),
            support(4, &[], false),
        ];
        let named = [1, 2, 3, 4, 5].map(|n| supporters(&settings(), &all, item(n)));
        let expected = [
            Some("GP practices, Hospital and others"),
            Some("Charities"),
            Some(text::unnamed()),
            None,
            None,
        ];
        assert_eq!(named, expected.map(|words| words.map(str::to_owned)));
    }

    #[test]
    fn results_over_a_shared_link_are_called_indicative() {
        let mut settings = settings();
        let told = caveats(&settings).join(" ");
        assert!(told.contains("one vote per browser"), "{told}");
        assert!(told.contains("at least 5 of its people"), "{told}");
        settings.privacy.admission = Admission::Codes;
        settings.organisations.clear();
        assert_eq!(caveats(&settings), Vec::<String>::new());
    }

    #[test]
    fn things_with_as_many_dots_share_a_place() {
        let item = Item::Note(NoteId::from_bytes([1; 16]));
        let totals = [9, 4, 4, 1].map(|dots| Tally { item, dots });
        let places = totals.map(|tally| place(&totals, tally.dots));
        assert_eq!(places, ["1", "=2", "=2", "4"]);
    }

    #[test]
    fn a_closed_round_says_how_many_dots_were_given() {
        let item = Item::Note(NoteId::from_bytes([1; 16]));
        let mut round = Round::new(1, "", Budget::default());
        assert_eq!(words(&round), "5 dots each, at most 2 on one thing.");
        round.totals = Some(vec![Tally { item, dots: 3 }, Tally { item, dots: 1 }]);
        assert!(words(&round).ends_with("4 dots were given."));
    }

    #[test]
    fn a_bar_is_as_long_as_its_share_of_the_most_dots() {
        assert_eq!((share(7, 7), share(0, 7), share(0, 0)), (1.0, 0.0, 0.0));
    }

    #[test]
    fn a_round_without_a_question_is_called_by_its_number() {
        let mut round = Round::new(2, "", Budget::default());
        assert_eq!(title(&round), "Round 2");
        round.question = "What first?".into();
        assert_eq!(title(&round), "What first?");
    }
}
