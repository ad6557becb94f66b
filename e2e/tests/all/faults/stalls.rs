//! People stop reading.

use candour_e2e::faults::stall::{Crowd, stall};
use tempfile::TempDir;

use super::assert_kept;

#[tokio::test(flavor = "multi_thread")]
async fn who_stops_reading_keeps_nothing_from_others() {
    let folder = TempDir::new().unwrap();
    let crowd = Crowd {
        people: 50,
        stalled: 5,
        seconds: 2,
    };
    let verdict = stall(folder.path(), crowd).await.unwrap();
    assert_kept("with people who don't read", &verdict);
}
