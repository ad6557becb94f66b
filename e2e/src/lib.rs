//! Whole servers and whole workshops, over real sockets, in reading order.

pub mod fresh;
pub mod server;
pub mod device;
pub mod logs;
pub mod database;
pub mod api;
pub mod view;
pub mod client;
pub mod recorder;
pub mod workshop;
pub mod demo;
pub mod process;
pub mod changes;
pub mod outcome;
pub mod faults;

use std::io::Write as _;
use std::time::Duration;

/// How long anything may take before it counts as not happening.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Prints what a test measured, also if it passes: a test program keeps back what its tests print.
pub fn report(text: &str) {
    // Nobody may be reading.
    let _ = writeln!(std::io::stdout(), "{text}");
}
