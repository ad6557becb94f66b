//! What a client says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::frame::Cursor;
use crate::command::Command;
use crate::ids::{Item, PageId};
use crate::layout::Point;

/// The version of everything in [`crate::protocol`] and of the documents.
pub const VERSION: u32 = 1;

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

impl Hello {
    /// That of a page that speaks this version of the protocol and has no copies yet.
    #[must_use]
    pub const fn new(page: PageId) -> Self {
        Self {
            version: VERSION,
            page,
            wall: None,
            backstage: None,
        }
    }

    /// The same from a page that has come this far with its copies of the Wall and the Backstage; nothing where
    /// it has none.
    #[must_use]
    pub const fn with_copies(self, wall: Option<Cursor>, backstage: Option<Cursor>) -> Self {
        Self {
            wall,
            backstage,
            ..self
        }
    }
}

/// Most things whose drag one message tells others; what is dragged with them jumps to its place at the
/// drop.
pub const MAX_DRAGS: usize = 24;

/// Where a thing is while a person drags it. Never stored; the drop is a command.
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
        /// refused for the moment ([`crate::denied::Denied::is_passing`]) must not be overtaken: those with higher numbers are
        /// refused, too, until it comes again, or until [`crate::protocol::DEAD_SECONDS`] have passed.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::NoteId;

    #[test]
    fn a_client_message_reads_as_it_was_written() {
        let hello = Hello::new(PageId::from_bytes([2; 16]));
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
}
