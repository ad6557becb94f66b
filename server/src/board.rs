//! A live board. Its *engine* decides, its *desk* owns it and stores what was decided, its *room* tells its people;
//! the handle is how sessions and requests reach it.

mod channel;
mod desk;
mod engine;
mod environment;
mod handle;
mod inbox;
mod room;

pub(crate) use desk::Resend;
pub use desk::{Loaded, load};
pub use engine::record::{DamagedBoard, encode};
pub use engine::request::{
    Answer, Identity, Joined, Joining, LinkSecrets, Mine, Opening, Outcome, Request,
};
pub use engine::vault::{Links, Member};
pub use engine::{Committed, Engine, LogEntry};
pub use environment::Environment;
pub use handle::{BoardHandle, Ended, LiveBoard, Session};
pub use inbox::{By, NotDeleted};
pub use room::{Outbox, ping_frame, text_frame};
