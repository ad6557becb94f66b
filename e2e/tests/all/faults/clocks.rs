//! The clock jumps.

use candour_e2e::faults::clock::clock;

use super::{assert_kept, seed};

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_loses_and_reveals_nothing_and_stops_nobody() {
    let verdict = clock(1, seed()).await.unwrap();
    assert_kept("with a clock that jumps", &verdict);
}
