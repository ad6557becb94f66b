//! The server's clock is set back by an hour, forward by a day, and back again, while notes wait for their pool, a
//! timer runs and something is dragged.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use candour_server::clock::{Clock, Hands};
use candour_shared::command::Command;
use candour_shared::ids::{BoardId, Item};
use candour_shared::layout::{FARTHEST, Point};
use candour_shared::protocol::Drag;
use candour_shared::settings::{Pool, Release, Settings};
use candour_shared::time::Millis;
use candour_shared::wall::Timer;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{sleep, timeout};

use super::meeting::Meeting;
use super::memory::Deed;
use super::verdict::Verdict;
use crate::PATIENCE;
use crate::api::Api;
use crate::fresh;
use crate::server::TestServer;
use crate::view::View;
use crate::workshop::{settings, signal};

/// When it begins.
const BEGIN: Millis = Millis(1_769_860_807_000);
/// How many people are on each board: with the facilitator enough for a pool.
const PEOPLE: usize = Pool::PRESENT - 1;
/// How long people work after each jump.
const WORK: Duration = Duration::from_millis(200);
/// How often the clock goes on meanwhile, and by how many milliseconds.
const MOMENT: Duration = Duration::from_millis(5);
const TICK: Millis = Millis(200);
/// How long the timer is set to, in seconds.
const TIMER: u32 = 600;

/// So many servers whose clocks jump.
pub async fn clock(cycles: usize, seed: u64) -> Result<Verdict> {
    let mut verdict = Verdict::default();
    for cycle in 0..cycles {
        let mut table = Table::laid(seed.wrapping_add(cycle as u64)).await?;
        verdict.add(table.jumps().await?);
        table.server.stop().await?;
    }
    Ok(verdict)
}

/// Boards on a server whose clock is set by hand.
struct Table {
    server: TestServer,
    api: Api,
    clock: Clock,
    hands: Hands,
    /// Everybody writes, and notes appear in pools.
    busy: Meeting,
    /// Only one person has written anything.
    quiet: Meeting,
    /// Notes are moved.
    sorting: Meeting,
    /// Its time is over on the next day.
    brief: BoardId,
}

impl Table {
    async fn laid(seed: u64) -> Result<Self> {
        let mut random = StdRng::seed_from_u64(seed);
        let (clock, hands) = Clock::by_hand(BEGIN);
        let with = clock.clone();
        let server = TestServer::with(|config| config.clock = with).await?;
        let api = Api::new(&server.url());
        let mut pooled = settings();
        pooled.privacy.release = Release::Pooled;
        let mut brief = settings();
        brief.privacy.keep_days = 1;
        let open = async |settings: &Settings, step, seed| {
            Meeting::with(&api, settings, PEOPLE, step, seed).await
        };
        let busy = open(&pooled, 0, random.random()).await?;
        let mut quiet = open(&pooled, 0, random.random()).await?;
        let post = Deed::Post(fresh::note(), "The only one so far".into());
        quiet.people[0].does(post).await?;
        let sorting = open(&settings(), 3, random.random()).await?;
        let brief = api.create(&brief).await?.board;
        Ok(Self {
            server,
            api,
            clock,
            hands,
            busy,
            quiet,
            sorting,
            brief,
        })
    }

    async fn jumps(&mut self) -> Result<Verdict> {
        let (timer, seconds) = (fresh::timer(), TIMER);
        self.busy
            .facilitator
            .ask(Command::SetTimer { timer, seconds })
            .await?;
        // It is gathered when the clock is set back.
        self.drags(1).await?;
        self.jumps_by(-Millis::HOUR)
            .await
            .context("the clock was set back by an hour")?;
        self.hands.set(self.clock.now() + Millis::DAY);
        timeout(PATIENCE, self.is_expired())
            .await
            .context("no board expires")?;
        self.jumps_by(-Millis::DAY)
            .await
            .context("the clock was set forward by a day, and back")?;

        let mut verdict = Verdict::default();
        for meeting in [&mut self.busy, &mut self.quiet, &mut self.sorting] {
            meeting.finishes_step().await?;
            verdict.add(meeting.check());
            meeting
                .export()
                .await
                .context("a board is gone before its day")?;
            verdict.acknowledged += meeting.acknowledged();
        }
        let shown = self
            .quiet
            .facilitator
            .view(|view| view.wall().read().note_count());
        if shown > self.quiet.first.len() {
            verdict
                .invented
                .push("one person's note was revealed".to_owned());
        }
        let running = self
            .busy
            .facilitator
            .view(|view| view.wall().read().timer());
        let goes_on = |it: &Timer| it.timer == timer && it.seconds == seconds && !it.stopped;
        if !running.as_ref().is_some_and(goes_on) {
            verdict.lost.push(format!("the timer is {running:?}"));
        }
        Ok(verdict)
    }

    /// The clock jumps, and people go on.
    async fn jumps_by(&mut self, by: Millis) -> Result<()> {
        self.hands.set(self.clock.now() + by);
        let stop = AtomicBool::new(false);
        let Self {
            clock,
            hands,
            busy,
            sorting,
            ..
        } = self;
        let working = async {
            sleep(WORK).await;
            stop.store(true, Ordering::Relaxed);
            Ok(())
        };
        let living = async { tokio::try_join!(working, busy.lives(&stop), sorting.lives(&stop)) };
        goes_on(clock, hands, living).await?;
        self.are_told_of_drags()
            .await
            .context("nobody is told of drags")?;
        self.are_released().await.context("no pool is released")
    }

    /// The facilitator drags a note there, and the server knows.
    async fn drags(&self, x: i32) -> Result<()> {
        let note = self
            .sorting
            .first
            .keys()
            .next()
            .context("there is no note")?;
        let item = Item::Note(*note);
        let facilitator = &self.sorting.facilitator;
        facilitator
            .drag(&[Drag {
                item,
                at: Point { x, y: 0 },
            }])
            .await?;
        Ok(facilitator.ask(signal("dragged")).await?)
    }

    async fn are_told_of_drags(&self) -> Result<()> {
        let x = rand::random_range(2..FARTHEST);
        self.drags(x).await?;
        let told = |view: &View| view.drags.iter().any(|drag| drag.at.x == x);
        let looking = self.sorting.people[0].client.wait_for(told);
        Ok(goes_on(&self.clock, &self.hands, looking).await?)
    }

    /// Three people write, and some time later everybody sees it.
    async fn are_released(&mut self) -> Result<()> {
        let mut notes = Vec::new();
        for person in self.busy.people.iter_mut().take(Pool::PEOPLE) {
            let note = fresh::note();
            person
                .does(Deed::Post(note, format!("In a pool: {note}")))
                .await?;
            notes.push(note);
        }
        let seen = |view: &View| notes.iter().all(|note| view.said(*note).is_some());
        let looking = self.busy.facilitator.wait_for(seen);
        Ok(goes_on(&self.clock, &self.hands, looking).await?)
    }

    async fn is_expired(&self) {
        while self.api.receipt(self.brief).await.is_err() {
            sleep(MOMENT).await;
        }
    }
}

/// Lets the clock go on, faster than real ones, while something happens.
async fn goes_on<T, E>(
    clock: &Clock,
    hands: &Hands,
    happens: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let ticking = async {
        loop {
            sleep(MOMENT).await;
            hands.set(clock.now() + TICK);
        }
    };
    tokio::select! {
        happened = happens => happened,
        () = ticking => unreachable!(),
    }
}
