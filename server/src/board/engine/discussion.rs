//! What facilitators write down while people discuss: commitments and remarks.

use candour_shared::checks::REMARK_CHARS;
use candour_shared::commitment::{Commitment, MAX_COMMITMENTS};
use candour_shared::denied::Denied;
use candour_shared::ids::{CommitmentId, Item};

use super::request::{Mine, Outcome};
use super::transaction::Transaction;

impl Transaction<'_> {
    pub(super) fn put_commitment(&mut self, id: CommitmentId, content: &Commitment) -> Outcome {
        let organisations = self.settings.organisations.len();
        if content
            .who
            .is_some_and(|who| usize::from(who) >= organisations)
        {
            return Err(Denied::NoSuchOrganisation);
        }
        let others = self.wall.commitments().filter(|(other, _)| *other != id);
        if others.count() >= MAX_COMMITMENTS {
            return Err(Denied::Full {
                limit: MAX_COMMITMENTS,
            });
        }
        self.wall.put_commitment(id, content);
        Ok(Mine::Same)
    }

    pub(super) fn remove_commitment(&mut self, id: CommitmentId) -> Outcome {
        if self.wall.commitments().any(|(there, _)| there == id) {
            self.wall.remove_commitment(id);
            // Pages that come later must not receive it as a part of what happened before.
            self.seal = true;
        }
        Ok(Mine::Same)
    }

    pub(super) fn set_remark(&mut self, on: Option<Item>, text: &str) -> Outcome {
        if let Some(item) = on {
            self.check_there(item)?;
        }
        if text.is_empty() && self.wall.remarks().any(|(there, _)| there == on) {
            // As for a commitment: it may have named a person.
            self.seal = true;
        }
        self.wall.set_remark(on, text);
        Ok(Mine::Same)
    }

    /// Adds what was said about a thing that ends to another's remark, as far as there is room for it.
    pub(super) fn hand_on_remark(&mut self, from: Item, to: Option<Item>) {
        let mut remarks = self.wall.remarks();
        let Some((_, ended)) = remarks.find(|(on, _)| *on == Some(from)) else {
            return;
        };
        drop(remarks);
        let there = self.wall.remarks().find(|(on, _)| *on == to);
        let joined = match there {
            Some((_, text)) => format!("{text}\n{ended}"),
            None => ended,
        };
        let joined: String = joined.chars().take(REMARK_CHARS).collect();
        self.wall.set_remark(to, joined.trim());
        self.wall.set_remark(Some(from), "");
    }
}
