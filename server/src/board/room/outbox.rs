//! What goes out to one socket.
//!
//! The outbox owns the write half of the connection. A frame is encoded once for everybody and written
//! straight to the socket from the board's fan-out; only what the kernel's buffer doesn't take waits
//! here, and the socket's own task sends it later. That saves waking a task per socket and tick. Only
//! where this server does TLS itself, a frame becomes each socket's own, by being encrypted.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::iter;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Buf as _, Bytes};
use candour_shared::protocol::{self, CloseReason, ServerMessage};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::tls::Encryption;

/// Most bytes that wait for a slow reader, besides the frame that is being sent.
const LIMIT: usize = 4 * 1024 * 1024;
/// Most frames that go to the kernel in one call: to a slow reader several ticks are one.
const TOGETHER: usize = 32;

/// The way out of one socket. Shared by the board, which sends, and the socket's task, which drains.
pub struct Outbox {
    socket: OwnedWriteHalf,
    /// None on a connection that isn't encrypted, or not by this server.
    encryption: Option<Arc<Encryption>>,
    queue: Mutex<Queue>,
    work: Notify,
    goodbye: Notify,
}

#[derive(Default)]
struct Queue {
    /// The rest of what is being sent, as it goes over the wire: cutting it off would garble the stream.
    begun: Bytes,
    /// What comes after it. Empty while nothing is being sent.
    frames: VecDeque<Bytes>,
    /// The bytes of these frames.
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
    pub fn new(socket: OwnedWriteHalf, encryption: Option<Arc<Encryption>>) -> Self {
        Self {
            socket,
            encryption,
            queue: Mutex::default(),
            work: Notify::new(),
            goodbye: Notify::new(),
        }
    }

    /// Sends an encoded WebSocket frame, or as much of it as the kernel takes now; the rest waits.
    pub fn send(&self, frame: Bytes) {
        self.send_all(|send| send(frame));
    }

    /// Sends what is handed over as one, in one call if the kernel takes it.
    pub(super) fn send_all(&self, hand_over: impl FnOnce(&mut dyn FnMut(Bytes))) {
        let mut queue = self.queue();
        if queue.state != State::Open {
            return;
        }
        let is_idle = queue.begun.is_empty();
        let mut is_full = false;
        hand_over(&mut |frame| {
            is_full |= !is_idle && queue.bytes + frame.len() > LIMIT;
            if !is_full {
                queue.push(frame);
            }
        });
        if is_full {
            // A full outbox is a slow reader. Skipping a frame would fork its replica, so it is closed
            // and resyncs.
            drop(queue);
            self.close(CloseReason::Resync);
            return;
        }
        if is_idle && self.write(&mut queue).is_err() {
            queue.state = State::Dead;
        }
        if queue.state == State::Dead || !queue.begun.is_empty() {
            self.work.notify_one();
        }
    }

    /// Says goodbye: what was not begun to be sent is dropped, a close frame is the last.
    pub fn close(&self, reason: CloseReason) {
        let mut queue = self.queue();
        if queue.state != State::Open {
            return;
        }
        queue.frames.clear();
        queue.bytes = 0;
        queue.push(close_frame(reason));
        queue.state = State::Closing;
        // At once, because a server that stops may not come to run the socket's task again.
        if self.write(&mut queue).is_err() {
            queue.state = State::Dead;
        }
        self.work.notify_one();
        self.goodbye.notify_one();
    }

    /// Waits until goodbye was said.
    pub async fn said_goodbye(&self) {
        self.goodbye.notified().await;
    }

    /// Takes nothing more; what waits is still sent.
    pub fn end(&self) {
        let mut queue = self.queue();
        if queue.state == State::Open {
            queue.state = State::Closing;
        }
    }

    /// The encryption may have something to say: it was told something.
    pub fn look(&self) {
        self.work.notify_one();
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
                (!queue.begun.is_empty(), queue.state)
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
        loop {
            if queue.begun.is_empty() {
                queue.begun = match queue.pop() {
                    Some(frame) => self.encrypted(frame)?,
                    None => self.last_words(queue.state)?,
                };
                if queue.begun.is_empty() {
                    return Ok(());
                }
            }
            match self.try_write(queue) {
                Ok(sent) => queue.sent(sent),
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Writes what was begun and, where frames go out as they are, those after it in the same call.
    fn try_write(&self, queue: &Queue) -> io::Result<usize> {
        if self.encryption.is_some() || queue.frames.is_empty() {
            return self.socket.try_write(&queue.begun);
        }
        let frames = queue.frames.iter().take(TOGETHER - 1);
        let slices: Vec<_> = iter::once(&queue.begun)
            .chain(frames)
            .map(|bytes| IoSlice::new(bytes))
            .collect();
        self.socket.try_write_vectored(&slices)
    }

    /// A frame as it goes over the wire. Encrypted only now, because what is encrypted has to be sent.
    fn encrypted(&self, frame: Bytes) -> io::Result<Bytes> {
        match &self.encryption {
            None => Ok(frame),
            Some(encryption) => encryption.encrypt(&frame),
        }
    }

    /// What the encryption has to say when no frame waits.
    fn last_words(&self, state: State) -> io::Result<Bytes> {
        match (&self.encryption, state) {
            (None, _) => Ok(Bytes::new()),
            (Some(encryption), State::Open | State::Dead) => encryption.encrypt(&[]),
            (Some(encryption), State::Closing) => encryption.end(),
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// So many bytes went out: of what was begun, and of the frames after it.
    fn sent(&mut self, mut bytes: usize) {
        while bytes > self.begun.len() {
            bytes -= self.begun.len();
            self.begun = self.pop().unwrap_or_default();
        }
        self.begun.advance(bytes);
    }

    fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.frames.push_back(frame);
    }

    fn pop(&mut self) -> Option<Bytes> {
        let frame = self.frames.pop_front()?;
        self.bytes -= frame.len();
        Some(frame)
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

fn close_frame(reason: CloseReason) -> Bytes {
    encoded(Frame::close(Some(CloseFrame {
        code: reason.code().into(),
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
mod tests;
