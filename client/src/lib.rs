//! Candour's page: a board in a browser. In reading order:
//!
//! - [`app`]: which page an address shows; [`components`]: the pages and their parts.
//! - [`board`]: what components hold of a board: values to follow, one method per verb.
//! - [`view`]: the plain values components render, with their words; [`text`]: those words, in every
//!   language.
//! - [`socket`]: a WebSocket; [`api`]: what is asked over HTTP; [`storage`]: what this
//!   browser keeps; [`browser`]: the rest of it.
//!
//! The board as this browser knows it, and what its connection does, is the crate [`candour_page`]. Neither it nor
//! `view` touches the browser. Components never touch `socket` or the wire.

pub mod app;
pub mod components;

pub mod board;
pub mod view;
pub mod text;

pub mod api;
pub mod browser;
pub mod socket;
pub mod storage;
