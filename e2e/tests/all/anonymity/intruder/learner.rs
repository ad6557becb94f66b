//! The attacker's learner. On boards whose authors it knows it counts, for every kind of clue, how much
//! more often a clue fits the author than it fits whom guessing would name. Then it goes by the clues that
//! helped most on boards on which it had not counted: one kind, all of one trait or timing, or all there
//! are (naive Bayes).

use super::riddles::{CELLS, Candidate, Kind, Riddle, Timing};
use super::traffic::Trait;

/// As many fictitious observations are added to every count, so that rare clues say little.
const SMOOTHING: f64 = 10.0;

/// What was learnt.
pub(super) struct Learner {
    weights: Weights,
    way: Way,
}

/// For each kind of clue and each clue, the logarithm of how much likelier it makes somebody.
type Weights = Vec<[f64; CELLS]>;

/// Which kinds of clue are used.
struct Way {
    name: String,
    uses: Vec<bool>,
}

impl Learner {
    /// Learns from boards, by the kinds of clue that it may use.
    pub(super) fn train<'a>(
        boards: impl Iterator<Item = &'a Vec<Riddle>>,
        may: impl Fn(Kind) -> bool,
    ) -> Self {
        let mut halves: [Vec<&Riddle>; 2] = Default::default();
        for (index, board) in boards.enumerate() {
            halves[index % 2].extend(board);
        }
        let [one, other] = &halves;
        let learnt = [weights(other), weights(one)];
        let right = |way: &Way| {
            let riddles = halves
                .iter()
                .zip(&learnt)
                .flat_map(|(half, weights)| half.iter().map(|riddle| guess(riddle, weights, way)));
            riddles.sum::<f64>()
        };
        let best = ways(may)
            .into_iter()
            .map(|way| (right(&way), way))
            .max_by(|(one, _), (other, _)| one.total_cmp(other));
        Self {
            weights: weights(&halves.concat()),
            way: best.unwrap().1,
        }
    }

    /// What it goes by, in words.
    pub(super) fn method(&self) -> &str {
        &self.way.name
    }

    /// How likely its guess is right.
    pub(super) fn guess(&self, riddle: &Riddle) -> f64 {
        guess(riddle, &self.weights, &self.way)
    }
}

fn ways(may: impl Fn(Kind) -> bool) -> Vec<Way> {
    let kinds = Kind::all();
    let way = |name: String, of: &dyn Fn(Kind) -> bool| Way {
        name,
        uses: kinds.iter().map(|kind| may(*kind) && of(*kind)).collect(),
    };
    let single = kinds
        .iter()
        .map(|one| way(format!("{one:?}"), &|kind| kind == *one));
    let traits = Trait::ALL
        .iter()
        .map(|one| way(format!("{one:?}"), &|kind| kind.of_note == *one));
    let timings = Timing::ALL
        .iter()
        .map(|one| way(format!("{one:?}"), &|kind| kind.timing == *one));
    let all = way("all clues together".to_owned(), &|_| true);
    let mut ways: Vec<Way> = single.chain(traits).chain(timings).chain([all]).collect();
    ways.retain(|way| way.uses.contains(&true));
    ways
}

fn guess(riddle: &Riddle, weights: &Weights, way: &Way) -> f64 {
    chance(riddle, |candidate| {
        let used = candidate.clues.iter().filter(|clue| way.uses[clue.kind]);
        let learnt: f64 = used.map(|clue| weights[clue.kind][clue.cell]).sum();
        candidate.by_crowds.ln() + learnt
    })
}

/// How likely somebody is right who names one of those whose score is highest.
pub(super) fn chance(riddle: &Riddle, score: impl Fn(&Candidate) -> f64) -> f64 {
    let scores: Vec<f64> = riddle.candidates.iter().map(score).collect();
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let named = |index: usize| scores[index] >= highest - 1e-9;
    let all = (0..scores.len()).filter(|index| named(*index)).count();
    let right = (0..scores.len())
        .any(|index| named(index) && riddle.candidates[index].person == riddle.author);
    f64::from(u8::from(right)) / all as f64
}

fn weights(riddles: &[&Riddle]) -> Weights {
    let kinds = Kind::all().len();
    let mut of_authors = vec![[SMOOTHING; CELLS]; kinds];
    let mut of_guesses = of_authors.clone();
    for riddle in riddles {
        let sum: f64 = riddle.candidates.iter().map(|it| it.by_crowds).sum();
        for candidate in &riddle.candidates {
            for clue in &candidate.clues {
                of_guesses[clue.kind][clue.cell] += candidate.by_crowds / sum;
                if candidate.person == riddle.author {
                    of_authors[clue.kind][clue.cell] += 1.0;
                }
            }
        }
    }
    for (authors, guesses) in of_authors.iter_mut().zip(&of_guesses) {
        for (author, guessed) in authors.iter_mut().zip(guesses) {
            *author = (*author / guessed).ln();
        }
    }
    of_authors
}
