//! Plays a script in one of the worlds. One step follows the other: the next begins when everybody has
//! received all that the server sends because of the last. Everything random comes from the script's
//! seed, and the time is set by hand, so nothing else happens.

mod ears;

use std::collections::BTreeMap;
use std::path::PathBuf;

use bytes::Bytes;
use candour_e2e::api::{Api, secret};
use candour_e2e::fresh;
use candour_e2e::logs::Logs;
use candour_e2e::recorder::Recorder;
use candour_e2e::server::TestServer;
use candour_server::clock::{Clock, Hands};
use candour_server::random::Random;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{Codes, Created, Join, Joined, MakeCodes, ReplaceLink, Replaced};
use candour_shared::ids::{BatchId, TimerId};
use candour_shared::policy::Role;
use candour_shared::protocol::{ClientMessage, Cursor, Hello};
use candour_shared::settings::Admission;
use candour_shared::time::Millis;
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::runtime::Builder;

use super::script::{
    By, FACILITATOR, Memory, ORGANISER, PROJECTOR, Person, Script, Seal, Step, World,
};
use super::seen::{Audience, Seen};
use ears::name;

/// When scripts begin: 12:00 UTC.
const NOON: Millis = Millis(1_775_044_800_000);

/// What was seen, and what became of every step that was a command.
pub(super) struct Played {
    pub(super) seen: Vec<Seen>,
    pub(super) done: BTreeMap<usize, Result<(), Denied>>,
}

/// Plays a script to its end.
pub(super) fn play(script: &Script, world: World) -> Played {
    let logs = Logs::of_this_thread();
    // In one thread, so that every line that is logged is one of this world.
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let mut played = runtime.block_on(async {
        let mut stage = Stage::open(script, world).await;
        for (step, happens) in script.steps.iter().enumerate() {
            stage.step = step;
            stage.happens(happens).await;
            stage.settle().await;
        }
        stage.close().await
    });
    played.seen.push(Seen {
        step: script.steps.len(),
        place: "the log".to_owned(),
        audience: Audience::Everyone,
        bytes: logs.text().into_bytes(),
    });
    played
}

struct Stage<'a> {
    script: &'a Script,
    world: World,
    folder: TempDir,
    /// Nothing while it restarts.
    server: Option<TestServer>,
    hands: Hands,
    api: Api,
    created: Created,
    codes: BTreeMap<Person, (BatchId, String)>,
    people: BTreeMap<Person, OnBoard>,
    step: usize,
    played: Played,
}

/// Somebody who has joined.
struct OnBoard {
    token: String,
    pages: Vec<Recorder>,
    wall: Option<Cursor>,
    backstage: Option<Cursor>,
}

impl<'a> Stage<'a> {
    async fn open(script: &'a Script, world: World) -> Self {
        // In memory where there is such a folder: hundreds of servers would wait for the disk.
        let folder = TempDir::new_in("/dev/shm")
            .or_else(|_| TempDir::new())
            .unwrap();
        let (clock, hands) = Clock::by_hand(NOON);
        let server = TestServer::with(|config| {
            config.database = format!("sqlite:{}", database_in(&folder).display());
            config.clock = clock;
            config.random = Random::seeded(script.seed);
        });
        let server = server.await.unwrap();
        let api = Api::new(&server.url());
        let created = api.create(&script.settings).await.unwrap();
        Self {
            script,
            world,
            folder,
            server: Some(server),
            hands,
            api,
            created,
            codes: BTreeMap::new(),
            people: BTreeMap::new(),
            step: 0,
            played: Played {
                seen: Vec::new(),
                done: BTreeMap::new(),
            },
        }
    }

    async fn happens(&mut self, step: &Step) {
        match step {
            Step::Join(person) => self.join(*person).await,
            Step::Connect(person, memory) => self.connect(*person, *memory).await,
            Step::HangUp(person) => {
                let page = self.on_board(*person).pages.pop().unwrap();
                let heard = page.hang_up().await.unwrap();
                self.heard(*person, heard);
            }
            Step::Do(by, command) => {
                let id = self.number();
                let command = command.clone();
                let page = self.page_of(*by);
                page.send(&ClientMessage::Command { id, command })
                    .await
                    .unwrap();
                let answer = page.answer(id).await.unwrap().unwrap();
                self.played.done.insert(self.step, answer);
            }
            Step::Drag(by, drag) => {
                let drag = ClientMessage::Drags { drags: vec![*drag] };
                self.page_of(*by).send(&drag).await.unwrap();
            }
            Step::Ready(person, ready) => {
                let ready = ClientMessage::Ready { ready: *ready };
                self.page_of(By::Person(*person))
                    .send(&ready)
                    .await
                    .unwrap();
            }
            Step::Wait(time) => self.hands.advance(*time),
            Step::ReplaceLink(role) => self.replace_link(*role).await,
            Step::WithdrawCode(person) => {
                let Some((batch, _)) = self.codes.get(person) else {
                    return;
                };
                let path = self.path(&format!("codes/{batch}"));
                let request = self.api.request(Method::DELETE, &path);
                self.sends(ORGANISER, request).await;
            }
            Step::Export => {
                let request = self.api.request(Method::GET, &self.path("export.json"));
                let export = self.sends(ORGANISER, request).await;
                assert!(export.is_some(), "the board can't be taken away");
            }
            Step::Restart(seal) => self.restart(*seal).await,
        }
    }

    /// Waits until everybody has received all there is. Frames come in order, so it is all there when
    /// something has been answered that changes nothing. The board sees to what is due before it answers.
    async fn settle(&mut self) {
        let id = self.number() + 1;
        let command = Command::SetTimer {
            timer: TimerId::from_bytes([0; 16]),
            seconds: 0,
        };
        let refused = ClientMessage::Command { id, command };
        for person in self.script.people.all() {
            let Some(on_board) = self.people.get_mut(&person) else {
                continue;
            };
            let mut heard = Vec::new();
            let mut open = Vec::new();
            for mut page in std::mem::take(&mut on_board.pages) {
                // Whoever lost their way in by this step is hung up on.
                let answer = match page.send(&refused).await {
                    Ok(()) => page.answer(id).await.unwrap(),
                    Err(_) => None,
                };
                match answer {
                    Some(_) => {
                        heard.extend(page.take_heard());
                        open.push(page);
                    }
                    None => heard.extend(page.hang_up().await.unwrap()),
                }
            }
            on_board.pages = open;
            self.heard(person, heard);
        }
    }

    async fn join(&mut self, person: Person) {
        let people = &self.script.people;
        let organisation = people.organisation(person);
        let by_code = self.script.settings.privacy.admission == Admission::Codes;
        let secret = match person {
            ORGANISER => secret(&self.created.organiser).to_owned(),
            FACILITATOR => secret(&self.created.facilitator).to_owned(),
            PROJECTOR => secret(&self.created.projector).to_owned(),
            _ if by_code => self.codes[&person].1.clone(),
            _ => secret(self.created.participant.as_deref().unwrap()).to_owned(),
        };
        let join = Join::new(secret)
            .of(organisation.filter(|_| !by_code))
            .with_token();
        let Some(Joined { token, .. }) = self.asks(person, "join", &join).await else {
            return;
        };
        let on_board = OnBoard {
            token: token.unwrap(),
            pages: Vec::new(),
            wall: None,
            backstage: None,
        };
        self.people.insert(person, on_board);
        if person == ORGANISER && by_code {
            self.make_codes().await;
        }
    }

    /// One code for each participant.
    async fn make_codes(&mut self) {
        for person in self.script.people.participants() {
            let asked = MakeCodes {
                organisation: self.script.people.organisation(person),
                count: 1,
            };
            let made = self.asks(ORGANISER, "codes", &asked).await;
            let Codes { batch, mut codes } = made.unwrap();
            self.codes.insert(person, (batch, codes.remove(0)));
        }
    }

    async fn connect(&mut self, person: Person, memory: Memory) {
        let (api, board) = (self.api.clone(), self.created.board);
        let on_board = self.on_board(person);
        let hello = Hello::new(fresh::page()).with_copies(
            on_board.wall.filter(|_| memory == Memory::Kept),
            on_board.backstage.filter(|_| memory == Memory::Kept),
        );
        let page = Recorder::connect(&api, board, &on_board.token, hello).await;
        on_board.pages.push(page.unwrap());
    }

    async fn replace_link(&mut self, role: Role) {
        let replaced = self.asks(ORGANISER, "links", &ReplaceLink { role }).await;
        let Replaced { link } = replaced.unwrap();
        match role {
            Role::Participant => self.created.participant = Some(link),
            Role::Facilitator => self.created.facilitator = link,
            Role::Organiser => self.created.organiser = link,
            Role::Projector => self.created.projector = link,
        }
    }

    async fn restart(&mut self, seal: Seal) {
        let server = self.server.take().unwrap();
        self.server = Some(server.restart().await.unwrap());
        // Connections to the former server would outlive it.
        self.api = Api::new(&self.server().url());
        for person in self.script.people.all() {
            let Some(on_board) = self.people.get_mut(&person) else {
                continue;
            };
            for page in std::mem::take(&mut on_board.pages) {
                let heard = page.hang_up().await.unwrap();
                self.heard(person, heard);
            }
        }
        if seal == Seal::Sealed {
            self.dump().await;
        }
    }

    async fn close(mut self) -> Played {
        self.step = self.script.steps.len();
        let server = self.server.take().unwrap();
        let metrics = Api::new(&format!("http://{}", server.metrics_address()));
        let counted = metrics.send(metrics.request(Method::GET, "/metrics")).await;
        let counted = counted.unwrap().text().await.unwrap();
        // They come in the order of a hash map, another one each time.
        let mut counted: Vec<&str> = counted.lines().collect();
        counted.sort_unstable();
        let counted = counted.join("\n").into_bytes();
        self.sees("the metrics", Audience::Everyone, counted);
        server.stop().await.unwrap();
        for (person, on_board) in std::mem::take(&mut self.people) {
            for page in on_board.pages {
                let heard = page.hang_up().await.unwrap();
                self.heard(person, heard);
            }
        }
        self.dump().await;
        self.played
    }

    /// Asks something over HTTP, and reads the answer; nothing if it is refused.
    async fn asks<T: DeserializeOwned>(
        &mut self,
        person: Person,
        path: &str,
        body: &impl Serialize,
    ) -> Option<T> {
        let request = self.api.request(Method::POST, &self.path(path)).json(body);
        let answer = self.sends(person, request).await?;
        Some(serde_json::from_slice(&answer).unwrap())
    }

    /// Sends a request of somebody; the answer, unless it is refused.
    async fn sends(&mut self, person: Person, request: RequestBuilder) -> Option<Bytes> {
        let request = match self.people.get(&person) {
            Some(on_board) => request.bearer_auth(&on_board.token),
            None => request,
        };
        let response = self.api.send(request).await.unwrap();
        let status = response.status();
        let body = response.bytes().await.unwrap();
        let mut seen = format!("{status} ").into_bytes();
        seen.extend_from_slice(&body);
        self.sees(&name(person), Audience::Everyone, seen);
        status.is_success().then_some(body)
    }

    /// The number of what is asked in this step.
    fn number(&self) -> u64 {
        2 * self.step as u64
    }

    fn page_of(&mut self, by: By) -> &mut Recorder {
        let person = self.script.people.who(by, self.world);
        self.on_board(person).pages.first_mut().unwrap()
    }

    fn on_board(&mut self, person: Person) -> &mut OnBoard {
        self.people.get_mut(&person).unwrap()
    }

    fn server(&self) -> &TestServer {
        self.server.as_ref().unwrap()
    }

    fn path(&self, of: &str) -> String {
        format!("/api/boards/{}/{of}", self.created.board)
    }
}

fn database_in(folder: &TempDir) -> PathBuf {
    folder.path().join("boards.db")
}
