//! What people do on a board, one feature after the other.

mod admission;
mod agenda;
mod clusters;
mod connection;
mod discussion;
mod endings;
mod export;
mod first_notes;
mod flags;
mod moderation;
mod moves;
mod notes;
mod phases;
mod presence;
mod projector;
mod pulse;
mod repeats;
mod replies;
mod roles;
mod same_here;
mod spotlight;
mod voting;
