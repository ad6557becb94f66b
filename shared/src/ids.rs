//! Names of things: 128 random bits, written as 22 characters of unpadded base64url (RFC 4648 §5).
//!
//! An id carries no number, time or author. Clients make the ids of the things they create, which is
//! what makes every command safe to send twice.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 22 characters of base64url")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id made of these bytes, which the caller took from a random source.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes of the id.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE64URL_NOPAD.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotAnId)?;
                Ok(Self(bytes.try_into().map_err(|_| NotAnId)?))
            }
        }

        // Text in JSON, sixteen bytes in the log.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    Cow::<str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
                } else {
                    Ok(Self(<[u8; 16]>::deserialize(deserializer)?))
                }
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{22}$" })
            }
        }
    };
}

id!(
    /// A board.
    BoardId
);
id!(
    /// A note, made by its author's browser.
    NoteId
);
id!(
    /// A cluster of notes.
    ClusterId
);
id!(
    /// A step of the agenda.
    StepId
);
id!(
    /// A question that people answer on a scale.
    PulseId
);
id!(
    /// Something people agreed to do.
    CommitmentId
);
id!(
    /// A round of voting.
    RoundId
);
id!(
    /// A batch of single-use codes.
    BatchId
);
id!(
    /// One run of the timer.
    TimerId
);
id!(
    /// A page that a person has open. It ends with the page, and is told to the server alone, which forgets it
    /// with the page's connection.
    PageId
);

/// An organisation's place in the organiser's list, [`crate::settings::Settings::organisations`], from 0.
pub type OrganisationIndex = u8;

/// Something that lies on the board.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A cluster.
    Cluster(ClusterId),
    /// A note.
    Note(NoteId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = NoteId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json.len(), 24);
        assert_eq!(serde_json::from_str::<NoteId>(&json).unwrap(), id);
    }

    #[test]
    fn a_text_of_another_length_is_not_an_id() {
        assert_eq!("AAAA".parse::<NoteId>(), Err(NotAnId));
        assert_eq!("?".repeat(22).parse::<NoteId>(), Err(NotAnId));
    }
}
