//! Changes that carry their number, found again in what a server sends: each moves a note to the `x` of its number.

use std::borrow::Cow;

use candour_shared::protocol::{Frame, FrameKind};
use tokio_tungstenite::tungstenite::Message;

/// What stands before the number in a text that a change carries, over Candour as over other servers.
const MARK: &[u8] = b"\"x\":";

/// What a message of Candour says that has changed: the update of a tick. Empty for a snapshot, which shows what
/// was there before, and for whatever is no frame.
#[must_use]
pub fn contents(message: Message) -> Vec<u8> {
    let bytes = message.into_data();
    match Frame::decode(&bytes) {
        Ok(frame) if frame.kind == FrameKind::Tick => {
            frame.update().map(Cow::into_owned).unwrap_or_default()
        }
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// The numbers of the changes that stand in a message, in their order there.
pub fn changes_in(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let marks = bytes
        .windows(MARK.len())
        .enumerate()
        .filter(|(_, window)| *window == MARK);
    marks.filter_map(|(at, _)| {
        let digits = bytes[at + MARK.len()..].iter();
        let digits: String = digits
            .take_while(|byte| byte.is_ascii_digit())
            .map(|byte| char::from(*byte))
            .collect();
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_found_in_what_a_server_sends() {
        let bytes = b"\x01\x02{\"loose\":{\"x\":17,\"y\":0}}\xff{\"x\":4}\"x\":-3";
        assert_eq!(changes_in(bytes).collect::<Vec<_>>(), [17, 4]);
    }
}
