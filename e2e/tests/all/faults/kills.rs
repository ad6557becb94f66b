//! The server is killed.

use candour_e2e::faults::kill::kill;
use tempfile::TempDir;

use super::{assert_kept, seed};

const CYCLES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_doubled_by_kills_at_any_moment() {
    let folder = TempDir::new().unwrap();
    let verdict = kill(folder.path(), CYCLES, seed()).await.unwrap();
    assert_kept("killed", &verdict);
}
