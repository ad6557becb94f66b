//! Everything that needs a whole server.

#![expect(
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

mod anonymity;
mod bad_input;
mod durability;
mod faults;
mod hardening;
mod operations;
mod protocol;
mod raw;
mod real_input;
mod receipt;
mod refusal;
