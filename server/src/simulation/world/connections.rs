//! Connections, made and lost, and what goes wrong on them that TCP would never let happen.

use candour_shared::protocol::{CloseReason, ServerMessage};
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;
use tokio_tungstenite::tungstenite::Message as WsFrame;

use super::messages::live;
use super::{BOARD, World};
use crate::hub::HubError;

impl World {
    pub(super) fn somebody_connects(&mut self) {
        let away: Vec<usize> = (0..self.tabs.len())
            .filter(|tab| !self.is_connected(*tab))
            .collect();
        if let Some(tab) = away.choose(&mut self.random) {
            self.connect(*tab);
        }
    }

    pub(super) fn is_connected(&self, tab: usize) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.tab == tab && !link.is_lost())
    }

    /// Connects a page. What is on its way on its former connections still arrives, until the server notices
    /// that they are lost.
    pub(super) fn connect(&mut self, tab: usize) {
        match self.server.board(BOARD) {
            Ok(board) => {
                self.links.retain(|it| it.tab != tab || !it.is_noticed);
                let is_slow = self.random.random_bool(0.1);
                let mut link = self.server.connect(tab, board, is_slow);
                link.send(self.tabs[tab].page.connect());
                self.links.push(link);
            }
            Err(HubError::Log(_)) => {}
            Err(fault) => panic!("the board can't be loaded: {fault}"),
        }
    }

    pub(super) fn somebody_is_cut_off(&mut self) {
        let in_the_middle: bool = self.random.random();
        let live: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].is_lost())
            .filter(|link| !in_the_middle || !self.links[*link].up.is_empty())
            .collect();
        if let Some(link) = live.choose(&mut self.random) {
            self.lose(*link, None);
            if self.random.random_bool(0.5) {
                self.connect(self.links[*link].tab);
            }
        }
    }

    /// A connection is lost, and its page knows it.
    pub(super) fn lose(&mut self, link: usize, why: Option<CloseReason>) {
        self.links[link].lose();
        let page = &mut self.tabs[self.links[link].tab].page;
        page.lose(why, &mut self.random);
    }

    pub(super) fn a_loss_is_noticed(&mut self) {
        let lost: Vec<usize> = (0..self.links.len())
            .filter(|link| self.links[*link].is_lost() && !self.links[*link].is_noticed)
            .collect();
        if let Some(link) = lost.choose(&mut self.random) {
            self.notice(*link);
        }
    }

    pub(super) fn notice(&mut self, link: usize) {
        self.server.notice(&mut self.links[link]);
    }

    /// A frame is lost where none can be, so that a page is out of step.
    pub(super) fn a_frame_is_lost(&mut self) {
        let number = self.links.len();
        let first = self.random.random_range(0..number.max(1));
        let mut links = (0..number).map(|link| (first + link) % number);
        if let Some(link) = links.find(|link| self.links[*link].lose_a_frame()) {
            self.told
                .push(format!("{} lacks a frame", self.links[link].tab));
        }
    }

    /// Now and then an answer comes twice, or one that was another's.
    pub(super) fn an_answer_comes_again(&mut self, tab: usize, id: u64) {
        if self.random.random_bool(0.95) {
            return;
        }
        let id = if self.random.random() { id } else { u64::MAX };
        let done = serde_json::to_string(&ServerMessage::Done { id }).unwrap();
        if let Some(link) = live(&mut self.links, tab) {
            link.down.push_back(WsFrame::text(done));
        }
    }
}
