//! The pages and their parts. A component renders a view-model and calls one verb; it decides nothing.
//!
//! - Before a board: [`landing`] with [`links`], [`gate`], [`join`], [`message`]; after it: [`receipt`].
//! - A board: [`board`] is the frame with its header; [`canvas`] and [`list`] are two equal views of
//!   what lies on it; [`note`] is a note in either; [`composer`] and [`mine`] are the person's own;
//!   [`voting`] is everyone's; [`results`] is what came out, to look at and to print; [`controls`] and [`moderation`] are the facilitators';
//!   [`codes`] takes its place while codes are shown.
//! - Small parts: [`agenda`], [`dissolve`], [`clock`], [`connection`], [`dialog`], [`notices`], [`part`], [`qr`],
//!   [`timer`].

pub mod footer;
pub mod gate;
pub mod join;
pub mod landing;
pub mod links;
pub mod message;
pub mod receipt;

pub mod agenda;
pub mod commitments;
pub mod dissolve;
pub mod board;
pub mod canvas;
pub mod codes;
pub mod composer;
pub mod search;
pub mod leaving;
pub mod ledger;
pub mod list;
pub mod mine;
pub mod moderation;
pub mod note;
pub mod controls;
pub mod results;
pub mod traffic;
pub mod voting;
pub mod welcome;

pub mod clock;
pub mod connection;
pub mod dialog;
pub mod notices;
pub mod pulse;
pub mod spotlight;
pub mod replies;
pub mod part;
pub mod projector;
pub mod qr;
pub mod shortcuts;
pub mod timer;
pub mod undo;
