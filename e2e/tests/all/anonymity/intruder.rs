//! The motivated intruder: somebody who has everything a facilitator receives, who knows when each
//! person pressed *post*, and who is in league with as many people as a pool needs less one, wants to
//! know who wrote a note.
//!
//! What people are told is: the smaller the crowd, the easier it is to guess. So guessing, by the crowd,
//! is what the intruder is measured against: see [`riddles`]. Learning whatever else could tell one note
//! of a release from another must not help.

mod boards;
mod learner;
mod riddles;
mod stage;
mod statistics;
mod traffic;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

use candour_e2e::report;
use candour_shared::settings::Release as Policy;
use candour_shared::time::Millis;

use boards::{Act, Colluders, Ids, Person, Recipe, Shuffle, play};
use learner::{Learner, chance};
use riddles::{Candidate, Kind, Riddle};
use statistics::{independence, togetherness};
use traffic::{Board, Release, Trait};

/// How many boards are played for each policy; the intruder learns on half of them.
const BOARDS: u64 = 2_000;
/// How many boards are enough to find a leak.
const LEAKY_BOARDS: u64 = 300;
/// By how many points of a hundred the intruder may be better than guessing.
const BUDGET: f64 = 2.0;
/// How unlikely by chance an order has to be to be no chance.
const UNLIKELY: f64 = 1e-4;
/// The same in standard deviations.
const FAR: f64 = 4.0;

/// What is to be told apart by nothing: all but the lengths, which are the authors' own.
const ORDERS: [Trait; 4] = [Trait::Bytes, Trait::WallBytes, Trait::Place, Trait::Id];

const HONEST: Recipe = Recipe {
    policy: Policy::Pooled,
    colluders: Colluders::LikeEverybody,
    shuffle: Shuffle::Random,
    ids: Ids::Random,
};

#[test]
fn under_reveal_all_that_facilitators_receive_is_no_better_than_guessing() {
    let policy = Policy::Reveal;
    measure("reveal", Recipe { policy, ..HONEST }, BOARDS);
}

#[test]
fn under_pooled_all_that_facilitators_receive_is_no_better_than_guessing() {
    measure("pooled", HONEST, BOARDS);
}

#[test]
fn colluders_who_always_wait_make_crowds_small_but_learn_nothing_else() {
    let colluders = Colluders::AlwaysWaiting;
    let recipe = Recipe {
        colluders,
        ..HONEST
    };
    measure("pooled, with colluders who always wait", recipe, BOARDS / 2);
}

/// Plays boards, attacks them, prints what came out, and holds it against the budget.
fn measure(name: &str, recipe: Recipe, number: u64) {
    let boards = play_and_read(recipe, number);
    let found = attack(&boards, |_| true);
    let mut found_out = format!("{name}: {number} boards, half of them to learn on\n{found}");
    let mut orders = Vec::new();
    for of_note in ORDERS {
        let order = independence(&by_posting(&boards, of_note));
        let together = togetherness(&authors(&boards, of_note));
        found_out += &format!(
            "\n  {of_note:?} and the order of posting: {order}; one person's notes together: \
             {together:+.1} standard deviations"
        );
        orders.push((order, together));
    }
    report(&found_out);
    assert!(found.advantage() <= BUDGET + 3.0 * found.error(), "{name}");
    for (order, together) in orders {
        assert!(order.p > UNLIKELY && together < FAR, "{name}");
    }
}

/// The proof that the attack could win: servers and pages that make one mistake each.
#[test]
fn the_intruder_wins_where_there_is_a_leak() {
    let unshuffled = Recipe {
        shuffle: Shuffle::Broken,
        ids: Ids::Ascending,
        ..HONEST
    };
    let tellingly_named = Recipe {
        ids: Ids::Ascending,
        ..HONEST
    };
    for (recipe, leaks) in [(unshuffled, &ORDERS[..3]), (tellingly_named, &[Trait::Id])] {
        for policy in [Policy::Reveal, Policy::Pooled] {
            let boards = play_and_read(Recipe { policy, ..recipe }, LEAKY_BOARDS);
            for of_note in leaks {
                let found = attack(&boards, |kind| kind.of_note == *of_note);
                let order = independence(&by_posting(&boards, *of_note));
                println!("{policy:?}, leak by {of_note:?}: {order}\n{found}");
                assert!(found.advantage() > 10.0, "{of_note:?} was not used");
                assert!(order.p < UNLIKELY, "{of_note:?}: {order}");
            }
        }
    }
}

#[test]
fn notes_of_one_person_that_lie_together_are_noticed() {
    let grouped = Recipe {
        shuffle: Shuffle::Broken,
        ids: Ids::ByPerson,
        ..HONEST
    };
    for policy in [Policy::Reveal, Policy::Pooled] {
        let boards = play_and_read(Recipe { policy, ..grouped }, LEAKY_BOARDS);
        for of_note in ORDERS {
            let together = togetherness(&authors(&boards, of_note));
            println!("{policy:?}, grouped by {of_note:?}: {together:+.1} standard deviations");
            assert!(together > FAR, "{of_note:?}: {together}");
        }
    }
}

fn play_and_read(recipe: Recipe, boards: u64) -> Vec<Board> {
    let seeds = 1..=boards;
    seeds
        .map(|seed| traffic::read(play(recipe, seed)))
        .collect()
}

/// Learns on every other board and guesses on the rest.
fn attack(boards: &[Board], may: impl Fn(Kind) -> bool) -> Found {
    let riddles: Vec<Vec<Riddle>> = boards.iter().map(riddles::of).collect();
    let learner = Learner::train(riddles.iter().step_by(2), may);
    let mut found = Found {
        method: learner.method().to_owned(),
        ..Found::default()
    };
    for board in riddles.iter().skip(1).step_by(2) {
        let mut open = Score::default();
        for riddle in board {
            let score = Score {
                riddles: 1.0,
                by_first_crowd: chance(riddle, |it: &Candidate| it.by_first_crowd.ln()),
                guessing: chance(riddle, |it: &Candidate| it.by_crowds.ln()),
                intruder: learner.guess(riddle),
            };
            let candidates = riddle.candidates.len();
            *found.by_candidates.entry(candidates).or_default() += score;
            if candidates > 1 {
                *found.by_touched.entry(riddle.touched).or_default() += score;
                open += score;
            }
        }
        found.by_board.push(open);
    }
    found
}

/// How many riddles were solved, in how many ways.
#[derive(Clone, Copy, Default)]
struct Score {
    riddles: f64,
    /// By guessing, if one knew the crowd of each note's first release only.
    by_first_crowd: f64,
    guessing: f64,
    intruder: f64,
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.riddles += other.riddles;
        self.by_first_crowd += other.by_first_crowd;
        self.guessing += other.guessing;
        self.intruder += other.intruder;
    }
}

/// What an attack came to.
#[derive(Default)]
struct Found {
    method: String,
    /// The riddles with more than one candidate, board by board.
    by_board: Vec<Score>,
    /// The same, by whether the note was rewritten or taken back after its release.
    by_touched: BTreeMap<bool, Score>,
    /// All riddles.
    by_candidates: BTreeMap<usize, Score>,
}

impl Found {
    /// How much better than guessing the intruder is, in points of a hundred.
    fn advantage(&self) -> f64 {
        let all = self.all();
        100.0 * (all.intruder - all.guessing) / all.riddles
    }

    /// The advantage's standard error. Riddles of one board depend on each other, so it is that of a ratio
    /// of sums over boards.
    fn error(&self) -> f64 {
        let share = self.advantage() / 100.0;
        let residuals = self
            .by_board
            .iter()
            .map(|board| board.intruder - board.guessing - share * board.riddles);
        100.0 * residuals.map(|it| it * it).sum::<f64>().sqrt() / self.all().riddles
    }

    fn all(&self) -> Score {
        let mut all = Score::default();
        self.by_board.iter().for_each(|board| all += *board);
        all
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: f64, score: &Score| format!("{:.1} %", 100.0 * part / score.riddles);
        let verdict = if self.advantage() <= BUDGET {
            "within"
        } else {
            "over"
        };
        write!(
            f,
            "  the intruder goes by {}: advantage {:+.2} points, standard error {:.2}: {verdict} the \
             budget of {BUDGET}",
            self.method,
            self.advantage(),
            self.error(),
        )?;
        for (touched, score) in &self.by_touched {
            let what = if *touched {
                "rewritten or taken back after their release"
            } else {
                "left as they were"
            };
            write!(
                f,
                "\n  {} notes {what}: guessing {}, intruder {} (guessing by the first crowd alone {})",
                score.riddles,
                percent(score.guessing, score),
                percent(score.intruder, score),
                percent(score.by_first_crowd, score),
            )?;
        }
        write!(f, "\n  intruder right, by the number of candidates:")?;
        for (candidates, score) in &self.by_candidates {
            let right = percent(score.intruder, score);
            write!(f, " {candidates}: {right} of {};", score.riddles)?;
        }
        Ok(())
    }
}

/// A new note of a release.
struct New {
    posted: Millis,
    author: Person,
    rank: usize,
}

/// For every release, in the order of posting: which new note comes where.
fn by_posting(boards: &[Board], of_note: Trait) -> Vec<Vec<usize>> {
    let ranks = new_notes(boards, of_note).map(|mut new| {
        new.sort_unstable_by_key(|it| it.posted);
        new.into_iter().map(|it| it.rank).collect()
    });
    ranks.collect()
}

/// For every release, in the order of its new notes: whose they are.
fn authors(boards: &[Board], of_note: Trait) -> Vec<Vec<Person>> {
    let authors = new_notes(boards, of_note).map(|mut new| {
        new.sort_unstable_by_key(|it| it.rank);
        new.into_iter().map(|it| it.author).collect()
    });
    authors.collect()
}

/// The new notes of every release in which each has its rank.
fn new_notes(boards: &[Board], of_note: Trait) -> impl Iterator<Item = Vec<New>> {
    boards.iter().flat_map(move |board| {
        board.releases.iter().filter_map(move |release| {
            let Release { crowd, sightings } = release;
            let new = sightings.iter().filter(|it| it.act == Act::Post);
            new.map(|it| {
                Some(New {
                    posted: crowd.pressed_at(it.note),
                    author: board.authors[&it.note],
                    rank: it.ranks[of_note as usize]?,
                })
            })
            .collect()
        })
    })
}
