//! What a client should not send: each is answered clearly, and nothing is lost or crashes.

mod http;
mod live;
