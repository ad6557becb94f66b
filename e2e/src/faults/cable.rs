//! Cables are pulled out: connections go silent without an end. Whoever notices comes back by another way, and
//! sends again what was not answered.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{sleep, timeout};

use super::Stage;
use super::meeting::Meeting;
use super::relay::Relay;
use super::verdict::Verdict;
use super::vitals::Vitals;
use crate::PATIENCE;
use crate::api::Api;
use crate::server::ServerProcess;

/// How long people work before it.
const WORK: std::ops::Range<Duration> = Duration::from_millis(20)..Duration::from_millis(200);
/// How long the server may take to give up connections on which nobody answers.
const GIVES_UP: Duration = Duration::from_secs(90);
/// How often it is looked whether it has.
const LOOKS: Duration = Duration::from_secs(1);

/// Whether it is waited until the server has given up the dead connections, which takes more than half a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Afterwards {
    Leave,
    WaitForTheEnd,
}

/// So many times all connections go silent while people work.
pub async fn cable(
    folder: &Path,
    cycles: usize,
    afterwards: Afterwards,
    seed: u64,
) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let relay = Relay::lay().await?;
    let origin = relay.url();
    let server = ServerProcess::with(folder, move |command| {
        command.args(["--boards-per-minute", "1000000", "--origin", &origin]);
    })
    .await?;
    relay.plug_into(server.address());
    // What is kept for the next request would be silent then.
    let api = Api::new(&relay.url()).patient(PATIENCE).forgetful()?;
    let mut stage = Stage::on(server, api, random.random()).await?;
    let process = stage.server.number();
    let alive = Vitals::of(process)?.descriptors;
    let mut verdict = Verdict::default();
    for _ in 0..cycles {
        let never = AtomicBool::new(false);
        let living = stage.meetings.iter_mut().map(|it| it.lives(&never));
        tokio::select! {
            lived = try_join_all(living) => bail!("people stopped working: {lived:?}"),
            () = sleep(random.random_range(WORK)) => relay.pull(),
        }
        stage.meetings.iter_mut().for_each(Meeting::is_left);
        for meeting in &stage.meetings {
            meeting.finds_another_way().await?;
        }
        try_join_all(stage.meetings.iter_mut().map(Meeting::comes_back)).await?;
        verdict.add(stage.check(random.random()).await?);
    }
    if afterwards == Afterwards::WaitForTheEnd {
        let giving_up = async {
            while Vitals::of(process)?.descriptors > alive {
                sleep(LOOKS).await;
            }
            anyhow::Ok(())
        };
        let gave_up = timeout(GIVES_UP, giving_up).await;
        gave_up.context("the server holds on to dead connections")??;
    }
    verdict.acknowledged += stage.ends()?;
    Ok(verdict)
}
