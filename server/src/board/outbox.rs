//! What goes out to one socket.
//!
//! The outbox owns the write half of the connection. A frame is encoded once for everybody and written
//! straight to the socket from the board's fan-out; only what the kernel's buffer doesn't take waits
//! here, and the socket's own task sends it later. That saves waking a task per socket and tick.

use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::{Buf as _, Bytes};
use candour_shared::protocol::{self, Goodbye, ServerMessage};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

/// Most bytes that wait for a slow reader, besides the frame that is being sent.
const LIMIT: usize = 4 * 1024 * 1024;

/// The way out of one socket. Shared by the board, which sends, and the socket's task, which drains.
pub struct Outbox {
    socket: OwnedWriteHalf,
    queue: Mutex<Queue>,
    work: Notify,
}

#[derive(Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    bytes: usize,
    state: State,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Open,
    /// Nothing may follow what waits.
    Closing,
    /// The socket failed.
    Dead,
}

impl Outbox {
    /// An outbox for this socket.
    #[must_use]
    pub fn new(socket: OwnedWriteHalf) -> Self {
        Self {
            socket,
            queue: Mutex::default(),
            work: Notify::new(),
        }
    }

    /// Sends an encoded WebSocket frame, or as much of it as the kernel takes now; the rest waits.
    pub fn send(&self, mut frame: Bytes) {
        let mut queue = self.queue();
        if queue.state != State::Open {
            return;
        }
        if queue.frames.is_empty() {
            match self.socket.try_write(&frame) {
                Ok(sent) if sent == frame.len() => return,
                Ok(sent) => frame.advance(sent),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => {
                    queue.state = State::Dead;
                    self.work.notify_one();
                    return;
                }
            }
        } else if queue.bytes + frame.len() > LIMIT {
            // A full outbox is a slow reader. Skipping a frame would fork its replica, so it is closed
            // and resyncs.
            drop(queue);
            self.close(Goodbye::Resync);
            return;
        }
        queue.bytes += frame.len();
        queue.frames.push_back(frame);
        self.work.notify_one();
    }

    /// Says goodbye: what was not begun to be sent is dropped, a close frame is the last.
    pub fn close(&self, goodbye: Goodbye) {
        let mut queue = self.queue();
        if queue.state != State::Open {
            return;
        }
        // The first frame may be half sent; cutting it off would garble the stream.
        queue.frames.truncate(1);
        queue.frames.push_back(close_frame(goodbye));
        queue.state = State::Closing;
        // At once, because a server that stops may not come to run the socket's task again.
        if self.write(&mut queue).is_err() {
            queue.state = State::Dead;
        }
        self.work.notify_one();
    }

    /// Takes nothing more; what waits is still sent.
    pub fn end(&self) {
        let mut queue = self.queue();
        if queue.state == State::Open {
            queue.state = State::Closing;
        }
    }

    /// Sends what waits, whenever something waits, until the socket failed, or nothing more will come
    /// and everything was sent. Run by the socket's task.
    pub async fn drain(&self) {
        loop {
            let (waiting, state) = {
                let mut queue = self.queue();
                if self.write(&mut queue).is_err() {
                    queue.state = State::Dead;
                }
                (!queue.frames.is_empty(), queue.state)
            };
            match (state, waiting) {
                (State::Dead, _) | (State::Closing, false) => return,
                (State::Open | State::Closing, true) => {
                    if self.socket.writable().await.is_err() {
                        return;
                    }
                }
                (State::Open, false) => self.work.notified().await,
            }
        }
    }

    fn write(&self, queue: &mut Queue) -> io::Result<()> {
        while let Some(frame) = queue.frames.front_mut() {
            match self.socket.try_write(frame) {
                Ok(sent) => {
                    frame.advance(sent);
                    queue.bytes = queue.bytes.saturating_sub(sent);
                    if queue.frames.front().is_some_and(Bytes::is_empty) {
                        queue.frames.pop_front();
                    }
                }
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A message as an encoded frame.
#[must_use]
pub fn text_frame(message: &ServerMessage) -> Bytes {
    encoded(Frame::message(
        json(message),
        OpCode::Data(Data::Text),
        true,
    ))
}

/// A message to one person alone as an encoded frame, whose length says next to nothing.
#[must_use]
pub(super) fn private_frame(message: &ServerMessage) -> Bytes {
    let filled = protocol::filled(json(message));
    encoded(Frame::message(filled, OpCode::Data(Data::Text), true))
}

fn json(message: &ServerMessage) -> String {
    // The protocol's types are plain structs with text keys, which JSON can always hold.
    serde_json::to_string(message).unwrap_or_default()
}

/// The protocol's binary frame as an encoded WebSocket frame.
#[must_use]
pub(super) fn binary_frame(bytes: Vec<u8>) -> Bytes {
    encoded(Frame::message(bytes, OpCode::Data(Data::Binary), true))
}

/// A ping.
#[must_use]
pub fn ping_frame() -> Bytes {
    encoded(Frame::ping(Bytes::new()))
}

fn close_frame(goodbye: Goodbye) -> Bytes {
    encoded(Frame::close(Some(CloseFrame {
        code: goodbye.code().into(),
        reason: "".into(),
    })))
}

fn encoded(frame: Frame) -> Bytes {
    let mut bytes = Vec::with_capacity(frame.len());
    // Writing to a Vec can't fail.
    let _ = frame.format(&mut bytes);
    bytes.into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::StreamExt as _;
    use tokio::net::{TcpListener, TcpStream};
    use tokio_tungstenite::WebSocketStream;
    use tokio_tungstenite::tungstenite::Message;
    use tokio_tungstenite::tungstenite::protocol::Role;

    use super::*;

    async fn outbox_and_reader() -> (Arc<Outbox>, WebSocketStream<TcpStream>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let reader = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (server, _) = listener.accept().await.unwrap();
        let outbox = Arc::new(Outbox::new(server.into_split().1));
        let draining = Arc::clone(&outbox);
        tokio::spawn(async move { draining.drain().await });
        (
            outbox,
            WebSocketStream::from_raw_socket(reader, Role::Client, None).await,
        )
    }

    #[tokio::test]
    async fn frames_larger_than_the_kernels_buffer_arrive_whole_and_in_order() {
        let (outbox, mut reader) = outbox_and_reader().await;
        for number in 0..30u8 {
            outbox.send(binary_frame(vec![number; 100_000]));
        }
        for number in 0..30u8 {
            let Message::Binary(bytes) = reader.next().await.unwrap().unwrap() else {
                panic!("a binary frame was sent");
            };
            assert_eq!(bytes, vec![number; 100_000]);
        }
    }

    #[tokio::test]
    async fn a_reader_too_slow_for_its_outbox_is_told_to_resync_after_a_whole_frame() {
        let (outbox, mut reader) = outbox_and_reader().await;
        let frames = 3 * LIMIT / 100_000;
        for _ in 0..frames {
            outbox.send(binary_frame(vec![7; 100_000]));
        }
        let mut received = 0;
        let last = loop {
            match reader.next().await.unwrap().unwrap() {
                Message::Binary(bytes) => assert_eq!(bytes, vec![7; 100_000]),
                last @ (Message::Text(_)
                | Message::Ping(_)
                | Message::Pong(_)
                | Message::Close(_)
                | Message::Frame(_)) => break last,
            }
            received += 1;
        };
        let Message::Close(Some(close)) = last else {
            panic!("{last:?} is no close frame")
        };
        assert_eq!(Goodbye::from_code(close.code.into()), Some(Goodbye::Resync));
        assert!(received > 0 && received < frames);
    }
}
