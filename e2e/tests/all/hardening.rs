//! Attacks on the server itself: each is refused, and nobody else notices.

mod bounds;
mod floods;
mod headers;
mod metrics;
mod origin;
mod replays;
mod slow;
mod tls;
pub(crate) mod wire;
