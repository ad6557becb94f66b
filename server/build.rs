//! The page is compiled into a release binary: whatever changes in it must compile that anew. A debug binary reads the
//! page's files from the disk, whatever they are by then.

use std::env;

fn main() {
    // Cargo sets it when it compiles with `debug_assertions`, by which rust-embed decides.
    let debug = env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_some();
    let watched = if debug { "build.rs" } else { "assets" };
    println!("cargo:rerun-if-changed={watched}");
}
