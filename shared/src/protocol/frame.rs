//! Binary frames: what documents look like on the wire.

use super::{Cursor, MAX_SNAPSHOT};

/// Which document a [`Frame`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Store {
    /// What everyone sees.
    Wall,
    /// What facilitators and organisers see.
    Backstage,
}

/// What a [`Frame`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameKind {
    /// What one tick changed: a yrs update, version 1.
    Tick,
    /// The whole document: a yrs update, version 1, compressed with raw DEFLATE (RFC 1951).
    Snapshot,
}

/// A binary frame of the server. On the wire: kind (1 byte: 1 tick, 2 snapshot), store (1 byte: 1
/// Wall, 2 Backstage), generation (4 bytes), sequence (8 bytes), both big-endian, then the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What the payload is.
    pub kind: FrameKind,
    /// Which document it belongs to.
    pub store: Store,
    /// Where the document stands after it.
    pub cursor: Cursor,
    /// The bytes.
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
        bytes.push(match self.kind {
            FrameKind::Tick => 1,
            FrameKind::Snapshot => 2,
        });
        bytes.push(match self.store {
            Store::Wall => 1,
            Store::Backstage => 2,
        });
        bytes.extend(self.cursor.generation.to_be_bytes());
        bytes.extend(self.cursor.sequence.to_be_bytes());
        bytes.extend(self.payload);
        bytes
    }

    /// Reads a frame.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DamagedFrame> {
        let (header, payload) = bytes.split_at_checked(Self::HEADER).ok_or(DamagedFrame)?;
        let &[kind, store, g0, g1, g2, g3, ref sequence @ ..] = header else {
            return Err(DamagedFrame);
        };
        let kind = match kind {
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
            payload,
        })
    }

    /// The yrs update in the payload, decompressed if need be.
    pub fn update(&self) -> Result<std::borrow::Cow<'a, [u8]>, DamagedFrame> {
        match self.kind {
            FrameKind::Tick => Ok(self.payload.into()),
            FrameKind::Snapshot => {
                miniz_oxide::inflate::decompress_to_vec_with_limit(self.payload, MAX_SNAPSHOT)
                    .map(Into::into)
                    .map_err(|_| DamagedFrame)
            }
        }
    }
}

/// A yrs update compressed for a snapshot frame.
#[must_use]
pub fn compress(update: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(update, 6)
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
        let state = b"note note note note".repeat(20);
        let payload = compress(&state);
        let frame = Frame {
            kind: FrameKind::Snapshot,
            store: Store::Backstage,
            cursor,
            payload: &payload,
        };
        let bytes = frame.encode();
        assert_eq!(Frame::decode(&bytes), Ok(frame.clone()));
        assert_eq!(frame.update().unwrap().as_ref(), state);
        assert_eq!(Frame::decode(&bytes[..5]), Err(DamagedFrame));
    }
}
