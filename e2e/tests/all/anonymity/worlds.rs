//! Two worlds: the same seed, clock and script, and the authors of notes and votes swapped. If nobody is
//! told who they are, everything else is the same: every byte that anybody else receives, the export,
//! what is in the database once everything is sealed, and the log.
//!
//! `CANDOUR_SEED=… cargo test -p candour-e2e --test all anonymity::worlds` plays one script again.

mod draft;
mod play;
mod script;
mod seen;

use std::collections::BTreeMap;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use candour_e2e::report;
use candour_shared::command::Verb;

use play::{Played, play};
use script::{Script, Step, World};
use seen::{Audience, Seen, difference};

/// How many scripts are played in both worlds.
const SCRIPTS: u32 = 200;
/// How many are played twice in the same world.
const REPEATED: u32 = 10;
/// How often every verb has to be done, and a pool released, in all scripts for them to say anything.
const OFTEN: usize = 20;

#[test]
fn nothing_anybody_else_receives_differs_with_who_wrote_and_voted() {
    let happened = Mutex::new(Happened::default());
    let seeds = seeds(SCRIPTS);
    each(&seeds, |seed| {
        let script = Script::new(seed);
        let (one, other) = (play(&script, World::One), play(&script, World::Other));
        check(&script, &one, &other);
        let own = difference(&one.seen, &other.seen, Audience::Author);
        assert!(own.is_some(), "nobody was swapped with seed {seed}");
        happened.lock().unwrap().count(&script, &one);
    });
    let happened = happened.into_inner().unwrap();
    report(&format!("two worlds, in all scripts: {happened:?}"));
    if seeds.len() == SCRIPTS as usize {
        for verb in Verb::ALL {
            let times = happened.done.get(&verb).copied().unwrap_or(0);
            assert!(times >= OFTEN, "{verb:?} was done {times} times");
        }
        assert!(happened.pools >= OFTEN, "{} pools", happened.pools);
    }
}

#[test]
fn a_script_that_is_played_twice_looks_the_same_to_everybody() {
    each(&seeds(REPEATED), |seed| {
        let script = Script::new(seed).unswapped();
        let (first, second) = (play(&script, World::One), play(&script, World::One));
        check(&script, &first, &second);
    });
}

/// What the scripts came to.
#[derive(Debug, Default)]
struct Happened {
    /// How often each verb was done.
    done: BTreeMap<Verb, usize>,
    /// How many pools were released.
    pools: usize,
}

impl Happened {
    fn count(&mut self, script: &Script, played: &Played) {
        for (index, step) in script.steps.iter().enumerate() {
            if let Step::Do(_, command) = step
                && played.done.get(&index) == Some(&Ok(()))
            {
                *self.done.entry(command.verb()).or_default() += 1;
            }
            // Time alone changes a document only by that.
            if let Step::Wait(_) = step {
                let mut seen = played.seen.iter().filter(|seen| seen.step == index);
                self.pools += usize::from(seen.any(Seen::is_document));
            }
        }
    }
}

/// The worlds have to look the same to everybody whose business it isn't.
fn check(script: &Script, one: &Played, other: &Played) {
    let difference = difference(&one.seen, &other.seen, Audience::Everyone);
    if let Some(difference) = difference {
        let so_far = script.steps.iter().enumerate().take(difference.step() + 1);
        for (index, step) in so_far {
            println!("{index}: {step:?}: {:?}", one.done.get(&index));
        }
        panic!("{difference}");
    }
    assert_eq!(one.done, other.done);
}

/// The one that is asked for, or as many at random.
fn seeds(count: u32) -> Vec<u64> {
    if let Ok(seed) = env::var("CANDOUR_SEED") {
        return vec![seed.parse().unwrap()];
    }
    let first = u64::from(rand::random::<u32>());
    let seeds: Vec<u64> = (first..).take(count as usize).collect();
    report(&format!("two worlds: {count} seeds from {first} on"));
    seeds
}

/// Does something with each seed, on all cores, and says with which it failed.
fn each(seeds: &[u64], check: impl Fn(u64) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(fault) = catch_unwind(AssertUnwindSafe(|| check(*seed))) {
                next.store(seeds.len(), Ordering::Relaxed);
                println!(
                    "to play it again: CANDOUR_SEED={seed} cargo test -p candour-e2e --test all \
                     anonymity::worlds"
                );
                resume_unwind(fault);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
}
