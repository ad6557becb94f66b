//! One suite of the tests: a name, what it runs, and how many passed.

use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::workspace::spelled;

/// What came out of a suite.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    /// One thing that was checked as a whole.
    pub(crate) fn of(result: &Result<()>) -> Self {
        match result {
            Ok(()) => Self {
                passed: 1,
                failed: 0,
            },
            Err(fault) => {
                eprintln!("{fault:#}");
                Self {
                    passed: 0,
                    failed: 1,
                }
            }
        }
    }

    /// Both together.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs a test program, shows what it prints, and counts the results that `read` finds in its lines.
/// A program that fails without having named a failed test counts as one.
pub(crate) fn count(command: &mut Command, read: fn(&str) -> Option<Tally>) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} can't be started", spelled(command)))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally = tally.and(read(&line).unwrap_or_default());
        }
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == 0 {
        eprintln!("{} failed ({status})", spelled(command));
        tally.failed = 1;
    }
    Ok(tally)
}

/// Reads the line with which a Rust test program ends: `test result: ok. 3 passed; 0 failed; …`.
pub(crate) fn rust_result(line: &str) -> Option<Tally> {
    let mut parts = line.strip_prefix("test result: ")?.split("; ");
    let passed = parts.next()?.split(' ').rev().nth(1)?.parse().ok()?;
    let failed = parts.next()?.split(' ').next()?.parse().ok()?;
    Some(Tally { passed, failed })
}

/// Reads the two lines with which Node's test runner ends: `# pass 3` and `# fail 0`.
pub(crate) fn node_result(line: &str) -> Option<Tally> {
    let mut words = line.split_whitespace().skip(1);
    let (word, number) = (words.next()?, words.next()?.parse().ok()?);
    let marked = line.starts_with(['#', 'ℹ']) && words.next().is_none();
    match word {
        "pass" if marked => Some(Tally {
            passed: number,
            failed: 0,
        }),
        "fail" if marked => Some(Tally {
            passed: 0,
            failed: number,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_rust_tests_are_counted() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        let (passed, failed) = (12, 3);
        assert_eq!(rust_result(line), Some(Tally { passed, failed }));
        assert_eq!(rust_result("test a_test ... ok"), None);
    }

    #[test]
    fn results_of_node_tests_are_counted() {
        let tally = |passed, failed| Some(Tally { passed, failed });
        assert_eq!(node_result("ℹ pass 4"), tally(4, 0));
        assert_eq!(node_result("# fail 2"), tally(0, 2));
        assert_eq!(node_result("ℹ tests 6"), None);
        assert_eq!(node_result("they pass 4"), None);
    }

    #[test]
    fn a_program_that_fails_without_a_word_is_one_failure() {
        let (passed, failed) = (0, 1);
        let tally = count(&mut Command::new("false"), rust_result).unwrap();
        assert_eq!(tally, Tally { passed, failed });
    }
}
