//! What Candour's server and page must agree on, in reading order.
//!
//! Nothing here touches a socket, a disk, a clock or a browser: it compiles for the server and for
//! `wasm32-unknown-unknown` alike.

pub mod backstage;
pub mod command;
pub mod denied;
pub mod export;
pub mod http;
pub mod ids;
pub mod layout;
pub mod moderation;
pub mod phase;
pub mod policy;
pub mod protocol;
pub mod replica;
pub mod settings;
pub mod templates;
pub mod voting;
pub mod wall;
