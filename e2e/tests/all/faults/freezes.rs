//! The server stands still.

use std::time::Duration;

use candour_e2e::faults::freeze::freeze;
use tempfile::TempDir;

use super::{assert_kept, seed};

const CYCLES: usize = 3;
const LENGTH: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread")]
async fn people_wait_for_a_server_that_stands_still_and_lose_nothing() {
    let folder = TempDir::new().unwrap();
    let verdict = freeze(folder.path(), CYCLES, LENGTH, seed()).await.unwrap();
    assert_kept("frozen", &verdict);
}
