//! The live connection: one WebSocket per page at `/api/boards/{id}/live`, subprotocol
//! [`SUBPROTOCOL`].
//!
//! Text frames are JSON: [`ClientMessage`] one way, [`ServerMessage`] the other. Binary frames go
//! from server to client only: [`Frame`]s, the same bytes for everyone of an audience.

mod client;
mod close;
mod frame;
mod mine;
mod server;

pub use self::client::{ClientMessage, Drag, Hello, MAX_DRAGS, Unreadable, VERSION};
pub use self::close::CloseReason;
pub use self::frame::{Cursor, DamagedFrame, Frame, FrameKind, MAX_UPDATE, Store};
pub use self::mine::{Mine, MyNote, MyPulse, MyVotes, NoteState};
pub use self::server::{Presence, ServerMessage, Welcome};

/// The WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "candour.v1";
/// Largest message a client may send, in bytes.
pub const MAX_MESSAGE: usize = 16 * 1024;
/// To how many bytes, or a multiple of it, private messages are filled up with spaces, which JSON ignores:
/// a person's commands, and their own notes and votes. So who watches the encrypted traffic can't tell by
/// its length which note a participant sent, nor a note from a vote.
pub const FILL: usize = 1024;

/// A private message as it goes over the wire; see [`FILL`].
#[must_use]
pub fn filled(mut json: String) -> String {
    let length = json.len().next_multiple_of(FILL);
    json.extend(std::iter::repeat_n(' ', length - json.len()));
    json
}

/// How long a client can be silent before the server asks whether it is still there. A client that
/// hears nothing for more than twice as long has lost its connection.
pub const QUIET_SECONDS: u64 = 20;

/// How long a client can be silent, in seconds, before the server takes it for gone: it was asked after
/// [`QUIET_SECONDS`] and had time to answer. What is on its way for longer doesn't arrive any more.
pub const DEAD_SECONDS: u64 = 45;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::NOTE_CHARS;
    use crate::command::Command;
    use crate::ids::{Item, NoteId, RoundId};
    use crate::note::Content;

    #[test]
    fn notes_of_any_length_and_votes_look_alike_in_their_size() {
        let post = |text: &str| ClientMessage::Command {
            id: 7,
            command: Command::post_note(NoteId::from_bytes([3; 16]), Content::new(0, text)),
        };
        let vote = ClientMessage::Command {
            id: 8,
            command: Command::CastDots {
                round: RoundId::from_bytes([1; 16]),
                item: Item::Note(NoteId::from_bytes([3; 16])),
                dots: 1,
            },
        };
        let longest = "x".repeat(NOTE_CHARS);
        for message in [post("Late letters"), post(&longest), vote] {
            let wire = filled(serde_json::to_string(&message).unwrap());
            assert_eq!(wire.len(), FILL);
            assert_eq!(ClientMessage::parse(&wire), Ok(message));
        }
    }
}
