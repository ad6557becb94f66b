//! What people do on a board, one feature after the other.

mod admission;
mod clusters;
mod connection;
mod endings;
mod moderation;
mod notes;
mod phases;
mod repeats;
mod roles;
mod voting;
