//! Files are damaged.

use candour_e2e::faults::damage::damage;
use tempfile::TempDir;

use super::{assert_kept, seed};

/// Two of each kind.
const CYCLES: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_board_says_so_and_no_other_content_is_ever_shown() {
    let folder = TempDir::new().unwrap();
    let verdict = damage(folder.path(), CYCLES, seed()).await.unwrap();
    assert_kept("damaged", &verdict);
}
