//! A table of budgets: what was measured, what it may be, and whether that was kept.

/// A table, printed row by row.
pub struct Budgets {
    kept: bool,
}

impl Budgets {
    /// Prints the head.
    #[must_use]
    pub fn begin() -> Self {
        println!("\n{:<56} {:>9} {:>9}", "budgets", "measured", "at most");
        Self { kept: true }
    }

    /// Something that was measured, unless it wasn't, beside what it may be at most, unless that is another server's
    /// figure and there is none.
    pub fn at_most(&mut self, what: &str, measured: Option<f64>, budget: Option<f64>) {
        let verdict = match (measured, budget) {
            (Some(measured), Some(budget)) if measured <= budget => "met",
            (Some(_), Some(_)) => "missed",
            (None, _) => "not measured",
            (_, None) => "nothing to compare it with",
        };
        self.kept &= verdict != "missed";
        let [measured, budget] = [measured, budget].map(|figure| match figure {
            Some(figure) => format!("{figure:.2}"),
            None => "-".to_owned(),
        });
        println!("{what:<56} {measured:>9} {budget:>9}  {verdict}");
    }

    /// Something that another command measures.
    pub fn elsewhere(&mut self, what: &str, command: &str) {
        println!("{what:<56} {:>9} {:>9}  {command}", "-", "-");
    }

    /// Whether all that was measured is in its budget.
    #[must_use]
    pub const fn kept(&self) -> bool {
        self.kept
    }
}
