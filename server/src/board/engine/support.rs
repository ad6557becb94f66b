//! Which organisations stand behind an item, told so that it says next to nothing about any one person.
//!
//! An organisation is named by chance, the likelier the more of its people gave the item dots, and never
//! below the board's `min_group`. One person more or less changes the odds of being named at most
//! [`ODDS`]-fold, except for a chance of [`SLIP`]: so even a person who knows the votes of all others
//! learns little from the result about the last person. This is the truncated selection of D.
//! Desfontaines, J. Voss and B. Gipson, "Differentially private partition selection" (PoPETs 2022), with
//! a lowest count. Every round draws anew.
//!
//! People are not counted, so nothing can be subtracted; but everyone knows the total of dots. Therefore
//! organisations are named only as long as the dots that they don't need to have given could be a group
//! of `min_group` people themselves.

use std::collections::BTreeMap;

use candour_shared::ids::{Item, OrganisationIndex};
use candour_shared::settings::Settings;
use candour_shared::voting::{Support, Tally};
use rand::Rng;
use rand::seq::SliceRandom as _;

use super::vault::Backers;

/// How many times likelier or less likely a result can become by one person.
const ODDS: f64 = 2.0;
/// How likely an organisation with exactly `min_group` people is named.
const SLIP: f64 = 0.01;

/// Who stands behind each item that has dots, in the order of items; items without anybody to name are
/// left out. Takes the same number of random draws, independent of who voted for what.
pub(super) fn support(
    totals: &[Tally],
    backers: &BTreeMap<Item, Backers>,
    settings: &Settings,
    rng: &mut dyn Rng,
) -> Vec<Support> {
    let none = Backers::new();
    let mut items: Vec<&Tally> = totals.iter().collect();
    items.sort_by_key(|tally| tally.item);
    items
        .into_iter()
        .map(|tally| {
            of_item(
                *tally,
                backers.get(&tally.item).unwrap_or(&none),
                settings,
                rng,
            )
        })
        .filter(|support| !support.organisations.is_empty() || support.others)
        .collect()
}

fn of_item(tally: Tally, backers: &Backers, settings: &Settings, rng: &mut dyn Rng) -> Support {
    let min_group = u32::from(settings.privacy.min_group);
    let people = |organisation: &OrganisationIndex| backers.get(organisation).copied().unwrap_or(0);
    let mut order: Vec<OrganisationIndex> = (0..settings.organisations.len())
        .filter_map(|index| index.try_into().ok())
        .collect();
    order.shuffle(rng);
    let (mut organisations, mut others) = (Vec::new(), 0);
    for organisation in order {
        let lucky = draw(rng) < chance(people(&organisation), min_group);
        let named = organisations.len() as u32 + 1;
        if lucky && (named + 1) * min_group <= tally.dots {
            organisations.push(organisation);
        } else {
            others += people(&organisation);
        }
    }
    organisations.sort_unstable();
    Support {
        item: tally.item,
        others: draw(rng) < chance(others, min_group),
        organisations,
    }
}

/// How likely so many people are named. Each step from 0 to 1 is as large as [`ODDS`] and [`SLIP`] allow,
/// for being named and for not being named.
fn chance(people: u32, min_group: u32) -> f64 {
    let mut chance = 0.0;
    for _ in min_group..=people {
        let up = ODDS * chance + SLIP;
        let down = 1.0 - (1.0 - chance - SLIP) / ODDS;
        chance = up.min(down).min(1.0);
    }
    chance
}

/// A number from 0 to below 1, of 53 random bits.
fn draw(rng: &mut dyn Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests;
