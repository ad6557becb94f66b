//! What storms are measured by, as a table.

use std::io::Write as _;

use anyhow::Result;
use candour_e2e::server::storage;

use super::{Report, joining, losses};
use crate::budgets::Budgets;
use crate::millis;

/// The storms that were measured.
pub struct Table {
    people: usize,
    /// Each after a loss, by its name, and in what time 95 of 100 were in sync, in seconds.
    in_sync: Vec<(String, f64)>,
}

impl Table {
    /// Measures every storm, with so many people and notes, and prints each when it is over.
    pub async fn measure(people: usize, notes: usize) -> Result<Self> {
        println!(
            "{people} people come at once to a board with {notes} notes, on which 10 others make 20 changes/s"
        );
        println!(
            "{:<28} | {:>8} {:>8} {:>8} | {:>7} {:>7} | {:>8} | {:>8} {:>8} {:>8} {:>6} | {:>8} {:>8}",
            "",
            "sync p50",
            "p95, s",
            "max, s",
            "missing",
            "retries",
            "peak, MB",
            "ack p50",
            "p99, ms",
            "max, ms",
            "failed",
            "CPU, s",
            "crowd's"
        );
        let mut in_sync = Vec::new();
        let place = storage(None)?;
        losses(place.path(), people, notes, |loss, report| {
            let name = loss.to_string();
            print(&name, &report);
            in_sync.push((name, p95(&report)));
        })
        .await?;
        let place = storage(None)?;
        let report = joining(place.path(), people, notes).await?;
        print("all join for the first time", &report);
        Ok(Self { people, in_sync })
    }

    /// Their budgets.
    pub fn budgets(&self, budgets: &mut Budgets) {
        for (name, in_sync) in &self.in_sync {
            let what = format!("{} people, {name}: in sync, p95, s", self.people);
            budgets.at_most(&what, Some(*in_sync), Some(5.0));
        }
    }
}

fn print(name: &str, report: &Report) {
    let answers = &report.answers;
    println!(
        "{name:<28} | {:>8.2} {:>8.2} {:>8.2} | {:>7} {:>7} | {:>8.1} | {:>8.1} {:>8.1} {:>8.1} {:>6} | {:>8.2} {:>8.2}",
        seconds(report, 0.5),
        seconds(report, 0.95),
        seconds(report, 1.0),
        report.missing,
        report.failed,
        report.peak as f64 / 1024.0 / 1024.0,
        millis(&answers.acknowledged, 0.5),
        millis(&answers.acknowledged, 0.99),
        millis(&answers.acknowledged, 1.0),
        answers.failed,
        report.server.as_secs_f64(),
        report.crowd.as_secs_f64(),
    );
    // Whoever looks on sees each row as it comes; nobody may.
    let _ = std::io::stdout().flush();
}

/// In what time 95 of 100 were in sync, if all are at last.
fn p95(report: &Report) -> f64 {
    match report.missing {
        0 => seconds(report, 0.95),
        _ => f64::INFINITY,
    }
}

fn seconds(report: &Report, quantile: f64) -> f64 {
    millis(&report.in_sync, quantile) / 1000.0
}
