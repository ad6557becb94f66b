//! A server that starts again after a crash, and is asked for all its boards at once.

use std::time::Duration;

use anyhow::{Context as _, Result};
use candour_e2e::PATIENCE;
use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::server::storage;
use candour_e2e::workshop::move_note;
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::protocol::Cursor;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::boards::{self, Board, Wanted};
use super::budgets::Budgets;
use super::candour::server;
use super::entrance::Entrance;
use super::machine::has_room_for;
use super::millis;
use super::returning::arrive;

/// How many notes are on each board, unless it is said otherwise.
pub const NOTES: usize = 60;
/// How many boards are changed at a time before anything is measured.
const AT_A_TIME: usize = 32;
/// How many people have joined each board. The first of them comes.
const PEOPLE: usize = 10;
/// How many records lie behind each board's snapshot, besides those of who has joined.
const CHANGES: i32 = 5;
/// However new a copy of the Wall is, it is newer than none.
const ANY: Cursor = Cursor {
    generation: 0,
    sequence: 0,
};

/// What was measured, all from the start of the process.
pub struct Cold {
    boards: usize,
    /// Until the server listens.
    listens: Duration,
    /// Until somebody on each board had its welcome and the Wall, in microseconds.
    served: Histogram<u64>,
    /// How many boards nobody got.
    missing: usize,
}

impl Cold {
    /// Makes so many boards with so many notes, kills the server and starts it again.
    pub async fn measure(boards: usize, notes: usize) -> Result<Self> {
        has_room_for(boards)?;
        let folder = storage(None)?;
        let mut server = server(folder.path(), None).await?;
        let api = Api::new(&server.url());
        let wanted = Wanted {
            phase: Phase::Cluster,
            notes,
            people: PEOPLE,
        };
        let made = boards::make(&api, boards, wanted).await?;
        let changed = stream::iter(&made).map(|board| change(&api, board));
        changed.buffered(AT_A_TIME).try_collect::<()>().await?;
        server.kill().await?;

        let start = Instant::now();
        server.restart().await?;
        let listens = start.elapsed();
        let mut asked = JoinSet::new();
        for board in made {
            let entrance = Entrance::new(server.address(), None)?;
            asked.spawn(async move {
                let token = board.tokens.first().context("nobody has joined")?;
                let served = arrive(&entrance, board.id, token, None, || Some(ANY));
                let line = timeout(PATIENCE, served).await??;
                anyhow::Ok((start.elapsed(), line))
            });
        }
        let mut served = Histogram::new(3)?;
        // All stay until all are there.
        let mut lines = Vec::new();
        while let Some(answer) = asked.join_next().await {
            if let Ok((time, line)) = answer? {
                served.record(u64::try_from(time.as_micros())?)?;
                lines.push(line);
            }
        }
        server.kill().await?;
        Ok(Self {
            boards,
            listens,
            missing: boards - lines.len(),
            served,
        })
    }

    /// Says what was measured.
    pub fn print(&self) {
        let Self {
            boards,
            listens,
            served,
            missing,
        } = self;
        println!(
            "{boards} boards asked for at once after SIGKILL; from the start of the process, ms"
        );
        let rows = [
            ("the server listens", listens.as_secs_f64() * 1000.0),
            ("the first board is served", millis(served, 0.0)),
            ("half of the boards are served", millis(served, 0.5)),
            ("the last board is served", millis(served, 1.0)),
        ];
        for (what, time) in rows {
            println!("{what:<34} {time:>9.1}");
        }
        println!("{:<34} {missing:>9}", "boards that were not served");
    }

    /// Their budget.
    pub fn budgets(&self, budgets: &mut Budgets) {
        let what = format!("{} boards opened cold after a crash: all, s", self.boards);
        let all = match self.missing {
            0 => millis(&self.served, 1.0) / 1000.0,
            _ => f64::INFINITY,
        };
        budgets.at_most(&what, Some(all), Some(2.0));
    }
}

/// Moves a board's first note, again and again.
async fn change(api: &Api, board: &Board) -> Result<()> {
    let token = board.tokens.first().context("nobody has joined")?;
    let note = *board.notes.first().context("the board is empty")?;
    let author = TestClient::connect(api.clone(), board.id, token.clone());
    for x in 0..CHANGES {
        author.ask(move_note(note, Point { x, y: 1 })).await?;
    }
    Ok(())
}
