//! Which tests a command line chooses.

use super::suite::Suite;

/// Suites, and which of their tests.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// In the order in which they run.
    pub(super) suites: Vec<Suite>,
    /// A test is run if its name has one of these in it, or if there are none of these.
    pub(super) names: Vec<String>,
    /// Whether the suites leave out what takes long.
    pub(super) quick: bool,
}

impl Chosen {
    /// What these words choose: suites by their names, tests by anything else.
    pub(super) fn by(words: &[String]) -> Self {
        let mut suites: Vec<Suite> = words.iter().filter_map(|word| Suite::named(word)).collect();
        let names: Vec<String> = words
            .iter()
            .filter(|word| Suite::named(word).is_none())
            .cloned()
            .collect();
        if suites.is_empty() {
            suites = match names.is_empty() {
                true => Suite::ALL.to_vec(),
                false => vec![Suite::Unit, Suite::Protocol],
            };
        }
        Self {
            suites,
            names,
            quick: false,
        }
    }

    /// What catches most in the least time.
    pub(super) fn quick() -> Self {
        Self {
            suites: vec![Suite::Format, Suite::Lint, Suite::Unit, Suite::Protocol],
            names: Vec::new(),
            quick: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(words: &str) -> Chosen {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Chosen::by(&words)
    }

    #[test]
    fn without_a_word_everything_is_tested() {
        assert_eq!(by("").suites, Suite::ALL);
        assert!(by("").names.is_empty());
    }

    #[test]
    fn a_word_that_names_no_suite_chooses_tests_by_their_names() {
        let chosen = by("reconnecting dots");
        assert_eq!(chosen.suites, [Suite::Unit, Suite::Protocol]);
        assert_eq!(chosen.names, ["reconnecting", "dots"]);
    }

    #[test]
    fn suites_and_names_can_be_given_together() {
        let chosen = by("browser keyboard");
        assert_eq!(chosen.suites, [Suite::Browser]);
        assert_eq!(chosen.names, ["keyboard"]);
    }
}
