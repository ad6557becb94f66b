//! What the log holds of a board: records of ticks, and snapshots. Both are postcard behind a
//! checksum (CRC-32), so that a damaged body is noticed and never becomes an empty board.

use bytes::Bytes;
use candour_shared::document::DamagedUpdate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::vault::Vault;
use super::vault::change::VaultChange;

/// One tick.
#[derive(Serialize, Deserialize)]
pub struct Record {
    /// The update of the Wall.
    pub wall: Option<Vec<u8>>,
    /// The update of the Backstage.
    pub backstage: Option<Vec<u8>>,
    /// The changes of the Vault.
    pub vault: Vec<VaultChange>,
}

/// How many updates each document has had in its generation: what a client's cursor counts. A number
/// that both shared, or that private changes moved, would tell when a participant writes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Updates {
    /// Of the Wall.
    pub wall: u64,
    /// Of the Backstage.
    pub backstage: u64,
}

/// A whole board.
#[derive(Serialize, Deserialize)]
pub struct Snapshot {
    /// The documents' generation.
    pub generation: u32,
    /// How many updates they have had since it began.
    pub updates: Updates,
    /// The Wall as one update.
    pub wall: Vec<u8>,
    /// The Backstage as one update.
    pub backstage: Vec<u8>,
    /// The Vault.
    pub vault: Vault,
}

/// Why a stored board can't be read.
#[derive(Debug, thiserror::Error)]
pub enum DamagedBoard {
    /// The checksum does not match.
    #[error("the stored bytes are damaged")]
    Checksum,
    /// The bytes are whole but can't be read.
    #[error("the stored bytes can't be read: {0}")]
    Unreadable(#[from] postcard::Error),
    /// An update can't be applied.
    #[error("{0}")]
    Update(#[from] DamagedUpdate),
    /// A record is missing.
    #[error("the record of tick {0} is missing")]
    Missing(u64),
    /// There were other ticks after it, or it isn't known whether there were.
    #[error("tick {0} is the last that is found, and is not the last there was")]
    Last(u64),
    /// The Wall holds no settings.
    #[error("the board has no settings")]
    NoSettings,
    /// The date that lies beside the board is not the one in it. It opens all the same, and is not deleted early;
    /// but maybe late.
    #[error("the date by which it is found when its time is over is not its own")]
    Date,
}

impl Record {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.wall.is_none() && self.backstage.is_none() && self.vault.is_empty()
    }
}

/// The bytes for the log.
pub fn encode(body: &impl Serialize) -> Result<Bytes, DamagedBoard> {
    let mut bytes = postcard::to_extend(body, vec![0; 4])?;
    let checksum = crc32fast::hash(&bytes[4..]);
    bytes[..4].copy_from_slice(&checksum.to_le_bytes());
    Ok(bytes.into())
}

/// What the bytes hold.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DamagedBoard> {
    let (checksum, body) = bytes.split_first_chunk().ok_or(DamagedBoard::Checksum)?;
    if u32::from_le_bytes(*checksum) != crc32fast::hash(body) {
        return Err(DamagedBoard::Checksum);
    }
    Ok(postcard::from_bytes(body)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_bit_is_noticed_wherever_it_is() {
        let record = Record {
            wall: Some(vec![1, 2, 3]),
            backstage: None,
            vault: Vec::new(),
        };
        let bytes = encode(&record).unwrap();
        assert_eq!(decode::<Record>(&bytes).unwrap().wall, record.wall);
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.to_vec();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(decode::<Record>(&damaged).is_err(), "bit {bit}");
        }
        assert!(decode::<Record>(&bytes[..3]).is_err());
    }
}
