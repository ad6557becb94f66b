//! What a server has to offer to be measured.

use std::future::Future;

use anyhow::Result;
use tokio_tungstenite::tungstenite::Message;

use super::line::Socket;

/// A server with boards on it. Changes are numbered; a change moves its author's own note to its number.
pub trait Subject {
    /// What it is called.
    fn name(&self) -> String;

    /// When a change is on its disk, in a few words.
    fn durability(&self) -> &'static str;

    /// Its process.
    fn process(&self) -> u32;

    /// One more participant of this board, counted from 0, with whom nothing is to be exchanged before changes
    /// come.
    fn connect(&mut self, board: usize) -> impl Future<Output = Result<Socket>>;

    /// What an author, counted from 0 in the order in which they came, sends to make a change.
    fn change(&mut self, author: usize, change: u32) -> Result<Message>;

    /// What a binary message to somebody says that has changed; nothing if it can't be read.
    fn contents(message: Message) -> Vec<u8> {
        message.into_data().into()
    }

    /// Which change a message acknowledges to its author, if it acknowledges any. `expected` is the author's
    /// oldest change that isn't acknowledged yet.
    fn acknowledges(message: &Message, expected: u32) -> Option<u32>;

    /// Ends the server.
    fn stop(self) -> impl Future<Output = Result<()>>;
}
