//! Everything comes more than once.

use candour_e2e::faults::repeat::repeat;
use tempfile::TempDir;

use super::{assert_kept, seed};

const BATCHES: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_twice_and_in_another_order_counts_once() {
    let folder = TempDir::new().unwrap();
    let verdict = repeat(folder.path(), BATCHES, seed()).await.unwrap();
    assert_kept("repeated", &verdict);
}
