//! Said is kept, whatever breaks: the faults of `candour_e2e::faults`, at a small size.

mod cables;
mod clocks;
mod damages;
mod freezes;
mod full_disks;
mod kills;
mod repeats;
mod stalls;

use candour_e2e::faults::verdict::Verdict;
use candour_e2e::report;

/// A seed for a random play, printed.
fn seed() -> u64 {
    let seed = rand::random();
    println!("seed {seed}");
    seed
}

/// Everything that was acknowledged is there, once, and nothing else.
fn assert_kept(what: &str, verdict: &Verdict) {
    report(&format!("{what}: {} acknowledged", verdict.acknowledged));
    assert!(verdict.acknowledged > 0, "nobody did anything");
    assert!(verdict.is_clean(), "{verdict}");
}
