//! A board whose stored bytes are anything: they are noticed.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: (&[u8], &[u8])| {
    let (snapshot, record) = bytes;
    let records = vec![record.to_vec().into()];
    assert!(candour_fuzz::load(snapshot.to_vec().into(), records).is_err());
});
