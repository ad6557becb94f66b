//! Everything is sent twice, by two windows of the same person and in another order by each, and some of it
//! much later once more.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use futures_util::future::{join_all, try_join_all};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use rand::{RngExt as _, SeedableRng as _};

use super::meeting::{BUDGET, Meeting};
use super::memory::Deed;
use super::verdict::Verdict;
use super::witness::Witness;
use crate::PATIENCE;
use crate::api::Api;
use crate::client::{Failed, TestClient};
use crate::server::ServerProcess;

/// How many people are on the board.
const PEOPLE: usize = 4;
/// Most deeds that are under way at a time.
const AT_ONCE: usize = 4;
/// How many earlier deeds are sent once more.
const LATE: usize = 3;

/// Somebody with two windows.
struct Doubled<'a> {
    witness: &'a mut Witness,
    window: TestClient,
    history: Vec<Deed>,
    random: StdRng,
}

/// A whole workshop in which each person does so many batches of things in each step.
pub async fn repeat(folder: &Path, batches: usize, seed: u64) -> Result<Verdict> {
    let mut random = StdRng::seed_from_u64(seed);
    let server = ServerProcess::start(folder).await?;
    let api = Api::new(&server.url()).patient(PATIENCE);
    let mut meeting = Meeting::open(&api, PEOPLE, 0, random.random()).await?;
    let mut verdict = Verdict::default();
    let mut histories: Vec<Vec<Deed>> = vec![Vec::new(); PEOPLE];
    let organiser = TestClient::connect(api, meeting.created.board, meeting.organiser.clone());
    loop {
        for command in meeting.commands() {
            let (one, other) = tokio::join!(
                meeting.facilitator.ask(command.clone()),
                organiser.ask(command.clone()),
            );
            one.and(other).with_context(|| format!("{command:?}"))?;
        }
        meeting.finishes_step().await?;
        let doubled = meeting.people.iter_mut().zip(&mut histories);
        let doing = doubled.map(async |(witness, history)| {
            let mut doubled = Doubled {
                window: witness.another_window(),
                history: std::mem::take(history),
                random: StdRng::seed_from_u64(seed.wrapping_add(witness.number as u64)),
                witness,
            };
            for _ in 0..batches {
                doubled.does_a_batch().await?;
                doubled.repeats_some().await?;
            }
            *history = doubled.history;
            anyhow::Ok(())
        });
        try_join_all(doing).await?;
        meeting.finishes_step().await?;
        verdict.add(meeting.check());
        if !meeting.goes_on() {
            break;
        }
    }
    let export = meeting.ends().await?;
    verdict.add(meeting.check_export(&export));
    verdict.acknowledged += meeting.acknowledged();
    let log = server.log()?;
    ensure!(!log.contains("panicked"), "the server panicked: {log}");
    Ok(verdict)
}

impl Doubled<'_> {
    /// Does several things at once, each of another thing, in both windows.
    async fn does_a_batch(&mut self) -> Result<()> {
        let mut batch: Vec<Deed> = Vec::new();
        for _ in 0..AT_ONCE {
            let Some(deed) = self.witness.chooses() else {
                break;
            };
            if batch.iter().all(|other| !touch(other, &deed)) && self.fits(&batch, &deed) {
                batch.push(deed);
            }
        }
        for deed in &batch {
            self.witness.memory.asked(deed);
        }
        let in_one_order = batch.clone();
        batch.shuffle(&mut self.random);
        let (one, other) = tokio::join!(
            ask_all(&self.witness.client, &in_one_order),
            ask_all(&self.window, &batch),
        );
        for (deed, done) in in_one_order
            .iter()
            .chain(&batch)
            .zip(one.into_iter().chain(other))
        {
            done.with_context(|| format!("{deed:?}"))?;
        }
        for deed in batch {
            self.witness.memory.done(&deed);
            self.history.push(deed);
        }
        Ok(())
    }

    /// Sends earlier deeds once more, as if their answers had been lost: of those that say how something is to
    /// be, only what still is so.
    async fn repeats_some(&mut self) -> Result<()> {
        let memory = &self.witness.memory;
        let again = |deed: &&Deed| match deed {
            Deed::Post(..) | Deed::Withdraw(_) | Deed::Cluster { .. } => true,
            Deed::Edit(..) | Deed::Move(..) | Deed::Cast { .. } => memory.stands(deed),
        };
        let late: Vec<&Deed> = self.history.iter().filter(again).collect();
        let late: Vec<Deed> = late
            .sample(&mut self.random, LATE)
            .map(|it| (*it).clone())
            .collect();
        let window = if self.random.random() {
            &self.window
        } else {
            &self.witness.client
        };
        for done in ask_all(window, &late).await {
            match done {
                // The workshop may have gone on.
                Ok(()) | Err(Failed::Denied(_)) => {}
                Err(late @ Failed::Late(_)) => return Err(late.into()),
            }
        }
        Ok(())
    }

    /// Whether there are dots enough for a deed beside the others, in whatever order they come.
    fn fits(&self, batch: &[Deed], deed: &Deed) -> bool {
        let memory = &self.witness.memory;
        let more = |deed: &Deed| match deed {
            Deed::Cast { round, note, dots } => {
                dots.saturating_sub(memory.dots.sure((*round, *note)).copied().unwrap_or(0))
            }
            Deed::Post(..)
            | Deed::Edit(..)
            | Deed::Withdraw(_)
            | Deed::Move(..)
            | Deed::Cluster { .. } => 0,
        };
        let given: u8 = memory.dots.all_sure().map(|(_, dots)| *dots).sum();
        let added: u8 = batch.iter().chain([deed]).map(more).sum();
        given + added <= BUDGET.dots
    }
}

async fn ask_all(window: &TestClient, deeds: &[Deed]) -> Vec<Result<(), Failed>> {
    join_all(deeds.iter().map(|deed| window.ask(deed.command()))).await
}

/// Whether two deeds are about the same note.
fn touch(one: &Deed, other: &Deed) -> bool {
    let (one, other) = (one.notes(), other.notes());
    one.iter().any(|note| other.contains(note))
}
