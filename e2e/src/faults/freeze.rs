//! The server stands still for a while, as a machine does that is moved or swaps, and goes on.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use super::Stage;
use super::verdict::Verdict;

/// How long people work before it.
const WORK: std::ops::Range<Duration> = Duration::from_millis(20)..Duration::from_millis(200);

/// So many times people work while the server stands still for so long. Whoever waits for it goes on afterwards
/// on the same connection.
pub async fn freeze(folder: &Path, cycles: usize, length: Duration, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut stage = Stage::set(folder, random.random()).await?;
    let mut verdict = Verdict::default();
    for _ in 0..cycles {
        let stop = AtomicBool::new(false);
        let server = &stage.server;
        let frozen = async {
            sleep(random.random_range(WORK)).await;
            server.freeze().await?;
            sleep(length).await;
            server.thaw().await?;
            // Everybody does what they are at to its end.
            stop.store(true, Ordering::Relaxed);
            Ok(())
        };
        let living = stage.meetings.iter_mut().map(|it| it.lives(&stop));
        tokio::try_join!(frozen, try_join_all(living))?;
        for meeting in &mut stage.meetings {
            meeting.finishes_step().await?;
            ensure!(meeting.all_stayed(), "somebody lost their connection");
        }
        verdict.add(stage.check(random.random()).await?);
    }
    verdict.acknowledged += stage.ends()?;
    Ok(verdict)
}
