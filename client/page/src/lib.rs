//! What a page of Candour is without its browser: the board as the page knows it, and its side of the
//! connection. In reading order:
//!
//! - [`state`]: the replicas the server keeps up to date, and over them the commands it has not answered.
//! - [`queue`]: those commands, in their order; [`overlay`]: what they make of the board before they are
//!   answered; [`history`]: how what was done is taken back.
//! - [`items`]: notes, clusters and who is where, read off the Wall; [`drags`]: where things are dragged just
//!   now; [`changes`]: what has to be shown anew; [`traffic`]: what went over the connection.
//! - [`connection`]: what is sent and when, what each message asks for, when to come back after a loss;
//!   [`trouble`]: why a request beside it came to nothing.
//!
//! It decides and keeps; it does nothing. Its driver, a browser, a simulation or a test, opens the sockets, carries
//! the messages and says what time it is and what chance has given. Times are milliseconds since 1970 by the
//! driver's clock.

pub mod state;

pub mod history;
pub mod overlay;
pub mod queue;

pub mod changes;
pub mod drags;
pub mod items;
pub mod traffic;

pub mod connection;
pub mod trouble;

pub use self::connection::Connection;
pub use self::state::State;
