//! Workshops in which whatever can fail does: the server crashes between any two of its steps, its disk is slow,
//! full or loses what it should have written, connections break, clocks jump. The server is the real one; its
//! disk is [`crate::log::Disk`], and its people are decided by a seed like everything else, so that what
//! went wrong once goes wrong again.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "people here know few commands, and their witness watches fewer"
)]

mod link;
mod page;
mod people;
mod server;
mod witness;
mod world;

use rand::Rng as _;

use crate::random::Random;
use world::World;

/// How many workshops there are, unless `CANDOUR_SEEDS` says otherwise.
const SEEDS: u64 = 20;
/// How often everything comes to rest in each.
const RESTS: u32 = 2;

/// Says how to repeat what went wrong.
struct Replay(u64);

impl Drop for Replay {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!(
                "\nCANDOUR_SEED={} cargo test -p candour-server simulation -- --nocapture",
                self.0
            );
        }
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
    )
}

#[test]
fn whatever_fails_what_was_promised_is_kept() {
    let (first, seeds) = match number("CANDOUR_SEED") {
        Some(seed) => (seed, 1),
        None => {
            let seeds = number("CANDOUR_SEEDS").unwrap_or(SEEDS);
            (Random::system().next_u64(), seeds)
        }
    };
    for seed in (0..seeds).map(|more| first.wrapping_add(more)) {
        let _replay = Replay(seed);
        World::new(seed).run(RESTS);
    }
}

#[test]
fn a_seed_decides_everything() {
    let told = |seed| {
        let mut world = World::new(seed);
        world.run(1);
        world.told.clone()
    };
    let seed = Random::system().next_u64();
    let _replay = Replay(seed);
    assert_eq!(told(seed), told(seed));
}
