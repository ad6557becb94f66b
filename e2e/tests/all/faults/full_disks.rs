//! The disk is full. This takes root, to mount a small one.

use candour_e2e::faults::full_disk::full_disk;

use super::{assert_kept, seed};

const CYCLES: usize = 2;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_loses_nothing_and_sends_nobody_away() {
    let verdict = full_disk(CYCLES, seed()).await.unwrap();
    assert_kept("on a full disk", &verdict);
}
