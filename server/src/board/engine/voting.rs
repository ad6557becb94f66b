//! Voting: rounds, and the dots that participants give in them.

use candour_shared::denied::Denied;
use candour_shared::ids::{Item, RoundId};
use candour_shared::voting::{Budget, Tally};
use candour_shared::wall::Round;

use super::request::{Giver, Mine, Outcome};
use super::support::support;
use super::transaction::Transaction;
use super::vault::change::{Backer, VaultChange};
use super::voter::Voter;
use crate::keys::{Salt, Tag};

/// Most rounds of one board.
const MAX_ROUNDS: usize = 20;

impl Transaction<'_> {
    pub(super) fn open_round(
        &mut self,
        id: RoundId,
        question: String,
        budget: Budget,
        mut among: Vec<Item>,
    ) -> Outcome {
        if self.wall.round(id).is_some() {
            return Ok(Mine::Same);
        }
        let rounds = self.wall.rounds();
        if rounds.iter().any(|(_, round)| round.totals.is_none()) {
            return Err(Denied::RoundOpen);
        }
        if rounds.len() >= MAX_ROUNDS {
            return Err(Denied::Full { limit: MAX_ROUNDS });
        }
        if !among.iter().all(|item| self.wall.can_be_voted_on(*item)) {
            return Err(Denied::NoSuchItem);
        }
        among.sort_unstable();
        among.dedup();
        let number = rounds.last().map_or(0, |(_, round)| round.number) + 1;
        self.wall.put_round(
            id,
            &Round {
                number,
                question,
                budget,
                among,
                totals: None,
                support: Vec::new(),
            },
        );
        let salt = Salt::random(self.rng);
        self.note_in_vault(VaultChange::RoundOpened(id, salt));
        Ok(Mine::OfEveryone)
    }

    pub(super) fn cast_dots(
        &mut self,
        giver: &Giver<'_>,
        round: RoundId,
        item: Item,
        dots: u8,
    ) -> Outcome {
        let open = self.wall.open_round().filter(|(open, _)| *open == round);
        let (Some((_, open)), Some(ballots)) = (open, &self.vault.ballots) else {
            return Err(Denied::RoundClosed);
        };
        if !open.is_about(item) || !self.wall.can_be_voted_on(item) {
            return Err(Denied::NoSuchItem);
        }
        let voter = Voter::new(ballots, self.key, self.board, &giver.identity.token);
        open.budget.check_cast(voter.elsewhere(item), dots)?;
        let on: Vec<Tag> = (0..dots).map(|dot| voter.tag(item, dot)).collect();
        let off: Vec<Tag> = (dots..open.budget.per_item)
            .map(|dot| voter.tag(item, dot))
            .collect();
        let there = ballots.items.get(&item);
        let is_there = |tag: &Tag| there.is_some_and(|tags| tags.contains(tag));
        if on.iter().all(is_there) && !off.iter().any(is_there) {
            return Ok(Mine::Same);
        }
        let backer = match (voter.on(item), dots) {
            (0, 1..) => giver.organisation.map(Backer::More),
            (1.., 0) => giver.organisation.map(Backer::Less),
            (0, 0) | (1.., 1..) => None,
        };
        self.note_in_vault(VaultChange::Cast {
            item,
            on,
            off,
            backer,
        });
        Ok(Mine::OfAsker)
    }

    pub(super) fn close_round(&mut self, id: RoundId) -> Outcome {
        match self.wall.round(id) {
            None => Err(Denied::RoundClosed),
            Some(Round {
                totals: Some(_), ..
            }) => Ok(Mine::Same),
            Some(round) => {
                let mut totals: Vec<Tally> = self
                    .vault
                    .ballots
                    .iter()
                    .flat_map(|ballots| &ballots.items)
                    .map(|(item, tags)| Tally {
                        item: *item,
                        dots: tags.len() as u32,
                    })
                    .collect();
                totals.sort_by_key(|tally| (std::cmp::Reverse(tally.dots), tally.item));
                let support = self.vault.ballots.as_ref().map(|ballots| {
                    support(&totals, &ballots.backers, self.settings, &mut *self.rng)
                });
                self.wall.put_round(
                    id,
                    &Round {
                        totals: Some(totals),
                        support: support.unwrap_or_default(),
                        ..round
                    },
                );
                self.note_in_vault(VaultChange::RoundClosed);
                self.seal = true;
                Ok(Mine::OfEveryone)
            }
        }
    }

    /// Gives the dots on a thing that left the board back to the participants who gave them.
    pub(super) fn return_dots(&mut self, item: Item) {
        let cast = self
            .vault
            .ballots
            .as_ref()
            .is_some_and(|open| open.items.contains_key(&item));
        if cast {
            self.note_in_vault(VaultChange::ItemGone(item));
        }
    }
}
