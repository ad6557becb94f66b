//! Cables are pulled out.

use candour_e2e::faults::cable::{Afterwards, cable};
use tempfile::TempDir;

use super::{assert_kept, seed};

const CYCLES: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_beside_a_dead_connection_loses_and_doubles_nothing() {
    let folder = TempDir::new().unwrap();
    let verdict = cable(folder.path(), CYCLES, Afterwards::Leave, seed()).await;
    assert_kept("with cables pulled out", &verdict.unwrap());
}
