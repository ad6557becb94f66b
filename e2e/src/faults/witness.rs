//! Somebody on a board who does things of all kinds and remembers what was acknowledged.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use candour_shared::ids::{BoardId, NoteId};
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::wall::Place;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use super::memory::{Deed, Memory, Spot};
use crate::api::Api;
use crate::client::{Failed, TestClient};
use crate::fresh;
use crate::view::View;

/// Most notes that one person keeps on a board.
const NOTES: usize = 40;
/// Most dots that one person gives to a note.
const DOTS: u8 = 2;
/// How long somebody looks around who can't do anything.
const LOOKS: Duration = Duration::from_millis(10);
/// How likely it is that somebody who takes their time goes away after a deed, and how long they stay away at most.
const LEAVES: f64 = 0.1;
const AWAY: Duration = Duration::from_secs(2);
/// How far apart the places lie at which notes are put: farther than a small cluster is wide, so that none
/// has to make room for another.
const APART: i32 = 1_500;
/// How many of them lie in a row, for each person.
const IN_A_ROW: i32 = 20;
/// How many rows there are.
const ROWS: i32 = 120;
/// Where the first one is.
const FIRST: Point = Point {
    x: -90_000,
    y: -90_000,
};

/// How somebody works who takes their time.
#[derive(Clone)]
pub struct Manner {
    /// How long it takes on average from one deed to the next.
    pub every: Duration,
    /// Where it is noted how long acknowledgements took.
    pub acks: Acks,
}

/// How long acknowledgements took.
#[derive(Clone, Default)]
pub struct Acks(Arc<Mutex<Vec<Duration>>>);

impl Acks {
    /// Takes note of one.
    fn note(&self, took: Duration) {
        self.lock().push(took);
    }

    /// Some quantiles of those that were noted since this was asked last, in milliseconds; nothing if there are
    /// none.
    #[must_use]
    pub fn take(&self, quantiles: &[f64]) -> Vec<f64> {
        let mut took = std::mem::take(&mut *self.lock());
        took.sort_unstable();
        let Some(last) = took.len().checked_sub(1) else {
            return Vec::new();
        };
        let at = |quantile: &f64| took[(last as f64 * quantile).round() as usize];
        quantiles
            .iter()
            .map(|quantile| at(quantile).as_secs_f64() * 1_000.0)
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Duration>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// See the module.
pub struct Witness {
    /// Which of the board's people this is.
    pub number: usize,
    /// Their connection.
    pub client: TestClient,
    /// What they remember.
    pub memory: Memory,
    /// The notes that are theirs to move besides their own.
    pub charge: Vec<NoteId>,
    /// How they work, if not as fast as they can.
    pub manner: Option<Manner>,
    api: Api,
    board: BoardId,
    token: String,
    random: StdRng,
    texts: usize,
    spots: i32,
    /// How often they were welcomed before they left last.
    welcomes: usize,
}

impl Witness {
    /// Somebody who has joined; connects.
    #[must_use]
    pub fn arrives(api: &Api, board: BoardId, token: String, number: usize, seed: u64) -> Self {
        Self {
            number,
            client: TestClient::connect(api.clone(), board, token.clone()),
            memory: Memory::default(),
            charge: Vec::new(),
            manner: None,
            api: api.clone(),
            board,
            token,
            random: StdRng::seed_from_u64(seed),
            texts: 0,
            spots: 0,
            welcomes: 0,
        }
    }

    /// Another connection of the same person.
    #[must_use]
    pub fn another_window(&self) -> TestClient {
        TestClient::connect(self.api.clone(), self.board, self.token.clone())
    }

    /// Does one thing after another until told to stop.
    pub async fn lives(&mut self, stop: &AtomicBool) -> Result<()> {
        while !stop.load(Ordering::Relaxed) {
            let deed = self.chooses();
            let idle = deed.is_none();
            if let Some(deed) = deed {
                self.does(deed).await?;
            }
            match &self.manner {
                Some(manner) => {
                    sleep(manner.every.mul_f64(self.random.random_range(0.5..1.5))).await;
                    if self.random.random_bool(LEAVES) {
                        self.goes_away().await?;
                    }
                }
                None if idle => sleep(LOOKS).await,
                None => {}
            }
        }
        Ok(())
    }

    /// Does something, and remembers what came of it.
    pub async fn does(&mut self, deed: Deed) -> Result<()> {
        self.memory.asked(&deed);
        let asked = Instant::now();
        match self.client.ask(deed.command()).await {
            Ok(()) => {
                self.memory.done(&deed);
                if let Some(manner) = &self.manner {
                    manner.acks.note(asked.elapsed());
                }
            }
            Err(Failed::Denied(_)) => self.memory.refused(&deed),
            Err(late @ Failed::Late(_)) => return Err(late.into()),
        }
        Ok(())
    }

    /// Goes away for a moment.
    async fn goes_away(&mut self) -> Result<()> {
        self.is_left();
        self.client.drop_connection().await?;
        sleep(self.random.random_range(Duration::ZERO..AWAY)).await;
        let anew = self.reloads();
        self.client.reconnect().await?;
        self.comes_back(anew).await
    }

    /// The server is about to be gone.
    pub fn is_left(&mut self) {
        self.welcomes = self.client.view(|view| view.welcomes);
    }

    /// Comes back after [`Self::is_left`]: with a page that is loaded anew, and knows nothing of what was not
    /// answered; or with the same page, which sends that again by itself.
    pub async fn comes_back(&mut self, anew: bool) -> Result<()> {
        if anew {
            self.client = self.another_window();
            self.welcomes = 0;
        }
        let welcomes = self.welcomes;
        self.client
            .wait_for(|view| view.welcomes > welcomes && view.pending() == 0)
            .await?;
        Ok(())
    }

    /// Whether one would come back with a page that is loaded anew.
    pub fn reloads(&mut self) -> bool {
        self.random.random()
    }

    /// What one would do next; nothing if there is nothing to do in this phase.
    pub fn chooses(&mut self) -> Option<Deed> {
        match self.client.view(View::phase) {
            Phase::Write => Some(self.writes()),
            Phase::Cluster => self.puts_in_order(),
            Phase::Vote => self.votes(),
            Phase::Lobby | Phase::Discuss | Phase::Closed => None,
        }
    }

    fn writes(&mut self) -> Deed {
        let said = self.memory.notes.all_sure();
        let said = said.filter(|(_, text)| text.is_some());
        let mine: Vec<NoteId> = said.map(|(note, _)| note).collect();
        self.texts += 1;
        let text = format!("Person {} says {}", self.number, self.texts);
        match (
            mine.choose(&mut self.random),
            self.random.random_range(0..10),
        ) {
            (Some(note), 6..9) => Deed::Edit(*note, text),
            (Some(note), 9) => Deed::Withdraw(*note),
            (Some(note), _) if mine.len() >= NOTES => Deed::Edit(*note, text),
            (Some(_) | None, _) => Deed::Post(fresh::note(), text),
        }
    }

    fn puts_in_order(&mut self) -> Option<Deed> {
        let said = self.memory.notes.all_sure();
        let said = said.filter(|(_, text)| text.is_some());
        let mut mine: Vec<NoteId> = said.map(|(note, _)| note).collect();
        mine.extend(&self.charge);
        // A cluster is made far from everything else, of notes that lie by themselves.
        let far = |note: &&NoteId| {
            let spot = self.memory.spots.sure(**note);
            matches!(spot, Some(Some(Spot::At(_))))
        };
        let loose: Vec<NoteId> = mine.iter().filter(far).copied().collect();
        if let [note, onto] = loose
            .sample(&mut self.random, 2)
            .copied()
            .collect::<Vec<_>>()[..]
            && self.random.random_range(0..4) == 0
        {
            return Some(Deed::Cluster {
                cluster: fresh::cluster(),
                note,
                onto,
            });
        }
        let note = mine.choose(&mut self.random)?;
        let column = i32::try_from(self.number).ok()? * IN_A_ROW + self.spots % IN_A_ROW;
        let row = self.spots / IN_A_ROW % ROWS;
        self.spots += 1;
        let to = Point {
            x: FIRST.x + column * APART,
            y: FIRST.y + row * APART,
        };
        Some(Deed::Move(*note, to))
    }

    fn votes(&mut self) -> Option<Deed> {
        let (round, loose) = self.client.view(|view| {
            let wall = view.wall().read();
            let places = wall.places();
            let loose = places.filter(|(_, place)| matches!(place, Place::Loose(_)));
            let loose: Vec<NoteId> = loose.map(|(note, _)| note).collect();
            Some((wall.open_round()?.0, loose))
        })?;
        let note = *loose.choose(&mut self.random)?;
        let dots = self.random.random_range(0..=DOTS);
        Some(Deed::Cast { round, note, dots })
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "person {}", self.number)
    }
}
