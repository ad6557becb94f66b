//! The server is killed at any moment, as by a power cut, and started again.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Result, bail};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use super::Stage;
use super::meeting::Meeting;
use super::verdict::Verdict;

/// How long people work between two kills.
const WORK: std::ops::Range<Duration> = Duration::from_millis(20)..Duration::from_millis(300);

/// So many times people work, the server is killed and started again, and everybody comes back.
pub async fn kill(folder: &Path, cycles: usize, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut stage = Stage::set(folder, random.random()).await?;
    let mut verdict = Verdict::default();
    for _ in 0..cycles {
        let never = AtomicBool::new(false);
        let living = stage.meetings.iter_mut().map(|it| it.lives(&never));
        let killed = async {
            sleep(random.random_range(WORK)).await;
            stage.server.kill().await
        };
        tokio::select! {
            lived = try_join_all(living) => bail!("people stopped working: {lived:?}"),
            killed = killed => killed?,
        }
        stage.meetings.iter_mut().for_each(Meeting::is_left);
        stage.server.restart().await?;
        try_join_all(stage.meetings.iter_mut().map(Meeting::comes_back)).await?;
        verdict.add(stage.check(random.random()).await?);
    }
    verdict.acknowledged += stage.ends()?;
    Ok(verdict)
}
