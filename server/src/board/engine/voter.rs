//! Ballots: a dot is a tag that only its giver can recompute, so that dots can be counted and taken
//! back without the server, or anyone else, knowing whose they are.
//!
//! For dot *j* on item *i*: `HMAC(pepper of the round, HKDF(token, "vote" ‖ board ‖ round) ‖ i ‖ j)`.
//! A person's dots on an item are always the first ones: dot 1 is there only if dot 0 is.

use candour_shared::ids::{BoardId, Item};
use candour_shared::protocol::MyVotes;
use candour_shared::voting::Tally;

use super::vault::Ballots;
use crate::keys::{Pepper, PersonalKey, Secret, ServerKey, Tag};

/// One person's view of the open round's ballots.
pub(super) struct Voter<'a> {
    ballots: &'a Ballots,
    pepper: Pepper,
    key: PersonalKey,
}

impl<'a> Voter<'a> {
    /// The person with this token, in the round of these ballots.
    pub(super) fn new(
        ballots: &'a Ballots,
        server: &ServerKey,
        board: BoardId,
        token: &Secret,
    ) -> Self {
        Self {
            ballots,
            pepper: server.pepper(board, &ballots.salt),
            key: PersonalKey::vote(token, board, ballots.round.as_bytes()),
        }
    }

    /// What their own page shows them of it.
    pub(super) fn votes(&self) -> MyVotes {
        let dots = self.ballots.items.keys().map(|item| Tally {
            item: *item,
            dots: self.on(*item),
        });
        MyVotes {
            round: self.ballots.round,
            dots: dots.filter(|tally| tally.dots > 0).collect(),
        }
    }

    /// How many dots they have on an item.
    pub(super) fn on(&self, item: Item) -> u32 {
        let Some(tags) = self.ballots.items.get(&item) else {
            return 0;
        };
        (0..=u8::MAX)
            .take_while(|dot| tags.contains(&self.tag(item, *dot)))
            .map(|_| 1)
            .sum()
    }

    /// How many dots they have on all other items.
    pub(super) fn elsewhere(&self, item: Item) -> u32 {
        self.ballots
            .items
            .keys()
            .filter(|other| **other != item)
            .map(|other| self.on(*other))
            .sum()
    }

    /// The tag of one of their dots on an item.
    pub(super) fn tag(&self, item: Item, dot: u8) -> Tag {
        let (kind, id) = match &item {
            Item::Cluster(cluster) => (b'c', cluster.as_bytes()),
            Item::Note(note) => (b'n', note.as_bytes()),
        };
        self.pepper.tag(&self.key, &[&[kind], id, &[dot]])
    }
}
