//! What the fuzz targets share: a board to load things into.

use bytes::Bytes;
use candour_server::board::{self, DamagedBoard, Engine, LinkSecrets, Loaded, Opening};
use candour_server::keys::ServerKey;
use candour_server::log::{Stored, StoredBoard};
use candour_server::random::Random;
use candour_shared::ids::BoardId;
use candour_shared::note::Content;
use candour_shared::settings::Settings;

/// Bytes as the log keeps them: behind their checksum.
pub fn checked(body: &[u8]) -> Bytes {
    let mut bytes = crc32fast::hash(body).to_le_bytes().to_vec();
    bytes.extend(body);
    bytes.into()
}

/// A new board as the log keeps it.
pub fn opened(settings: Settings, notes: Vec<Content>) -> Bytes {
    let random = &mut Random::seeded(2);
    let opening = Opening {
        secrets: LinkSecrets::random(settings.privacy.admission, random),
        settings,
        notes,
        today: "2026-01-31".parse().expect("a day"),
        expires_on: "2026-03-02".parse().expect("a day"),
    };
    board::encode(&Engine::open(&opening, random)).expect("a new board can be written down")
}

/// Loads a board from these bytes of the log.
pub fn load(snapshot: Bytes, records: Vec<Bytes>) -> Result<Loaded, DamagedBoard> {
    let stored = |(sequence, body)| Stored { sequence, body };
    let stored = StoredBoard {
        snapshot: stored((0, snapshot)),
        last: Some(records.len() as u64),
        records: (1..).zip(records).map(stored).collect(),
        expires_on: "2026-03-02".parse().expect("a day"),
    };
    let board = BoardId::from_bytes([1; 16]);
    let random = &mut Random::seeded(3);
    board::load(board, ServerKey::random(random), stored, random)
}
