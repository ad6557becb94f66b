//! A workshop with its people, for tests that read as sentences. What does not happen as it should
//! fails the test, and says what the person saw instead.

mod commands;

use std::future::Future;
use std::panic::Location;

use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::Created;
use candour_shared::ids::{BoardId, ClusterId, Item, NoteId, OrganisationIndex, PulseId, RoundId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::settings::Settings;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::voting::Budget;

use crate::api::Api;
use crate::client::{Failed, TestClient};
use crate::fresh;
use crate::server::TestServer;
use crate::view::View;

pub use self::commands::{move_cluster, move_note, move_phase, reply, signal};

/// A board on a server of its own, with an organiser, a facilitator and whoever joins.
pub struct Workshop {
    /// The server.
    pub server: TestServer,
    /// Its HTTP interface.
    pub api: Api,
    /// The board's links.
    pub created: Created,
    /// The organiser.
    pub organiser: Person,
    /// The facilitator.
    pub facilitator: Person,
}

/// Somebody on a board.
pub struct Person {
    /// Their connection.
    pub client: TestClient,
    /// What makes them who they are.
    pub token: String,
}

/// The settings of the boards here.
#[must_use]
pub fn settings() -> Settings {
    Settings {
        title: "Discharge before noon".into(),
        organisations: ["Acute hospital", "Ambulance", "GP practices"]
            .map(String::from)
            .to_vec(),
        ..Template::WorkingTogether.settings(Language::English)
    }
}

/// A note's content in the first category.
#[must_use]
pub fn content(text: &str) -> Content {
    Content::new(0, text)
}

impl Workshop {
    /// A board on which people write.
    pub async fn start() -> Self {
        let workshop = Self::in_the_lobby().await;
        workshop.go_to(Phase::Write).await;
        workshop
    }

    /// A board on which people arrive.
    pub async fn in_the_lobby() -> Self {
        Self::on(must(TestServer::start().await), &settings()).await
    }

    /// A board of these settings on a server.
    pub async fn on(server: TestServer, settings: &Settings) -> Self {
        let api = Api::new(&server.url());
        let created = must(api.create(settings).await);
        let organiser = Person::joins(&api, created.board, &created.organiser, None).await;
        let facilitator = Person::joins(&api, created.board, &created.facilitator, None).await;
        Self {
            server,
            api,
            created,
            organiser,
            facilitator,
        }
    }

    /// The board.
    #[must_use]
    pub fn board(&self) -> BoardId {
        self.created.board
    }

    /// Some participants, of different organisations.
    pub async fn participants<const N: usize>(&self) -> [Person; N] {
        let mut people = Vec::new();
        for index in 0..N {
            people.push(self.participant((index % 3) as OrganisationIndex).await);
        }
        match people.try_into() {
            Ok(people) => people,
            Err(_) => unreachable!(),
        }
    }

    /// A participant of an organisation.
    pub async fn participant(&self, organisation: OrganisationIndex) -> Person {
        let link = participants_link(&self.created);
        Person::joins(&self.api, self.board(), link, Some(organisation)).await
    }

    /// The facilitator moves the board to a phase.
    pub async fn go_to(&self, phase: Phase) {
        let from = self.facilitator.client.view(View::phase);
        self.facilitator.does(move_phase(from, phase)).await;
    }

    /// The facilitator reveals what was written.
    pub async fn reveal(&self) {
        let revealed = self
            .facilitator
            .client
            .view(|view| view.wall().read().reveals());
        let number = revealed + 1;
        self.facilitator.does(Command::Reveal { number }).await;
    }

    /// Somebody writes these notes, and everybody begins to cluster.
    pub async fn with_notes<const N: usize>(&self, texts: [&str; N]) -> [NoteId; N] {
        let author = self.participant(0).await;
        let mut notes = [NoteId::from_bytes([0; 16]); N];
        for (note, text) in notes.iter_mut().zip(texts) {
            *note = author.posts(text).await;
        }
        self.go_to(Phase::Cluster).await;
        notes
    }

    /// Waits until somebody has received all that was done so far: frames come in order, so a signal
    /// that is given now comes after them.
    pub async fn catches_up(&self, person: &Person) {
        let text = fresh::note().to_string();
        self.facilitator.does(signal(&text)).await;
        person.until(|view| view.signal() == text).await;
    }

    /// A screen.
    pub async fn projector(&self) -> Person {
        Person::joins(&self.api, self.board(), &self.created.projector, None).await
    }

    /// The facilitator opens a pulse.
    pub async fn open_pulse(&self) -> PulseId {
        let pulse = fresh::pulse();
        let question = "How safe is it to be candid here?".into();
        self.facilitator
            .does(Command::OpenPulse { pulse, question })
            .await;
        pulse
    }

    /// The facilitator opens a round with this budget, in the phase Vote.
    pub async fn open_round(&self, dots: u8, per_item: u8) -> RoundId {
        if self.facilitator.client.view(View::phase) != Phase::Vote {
            self.go_to(Phase::Vote).await;
        }
        let round = fresh::round();
        let open = Command::OpenRound {
            round,
            question: "What first?".into(),
            budget: Budget { dots, per_item },
            among: Vec::new(),
        };
        self.facilitator.does(open).await;
        round
    }
}

impl Person {
    /// Joins through a link and connects.
    pub async fn joins(
        api: &Api,
        board: BoardId,
        link: &str,
        organisation: Option<OrganisationIndex>,
    ) -> Self {
        let token = must(api.token(board, link, organisation).await);
        Self::with(api, board, &token).await
    }

    /// Connects with a token, maybe once more.
    pub async fn with(api: &Api, board: BoardId, token: &str) -> Self {
        let token = token.to_owned();
        let client = TestClient::connect(api.clone(), board, token.clone());
        let person = Self { client, token };
        person
            .until(|view| view.wall().read().settings().is_some())
            .await;
        person
    }

    /// Does something that has to be done.
    #[track_caller]
    pub fn does(&self, command: Command) -> impl Future<Output = ()> {
        let (place, named) = (Location::caller(), format!("{command:?}"));
        async move {
            if let Err(failed) = self.client.ask(command).await {
                panic!("at {place}: {named}: {failed}");
            }
        }
    }

    /// Tries something that has to be refused, and says why it was.
    #[track_caller]
    pub fn denied(&self, command: Command) -> impl Future<Output = Denied> {
        let (place, named) = (Location::caller(), format!("{command:?}"));
        async move {
            match self.client.ask(command).await {
                Err(Failed::Denied(denied)) => denied,
                Err(Failed::Late(why)) => panic!("at {place}: no answer to {named}: {why}"),
                Ok(()) => panic!("at {place}: {named} was done"),
            }
        }
    }

    /// Waits for something to be seen.
    #[track_caller]
    pub fn until(&self, condition: impl FnMut(&View) -> bool) -> impl Future<Output = ()> {
        let place = Location::caller();
        async move {
            if let Err(failed) = self.client.wait_for(condition).await {
                panic!("waited at {place}: {failed}");
            }
        }
    }

    /// Looks at what they see now.
    pub fn sees<T>(&self, look: impl FnOnce(&View) -> T) -> T {
        self.client.view(look)
    }

    /// Writes a note.
    #[track_caller]
    pub fn posts(&self, text: &str) -> impl Future<Output = NoteId> {
        let note = fresh::note();
        let content = content(text);
        let done = self.does(Command::post_note(note, content));
        async move {
            done.await;
            note
        }
    }

    /// Rewrites a note.
    #[track_caller]
    pub fn edits(&self, note: NoteId, text: &str) -> impl Future<Output = ()> {
        let content = content(text);
        self.does(Command::edit_note(note, content))
    }

    /// Replies to a thing.
    #[track_caller]
    pub fn replies(&self, to: Item, text: &str) -> impl Future<Output = NoteId> {
        let note = fresh::note();
        let done = self.does(reply(note, to, text));
        async move {
            done.await;
            note
        }
    }

    /// Says *same here* to a note.
    #[track_caller]
    pub fn agrees(&self, note: NoteId) -> impl Future<Output = ()> {
        self.does(Command::SameHere { note, on: true })
    }

    /// Answers the open pulse.
    #[track_caller]
    pub fn answers(&self, pulse: PulseId, answer: u8) -> impl Future<Output = ()> {
        self.does(Command::AnswerPulse { pulse, answer })
    }

    /// Makes a named cluster of two or more notes.
    pub async fn clusters(&self, name: &str, notes: &[NoteId]) -> ClusterId {
        let cluster = fresh::cluster();
        let [onto, note, others @ ..] = notes else {
            panic!("a cluster takes two notes");
        };
        let (onto, note) = (*onto, *note);
        self.does(Command::MakeCluster {
            cluster,
            note,
            onto,
        })
        .await;
        for note in others {
            let note = *note;
            self.does(Command::AddToCluster { cluster, note }).await;
        }
        let name = name.to_owned();
        self.does(Command::NameCluster { cluster, name }).await;
        cluster
    }

    /// Loses the connection.
    pub async fn drops_connection(&self) {
        must(self.client.drop_connection().await);
    }

    /// Comes back, and is up to date again.
    pub async fn comes_back(&self) {
        let welcomes = self.sees(|view| view.welcomes);
        must(self.client.reconnect().await);
        self.until(|view| view.welcomes > welcomes).await;
    }
}

/// The participants' link of a board that has one.
#[must_use]
pub fn participants_link(created: &Created) -> &str {
    created.participant.as_deref().unwrap_or_default()
}

/// What has to succeed for a test to make sense.
#[track_caller]
fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(fault) => panic!("{fault}"),
    }
}
