//! Whether one order depends on another, and whether what belongs together lies together.

use std::collections::BTreeMap;
use std::fmt;

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

/// Fewest times that each cell of a table has to be expected for the test to hold.
const EXPECTED: usize = 5;

/// A χ² test.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChiSquare {
    pub(super) statistic: f64,
    pub(super) freedom: u32,
    pub(super) p: f64,
}

impl fmt::Display for ChiSquare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            statistic,
            freedom,
            p,
        } = self;
        write!(f, "χ² = {statistic:.1}, {freedom} degrees of freedom, p = ")?;
        if *p < 1e-4 {
            write!(f, "{p:.0e}")
        } else {
            write!(f, "{p:.4}")
        }
    }
}

/// Tests whether permutations are drawn without preference: each is given as what is in the first place,
/// in the second, and so on.
///
/// For every length there is a table of how often what stood where. The cells of a table of *N* random
/// permutations of *n* things have the mean *N*/*n* and, as the rows and columns have fixed sums, a
/// covariance with (*n* − 1)² eigenvalues of *N*/(*n* − 1) and none besides. So the sum of squared
/// deviations by that number has a χ² distribution with (*n* − 1)² degrees of freedom; tables of different
/// lengths add up.
pub(super) fn independence(permutations: &[Vec<usize>]) -> ChiSquare {
    let mut by_length: BTreeMap<usize, Vec<&Vec<usize>>> = BTreeMap::new();
    for permutation in permutations {
        by_length
            .entry(permutation.len())
            .or_default()
            .push(permutation);
    }
    let (mut statistic, mut freedom) = (0.0, 0);
    for (length, drawn) in by_length {
        if length < 2 || drawn.len() < EXPECTED * length {
            continue;
        }
        let mut table = vec![0.0; length * length];
        for permutation in &drawn {
            for (place, what) in permutation.iter().enumerate() {
                table[place * length + what] += 1.0;
            }
        }
        let mean = drawn.len() as f64 / length as f64;
        let squares: f64 = table.iter().map(|count| (count - mean).powi(2)).sum();
        let steps = length - 1;
        statistic += squares * steps as f64 / drawn.len() as f64;
        freedom += u32::try_from(steps * steps).unwrap();
    }
    ChiSquare {
        statistic,
        freedom,
        p: beyond(statistic, freedom),
    }
}

/// How likely a χ² of so many degrees of freedom is larger: 1 less the regularised lower incomplete
/// gamma function, by its series (Abramowitz and Stegun, 6.5.29).
fn beyond(statistic: f64, freedom: u32) -> f64 {
    let (a, x) = (f64::from(freedom) / 2.0, statistic / 2.0);
    let (mut term, mut next, mut sum) = (a * x.ln() - x - ln_gamma(freedom + 2), a, 0.0);
    // The terms, here as logarithms, rise as long as `next` is below x.
    while next < x || term > -40.0 {
        sum += term.exp();
        next += 1.0;
        term += (x / next).ln();
    }
    (1.0 - sum).max(0.0)
}

/// ln Γ(n/2), from Γ(1) = 1 and Γ(1/2) = √π.
fn ln_gamma(n: u32) -> f64 {
    let (first, start) = if n.is_multiple_of(2) {
        (2, 0.0)
    } else {
        (1, 0.5 * std::f64::consts::PI.ln())
    };
    let steps = (first..n).step_by(2);
    start + steps.map(|k| (f64::from(k) / 2.0).ln()).sum::<f64>()
}

/// How many times the lists are shuffled to see what chance does.
const SHUFFLES: u32 = 200;

/// Whether equal things stand next to each other more often than chance puts them there: by how many
/// standard deviations, for all lists together.
pub(super) fn togetherness<T: PartialEq + Clone>(lists: &[Vec<T>]) -> f64 {
    let pairs = |lists: &[Vec<T>]| -> f64 {
        let neighbours = lists.iter().flat_map(|list| list.windows(2));
        neighbours.filter(|pair| pair[0] == pair[1]).count() as f64
    };
    let found = pairs(lists);
    let rng = &mut StdRng::seed_from_u64(1);
    let mut lists = lists.to_vec();
    let by_chance: Vec<f64> = (0..SHUFFLES)
        .map(|_| {
            lists.iter_mut().for_each(|list| list.shuffle(rng));
            pairs(&lists)
        })
        .collect();
    let number = f64::from(SHUFFLES);
    let mean = by_chance.iter().sum::<f64>() / number;
    let squares = by_chance.iter().map(|it| (it - mean).powi(2));
    (found - mean) / (squares.sum::<f64>() / (number - 1.0)).sqrt()
}

#[test]
fn the_distribution_is_the_one_in_the_tables() {
    for (statistic, freedom, p) in [
        (3.841_459, 1, 0.05),
        (9.210_340, 2, 0.01),
        (18.307_038, 10, 0.05),
        (149.449_253, 100, 0.001),
        (99.334_129, 100, 0.5),
        (9_000.0, 100, 0.0),
    ] {
        let found = beyond(statistic, freedom);
        assert!((found - p).abs() < 1e-6, "{statistic} {freedom}: {found}");
    }
}
