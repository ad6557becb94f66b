//! Simulated boards: people who come, write, rewrite, take back and leave.

use std::collections::BTreeMap;
use std::ops::Range;

use candour_e2e::workshop::move_phase;
use candour_shared::ids::NoteId;
use candour_shared::phase::Phase;
use candour_shared::protocol::Store;
use candour_shared::settings::{Pool, Release};
use candour_shared::time::Millis;
use candour_shared::variants::all;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use strum::VariantArray;

use super::stage::Stage;

/// The first people of every board are in league with the attacker.
pub(super) const COLLUDERS: usize = Pool::PEOPLE - 1;
/// How long people write.
const WRITING: Millis = Millis(300_000);
/// When pools are looked at: at the multiples of this.
const LOOK: Millis = Millis::seconds(Pool::SECONDS);

/// A participant, by number.
pub(super) type Person = usize;

/// What kind of boards to play.
#[derive(Clone, Copy)]
pub(super) struct Recipe {
    pub(super) policy: Release,
    pub(super) colluders: Colluders,
    pub(super) shuffle: Shuffle,
    pub(super) ids: Ids,
}

/// How those behave who are in league with the attacker.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Colluders {
    /// As everybody does.
    LikeEverybody,
    /// They see to it that something of theirs always waits, so that a pool needs one more person only.
    AlwaysWaiting,
}

/// What the server takes its randomness from while it releases.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shuffle {
    Random,
    /// A source that always gives the same: nothing is shuffled.
    Broken,
}

/// How pages make ids.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    Random,
    /// One after the other: what pages must never do.
    Ascending,
    /// With something of the device in them: what pages must never do either.
    ByPerson,
}

/// A binary frame that the facilitator received.
pub(super) struct Told {
    pub(super) store: Store,
    /// Whether it is the whole document.
    pub(super) whole: bool,
    pub(super) update: Vec<u8>,
}

/// What somebody has pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub(super) enum Act {
    Post,
    Rewrite,
    TakeBack,
}

impl Act {
    pub(super) const ALL: [Self; Self::VARIANTS.len()] = all();
}

/// Something that waits for its release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) person: Person,
    pub(super) act: Act,
    /// When it was pressed first.
    pub(super) at: Millis,
}

/// A release: what waited until then, and which frames it came to.
pub(super) struct Crowd {
    pub(super) at: Millis,
    pub(super) waiting: BTreeMap<NoteId, Waiting>,
    pub(super) told: Range<usize>,
}

impl Crowd {
    /// When something that waited was pressed.
    pub(super) fn pressed_at(&self, note: NoteId) -> Millis {
        self.waiting[&note].at
    }
}

/// A board that was played.
#[derive(Default)]
pub(super) struct Played {
    pub(super) told: Vec<Told>,
    /// When the facilitator was told another number of people.
    pub(super) people: Vec<Millis>,
    pub(super) crowds: Vec<Crowd>,
    /// What the attacker is after.
    pub(super) authors: BTreeMap<NoteId, Person>,
}

/// Something that happens at a time.
#[derive(Clone, Copy)]
pub(super) enum Event {
    Comes(Person),
    Leaves(Person),
    Posts(Person),
    Rewrites(Person),
    TakesBack(Person),
    Reveal,
    /// The facilitator goes through the queue.
    Queue,
}

/// Plays a board.
pub(super) fn play(recipe: Recipe, seed: u64) -> Played {
    let mut rng = StdRng::seed_from_u64(seed);
    let people = rng.random_range(5..=12);
    let start = Millis(rng.random_range(0..1_000_000_000));
    let events = script(recipe, people, start, &mut rng);
    let mut stage = Stage::open(recipe, people, start, rng);
    let mut look = start.next(LOOK);
    for (at, event) in events {
        while look < at {
            stage.look(look);
            look += LOOK;
        }
        stage.happens(at, event);
    }
    let end = start + WRITING + Millis(60_000);
    while look < end {
        stage.look(look);
        look += LOOK;
    }
    stage.facilitate(end, move_phase(Phase::Write, Phase::Cluster));
    assert!(stage.waiting.is_empty(), "something waits after the seal");
    stage.played
}

/// Who does what when.
fn script(recipe: Recipe, people: usize, start: Millis, rng: &mut StdRng) -> Vec<(Millis, Event)> {
    let end = start + WRITING;
    let mut events = Vec::new();
    for person in 0..people {
        let mut at = start + Millis(rng.random_range(0..40_000));
        events.push((at, Event::Comes(person)));
        if recipe.colluders == Colluders::AlwaysWaiting && person < COLLUDERS {
            // Right after each look, before anybody else has had time to write.
            let mut look = at.next(LOOK);
            while look < end {
                events.push((
                    look + Millis(rng.random_range(1..500)),
                    Event::Posts(person),
                ));
                look += LOOK;
            }
            continue;
        }
        for _ in 0..*[0, 1, 1, 2, 2, 3, 5].choose(rng).unwrap() {
            let posts = moment(at..end, rng);
            events.push((posts, Event::Posts(person)));
            if rng.random_bool(0.3) {
                events.push((moment(posts..end, rng), Event::Rewrites(person)));
            }
            if rng.random_bool(0.1) {
                events.push((moment(posts..end, rng), Event::TakesBack(person)));
            }
        }
        if rng.random_bool(0.3) {
            at = moment(at..end, rng);
            events.push((at, Event::Leaves(person)));
            if rng.random_bool(0.5) {
                events.push((
                    at + Millis(rng.random_range(5_000..60_000)),
                    Event::Comes(person),
                ));
            }
        }
    }
    let reveals = match recipe.policy {
        Release::Reveal => rng.random_range(1..=3),
        Release::Pooled => rng.random_range(0..=1),
    };
    for _ in 0..reveals {
        events.push((moment(start..end, rng), Event::Reveal));
    }
    for _ in 0..8 {
        events.push((moment(start..end, rng), Event::Queue));
    }
    events.sort_by_key(|(at, _)| *at);
    events
}

fn moment(within: Range<Millis>, rng: &mut StdRng) -> Millis {
    Millis(rng.random_range(within.start.0..within.end.0))
}
