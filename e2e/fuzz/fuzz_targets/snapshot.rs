//! A snapshot that is anything behind a correct checksum: a board, or noticed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|snapshot: &[u8]| {
    let _ = candour_fuzz::load(candour_fuzz::checked(snapshot), Vec::new());
});
