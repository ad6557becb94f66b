//! Binary frames: what documents look like on the wire.

use std::borrow::Cow;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::variants::all;

/// Largest update a client accepts, uncompressed, in bytes.
pub const MAX_UPDATE: usize = 64 * 1024 * 1024;

/// How far a client's copy of a store has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// The generation of the documents. Sealing starts a new one: drop the copy.
    pub generation: u32,
    /// The last update of this document, in this generation, that the copy has seen. Changes that its
    /// audience can't see are not counted.
    pub sequence: u64,
}

/// Which document a [`Frame`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Store {
    /// What everyone sees.
    Wall,
    /// What facilitators and organisers see.
    Backstage,
}

impl Store {
    /// Both documents.
    pub const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// What a [`Frame`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// What one tick changed: a yrs update, version 1.
    Tick,
    /// The whole document: a yrs update, version 1.
    Snapshot,
}

/// Is added to the kind of a frame whose payload is compressed.
const COMPRESSED: u8 = 0x80;
/// So many bytes and more are worth compressing.
const WORTH_COMPRESSING: usize = 4 * 1024;

/// A binary frame of the server. On the wire: kind (1 byte: 1 tick, 2 snapshot; 128 more if the payload is
/// compressed), store (1 byte: 1 Wall, 2 Backstage), generation (4 bytes), sequence (8 bytes), both big-endian, then
/// the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What the payload is.
    pub kind: FrameKind,
    /// Which document it belongs to.
    pub store: Store,
    /// Where the document stands after it.
    pub cursor: Cursor,
    /// Whether the payload is compressed with raw DEFLATE (RFC 1951).
    pub is_compressed: bool,
    /// The yrs update, or what it was compressed to.
    pub payload: &'a [u8],
}

/// Bytes that are no [`Frame`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the frame is damaged")]
pub struct DamagedFrame;

impl<'a> Frame<'a> {
    /// How many bytes stand before the payload.
    pub const HEADER: usize = 14;

    /// The frame's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Self::HEADER + self.payload.len());
        let kind = match self.kind {
            FrameKind::Tick => 1,
            FrameKind::Snapshot => 2,
        };
        bytes.push(kind | if self.is_compressed { COMPRESSED } else { 0 });
        bytes.push(match self.store {
            Store::Wall => 1,
            Store::Backstage => 2,
        });
        bytes.extend(self.cursor.generation.to_be_bytes());
        bytes.extend(self.cursor.sequence.to_be_bytes());
        bytes.extend(self.payload);
        bytes
    }

    /// The bytes of a frame with this update, compressed if that pays.
    #[must_use]
    pub fn encode_update(kind: FrameKind, store: Store, cursor: Cursor, update: &[u8]) -> Vec<u8> {
        let compressed = compress(update);
        let frame = Frame {
            kind,
            store,
            cursor,
            is_compressed: compressed.is_some(),
            payload: compressed.as_deref().unwrap_or(update),
        };
        frame.encode()
    }

    /// Reads a frame.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DamagedFrame> {
        let (header, payload) = bytes.split_at_checked(Self::HEADER).ok_or(DamagedFrame)?;
        let &[kind, store, g0, g1, g2, g3, ref sequence @ ..] = header else {
            return Err(DamagedFrame);
        };
        let is_compressed = kind & COMPRESSED != 0;
        let kind = match kind & !COMPRESSED {
            1 => FrameKind::Tick,
            2 => FrameKind::Snapshot,
            _ => return Err(DamagedFrame),
        };
        let store = match store {
            1 => Store::Wall,
            2 => Store::Backstage,
            _ => return Err(DamagedFrame),
        };
        let generation = u32::from_be_bytes([g0, g1, g2, g3]);
        let sequence = u64::from_be_bytes(sequence.try_into().map_err(|_| DamagedFrame)?);
        Ok(Self {
            kind,
            store,
            cursor: Cursor {
                generation,
                sequence,
            },
            is_compressed,
            payload,
        })
    }

    /// The yrs update in the payload, decompressed if need be.
    pub fn update(&self) -> Result<Cow<'a, [u8]>, DamagedFrame> {
        if !self.is_compressed {
            return Ok(self.payload.into());
        }
        decompress_to_vec_with_limit(self.payload, MAX_UPDATE)
            .map(Cow::Owned)
            .map_err(|_| DamagedFrame)
    }
}

/// What an update is compressed to; nothing if that doesn't pay.
fn compress(update: &[u8]) -> Option<Vec<u8>> {
    if update.len() < WORTH_COMPRESSING {
        return None;
    }
    let compressed = compress_to_vec(update, 6);
    (compressed.len() < update.len()).then_some(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_survives_the_wire() {
        let cursor = Cursor {
            generation: 3,
            sequence: 1 << 40,
        };
        let state = b"note note note note".repeat(1_000);
        let compressed = compress(&state).unwrap();
        assert!(compressed.len() < state.len() / 10);
        for (is_compressed, payload) in [(true, &compressed), (false, &state)] {
            let frame = Frame {
                kind: FrameKind::Snapshot,
                store: Store::Backstage,
                cursor,
                is_compressed,
                payload,
            };
            let bytes = frame.encode();
            assert_eq!(Frame::decode(&bytes), Ok(frame.clone()));
            assert_eq!(frame.update().unwrap().as_ref(), state);
            assert_eq!(Frame::decode(&bytes[..5]), Err(DamagedFrame));
        }
    }

    #[test]
    fn what_is_short_or_has_no_pattern_is_not_compressed() {
        assert_eq!(compress(&[7; WORTH_COMPRESSING - 1]), None);
        let mut random = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (random >> 56) as u8
        })
        .take(WORTH_COMPRESSING)
        .collect();
        assert_eq!(compress(&noise), None);
    }
}
