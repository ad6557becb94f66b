//! A whole workshop, played from a file of notes: three people of every organisation write them, put
//! them together by theme, vote, and talk about what came out. It follows the template's agenda.

mod talk;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use candour_shared::command::Command;
use candour_shared::export::BoardExport;
use candour_shared::http::Created;
use candour_shared::ids::{ClusterId, Item, NoteId, RoundId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::settings::Settings;
use candour_shared::templates::Template;
use candour_shared::text::Language;
use candour_shared::voting::Budget;
use futures_util::future::try_join_all;
use serde::Deserialize;

use crate::api::Api;
use crate::client::TestClient;
use crate::fresh;
use crate::view::View;
use crate::workshop::move_phase;

/// How many people of each organisation take part.
pub const PEOPLE_PER_ORGANISATION: usize = 3;
/// What each person can give.
pub const BUDGET: Budget = Budget {
    dots: 5,
    per_item: 2,
};
/// How each person gives it.
const SPREAD: [u8; 3] = [2, 2, 1];

/// A note of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// What it says.
    pub text: String,
    /// Its kind.
    pub category: Kind,
    /// Whose people write it.
    pub organisation: String,
    /// One of the template's aspects, in lower case.
    pub aspect: String,
    /// The name of the cluster it ends in.
    pub theme: String,
}

/// The categories of [`Template::WorkingTogether`], in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Frustration,
    Pressure,
    Priority,
}

/// The notes of a file.
pub fn parse(json: &str) -> Result<Vec<SourceNote>> {
    Ok(serde_json::from_str(json)?)
}

/// The notes of the tests.
pub fn fixture() -> Result<Vec<SourceNote>> {
    parse(include_str!("../fixtures/workshop-notes.json"))
}

/// A workshop in the course of being played.
pub struct Demo {
    api: Api,
    /// The board's links.
    pub created: Created,
    /// The organiser's token.
    pub organiser_token: String,
    organiser: TestClient,
    facilitator: TestClient,
    /// The participants.
    pub players: Vec<Player>,
    notes: Vec<SourceNote>,
    themes: Vec<Theme>,
}

/// A participant of the play.
pub struct Player {
    /// Their connection.
    pub client: TestClient,
    /// What makes them who they are.
    pub token: String,
    /// What they write, as indices of the file's notes.
    pub writes: Vec<usize>,
}

struct Theme {
    name: String,
    /// Indices of the file's notes.
    notes: Vec<usize>,
    /// The cluster, if two notes or more make one.
    cluster: Option<ClusterId>,
}

impl Demo {
    /// Makes the board, and everybody joins.
    pub async fn open(api: Api, notes: Vec<SourceNote>) -> Result<Self> {
        let settings = settings(&notes);
        let created = api.create(&settings).await?;
        let board = created.board;
        let connect = |token: &String| TestClient::connect(api.clone(), board, token.clone());
        let organiser_token = api.token(board, &created.organiser, None).await?;
        let organiser = connect(&organiser_token);
        let facilitator = connect(&api.token(board, &created.facilitator, None).await?);
        let link = created
            .participant
            .as_deref()
            .context("there is no link for participants")?;
        let mut players = Vec::new();
        for (index, organisation) in settings.organisations.iter().enumerate() {
            let written: Vec<usize> = (0..notes.len())
                .filter(|note| notes[*note].organisation == *organisation)
                .collect();
            for person in 0..PEOPLE_PER_ORGANISATION {
                let organisation = Some(u8::try_from(index)?);
                let token = api.token(board, link, organisation).await?;
                let mine = written.iter().skip(person).step_by(PEOPLE_PER_ORGANISATION);
                players.push(Player {
                    client: connect(&token),
                    token,
                    writes: mine.copied().collect(),
                });
            }
        }
        let names: BTreeSet<&String> = notes.iter().map(|note| &note.theme).collect();
        let themes = names.into_iter().map(|name| Theme::of(name, &notes));
        let demo = Self {
            themes: themes.collect(),
            api,
            created,
            organiser_token,
            organiser,
            facilitator,
            players,
            notes,
        };
        demo.everyone_sees(|view| view.wall().read().settings().is_some())
            .await?;
        demo.take_pulse(1).await?;
        demo.move_to(Phase::Write).await?;
        Ok(demo)
    }

    /// Everybody writes their notes, privately.
    pub async fn write(&self) -> Result<()> {
        let writing = self.players.iter().map(async |player| {
            for index in &player.writes {
                let note = fresh::note();
                let content = self.content(*index)?;
                player.client.ask(Command::post_note(note, content)).await?;
            }
            anyhow::Ok(())
        });
        try_join_all(writing).await?;
        Ok(())
    }

    /// The facilitator reveals, everyone sees it, and people say *same here*.
    pub async fn reveal(&self) -> Result<()> {
        self.facilitator.ask(Command::Reveal { number: 1 }).await?;
        let notes = self.notes.len();
        self.everyone_sees(|view| view.wall().read().note_count() == notes)
            .await?;
        self.agree().await
    }

    /// Everybody puts notes together by theme, all at once.
    pub async fn cluster(&self) -> Result<()> {
        self.move_to(Phase::Cluster).await?;
        try_join_all((0..self.themes.len()).map(|theme| self.make(theme))).await?;
        Ok(())
    }

    /// Everybody gives all their dots; the facilitator closes the round.
    pub async fn vote(&self) -> Result<RoundId> {
        self.move_to(Phase::Vote).await?;
        let round = fresh::round();
        let open = Command::OpenRound {
            round,
            question: "Where would a change help most?".into(),
            budget: BUDGET,
            among: Vec::new(),
        };
        self.facilitator.ask(open).await?;
        let voting = self
            .players
            .iter()
            .enumerate()
            .map(async |(index, player)| {
                for (cluster, dots) in self.votes_of(index) {
                    let item = Item::Cluster(cluster);
                    player
                        .client
                        .ask(Command::CastDots { round, item, dots })
                        .await?;
                }
                anyhow::Ok(())
            });
        try_join_all(voting).await?;
        self.facilitator.ask(Command::CloseRound { round }).await?;
        let closed = |view: &View| {
            let round = view.wall().read().round(round);
            round.is_some_and(|round| round.totals.is_some())
        };
        self.everyone_sees(closed).await?;
        Ok(round)
    }

    /// People talk, the facilitator closes the board, and the organiser takes it away.
    pub async fn close(&self) -> Result<BoardExport> {
        self.move_to(Phase::Discuss).await?;
        self.talk().await?;
        self.agree_on_what_to_do().await?;
        self.take_pulse(2).await?;
        self.move_to(Phase::Closed).await?;
        let board = self.created.board;
        Ok(self.api.export(board, &self.organiser_token).await?)
    }

    /// All of it.
    pub async fn play(api: Api, notes: Vec<SourceNote>) -> Result<BoardExport> {
        let demo = Self::open(api, notes).await?;
        demo.write().await?;
        demo.reveal().await?;
        demo.cluster().await?;
        demo.vote().await?;
        demo.close().await
    }

    /// What has to come out of the vote: dots by theme.
    #[must_use]
    pub fn expected_totals(&self) -> BTreeMap<String, u32> {
        let mut totals = BTreeMap::new();
        for player in 0..self.players.len() {
            for (cluster, dots) in self.votes_of(player) {
                let theme = self.themes.iter().find(|it| it.cluster == Some(cluster));
                let name = theme.map(|theme| theme.name.clone()).unwrap_or_default();
                *totals.entry(name).or_default() += u32::from(dots);
            }
        }
        totals
    }

    /// The clients that are nobody's who writes.
    #[must_use]
    pub fn hosts(&self) -> [&TestClient; 2] {
        [&self.organiser, &self.facilitator]
    }

    async fn move_to(&self, to: Phase) -> Result<()> {
        let from = self.facilitator.view(View::phase);
        self.facilitator.ask(move_phase(from, to)).await?;
        self.everyone_sees(|view| view.phase() == to).await
    }

    async fn everyone_sees(&self, condition: impl Fn(&View) -> bool + Copy) -> Result<()> {
        let everyone = self.players.iter().map(|player| &player.client);
        let waiting = everyone
            .chain(self.hosts())
            .map(|client| client.wait_for(condition));
        try_join_all(waiting).await?;
        Ok(())
    }

    /// Different people make a cluster, fill it and name it, at the same time.
    async fn make(&self, index: usize) -> Result<()> {
        let theme = &self.themes[index];
        let Some(cluster) = theme.cluster else {
            return Ok(());
        };
        let person = |step: usize| &self.players[(index * 5 + step) % self.players.len()].client;
        let notes: Vec<NoteId> = theme
            .notes
            .iter()
            .map(|note| {
                let text = &self.notes[*note].text;
                let found = person(0).view(|view| view.note_saying(text));
                found.with_context(|| format!("nobody sees “{text}”"))
            })
            .collect::<Result<_>>()?;
        let [onto, note, others @ ..] = &notes[..] else {
            return Ok(());
        };
        let (onto, note) = (*onto, *note);
        person(0)
            .ask(Command::MakeCluster {
                cluster,
                note,
                onto,
            })
            .await?;
        let filling = others
            .iter()
            .map(|note| Command::AddToCluster {
                cluster,
                note: *note,
            })
            .chain([Command::NameCluster {
                cluster,
                name: theme.name.clone(),
            }])
            .enumerate()
            .map(async |(step, command)| person(step + 1).ask(command).await);
        try_join_all(filling).await?;
        Ok(())
    }

    fn votes_of(&self, player: usize) -> impl Iterator<Item = (ClusterId, u8)> {
        let clusters: Vec<ClusterId> = self.themes.iter().filter_map(|it| it.cluster).collect();
        // Triangular numbers: they reach every theme, some more often than others.
        let first = player * (player + 1) / 2 % clusters.len().max(1);
        let mut chosen = clusters.clone();
        chosen.rotate_left(first);
        chosen.into_iter().zip(SPREAD)
    }

    fn content(&self, index: usize) -> Result<Content> {
        let note = &self.notes[index];
        let aspects = Template::WorkingTogether
            .settings(Language::English)
            .aspects;
        let aspect = aspects
            .iter()
            .position(|aspect| aspect.to_lowercase() == note.aspect)
            .with_context(|| format!("the template has no aspect “{}”", note.aspect))?;
        Ok(Content::new(note.category as u8, note.text.clone()).about(Some(u8::try_from(aspect)?)))
    }
}

impl Theme {
    fn of(name: &str, notes: &[SourceNote]) -> Self {
        let of_theme = |index: &usize| notes[*index].theme == name;
        let notes: Vec<usize> = (0..notes.len()).filter(of_theme).collect();
        Self {
            name: name.to_owned(),
            cluster: (notes.len() > 1).then(fresh::cluster),
            notes,
        }
    }
}

fn settings(notes: &[SourceNote]) -> Settings {
    let organisations: BTreeSet<&String> = notes.iter().map(|note| &note.organisation).collect();
    Settings {
        title: "Working together this winter".into(),
        organisations: organisations.into_iter().cloned().collect(),
        ..Template::WorkingTogether.settings(Language::English)
    }
}
