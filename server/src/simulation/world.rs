//! A board, the people on it and whatever goes wrong, all decided by one seed.

mod rest;

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::time::Duration;

use candour_shared::command::Command;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use candour_shared::protocol::{CloseReason, Frame, ServerMessage};
use candour_shared::settings::{Admission, Pool, Release};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message as WsFrame;

use super::link::Link;
use super::page::Page;
use super::people;
use super::server::Server;
use super::witness::{Moment, Witness};
use crate::board::{Engine, Identity, Joining, LinkSecrets, Opening, encode};
use crate::clock::Clock;
use crate::hub::HubError;
use crate::keys::{Secret, SecretHash, ServerKey};
use crate::log::{Disk, StoredBoard};

const BOARD: BoardId = BoardId::from_bytes([1; 16]);
/// A board that shares the log's writer, and has nothing else to do with it.
const NEIGHBOUR: BoardId = BoardId::from_bytes([2; 16]);
const HOUR: i64 = 60 * 60 * 1_000;
const LONG_WHILE: Duration = Duration::from_secs(10);
/// A facilitator and a participant.
const WITH_TWO_TABS: [usize; 2] = [1, 3];
/// How many things happen between two rests.
const STEPS: u32 = 1_000;

/// See the module.
pub(super) struct World {
    random: StdRng,
    disk: Disk,
    key: ServerKey,
    clock: Clock,
    hands: watch::Sender<i64>,
    server: Server,
    tabs: Vec<Tab>,
    /// The connections, lost ones too as long as something of them can reach the server.
    links: Vec<Link>,
    witness: Witness,
    /// By which one joins the neighbour, and who was told that they have.
    way_in: SecretHash,
    joined: (mpsc::Sender<SecretHash>, mpsc::Receiver<SecretHash>),
    neighbours: Vec<SecretHash>,
    now: Moment,
    pools: bool,
    /// What happened, to be compared and read.
    pub(super) told: Vec<String>,
}

/// A page in front of somebody, who may have more of them.
struct Tab {
    /// The first tab of the same person.
    person: usize,
    identity: Identity,
    role: Role,
    page: Page,
}

impl Tab {
    fn new(person: usize, identity: Identity, role: Role, random: &mut StdRng) -> Self {
        Self {
            person,
            identity,
            role,
            page: Page::new(random),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{}", self.told.join("\n"));
        }
    }
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let disk = Disk::new(random.next_u64());
        let key = ServerKey::random(&mut random);
        let (hands, face) = watch::channel(0);
        let clock = Clock::ByHand(face);
        let server = Server::start(&disk, &clock, &key, random.next_u64());
        let pools = random.random_bool(0.25);
        let secrets = LinkSecrets::random(Admission::SharedLink, &mut random);
        let links = secrets.links();
        let mut settings = Template::WorkingTogether.settings(Language::English);
        settings.title = "A board".to_owned();
        if pools {
            settings.privacy.release = Release::Pooled;
        }
        let opening = Opening {
            settings,
            secrets,
            notes: Vec::new(),
            today: "1970-01-01".to_owned(),
            expires_on: "9999-12-31".to_owned(),
        };
        let body = encode(&Engine::open(&opening, &mut random)).unwrap();
        for board in [BOARD, NEIGHBOUR] {
            let expires_on = opening.expires_on.clone();
            server.create(board, StoredBoard::new(body.clone(), expires_on));
        }
        let participant = links.participant.unwrap();
        let openers = [
            (Role::Facilitator, links.facilitator),
            (Role::Facilitator, links.facilitator),
            (Role::Projector, links.projector),
            (Role::Participant, participant),
            (Role::Participant, participant),
            (Role::Participant, participant),
            (Role::Participant, participant),
        ];
        let mut tabs = Vec::new();
        for (person, (role, opener)) in openers.into_iter().enumerate() {
            let identity = Identity::new(Secret::random(&mut random));
            let joining = Joining::new(opener, identity.hash);
            server.let_in(BOARD, &joining);
            tabs.push(Tab::new(person, identity, role, &mut random));
        }
        for person in WITH_TWO_TABS {
            let Tab { identity, role, .. } = &tabs[person];
            let tab = Tab::new(person, identity.clone(), *role, &mut random);
            tabs.push(tab);
        }
        Self {
            random,
            disk,
            key,
            clock,
            hands,
            server,
            tabs,
            links: Vec::new(),
            witness: Witness::default(),
            way_in: participant,
            joined: mpsc::channel(),
            neighbours: Vec::new(),
            now: 0,
            pools,
            told: Vec::new(),
        }
    }

    /// Lets things happen, and looks at everything once nothing is on its way any more.
    pub(super) fn run(&mut self, rests: u32) {
        for _ in 0..rests {
            self.disk.set_failing(true);
            for _ in 0..STEPS {
                self.step();
                self.watch();
            }
            self.rest();
            self.check();
            self.close_round();
        }
    }

    fn step(&mut self) {
        match self.random.random_range(0..1_000) {
            0..250 => self.somebody_acts(),
            250..500 => self.something_arrives_at_the_server(),
            500..750 => self.something_arrives_at_a_page(),
            750..850 => self.server.go_on(self.random.random_range(1..6)),
            850..920 => self.time_passes(),
            920..950 => self.somebody_connects(),
            950..965 => self.somebody_joins_the_neighbour(),
            965..977 => self.somebody_is_cut_off(),
            977..983 => self.a_loss_is_noticed(),
            983..987 => self.crash(),
            987..991 => {
                let full = self.random.random();
                self.disk.set_full(full);
                self.told.push(format!("the disk is full: {full}"));
            }
            991..996 => {
                let by = self.random.random_range(-HOUR..HOUR);
                self.move_clock(by);
            }
            _ => {
                self.server.pass(LONG_WHILE);
                for link in 0..self.links.len() {
                    if self.links[link].wait() {
                        self.notice(link);
                    }
                }
            }
        }
    }

    fn somebody_acts(&mut self) {
        let tab = self.random.random_range(0..self.tabs.len());
        let Tab { role, page, .. } = &self.tabs[tab];
        let text = self.witness.new_text();
        if let Some(command) = people::act(*role, page, &text, &mut self.random) {
            self.give(tab, command);
        }
    }

    fn time_passes(&mut self) {
        let millis = self.random.random_range(0..20);
        self.move_clock(millis);
        self.server
            .pass(Duration::from_millis(millis.unsigned_abs()));
    }

    fn move_clock(&self, by: i64) {
        self.hands.send_modify(|now| *now += by);
    }

    fn somebody_connects(&mut self) {
        let away: Vec<usize> = (0..self.tabs.len())
            .filter(|tab| !self.is_connected(*tab))
            .collect();
        if let Some(tab) = away.choose(&mut self.random) {
            self.connect(*tab);
        }
    }

    fn is_connected(&self, tab: usize) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.tab == tab && !link.is_lost())
    }

    /// Connects a page. What is on its way on its former connections still arrives, until the server notices
    /// that they are lost.
    fn connect(&mut self, tab: usize) {
        match self.server.board(BOARD) {
            Ok(board) => {
                self.links.retain(|it| it.tab != tab || !it.is_noticed);
                let is_slow = self.random.random_bool(0.1);
                let mut link = self.server.connect(tab, board, is_slow);
                link.send(&self.tabs[tab].page.hello());
                self.links.push(link);
            }
            Err(HubError::Log(_)) => {}
            Err(fault) => panic!("the board can't be loaded: {fault}"),
        }
    }

    fn somebody_joins_the_neighbour(&mut self) {
        let token = Secret::random(&mut self.random).hash();
        let joining = Joining::new(self.way_in, token);
        self.server.join(NEIGHBOUR, joining, self.joined.0.clone());
    }

    fn somebody_is_cut_off(&mut self) {
        let in_the_middle: bool = self.random.random();
        let live: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].is_lost())
            .filter(|link| !in_the_middle || !self.links[*link].up.is_empty())
            .collect();
        if let Some(link) = live.choose(&mut self.random) {
            self.links[*link].lose();
            if self.random.random_bool(0.5) {
                self.connect(self.links[*link].tab);
            }
        }
    }

    fn a_loss_is_noticed(&mut self) {
        let lost: Vec<usize> = (0..self.links.len())
            .filter(|link| self.links[*link].is_lost() && !self.links[*link].is_noticed)
            .collect();
        if let Some(link) = lost.choose(&mut self.random) {
            self.notice(*link);
        }
    }

    fn notice(&mut self, link: usize) {
        self.server.notice(&mut self.links[link]);
    }

    /// The server ends in the middle of what it does, and another one starts. Some of what it has sent still
    /// arrives: as if it had ended after this, and before that.
    fn crash(&mut self) {
        self.server.go_on(self.random.random_range(0..4));
        self.watch();
        for link in 0..self.links.len() {
            for _ in 0..self.random.random_range(0..=self.links[link].down.len()) {
                self.hear(link);
            }
        }
        self.restart();
    }

    fn restart(&mut self) {
        self.told.push("the server starts again".to_owned());
        self.links.clear();
        let seed = self.random.next_u64();
        self.server = Server::start(&self.disk, &self.clock, &self.key, seed);
        if let Some(torn) = self.disk.crash() {
            self.told.push("the last record is torn".to_owned());
            self.damage_is_noticed(torn);
        }
        if self.random.random_bool(0.2)
            && let Some(lacking) = self.disk.lose_records()
        {
            self.told.push("the last records are not found".to_owned());
            self.damage_is_noticed(lacking);
        }
    }

    /// And mended, before anything else happens.
    fn damage_is_noticed(&mut self, board: BoardId) {
        self.disk.set_failing(false);
        let damaged = self.server.board(board);
        let is_noticed = matches!(damaged, Err(HubError::Damaged(_)));
        assert!(is_noticed, "damage was not noticed");
        self.disk.mend();
        self.disk.set_failing(true);
    }

    fn give(&mut self, tab: usize, command: Command) {
        self.witness.given(tab, self.tabs[tab].person, &command);
        self.tabs[tab].page.give(command);
        self.send(tab);
    }

    /// Sends what a page has to send, if it was welcomed.
    fn send(&mut self, tab: usize) {
        let link = self
            .links
            .iter_mut()
            .find(|it| it.tab == tab && !it.is_lost());
        if let Some(link) = link
            && link.is_welcomed
        {
            for message in self.tabs[tab].page.take_unsent() {
                link.send(&message);
            }
        }
    }

    fn something_arrives_at_the_server(&mut self) {
        let busy: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].up.is_empty())
            .collect();
        if let Some(link) = busy.choose(&mut self.random) {
            // What is on its way when a connection is lost is mostly late.
            if self.links[*link].is_lost() && self.random.random_bool(0.95) {
                return;
            }
            for _ in 0..self.random.random_range(1..4) {
                self.arrive(*link);
            }
        }
    }

    /// Whether a page speaks on another connection by now: what still arrives on this one is never done.
    fn is_superseded(&self, link: usize) -> bool {
        let tab = self.links[link].tab;
        let mut later = self.links[link + 1..].iter();
        later.any(|it| it.tab == tab && (it.is_welcomed || !it.reached.is_empty()))
    }

    fn arrive(&mut self, link: usize) {
        let is_superseded = self.is_superseded(link);
        let link = &mut self.links[link];
        let identity = &self.tabs[link.tab].identity;
        self.now += 1;
        let Some(message) = link.arrive(self.now) else {
            return;
        };
        let mut reached = link.reached.values();
        if let Some((_, command)) = reached.find(|(now, _)| *now == self.now)
            && !is_superseded
        {
            self.witness.reached(command, self.now);
            self.told.push(format!("{} {command:?}", link.tab));
        }
        if !self.server.hand(link, identity, message) {
            link.outbox.close(CloseReason::Resync);
        }
    }

    fn something_arrives_at_a_page(&mut self) {
        if self.random.random_bool(0.1) {
            self.slow_readers_read();
        }
        let busy: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].down.is_empty())
            .collect();
        if let Some(link) = busy.choose(&mut self.random) {
            for _ in 0..self.random.random_range(1..6) {
                self.hear(*link);
            }
        }
    }

    fn hear(&mut self, link: usize) {
        let link = &mut self.links[link];
        let tab = link.tab;
        let Tab { person, page, .. } = &mut self.tabs[tab];
        match link.down.pop_front() {
            Some(WsFrame::Text(text)) => {
                let message = serde_json::from_str(&text).unwrap();
                link.is_welcomed |= matches!(message, ServerMessage::Welcome(_));
                if let Some((id, command, done)) = page.hear(message) {
                    let (at, _) = link.reached[&id];
                    self.witness.answered(tab, *person, &command, at, &done);
                    self.told.push(format!("{tab} {id} {done:?}"));
                }
                Witness::budget(page.mine());
                self.send(tab);
            }
            Some(WsFrame::Binary(bytes)) => page.take(&Frame::decode(&bytes).unwrap()),
            Some(WsFrame::Close(close)) => {
                let code = close.unwrap().code.into();
                let comes_back = CloseReason::from_code(code).is_some_and(CloseReason::comes_back);
                assert!(comes_back, "a page was sent away: {code}");
                link.lose();
            }
            _ => {}
        }
    }

    /// What they read was sent some time ago. The witness, who knows only what may be seen now, does not look at it.
    /// Says whether there was anything.
    fn slow_readers_read(&mut self) -> bool {
        let slow = self.links.iter_mut().filter(|link| link.is_slow);
        slow.map(|link| link.sent().len()).sum::<usize>() > 0
    }

    /// Looks at everything that the server has sent by now.
    fn watch(&mut self) {
        if self.pools && self.present() >= Pool::PRESENT {
            self.now += 1;
            self.witness.released(self.now);
        }
        for link in self.links.iter_mut().filter(|link| !link.is_slow) {
            for frame in link.sent() {
                match frame {
                    WsFrame::Text(text) => {
                        let person = self.tabs[link.tab].person;
                        self.witness.sees_privately(person, text.as_bytes());
                    }
                    WsFrame::Binary(bytes) => {
                        let frame = Frame::decode(&bytes).unwrap();
                        let update = frame.update().unwrap();
                        self.witness.sees(self.tabs[link.tab].role, &update);
                    }
                    _ => {}
                }
            }
        }
    }

    fn present(&self) -> usize {
        let tabs = self.links.iter().map(|link| &self.tabs[link.tab]);
        let people = tabs.filter(|tab| tab.role.is_person());
        people.map(|tab| tab.person).collect::<BTreeSet<_>>().len()
    }
}
