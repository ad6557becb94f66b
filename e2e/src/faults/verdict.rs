//! What came out of comparing what was acknowledged with what is there.

use std::fmt;

/// See the module. Each entry says what was found, for people.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How many changes were acknowledged.
    pub acknowledged: usize,
    /// Acknowledged changes that are not there.
    pub lost: Vec<String>,
    /// What was sent once and is there more often.
    pub doubled: Vec<String>,
    /// What nobody sent.
    pub invented: Vec<String>,
}

impl Verdict {
    /// Whether everything is there once.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings().next().is_none()
    }

    /// What is wrong.
    pub fn findings(&self) -> impl Iterator<Item = String> {
        let kinds = [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("invented", &self.invented),
        ];
        let entries = |(kind, entries): (&'static str, &'_ Vec<String>)| {
            let said: Vec<String> = entries.iter().map(|it| format!("{kind}: {it}")).collect();
            said
        };
        kinds.into_iter().flat_map(entries)
    }

    /// Takes another one in.
    pub fn add(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.lost.extend(other.lost);
        self.doubled.extend(other.doubled);
        self.invented.extend(other.invented);
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} acknowledged", self.acknowledged)?;
        for finding in self.findings() {
            write!(f, "\n{finding}")?;
        }
        Ok(())
    }
}
