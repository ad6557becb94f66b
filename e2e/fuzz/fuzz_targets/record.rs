//! Records that are anything behind a correct checksum, of a board that is well: more of it, or noticed.

#![no_main]

use std::sync::LazyLock;

use bytes::Bytes;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use libfuzzer_sys::fuzz_target;

static BOARD: LazyLock<Bytes> = LazyLock::new(|| {
    let settings = Template::WorkingTogether.settings(Language::English);
    candour_fuzz::opened(settings, Vec::new())
});

fuzz_target!(|records: Vec<&[u8]>| {
    let records = records.into_iter().map(candour_fuzz::checked).collect();
    let _ = candour_fuzz::load(BOARD.clone(), records);
});
