//! What Candour's server and page must agree on, in reading order.
//!
//! Nothing here touches a socket, a disk, a clock or a browser: it compiles for the server and for
//! `wasm32-unknown-unknown` alike.

pub mod variants;
pub mod text;
pub mod ids;
pub mod time;
pub mod phase;
pub mod denied;
pub mod checks;
pub mod identifiers;
pub mod note;
pub mod agenda;
pub mod settings;
pub mod contract;
pub mod templates;
pub mod layout;
pub mod moderation;
pub mod voting;
pub mod pulse;
pub mod commitment;
pub mod command;
pub mod policy;
pub mod document;
pub mod wall;
pub mod backstage;
pub mod protocol;
pub mod http;
pub mod export;
