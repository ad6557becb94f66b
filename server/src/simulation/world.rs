//! A board, the people on it and whatever goes wrong, all decided by one seed.

mod rest;

use std::sync::mpsc;
use std::time::Duration;

use candour_shared::command::Command;
use candour_shared::ids::BoardId;
use candour_shared::policy::Role;
use candour_shared::protocol::{Frame, Goodbye, ServerMessage};
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
use crate::board::{Asker, Heart, Joining, LinkSecrets, Opening, Request, encode};
use crate::clock::Clock;
use crate::error::Error;
use crate::keys::{Secret, SecretHash, ServerKey};
use crate::log::{Disk, NewBoard, Stored};

const BOARD: BoardId = BoardId::from_bytes([1; 16]);
/// A board that shares the log's writer, and has nothing else to do with it.
const NEIGHBOUR: BoardId = BoardId::from_bytes([2; 16]);
const HOUR: i64 = 60 * 60 * 1_000;
const LONG_WHILE: Duration = Duration::from_secs(10);
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
    people: Vec<Person>,
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

struct Person {
    asker: Asker,
    role: Role,
    page: Page,
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
            let body = body.clone();
            server.create(NewBoard {
                board,
                snapshot: Stored { sequence: 0, body },
                expires_on: opening.expires_on.clone(),
            });
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
        let people = openers.map(|(role, opener)| {
            let asker = Asker::new(Secret::random(&mut random));
            let joining = Joining {
                opener,
                organisation: None,
                token: asker.hash,
            };
            server.change(BOARD, || Request::Join(joining));
            let page = Page::new(&mut random);
            Person { asker, role, page }
        });
        Self {
            random,
            disk,
            key,
            clock,
            hands,
            server,
            people: people.into(),
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
        let who = self.random.random_range(0..self.people.len());
        let Person { role, page, .. } = &self.people[who];
        let text = self.witness.new_text();
        if let Some(command) = people::act(*role, page, &text, &mut self.random) {
            self.give(who, command);
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
        let away: Vec<usize> = (0..self.people.len())
            .filter(|who| !self.is_connected(*who))
            .collect();
        if let Some(who) = away.choose(&mut self.random) {
            self.connect(*who);
        }
    }

    fn is_connected(&self, who: usize) -> bool {
        let mut links = self.links.iter();
        links.any(|link| link.person == who && !link.is_lost())
    }

    /// Connects somebody. What is on its way on their former connections still arrives, until the server notices
    /// that they are lost.
    fn connect(&mut self, who: usize) {
        match self.server.board(BOARD) {
            Ok(board) => {
                self.links.retain(|it| it.person != who || !it.is_noticed);
                let mut link = self.server.connect(who, board);
                link.send(&self.people[who].page.hello());
                self.links.push(link);
            }
            Err(Error::Log(_)) => {}
            Err(fault) => panic!("the board can't be loaded: {fault}"),
        }
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

    fn somebody_is_cut_off(&mut self) {
        let in_the_middle: bool = self.random.random();
        let live: Vec<usize> = (0..self.links.len())
            .filter(|link| !self.links[*link].is_lost())
            .filter(|link| !in_the_middle || !self.links[*link].up.is_empty())
            .collect();
        if let Some(link) = live.choose(&mut self.random) {
            self.links[*link].lose();
            if self.random.random_bool(0.5) {
                self.connect(self.links[*link].person);
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
        let gone = self.links[link].notice();
        // A board that has ended has no sockets.
        self.server.hand(&self.links[link].board, gone);
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
            self.disk.set_failing(false);
            let damaged = self.server.board(torn);
            assert!(
                matches!(damaged, Err(Error::Damaged(_))),
                "a torn record was not noticed"
            );
            self.disk.mend(torn);
            self.disk.set_failing(true);
        }
    }

    fn give(&mut self, who: usize, command: Command) {
        self.witness.given(who, &command);
        self.people[who].page.give(command);
        self.send(who);
    }

    /// Sends what a page has to send, if it was welcomed.
    fn send(&mut self, who: usize) {
        let link = self
            .links
            .iter_mut()
            .find(|it| it.person == who && !it.is_lost());
        if let Some(link) = link
            && link.is_welcomed
        {
            for message in self.people[who].page.take_unsent() {
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
        let person = self.links[link].person;
        let mut later = self.links[link + 1..].iter();
        later.any(|it| it.person == person && (it.is_welcomed || !it.reached.is_empty()))
    }

    fn arrive(&mut self, link: usize) {
        let is_superseded = self.is_superseded(link);
        let link = &mut self.links[link];
        let asker = &self.people[link.person].asker;
        self.now += 1;
        let Some(message) = link.arrive(asker, self.now) else {
            return;
        };
        let mut reached = link.reached.values();
        if let Some((_, command)) = reached.find(|(now, _)| *now == self.now)
            && !is_superseded
        {
            self.witness.reached(command, self.now);
            self.told.push(format!("{} {command:?}", link.person));
        }
        if !self.server.hand(&link.board, message) {
            link.outbox.close(Goodbye::Resync);
        }
    }

    fn something_arrives_at_a_page(&mut self) {
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
        let who = link.person;
        let page = &mut self.people[who].page;
        match link.down.pop_front() {
            Some(WsFrame::Text(text)) => {
                let message = serde_json::from_str(&text).unwrap();
                link.is_welcomed |= matches!(message, ServerMessage::Welcome(_));
                if let Some((id, command, done)) = page.hear(message) {
                    let (at, _) = link.reached[&id];
                    self.witness.answered(who, &command, at, &done);
                    self.told.push(format!("{who} {id} {done:?}"));
                }
                Witness::budget(self.people[who].page.mine());
                self.send(who);
            }
            Some(WsFrame::Binary(bytes)) => page.take(&Frame::decode(&bytes).unwrap()),
            Some(WsFrame::Close(close)) => {
                let code = close.unwrap().code.into();
                let comes_back = Goodbye::from_code(code).is_some_and(Goodbye::comes_back);
                assert!(comes_back, "a page was sent away: {code}");
                link.lose();
            }
            _ => {}
        }
    }

    /// Looks at everything that the server has sent by now.
    fn watch(&mut self) {
        if self.pools && self.present() >= Pool::PRESENT {
            self.now += 1;
            self.witness.released(self.now);
        }
        for link in &mut self.links {
            for frame in link.sent() {
                match frame {
                    WsFrame::Text(text) => {
                        self.witness.sees_privately(link.person, text.as_bytes());
                    }
                    WsFrame::Binary(bytes) => {
                        let frame = Frame::decode(&bytes).unwrap();
                        let update = frame.update().unwrap();
                        self.witness.sees(self.people[link.person].role, &update);
                    }
                    _ => {}
                }
            }
        }
    }

    fn present(&self) -> usize {
        (0..self.people.len())
            .filter(|who| self.people[*who].role.is_person())
            .filter(|who| self.links.iter().any(|link| link.person == *who))
            .count()
    }
}
