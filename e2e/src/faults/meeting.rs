//! A board, a facilitator who leads it through a whole workshop, and people who remember what was
//! acknowledged: what every fault happens to.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use candour_shared::command::Command;
use candour_shared::export::BoardExport;
use candour_shared::http::Created;
use candour_shared::ids::{NoteId, RoundId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::settings::Settings;
use candour_shared::voting::Budget;
use candour_shared::wall::Note;
use futures_util::future::try_join_all;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use super::witness::Witness;
use crate::api::Api;
use crate::client::{Failed, TestClient};
use crate::fresh;
use crate::workshop::{content, move_phase, participants_link, settings, signal};

/// How many steps a workshop has here.
pub const STEPS: usize = 8;
/// What each person can give in a round.
pub const BUDGET: Budget = Budget {
    dots: 5,
    per_item: 2,
};
/// How many notes a board begins with.
const NOTES: usize = 6;
/// The longest that the facilitator waits before the next step.
const HESITATES: Duration = Duration::from_millis(200);

/// See the module.
pub struct Meeting {
    /// The board's links.
    pub created: Created,
    /// The organiser's token.
    pub organiser: String,
    /// Leads through the workshop.
    pub facilitator: TestClient,
    facilitator_token: String,
    /// The participants.
    pub people: Vec<Witness>,
    /// The notes the board began with.
    pub first: BTreeMap<NoteId, String>,
    /// The round of voting, open or not, if it has come to that.
    pub round: RoundId,
    /// How many steps of the workshop were begun.
    step: usize,
    api: Api,
    random: StdRng,
}

impl Meeting {
    /// Opens a board, and so many people join; the workshop has come to this step.
    pub async fn open(api: &Api, people: usize, step: usize, seed: u64) -> Result<Self> {
        Self::with(api, &settings(), people, step, seed).await
    }

    /// Opens a board of these settings.
    pub async fn with(
        api: &Api,
        settings: &Settings,
        people: usize,
        step: usize,
        seed: u64,
    ) -> Result<Self> {
        let mut random = StdRng::seed_from_u64(seed);
        let texts = (0..NOTES).map(|number| format!("Said before, {number}"));
        let notes: Vec<Content> = texts.map(|text| content(&text)).collect();
        let created = api.create_with(settings, &notes).await?;
        let board = created.board;
        let organiser = api.token(board, &created.organiser, None).await?;
        let facilitator_token = api.token(board, &created.facilitator, None).await?;
        let facilitator = TestClient::connect(api.clone(), board, facilitator_token.clone());
        facilitator
            .wait_for(|view| view.wall().read().note_count() == NOTES)
            .await?;
        let first = facilitator.view(|view| {
            let wall = view.wall().read();
            let said = wall.notes().filter_map(|(id, note)| match note {
                Note::Said(content) => Some((id, content.text)),
                Note::Held(_) => None,
            });
            said.collect::<BTreeMap<NoteId, String>>()
        });
        let mut meeting = Self {
            organiser,
            facilitator,
            facilitator_token,
            people: Vec::new(),
            round: fresh::round(),
            step: 0,
            api: api.clone(),
            random: StdRng::seed_from_u64(random.random()),
            created,
            first,
        };
        for number in 0..people {
            meeting.joins(number, random.random()).await?;
        }
        let start = move_phase(Phase::Lobby, Phase::Write);
        meeting.facilitator.ask(start).await?;
        while meeting.step < step {
            meeting.finishes_step().await?;
            meeting.step += 1;
        }
        Ok(meeting)
    }

    /// Everybody does things, and the facilitator begins the next step at some moment, until told to stop.
    pub async fn lives(&mut self, stop: &AtomicBool) -> Result<()> {
        let hesitates = self.random.random_range(Duration::ZERO..HESITATES);
        let commands = self.commands();
        let facilitator = &self.facilitator;
        let leading = async {
            sleep(hesitates).await;
            if !stop.load(Ordering::Relaxed) {
                lead(facilitator, commands).await?;
            }
            Ok(())
        };
        let living = self.people.iter_mut().map(|person| person.lives(stop));
        tokio::try_join!(leading, try_join_all(living))?;
        Ok(())
    }

    /// The server is about to be gone.
    pub fn is_left(&mut self) {
        for person in &mut self.people {
            person.is_left();
        }
    }

    /// Everybody notices that their connection is dead, and connects by another one.
    pub async fn finds_another_way(&self) -> Result<()> {
        let everyone = self.people.iter().map(|person| &person.client);
        for client in everyone.chain([&self.facilitator]) {
            client.drop_connection().await?;
            client.reconnect().await?;
        }
        Ok(())
    }

    /// Everybody comes back, some with a page that is loaded anew; then the step is done.
    pub async fn comes_back(&mut self) -> Result<()> {
        let returning = self.people.iter_mut().map(|person| {
            let anew = person.reloads();
            person.comes_back(anew)
        });
        try_join_all(returning).await?;
        self.facilitator
            .wait_for(|view| view.pending() == 0)
            .await?;
        self.finishes_step().await
    }

    /// Everybody loads their page anew. Nothing is changed by it.
    pub async fn reloads(&mut self) -> Result<()> {
        let board = self.created.board;
        let token = self.facilitator_token.clone();
        self.facilitator = TestClient::connect(self.api.clone(), board, token);
        for person in &mut self.people {
            person.client = person.another_window();
        }
        let everyone = self.people.iter().map(|person| &person.client);
        let looking = everyone.chain([&self.facilitator]).map(async |client| {
            // It was revealed no time or more often, so this is refused or changes nothing; the answer comes
            // after all that brings one up to date.
            match client.ask(Command::Reveal { number: 0 }).await {
                Ok(()) | Err(Failed::Denied(_)) => Ok(()),
                Err(late @ Failed::Late(_)) => Err(late),
            }
        });
        try_join_all(looking).await?;
        Ok(())
    }

    /// Sees to it that all of this step was done, and everybody has received all that was done so far.
    pub async fn finishes_step(&mut self) -> Result<()> {
        lead(&self.facilitator, self.commands()).await?;
        let text = fresh::note().to_string();
        self.facilitator.ask(signal(&text)).await?;
        let everyone = self.people.iter().map(|person| &person.client);
        let waiting = everyone
            .chain([&self.facilitator])
            .map(|client| client.wait_for(|view| view.signal() == text));
        try_join_all(waiting).await?;
        Ok(())
    }

    /// Goes on to the next step; says no after the last.
    pub fn goes_on(&mut self) -> bool {
        self.step += 1;
        self.step < STEPS
    }

    /// What the facilitator does at this step. Each can be done again.
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        let round = self.round;
        match self.step {
            1 => vec![Command::Reveal { number: 1 }],
            2 => vec![move_phase(Phase::Write, Phase::Cluster)],
            4 => vec![
                move_phase(Phase::Cluster, Phase::Vote),
                Command::OpenRound {
                    round,
                    question: "What first?".into(),
                    budget: BUDGET,
                    among: Vec::new(),
                },
            ],
            6 => vec![Command::CloseRound { round }],
            _ => Vec::new(),
        }
    }

    /// Closes the board, takes it away and deletes it.
    pub async fn ends(&mut self) -> Result<BoardExport> {
        for (from, to) in [
            (Phase::Vote, Phase::Discuss),
            (Phase::Discuss, Phase::Closed),
        ] {
            self.facilitator.ask(move_phase(from, to)).await?;
        }
        let export = self.export().await?;
        self.api.delete(self.created.board, &self.organiser).await?;
        Ok(export)
    }

    /// Takes the board away.
    pub async fn export(&self) -> Result<BoardExport> {
        let board = self.created.board;
        Ok(self.api.export(board, &self.organiser).await?)
    }

    /// Somebody new, connected and up to date.
    pub async fn newcomer(&self) -> Result<TestClient> {
        let (board, link) = (self.created.board, participants_link(&self.created));
        let token = self.api.token(board, link, Some(0)).await?;
        let client = TestClient::connect(self.api.clone(), board, token);
        client
            .wait_for(|view| view.wall().read().settings().is_some())
            .await?;
        Ok(client)
    }

    /// Another connection of somebody who may do all that the facilitator may.
    #[must_use]
    pub fn another_host(&self) -> TestClient {
        let (board, token) = (self.created.board, self.organiser.clone());
        TestClient::connect(self.api.clone(), board, token)
    }

    /// Whether everybody is still on their first connection.
    #[must_use]
    pub fn all_stayed(&self) -> bool {
        let everyone = self.people.iter().map(|person| &person.client);
        let mut everyone = everyone.chain([&self.facilitator]);
        everyone.all(|client| client.view(|view| view.welcomes == 1))
    }

    /// How many deeds were acknowledged so far.
    #[must_use]
    pub fn acknowledged(&self) -> usize {
        let people = self.people.iter();
        people.map(|person| person.memory.acknowledged).sum()
    }

    async fn joins(&mut self, number: usize, seed: u64) -> Result<()> {
        let (board, link) = (self.created.board, participants_link(&self.created));
        let organisation = u8::try_from(number % 3)?;
        let token = self.api.token(board, link, Some(organisation)).await?;
        let mut person = Witness::arrives(&self.api, board, token, number, seed);
        let first = self.first.keys().copied();
        // Of the first notes each belongs to one of three people.
        person.charge = first
            .skip(number)
            .step_by(3)
            .take(usize::from(number < 3) * NOTES)
            .collect();
        person
            .client
            .wait_for(|view| view.wall().read().settings().is_some())
            .await?;
        self.people.push(person);
        Ok(())
    }
}

/// Does what a facilitator does, one after the other. What was done before the server was gone is done.
async fn lead(facilitator: &TestClient, commands: Vec<Command>) -> Result<()> {
    for command in commands {
        let told = format!("{command:?}");
        match facilitator.ask(command).await {
            Ok(()) => {}
            Err(failed) => return Err(failed).context(told),
        }
    }
    Ok(())
}
