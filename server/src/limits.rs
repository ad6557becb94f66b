//! What one address or one person may use up of the server. All of it is in memory only, and forgotten
//! within minutes.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use candour_shared::denied::Denied;
use candour_shared::ids::BoardId;
use clap::Args;
use dashmap::{DashMap, Entry};
use governor::{DefaultKeyedRateLimiter, Quota};
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::Rng;
use sha2::Sha256;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::keys::SecretHash;

/// The limits. Those per address are generous, because a whole hospital may come from one address.
#[derive(Debug, Clone, Args)]
pub struct Limits {
    /// Most connections at a time; more wait to be accepted.
    #[arg(long, env = "CANDOUR_CONNECTIONS", value_name = "N", default_value_t = Limits::default().connections)]
    pub connections: NonZeroU32,
    /// Most WebSockets among them at a time; more are refused.
    #[arg(long, env = "CANDOUR_SOCKETS", value_name = "N", default_value_t = Limits::default().sockets)]
    pub sockets: NonZeroU32,
    /// Most boards in memory at a time; others are refused until one has been empty for a minute.
    #[arg(long, env = "CANDOUR_BOARDS", value_name = "N", default_value_t = Limits::default().boards)]
    pub boards: NonZeroU32,
    /// Most connections at a time from one address; more are closed at once.
    #[arg(long, env = "CANDOUR_CONNECTIONS_PER_ADDRESS", value_name = "N", default_value_t = Limits::default().connections_per_address)]
    pub connections_per_address: NonZeroU32,
    /// How many connections a second can be taken back: after an interruption pages spread their return so.
    #[arg(long, env = "CANDOUR_RETURNS_PER_SECOND", value_name = "N", default_value_t = Limits::default().returns_per_second)]
    pub returns_per_second: NonZeroU32,
    /// Most requests of one address in a minute to look at a board before joining, or to join.
    #[arg(long, env = "CANDOUR_JOINS_PER_MINUTE", value_name = "N", default_value_t = Limits::default().joins_per_minute)]
    pub joins_per_minute: NonZeroU32,
    /// Most boards that one address opens in a minute.
    #[arg(long, env = "CANDOUR_BOARDS_PER_MINUTE", value_name = "N", default_value_t = Limits::default().boards_per_minute)]
    pub boards_per_minute: NonZeroU32,
    /// Most commands of one person on one board in a minute, over all their windows; half of them at once.
    #[arg(long, env = "CANDOUR_COMMANDS_PER_MINUTE", value_name = "N", default_value_t = Limits::default().commands_per_minute)]
    pub commands_per_minute: NonZeroU32,
    /// Most places in a second at which one person shows what they drag; pages send twenty.
    #[arg(skip = Limits::default().drags_per_second)]
    pub drags_per_second: NonZeroU32,
    /// How long a peer may take to agree on TLS, to send the head of a request, or to begin another one.
    #[arg(skip = Limits::default().head_timeout)]
    pub head_timeout: Duration,
    /// How long a peer may take to send the body of a request.
    #[arg(skip = Limits::default().body_timeout)]
    pub body_timeout: Duration,
    /// How long a peer may take nothing of an answer that waits for it.
    #[arg(skip = Limits::default().stall_timeout)]
    pub stall_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: number(20_000),
            sockets: number(18_000),
            boards: number(10_000),
            connections_per_address: number(2_000),
            returns_per_second: number(2_000),
            joins_per_minute: number(6_000),
            boards_per_minute: number(60),
            commands_per_minute: number(240),
            drags_per_second: number(40),
            head_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(10),
            stall_timeout: Duration::from_secs(30),
        }
    }
}

const fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number - 1)
}

/// An address, or a person on a board, under a hash whose key is made at the start and never leaves the
/// memory. It says whether two are the same, and nothing else.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Masked([u8; 16]);

type Rate = DefaultKeyedRateLimiter<Masked>;

/// Keeps the limits.
pub struct Limiter {
    limits: Limits,
    mask: Hmac<Sha256>,
    connections: DashMap<Masked, u32>,
    sockets: Arc<Semaphore>,
    joins: Rate,
    boards: Rate,
    commands: Rate,
    drags: Rate,
}

impl Limiter {
    /// One that has seen no request yet.
    #[must_use]
    pub fn new(limits: Limits, rng: &mut dyn Rng) -> Arc<Self> {
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        let commands = limits.commands_per_minute;
        let at_once = NonZeroU32::new(commands.get() / 2).unwrap_or(commands);
        Arc::new(Self {
            mask: Hmac::new_from_slice(&key)
                .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length")),
            connections: DashMap::new(),
            sockets: Arc::new(Semaphore::new(limits.sockets.get() as usize)),
            joins: Rate::keyed(Quota::per_minute(limits.joins_per_minute)),
            boards: Rate::keyed(Quota::per_minute(limits.boards_per_minute)),
            commands: Rate::keyed(Quota::per_minute(commands).allow_burst(at_once)),
            drags: Rate::keyed(Quota::per_second(limits.drags_per_second)),
            limits,
        })
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A network address. Of an IPv6 address only the network counts, its first 64 bits: one machine has
    /// the rest to itself.
    #[must_use]
    pub fn address(&self, address: IpAddr) -> Masked {
        match address.to_canonical() {
            IpAddr::V4(address) => self.masked(&[&address.octets()]),
            IpAddr::V6(address) => self.masked(&[&address.octets()[..8]]),
        }
    }

    /// How fast a person goes on a board.
    #[must_use]
    pub fn pace(self: &Arc<Self>, board: BoardId, token: &SecretHash) -> Pace {
        Pace {
            whose: self.masked(&[board.as_bytes(), token.as_bytes()]),
            limiter: Arc::clone(self),
        }
    }

    /// How fast one connection goes: what is too fast for a person is so for each of their connections,
    /// and ends there instead of at the board.
    #[must_use]
    pub fn connection_pace(self: &Arc<Self>, rng: &mut dyn Rng) -> Pace {
        let mut number = [0; 16];
        rng.fill_bytes(&mut number);
        Pace {
            whose: Masked(number),
            limiter: Arc::clone(self),
        }
    }

    /// AddressPermit for one more connection of an address, until it is dropped.
    #[must_use]
    pub fn connection(self: &Arc<Self>, address: Masked) -> Option<AddressPermit> {
        let mut connections = self.connections.entry(address).or_insert(0);
        if *connections >= self.limits.connections_per_address.get() {
            return None;
        }
        *connections += 1;
        Some(AddressPermit {
            limiter: Arc::clone(self),
            address,
        })
    }

    /// AddressPermit for one more WebSocket, until it is dropped.
    pub fn socket(&self) -> Result<OwnedSemaphorePermit, Denied> {
        let permit = Arc::clone(&self.sockets).try_acquire_owned();
        permit.map_err(|_| Denied::Busy)
    }

    /// An address looks at a board before joining, or joins.
    pub fn join(&self, address: Masked) -> Result<(), Denied> {
        check(&self.joins, address)
    }

    /// An address opens a board.
    pub fn board(&self, address: Masked) -> Result<(), Denied> {
        check(&self.boards, address)
    }

    /// Forgets those who have been slow enough for long enough to count as new.
    pub fn forget(&self) {
        for rate in [&self.joins, &self.boards, &self.commands, &self.drags] {
            rate.retain_recent();
            rate.shrink_to_fit();
        }
    }

    fn masked(&self, parts: &[&[u8]]) -> Masked {
        let mut mac = self.mask.clone();
        for part in parts {
            mac.update(part);
        }
        let mut masked = [0; 16];
        masked.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Masked(masked)
    }
}

fn check(rate: &Rate, who: Masked) -> Result<(), Denied> {
    rate.check_key(&who).map_err(|_| Denied::TooFast)
}

/// Room for one connection of an address, made by [`Limiter::connection`]; given back when it is dropped.
pub struct AddressPermit {
    limiter: Arc<Limiter>,
    address: Masked,
}

impl Drop for AddressPermit {
    fn drop(&mut self) {
        if let Entry::Occupied(mut connections) = self.limiter.connections.entry(self.address) {
            *connections.get_mut() -= 1;
            if *connections.get() == 0 {
                connections.remove();
            }
        }
    }
}

/// How fast a person goes, or one of their connections.
pub struct Pace {
    limiter: Arc<Limiter>,
    whose: Masked,
}

impl Pace {
    /// They send a command, or something that was meant to be one.
    pub fn command(&self) -> Result<(), Denied> {
        check(&self.limiter.commands, self.whose)
    }

    /// They show where they drag something. What is too much is simply not shown.
    #[must_use]
    pub fn drag(&self) -> bool {
        check(&self.limiter.drags, self.whose).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;

    use super::*;
    use crate::keys::Secret;

    const BOARD: BoardId = BoardId::from_bytes([1; 16]);

    fn limiter(limits: Limits) -> Arc<Limiter> {
        Limiter::new(limits, &mut StdRng::seed_from_u64(1))
    }

    fn address(limiter: &Limiter, text: &str) -> Masked {
        limiter.address(text.parse().unwrap())
    }

    fn token(seed: u64) -> SecretHash {
        Secret::random(&mut StdRng::seed_from_u64(seed)).hash()
    }

    #[test]
    fn an_address_counts_as_itself_and_an_ipv6_network_as_one() {
        let limiter = limiter(Limits::default());
        let is = |a: &str, b: &str| address(&limiter, a) == address(&limiter, b);
        assert!(is("192.0.2.1", "::ffff:192.0.2.1"));
        assert!(!is("192.0.2.1", "192.0.2.2"));
        assert!(is("2001:db8::1", "2001:db8::ffff:0:0:2"));
        assert!(!is("2001:db8:0:1::1", "2001:db8:0:2::1"));
    }

    #[test]
    fn two_servers_mask_the_same_address_differently() {
        let [one, other] = [1, 2].map(|seed| {
            let rng = &mut StdRng::seed_from_u64(seed);
            address(&Limiter::new(Limits::default(), rng), "192.0.2.1")
        });
        assert!(one != other);
    }

    #[test]
    fn connections_are_counted_by_address_as_long_as_they_last() {
        let limiter = limiter(Limits {
            connections_per_address: number(2),
            ..Limits::default()
        });
        let (ann, bob) = (
            address(&limiter, "192.0.2.1"),
            address(&limiter, "192.0.2.2"),
        );
        let first = limiter.connection(ann).unwrap();
        let second = limiter.connection(ann).unwrap();
        assert!(limiter.connection(ann).is_none());
        assert!(limiter.connection(bob).is_some());
        drop(first);
        let third = limiter.connection(ann).unwrap();
        drop((second, third));
        assert!(limiter.connections.is_empty());
    }

    #[test]
    fn sockets_are_refused_while_there_are_as_many_as_there_may_be() {
        let limiter = limiter(Limits {
            sockets: number(1),
            ..Limits::default()
        });
        let first = limiter.socket().unwrap();
        assert_eq!(limiter.socket().unwrap_err(), Denied::Busy);
        drop(first);
        assert!(limiter.socket().is_ok());
    }

    #[test]
    fn a_person_goes_as_fast_on_a_board_as_all_their_windows_and_nobody_else() {
        let limiter = limiter(Limits {
            commands_per_minute: number(1),
            ..Limits::default()
        });
        assert_eq!(limiter.pace(BOARD, &token(1)).command(), Ok(()));
        assert_eq!(
            limiter.pace(BOARD, &token(1)).command(),
            Err(Denied::TooFast)
        );
        assert_eq!(limiter.pace(BOARD, &token(2)).command(), Ok(()));
        let other_board = BoardId::from_bytes([2; 16]);
        assert_eq!(limiter.pace(other_board, &token(1)).command(), Ok(()));
    }

    #[test]
    fn whoever_was_slow_for_long_enough_is_forgotten() {
        let limiter = limiter(Limits {
            joins_per_minute: number(60_000),
            boards_per_minute: number(1),
            ..Limits::default()
        });
        let ann = address(&limiter, "192.0.2.1");
        assert_eq!(limiter.join(ann), Ok(()));
        assert_eq!(limiter.board(ann), Ok(()));
        assert_eq!(limiter.board(ann), Err(Denied::TooFast));
        while !limiter.joins.is_empty() {
            limiter.forget();
            std::thread::yield_now();
        }
        assert_eq!(limiter.boards.len(), 1);
    }
}
