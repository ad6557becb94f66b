//! A live connection of which nothing is read but how much comes, at the cost of a read. Under TLS what comes isn't
//! decrypted either. It stays alive by saying so unasked.

use std::cell::RefCell;
use std::io::{self, ErrorKind, Write as _};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::rustls::ClientConnection;

use super::line::Line;

/// How much is read at a time.
const SWALLOW: usize = 64 * 1024;
/// How often it says that it is still there.
const ALIVE: Duration = Duration::from_secs(10);
/// How it says so: a pong without content, masked as whatever a client sends (RFC 6455, 5.5.3).
const PONG: [u8; 6] = [0x8A, 0x80, 0, 0, 0, 0];

thread_local! {
    // One for all sockets of a thread: what comes is looked at by nobody.
    static SWALLOWED: RefCell<Vec<u8>> = RefCell::new(vec![0; SWALLOW]);
}

/// A live connection whose bytes are counted and thrown away.
pub struct Drained {
    stream: TcpStream,
    encryption: Option<Box<Encryption>>,
}

struct Encryption {
    /// It encrypts, and never hears of what comes.
    connection: ClientConnection,
    records: Records,
}

impl Drained {
    /// Goes on with a connection whose WebSocket stands, and on which nothing has come since.
    #[must_use]
    pub fn new(line: Line) -> Self {
        match line {
            Line::Clear(stream) => Self {
                stream,
                encryption: None,
            },
            Line::Encrypted(stream) => {
                let (stream, connection) = stream.into_inner();
                let records = Records::default();
                Self {
                    stream,
                    encryption: Some(Box::new(Encryption {
                        connection,
                        records,
                    })),
                }
            }
        }
    }

    /// Stays until the server ends it, and says of whatever comes how many bytes it is, without what TLS adds.
    pub async fn stay(mut self, mut came: impl FnMut(u64)) {
        let mut alive = Instant::now();
        loop {
            let readable = timeout_at(alive + ALIVE, self.stream.readable()).await;
            if alive.elapsed() >= ALIVE {
                alive = Instant::now();
                // A socket that doesn't take a few bytes is told about by what doesn't come.
                let _ = self.say_alive();
            }
            if readable.is_err() {
                continue;
            }
            match self.swallow() {
                Ok(Some(bytes)) => came(bytes),
                Err(fault) if fault.kind() == ErrorKind::WouldBlock => {}
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Takes what has come; nothing if that was all.
    fn swallow(&mut self) -> io::Result<Option<u64>> {
        SWALLOWED.with_borrow_mut(|swallowed| {
            let bytes = self.stream.try_read(swallowed)?;
            Ok((bytes > 0).then(|| match &mut self.encryption {
                None => bytes as u64,
                Some(encryption) => encryption.records.hold(&swallowed[..bytes]),
            }))
        })
    }

    fn say_alive(&mut self) -> io::Result<usize> {
        let Some(encryption) = &mut self.encryption else {
            return self.stream.try_write(&PONG);
        };
        let mut record = Vec::new();
        encryption.connection.writer().write_all(&PONG)?;
        encryption.connection.write_tls(&mut record)?;
        self.stream.try_write(&record)
    }
}

/// What stands before a record of TLS: its type, a version, and the length of the rest (RFC 8446, 5.1).
const HEADER: usize = 5;
/// What the rest holds besides what was encrypted: what it is, and a tag (RFC 8446, 5.2).
const BESIDES: usize = 17;

/// Records of TLS that come in pieces.
#[derive(Default)]
struct Records {
    header: [u8; HEADER],
    /// How much of the header has come.
    begun: usize,
    /// How much of the record has yet to come.
    rest: usize,
}

impl Records {
    /// How many bytes are encrypted in the records that begin here.
    fn hold(&mut self, mut bytes: &[u8]) -> u64 {
        let mut held = 0;
        while let Some((first, others)) = bytes.split_first() {
            if self.rest > 0 {
                let passed = self.rest.min(bytes.len());
                self.rest -= passed;
                bytes = &bytes[passed..];
                continue;
            }
            self.header[self.begun] = *first;
            self.begun += 1;
            bytes = others;
            if self.begun == HEADER {
                self.begun = 0;
                self.rest = usize::from(u16::from_be_bytes([self.header[3], self.header[4]]));
                held += self.rest.saturating_sub(BESIDES) as u64;
            }
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_records_hold_is_counted_however_they_come() {
        let mut stream = Vec::new();
        for length in [1, 300, 16_384] {
            let rest = u16::try_from(length + BESIDES).unwrap();
            stream.extend([23, 3, 3]);
            stream.extend(rest.to_be_bytes());
            stream.resize(stream.len() + usize::from(rest), 0xAA);
        }
        for size in [1, 2, 7, 1000, stream.len()] {
            let mut records = Records::default();
            let held: u64 = stream.chunks(size).map(|piece| records.hold(piece)).sum();
            assert_eq!(held, 1 + 300 + 16_384, "in pieces of {size}");
        }
    }
}
