//! Somebody who comes to a board of Candour, for the first time or back, as a page does.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use candour_e2e::fresh;
use candour_shared::ids::BoardId;
use candour_shared::protocol::{Cursor, Frame, Hello, Store};
use futures_util::StreamExt as _;
use tokio_tungstenite::tungstenite::Message;

use super::entrance::Entrance;
use super::line::Line;

/// How a welcome begins.
const WELCOME: &str = "{\"welcome\":";

/// How long a page waits before it comes back: half a second, and a random part of a time that doubles with every
/// attempt, up to fifteen seconds, but is at least as long as the server wants returns to be spread, in
/// milliseconds. `attempt` counts from 0.
#[must_use]
pub fn wait(attempt: u32, spread: u32) -> Duration {
    let grown = f64::from(1_u32 << attempt.min(4)).min(15.0) - 0.5;
    let most = grown.max(f64::from(spread) / 1_000.0);
    Duration::from_secs_f64(0.5 + rand::random_range(0.0..=most))
}

/// Connects, with a copy of the Wall that has come as far as `held`, and stays until the copy is as new as the Wall
/// was at the welcome, which `present` says.
pub async fn arrive(
    entrance: &Entrance,
    board: BoardId,
    token: &str,
    held: Option<Cursor>,
    present: impl Fn() -> Option<Cursor>,
) -> Result<Line> {
    let hello = Hello::new(fresh::page()).with_copies(held, None);
    let mut socket = entrance.open(board, token, hello).await?;
    let mut copy = held;
    let mut wall = None;
    while wall.is_none_or(|wall| copy < wall) {
        match socket.next().await.context("it ended")?? {
            Message::Text(text) if text.starts_with(WELCOME) => wall = Some(present()),
            Message::Binary(bytes) => {
                let frame = Frame::decode(&bytes)?;
                if frame.store == Store::Wall {
                    copy = copy.max(Some(frame.cursor));
                }
            }
            Message::Close(_) => bail!("the server said goodbye"),
            Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
    Ok(socket.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_from_half_a_second_to_fifteen() {
        for _ in 0..1000 {
            assert!((500..=1000).contains(&wait(0, 500).as_millis()));
            assert!((500..=4500).contains(&wait(0, 4_000).as_millis()));
            assert!((500..=8000).contains(&wait(3, 500).as_millis()));
            assert!((500..=15_000).contains(&wait(99, 500).as_millis()));
        }
    }
}
