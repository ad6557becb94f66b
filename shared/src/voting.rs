//! Words of voting: what is voted on, how much each person has, and what came out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::denied::Denied;
use crate::ids::{Item, OrganisationIndex};

/// Most dots a person can have in one round.
pub const MAX_DOTS: u8 = 50;

/// Most items to which a round can be confined.
pub const MAX_AMONG: usize = 50;

/// What each person can give in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Dots in all, 1 to [`MAX_DOTS`].
    pub dots: u8,
    /// Most dots on one item, 1 to `dots`.
    pub per_item: u8,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            dots: 5,
            per_item: 2,
        }
    }
}

impl Budget {
    /// Whether the numbers are in range.
    pub const fn check(self) -> Result<(), Denied> {
        if self.dots == 0 || self.dots > MAX_DOTS {
            return Err(Denied::OutOfRange {
                limit: MAX_DOTS as u32,
            });
        }
        if self.per_item == 0 || self.per_item > self.dots {
            return Err(Denied::OutOfRange {
                limit: self.dots as u32,
            });
        }
        Ok(())
    }

    /// Whether a person who has given `elsewhere` dots to other items may have `dots` on this one.
    pub const fn check_cast(self, elsewhere: u32, dots: u8) -> Result<(), Denied> {
        if dots > self.per_item {
            return Err(Denied::OverItemLimit {
                limit: self.per_item,
            });
        }
        if elsewhere + dots as u32 > self.dots as u32 {
            return Err(Denied::OverBudget { dots: self.dots });
        }
        Ok(())
    }
}

/// The dots of all people on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// What they are on: a cluster, or a note in none.
    pub item: Item,
    /// How many.
    pub dots: u32,
}

/// Which organisations stand behind an item: those of which enough people gave it dots in this round.
/// Fixed once, when the round closes; no people are counted, and below the board's `min_group` no organisation
/// is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Support {
    /// The item.
    pub item: Item,
    /// The organisations that are named, in the organiser's order.
    pub organisations: Vec<OrganisationIndex>,
    /// Whether enough people of all the others together gave it dots.
    pub others: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_bounds_one_item_and_all_items() {
        let budget = Budget {
            dots: 5,
            per_item: 2,
        };
        assert_eq!(budget.check_cast(3, 2), Ok(()));
        assert_eq!(budget.check_cast(4, 2), Err(Denied::OverBudget { dots: 5 }));
        assert_eq!(
            budget.check_cast(0, 3),
            Err(Denied::OverItemLimit { limit: 2 })
        );
        assert!(
            Budget {
                dots: 3,
                per_item: 4
            }
            .check()
            .is_err()
        );
    }
}
