//! Brotli that compresses nothing (RFC 7932): a page in development is written and read at once, and by its own machine.

/// Most bytes that one part of the stream can hold.
const PART: usize = 1 << 24;

/// These bytes as a brotli stream in which they stand as they are.
pub(super) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = Vec::with_capacity(bytes.len() + 16);
    // The window's size, of 16 bits: one bit, which the head of the first part takes along.
    let mut before = 1;
    for part in bytes.chunks(PART) {
        stream.extend(head(before, part.len()));
        stream.extend(part);
        before = 0;
    }
    // The last part: that it is the last, and empty.
    stream.push(0b11 << before);
    stream
}

/// What stands before a part that isn't compressed, behind so many bits that are 0, up to the next whole byte. From the
/// lowest bit on: that it isn't the last (0), how many digits of four bits its length has (less four, in two bits), the
/// length less one, and that it isn't compressed (1).
fn head(before: u32, length: usize) -> Vec<u8> {
    let length = length as u64 - 1;
    // No more than it takes, but for four.
    let digits = (4..6)
        .find(|digits| length >> (4 * digits) == 0)
        .unwrap_or(6);
    let bits = (u64::from(digits - 4) << 1) | (length << 3) | (1 << (3 + 4 * digits));
    let bytes = (before + 4 + 4 * digits).div_ceil(8) as usize;
    (bits << before).to_le_bytes()[..bytes].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_browsers_read() {
        for length in [
            0,
            1,
            1 << 16,
            (1 << 16) + 1,
            1 << 20,
            (1 << 20) + 1,
            PART,
            2 * PART + 5,
        ] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut &*stored(&bytes), &mut read).unwrap();
            assert!(read == bytes, "{length} bytes are read as {}", read.len());
        }
    }
}
