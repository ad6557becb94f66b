//! How a board is rebuilt from what the log holds of it.

use candour_shared::ids::BoardId;
use candour_shared::protocol::Store;
use candour_shared::time::Day;

use crate::board::channel::{Beginning, Ticked, Update};
use crate::board::engine::Engine;
use crate::board::engine::record::{self, DamagedBoard, Record};
use crate::keys::ServerKey;
use crate::log::StoredBoard;
use crate::random::Random;

/// A board that was rebuilt from what the log holds of it.
pub struct Loaded {
    pub(in crate::board) engine: Engine,
    /// How many records the log holds of it.
    pub(in crate::board) records: u32,
    pub(in crate::board) beginning: Beginning,
}

impl Loaded {
    /// The day on which the board is deleted.
    #[must_use]
    pub fn expires_on(&self) -> Day {
        self.engine.expires_on()
    }
}

/// Rebuilds a board from what the log holds of it.
pub fn load(
    board: BoardId,
    key: ServerKey,
    stored: StoredBoard,
    random: &mut Random,
) -> Result<Loaded, DamagedBoard> {
    let snapshot = record::decode(&stored.snapshot.body)?;
    let sequence = stored.snapshot.sequence;
    let mut engine = Engine::restore(board, key, snapshot, sequence, random)?;
    let records = u32::try_from(stored.records.len()).unwrap_or(u32::MAX);
    let mut beginning = Beginning {
        wall: engine.cursor(Store::Wall),
        backstage: engine.cursor(Store::Backstage),
        ticks: Vec::new(),
    };
    for stored in stored.records {
        let next = engine.last_tick() + 1;
        if stored.sequence != next {
            return Err(DamagedBoard::Missing(next));
        }
        let record = record::decode(&stored.body)?;
        engine.replay(&record)?;
        beginning.ticks.push(ticked(&engine, record));
    }
    let last = engine.last_tick();
    if stored.last != Some(last) {
        return Err(DamagedBoard::Last(last));
    }
    Ok(Loaded {
        engine,
        records,
        beginning,
    })
}

/// What the room is told of a tick, now that the engine stands behind it.
pub(super) fn ticked(engine: &Engine, record: Record) -> Ticked {
    let update = |store, bytes: Option<Vec<u8>>| {
        bytes.map(|bytes| Update {
            cursor: engine.cursor(store),
            bytes,
        })
    };
    Ticked {
        wall: update(Store::Wall, record.wall),
        backstage: update(Store::Backstage, record.backstage),
    }
}
