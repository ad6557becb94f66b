//! A board, the people on it and whatever goes wrong, all decided by one seed.

mod connections;
mod messages;
mod rest;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc;
use std::time::Duration;

use candour_shared::command::Command;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use candour_shared::protocol::Frame;
use candour_shared::settings::{Admission, Pool, Release};
use candour_shared::templates::Template;
use candour_shared::text::Language;
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message as WsFrame;

use self::messages::live;
use super::link::Link;
use super::page::Page;
use super::people::{self, Gesture};
use super::server::Server;
use super::witness::{Moment, Witness};
use crate::board::{Asker, Heart, Joining, LinkSecrets, Opening, Request, encode};
use crate::clock::Clock;
use crate::error::Error;
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

/// A board with its people, its server and disk, and a witness, in a time of their own.
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
    asker: Asker,
    role: Role,
    page: Page,
    /// What was given to the page and has no last answer, by the page's numbers.
    given: BTreeMap<u64, Command>,
}

impl Tab {
    fn new(person: usize, asker: Asker, role: Role, random: &mut StdRng) -> Self {
        Self {
            person,
            asker,
            role,
            page: Page::new(role, random),
            given: BTreeMap::new(),
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
        let body = encode(&Heart::open(&opening, &mut random)).unwrap();
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
            let asker = Asker::new(Secret::random(&mut random));
            let joining = Joining {
                opener,
                organisation: None,
                token: asker.hash,
            };
            server.change(BOARD, || Request::Join(joining));
            tabs.push(Tab::new(person, asker, role, &mut random));
        }
        for person in WITH_TWO_TABS {
            let Tab { asker, role, .. } = &tabs[person];
            let tab = Tab::new(person, asker.clone(), *role, &mut random);
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
            0..180 => self.somebody_acts(),
            180..270 => self.somebody_drags(),
            270..510 => self.something_arrives_at_the_server(),
            510..750 => self.something_arrives_at_a_page(),
            750..850 => self.server.go_on(self.random.random_range(1..6)),
            850..918 => self.time_passes(),
            918..920 => self.a_frame_is_lost(),
            920..950 => self.somebody_connects(),
            950..965 => self.somebody_joins_the_neighbour(),
            965..977 => self.somebody_is_cut_off(),
            977..981 => self.a_loss_is_noticed(),
            981..983 => self.a_frame_is_lost(),
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
                self.pass(LONG_WHILE);
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
            let insists = self.random.random_bool(0.5);
            self.give(tab, command, insists);
        }
    }

    fn somebody_drags(&mut self) {
        let tab = self.random.random_range(0..self.tabs.len());
        let at = self.witness.hands.new_point(tab);
        let page = &mut self.tabs[tab].page;
        match people::drag(page, at, &mut self.random) {
            Some(Gesture::Drag(drag)) => {
                let text = page.drag(drag);
                self.told.push(format!("{tab} drags {drag:?}"));
                if let Some(link) = live(&mut self.links, tab)
                    && link.is_welcomed
                {
                    link.send(text);
                }
            }
            Some(Gesture::Drop(command)) => {
                page.let_go();
                self.give(tab, command, false);
            }
            Some(Gesture::LetGo) => page.let_go(),
            None => {}
        }
    }

    fn time_passes(&mut self) {
        let millis = self.random.random_range(0..20);
        self.move_clock(millis);
        self.pass(Duration::from_millis(millis.unsigned_abs()));
    }

    /// Time passes for everybody.
    fn pass(&mut self, time: Duration) {
        self.server.pass(time);
        for tab in &mut self.tabs {
            tab.page.pass(i64::try_from(time.as_millis()).unwrap());
        }
        for tab in 0..self.tabs.len() {
            self.send(tab);
        }
    }

    fn move_clock(&self, by: i64) {
        self.hands.send_modify(|now| *now += by);
    }

    fn somebody_joins_the_neighbour(&mut self) {
        let token = Secret::random(&mut self.random).hash();
        let joining = Joining {
            opener: self.way_in,
            organisation: None,
            token,
        };
        self.server.join(NEIGHBOUR, joining, self.joined.0.clone());
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
        for link in 0..self.links.len() {
            if !self.links[link].is_lost() {
                self.lose(link, None);
            }
        }
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
        let is_noticed = matches!(damaged, Err(Error::Damaged(_)));
        assert!(is_noticed, "damage was not noticed");
        self.disk.mend();
        self.disk.set_failing(true);
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
