//! What is looked at when nothing is on its way.

use std::collections::BTreeMap;
use std::time::Duration;

use candour_page::drags::LINGERS;
use candour_shared::command::Command;
use candour_shared::ids::Item;
use candour_shared::protocol::Mine;
use candour_shared::time::Millis;

use super::super::link::Link;
use super::super::page::Page;
use super::{NEIGHBOUR, Tab, World};

/// How often everybody is waited for until nothing is on its way.
const PATIENCE: u32 = 200;

impl World {
    /// Nothing goes wrong any more, until nothing is on its way.
    pub(super) fn rest(&mut self) {
        self.disk.set_failing(false);
        self.disk.set_full(false);
        for tab in &mut self.tabs {
            tab.page.let_go();
        }
        for _ in 0..PATIENCE {
            for tab in 0..self.tabs.len() {
                if !self.is_connected(tab) {
                    self.connect(tab);
                }
            }
            for link in 0..self.links.len() {
                while !self.links[link].up.is_empty() {
                    self.arrive(link);
                }
            }
            for link in 0..self.links.len() {
                if self.links[link].is_lost() {
                    self.notice(link);
                }
            }
            self.links.retain(|link| !link.is_noticed);
            self.move_clock(100);
            self.pass(Duration::from_millis(100));
            self.watch();
            // As long as they find something, more may wait for them in the server.
            let some_waits = self.slow_readers_read();
            for link in 0..self.links.len() {
                while !self.links[link].down.is_empty() {
                    self.hear(link);
                }
            }
            let at_rest = |link: &Link| link.is_welcomed && !link.is_lost() && link.up.is_empty();
            if !some_waits
                && self.links.len() == self.tabs.len()
                && self.links.iter().all(at_rest)
                && self.tabs.iter().all(|tab| tab.page.pending().is_empty())
            {
                return;
            }
        }
        panic!("something is always on its way");
    }

    /// Compares what everybody has with what somebody has who comes for the first time, after a restart, and
    /// with what pages were told.
    pub(super) fn check(&mut self) {
        let mut before: Vec<Page> = Vec::new();
        for tab in &mut self.tabs {
            tab.page.pass((LINGERS + Millis(1)).duration().unwrap());
            tab.page.shows_the_wall();
            let page = Page::new(tab.role, &mut self.random);
            before.push(std::mem::replace(&mut tab.page, page));
        }
        self.restart();
        self.rest();
        let facilitator = &self.tabs[0].page;
        let [wall, _] = facilitator.entries();
        for (tab, before) in self.tabs.iter().zip(&before) {
            let [theirs, _] = tab.page.entries();
            assert_eq!(theirs, wall, "two Walls");
            assert_eq!(before.entries(), tab.page.entries(), "a copy went astray");
            assert_eq!(before.mine(), tab.page.mine(), "a page was not told");
            let first = self.tabs[tab.person].page.mine();
            assert_eq!(tab.page.mine(), first, "two tabs differ");
        }
        let mine: Vec<&Mine> = self.people().map(|tab| tab.page.mine()).collect();
        self.witness.at_rest(facilitator, &mine);
        self.neighbours.extend(self.joined.1.try_iter());
        for token in &self.neighbours {
            let is_in = self.server.has_joined(NEIGHBOUR, *token);
            assert!(is_in, "somebody who has joined the neighbour has not");
        }
    }

    /// The first tab of each person.
    fn people(&self) -> impl Iterator<Item = &Tab> {
        let tabs = self.tabs.iter().enumerate();
        tabs.filter(|(number, tab)| *number == tab.person)
            .map(|(_, tab)| tab)
    }

    /// Closes the open round, if there is one: it comes to what people had on it.
    pub(super) fn close_round(&mut self) {
        let Some((round, _)) = self.tabs[0].page.wall().read().open_round() else {
            return;
        };
        let mut dots: BTreeMap<Item, u32> = BTreeMap::new();
        for tab in self.people() {
            let votes = tab.page.mine().votes.iter();
            for tally in votes.flat_map(|votes| &votes.dots) {
                *dots.entry(tally.item).or_default() += tally.dots;
            }
        }
        self.give(0, Command::CloseRound { round }, true);
        self.rest();
        let closed = self.tabs[0].page.wall().read().round(round).unwrap();
        let totals = closed.totals.unwrap().into_iter();
        let totals: BTreeMap<Item, u32> = totals.map(|it| (it.item, it.dots)).collect();
        assert_eq!(totals, dots, "what the round came to");
    }
}
