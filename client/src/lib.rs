//! Candour's page: a board in a browser. In reading order:
//!
//! - [`app`]: which page an address shows; [`components`]: the pages and their parts.
//! - [`board`]: what components hold of a board: values to follow, one method per verb.
//! - [`view`]: the plain values components render, with their words; [`text`]: those words, in every
//!   language.
//! - [`state`]: the board as this browser knows it: replicas, and pending commands over them.
//! - [`socket`]: the live connection; [`api`]: what is asked over HTTP; [`browser`]: the rest of the
//!   browser.
//!
//! `state` and `view` never touch the browser. Components never touch `state`, `socket` or the wire.

pub mod app;
pub mod components;

pub mod board;
pub mod view;
pub mod text;

pub mod state;

pub mod api;
pub mod browser;
pub mod socket;
