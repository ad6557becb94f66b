//! The live connection: one WebSocket per page at `/api/boards/{id}/live`, subprotocol
//! [`SUBPROTOCOL`].
//!
//! Text frames are JSON: [`ClientMessage`] one way, [`ServerMessage`] the other. Binary frames go
//! from server to client only: [`Frame`]s, the same bytes for everyone of an audience.

mod frame;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::command::{Command, Content, Point};
use crate::denied::Denied;
use crate::ids::{Item, NoteId, PageId, PulseId, RoundId};
use crate::moderation::Reason;
use crate::policy::Role;
use crate::voting::Tally;

pub use self::frame::{DamagedFrame, Frame, FrameKind, Store};

/// The version of everything in this module and of the documents.
pub const VERSION: u32 = 1;
/// The WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "candour.v1";
/// Largest message a client may send, in bytes.
pub const MAX_MESSAGE: usize = 16 * 1024;
/// Largest update a client accepts, uncompressed, in bytes.
pub const MAX_UPDATE: usize = 64 * 1024 * 1024;

/// To how many bytes, or a multiple of it, private messages are filled up with spaces, which JSON ignores:
/// a person's commands, and their own notes and votes. So whoever sees the encrypted traffic can't tell by
/// its length which note somebody sent, nor a note from a vote.
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

/// How long a client can be silent, in seconds, before the server takes it for gone.
pub const DEAD_SECONDS: u64 = 45;

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

/// The first message of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hello {
    /// The version the client speaks: [`VERSION`].
    pub version: u32,
    /// Which page says it. Nothing more is taken from a former connection of the same page: what was delayed there
    /// must not undo what the page says on this one.
    pub page: PageId,
    /// Its copy of the Wall, if it has one.
    #[serde(default)]
    pub wall: Option<Cursor>,
    /// Its copy of the Backstage, if it has one.
    #[serde(default)]
    pub backstage: Option<Cursor>,
}

/// Most things whose drag one message tells others; what is dragged with them jumps to its place at the
/// drop.
pub const MAX_DRAGS: usize = 24;

/// Where a thing is while somebody drags it. Never stored; the drop is a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drag {
    /// The note or cluster.
    pub item: Item,
    /// Its top left corner.
    pub at: Point,
}

/// A text frame of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ClientMessage {
    /// The first message, and only the first.
    Hello {
        /// Who speaks, and what they have.
        hello: Hello,
    },
    /// Something to be done.
    Command {
        /// The client's number for it; comes back in the answer. Numbers grow, because a command that was
        /// refused for the moment ([`Denied::is_passing`]) must not be overtaken: those with higher numbers are
        /// refused, too, until it comes again, for 45 seconds at most.
        id: u64,
        /// What.
        command: Command,
    },
    /// Drags in progress; unanswered.
    Drags {
        /// Where things are now. Others are told of the first [`MAX_DRAGS`].
        drags: Vec<Drag>,
    },
    /// Whether one is done with the present step; unanswered. Forgotten when the board moves on, and when
    /// one's last page closes.
    Ready {
        /// Whether one is.
        ready: bool,
    },
}

/// Why a text frame is no [`ClientMessage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is a hello of another version, of which nothing else can be read.
    Outdated,
    /// It breaks the rules.
    Malformed {
        /// The command's number, if that much could be read.
        id: Option<u64>,
        /// What is wrong.
        why: String,
    },
}

impl ClientMessage {
    /// Reads a text frame.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts<'a> {
            id: Option<u64>,
            #[serde(borrow)]
            command: Option<&'a RawValue>,
            #[serde(borrow)]
            hello: Option<&'a RawValue>,
            #[serde(borrow)]
            drags: Option<&'a RawValue>,
            ready: Option<bool>,
        }

        #[derive(Deserialize)]
        struct Greeting {
            version: u32,
        }

        fn part<'a, T: Deserialize<'a>>(id: Option<u64>, json: &'a str) -> Result<T, Unreadable> {
            serde_json::from_str(json).map_err(|fault| Unreadable::Malformed {
                id,
                why: fault.to_string(),
            })
        }

        let parts: Parts<'_> = part(None, text)?;
        let one = "expected `id` with `command`, or `hello`, or `drags`, or `ready`";
        let Parts {
            id,
            command,
            hello,
            drags,
            ready,
        } = parts;
        match (id, command, hello, drags, ready) {
            (Some(id), Some(command), None, None, None) => Ok(Self::Command {
                id,
                command: part(Some(id), command.get())?,
            }),
            (None, None, Some(hello), None, None) => {
                let Greeting { version } = part(None, hello.get())?;
                if version != VERSION {
                    return Err(Unreadable::Outdated);
                }
                Ok(Self::Hello {
                    hello: part(None, hello.get())?,
                })
            }
            (None, None, None, Some(drags), None) => Ok(Self::Drags {
                drags: part(None, drags.get())?,
            }),
            (None, None, None, None, Some(ready)) => Ok(Self::Ready { ready }),
            _ => Err(Unreadable::Malformed {
                id,
                why: one.to_owned(),
            }),
        }
    }
}

/// A text frame of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The answer to the hello; the frames that bring the client up to date follow.
    Welcome(Welcome),
    /// A command was done, and is on disk.
    Done {
        /// The command's number.
        id: u64,
    },
    /// A command, or a message, was refused. Nothing changed.
    Refused {
        /// The command's number; nothing if the message could not be read that far.
        id: Option<u64>,
        /// Why.
        denied: Denied,
    },
    /// One's own notes and votes. Comes to this person alone, whenever they change.
    Mine(Mine),
    /// How many people are on the board.
    Presence(Presence),
    /// Where things are that somebody drags, gathered over a moment.
    Drags(Vec<Drag>),
    /// Nothing has happened. Comes with every WebSocket ping, which browsers hide from their pages, so
    /// that a page can tell a quiet board from a dead connection. See [`QUIET_SECONDS`].
    StillHere,
}

/// What a client learns first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// What the person is on this board.
    pub role: Role,
    /// The server's clock, in milliseconds since 1970, for the timer.
    pub now: i64,
    /// How many people are on the board.
    pub presence: Presence,
    /// One's own notes and votes.
    pub mine: Mine,
}

/// How many people are on the board: numbers, never who. Somebody with two pages is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// All of them.
    pub people: u32,
    /// Those among them who came in as participants.
    pub participants: u32,
    /// How many participants say that they are done with the present step.
    pub ready: u32,
    /// Over how long those who lose their connection should spread their return, in milliseconds: the more are
    /// on the server, on whatever board, the longer, so that it can take them all back.
    pub spread: u32,
}

/// One's own notes and votes. After the seal the server can't tell any more which notes are whose,
/// and the list is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mine {
    /// One's own notes, in the order of their ids.
    pub notes: Vec<MyNote>,
    /// One's own dots in the open round, if there is one.
    pub votes: Option<MyVotes>,
    /// One's own answer to the open pulse, if there is one.
    pub pulse: Option<MyPulse>,
    /// The notes to which one says *same here*, in the order of their ids.
    pub same_here: Vec<NoteId>,
}

/// One's own answer to the open pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyPulse {
    /// The pulse.
    pub pulse: PulseId,
    /// The answer; nothing before one has answered.
    pub answer: Option<u8>,
}

/// One of one's own notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyNote {
    /// Its id.
    pub note: NoteId,
    /// What it says, as last written.
    pub content: Content,
    /// What it answers, if it is a reply.
    pub to: Option<Item>,
    /// Where it stands.
    pub state: NoteState,
}

/// Where one's own note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteState {
    /// Saved, and nobody else can see it until it is released.
    Waiting,
    /// With the facilitators, who look at notes before they are shown.
    WithFacilitators,
    /// Everyone can see it.
    Released,
    /// Everyone can see it; a rewrite waits for the next release.
    RewriteWaiting,
    /// Everyone can see it; it goes at the next release.
    WithdrawalWaiting,
    /// A facilitator holds it, for this reason. It can be rewritten.
    Held(Reason),
}

/// One's own dots in the open round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MyVotes {
    /// The round.
    pub round: RoundId,
    /// One's own dots by item, in the order of items; items without dots are left out.
    pub dots: Vec<Tally>,
}

/// Why the server closed the connection: the WebSocket close codes it uses (RFC 6455 §7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goodbye {
    /// The server is restarting, or loads the board anew. Come back in a moment, not all at once: see
    /// [`Presence::spread`].
    Restarting,
    /// The client read too slowly. Come back now, with the cursor.
    Resync,
    /// The client is out of date. Reload the page; don't come back.
    Outdated,
    /// The board was deleted. Don't come back.
    Deleted,
    /// The link the person came by was replaced. Don't come back.
    Revoked,
    /// The client broke the protocol, as the refusal before says. Don't come back.
    Misused,
}

impl Goodbye {
    const ALL: [Self; 6] = [
        Self::Restarting,
        Self::Resync,
        Self::Outdated,
        Self::Deleted,
        Self::Revoked,
        Self::Misused,
    ];

    /// The close code.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Restarting => 1012,
            Self::Resync => 4001,
            Self::Outdated => 4002,
            Self::Deleted => 4003,
            Self::Misused => 4004,
            Self::Revoked => 4005,
        }
    }

    /// What a close code says, if it is one of these.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|goodbye| goodbye.code() == code)
    }

    /// Whether the client should connect again by itself.
    #[must_use]
    pub const fn comes_back(self) -> bool {
        match self {
            Self::Restarting | Self::Resync => true,
            Self::Outdated | Self::Deleted | Self::Revoked | Self::Misused => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_message_reads_as_it_was_written() {
        let hello = Hello {
            version: VERSION,
            page: PageId::from_bytes([2; 16]),
            wall: None,
            backstage: None,
        };
        let command = Command::WithdrawNote {
            note: NoteId::from_bytes([3; 16]),
        };
        let item = Item::Note(NoteId::from_bytes([4; 16]));
        for message in [
            ClientMessage::Hello { hello },
            ClientMessage::Command { id: 7, command },
            ClientMessage::Drags {
                drags: vec![Drag {
                    item,
                    at: Point { x: 1, y: -2 },
                }],
            },
        ] {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(ClientMessage::parse(&text), Ok(message));
        }
    }

    #[test]
    fn an_unknown_command_is_named_with_its_number() {
        let fault = |text| match ClientMessage::parse(text) {
            Err(Unreadable::Malformed { id, why }) => (id, why),
            read => panic!("{text} is {read:?}"),
        };
        let (id, why) = fault(r#"{"id":7,"command":{"fly":{}}}"#);
        assert_eq!(id, Some(7));
        assert!(why.contains("unknown variant `fly`"), "{why}");
        assert_eq!(fault("{").0, None);
        assert_eq!(fault(r#"{"id":7}"#).0, Some(7));
    }

    #[test]
    fn a_hello_of_another_version_is_known_as_one_whatever_else_is_in_it() {
        let other = VERSION + 1;
        let hello = format!(r#"{{"hello":{{"version":{other},"unheard":"of"}}}}"#);
        assert_eq!(ClientMessage::parse(&hello), Err(Unreadable::Outdated));
        let hello = format!(r#"{{"hello":{{"version":{VERSION},"unheard":"of"}}}}"#);
        let read = ClientMessage::parse(&hello);
        assert!(matches!(read, Err(Unreadable::Malformed { .. })));
    }

    #[test]
    fn notes_of_any_length_and_votes_look_alike_in_their_size() {
        let post = |text: &str| ClientMessage::Command {
            id: 7,
            command: Command::PostNote {
                note: NoteId::from_bytes([3; 16]),
                content: Content {
                    category: 0,
                    aspect: None,
                    text: text.to_owned(),
                },
                confirmed: false,
            },
        };
        let vote = ClientMessage::Command {
            id: 8,
            command: Command::CastDots {
                round: RoundId::from_bytes([1; 16]),
                item: Item::Note(NoteId::from_bytes([3; 16])),
                dots: 1,
            },
        };
        let longest = "x".repeat(crate::command::NOTE_CHARS);
        for message in [post("Late letters"), post(&longest), vote] {
            let wire = filled(serde_json::to_string(&message).unwrap());
            assert_eq!(wire.len(), FILL);
            assert_eq!(ClientMessage::parse(&wire), Ok(message));
        }
    }

    #[test]
    fn close_codes_are_read_back() {
        for goodbye in Goodbye::ALL {
            assert_eq!(Goodbye::from_code(goodbye.code()), Some(goodbye));
        }
    }
}

/// TEMP
pub type CloseReason = Goodbye;
