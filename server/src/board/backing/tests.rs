//! Against attackers: one who knows everybody's votes but one person's, and one who subtracts.

use candour_shared::ids::NoteId;
use candour_shared::templates::Template;
use proptest::prelude::*;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::*;

const ITEM: Item = Item::Note(NoteId::from_bytes([1; 16]));

fn settings(organisations: usize, min_group: u8) -> Settings {
    let mut settings = Template::Blank.settings();
    settings.organisations = (0..organisations)
        .map(|index| format!("Organisation {index}"))
        .collect();
    settings.privacy.min_group = min_group;
    settings
}

/// The backing of one item that these numbers of people gave one dot each.
fn of_one(people: &[u32], settings: &Settings, seed: u64) -> Backing {
    let dots = people.iter().sum();
    let backers = (0..).zip(people.iter().copied()).collect();
    let rng = &mut StdRng::seed_from_u64(seed);
    of_item(Tally { item: ITEM, dots }, &backers, settings, rng)
}

#[test]
fn one_person_changes_the_odds_of_being_named_no_more_than_promised() {
    for min_group in 2..=20 {
        assert_eq!(chance(min_group - 1, min_group), 0.0);
        assert_eq!(chance(min_group + 40, min_group), 1.0);
        for people in 0..min_group + 40 {
            let (without, with) = (chance(people, min_group), chance(people + 1, min_group));
            let close = 1e-12;
            assert!(with >= without);
            assert!(
                with <= ODDS * without + SLIP + close,
                "named: {people} of {min_group}"
            );
            assert!(
                1.0 - without <= ODDS * (1.0 - with) + SLIP + close,
                "not named: {people} of {min_group}"
            );
        }
    }
}

/// The attacker knows all votes but one person's, and whether that person voted for the item was decided
/// by a coin. The best they can do with the result is to say "yes" exactly where it is likelier with the
/// person than without.
#[test]
fn who_knows_all_but_one_contributor_is_seldom_sure_and_never_below_the_group() {
    let settings = settings(2, 5);
    for known in 0..20 {
        let mut seen: BTreeMap<(Vec<u8>, bool), [u32; 2]> = BTreeMap::new();
        for seed in 0..4_000 {
            for (with, count) in [(0, known), (1, known + 1)] {
                // Enough others that the total alone rules nothing out.
                let backing = of_one(&[count, 30], &settings, seed * 2 + with as u64);
                seen.entry((backing.organisations, backing.others))
                    .or_default()[with] += 1;
            }
        }
        for ([without, with], outcome) in seen.values().zip(seen.keys()) {
            if known + 1 < 5 && with + without > 200 {
                let difference = f64::from(with.abs_diff(*without)) / f64::from(with + without);
                assert!(
                    difference < 0.25,
                    "{known} known: {outcome:?} tells {difference}"
                );
            }
            // An outcome that only one of the two worlds can have gives the person away.
            if *without == 0 {
                assert!(
                    *with < 4_000 / 50,
                    "{known} known: {outcome:?} {with} times"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn no_total_leaves_a_small_group_when_the_named_are_subtracted(
        people in prop::collection::vec(0..40_u32, 1..6),
        min_group in 2..10_u8,
        seed in any::<u64>(),
    ) {
        let settings = settings(people.len(), min_group);
        let backing = of_one(&people, &settings, seed);
        let group = u32::from(min_group);
        let dots: u32 = people.iter().sum();
        let named = backing.organisations.len() as u32;
        for organisation in &backing.organisations {
            prop_assert!(people[usize::from(*organisation)] >= group);
        }
        if named > 0 {
            prop_assert!(dots - named * group >= group);
        }
        let unnamed = (0..).zip(&people).filter(|(index, _)| !backing.organisations.contains(index));
        let others: u32 = unnamed.map(|(_, people)| people).sum();
        prop_assert!(!backing.others || others >= group);
    }

    #[test]
    fn the_same_random_numbers_are_drawn_whoever_voted(
        one in prop::collection::vec(0..40_u32, 4),
        other in prop::collection::vec(0..40_u32, 4),
        seed in any::<u64>(),
    ) {
        let settings = settings(4, 5);
        let after = [one, other].map(|people| {
            let rng = &mut StdRng::seed_from_u64(seed);
            let totals = [Tally { item: ITEM, dots: 100 }];
            let backers = BTreeMap::from([(ITEM, (0..).zip(people).collect())]);
            backing(&totals, &backers, &settings, rng);
            rng.next_u64()
        });
        prop_assert_eq!(after[0], after[1]);
    }
}

#[test]
fn two_rounds_of_the_same_votes_are_drawn_apart() {
    let settings = settings(1, 5);
    let named = |seed| !of_one(&[10], &settings, seed).organisations.is_empty();
    let twice = (0..2_000)
        .filter(|seed| named(2 * seed) && named(2 * seed + 1))
        .count();
    let once = (0..4_000).filter(|seed| named(*seed)).count();
    let expected = (once as f64 / 4_000.0).powi(2) * 2_000.0;
    assert!(
        (twice as f64 - expected).abs() < 150.0,
        "{twice} of {expected}"
    );
}
