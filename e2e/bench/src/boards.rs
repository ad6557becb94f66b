//! Boards to be measured: made, filled and joined over the server's own interface.

use anyhow::Result;
use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::fresh;
use candour_e2e::workshop::{content, move_phase, participants_link, settings};
use candour_shared::command::Command;
use candour_shared::http::MAX_FIRST_NOTES;
use candour_shared::ids::{BoardId, NoteId, RoundId};
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::voting::Budget;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

/// How many boards are made at a time, and how many people are let in to each.
const AT_A_TIME: usize = 32;

/// What boards are to be like.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How far they have come.
    pub phase: Phase,
    /// How many notes everybody sees.
    pub notes: usize,
    /// How many participants have joined.
    pub people: usize,
}

/// A board.
#[derive(Debug)]
pub struct Board {
    /// Which.
    pub id: BoardId,
    /// The notes everybody sees.
    pub notes: Vec<NoteId>,
    /// The open round of voting, in the phase Vote.
    pub round: Option<RoundId>,
    /// The link for participants.
    pub link: String,
    /// The tokens of those who have joined.
    pub tokens: Vec<String>,
}

/// Makes so many boards.
pub async fn make(api: &Api, count: usize, wanted: Wanted) -> Result<Vec<Board>> {
    let boards = stream::iter(0..count).map(|_| board(api, wanted));
    boards.buffered(AT_A_TIME).try_collect().await
}

async fn board(api: &Api, wanted: Wanted) -> Result<Board> {
    let mut notes = (0..wanted.notes).map(|number| content(&format!("Note {number}")));
    let first: Vec<Content> = notes.by_ref().take(MAX_FIRST_NOTES).collect();
    let created = api.create_with(&settings(), &first).await?;
    let token = api.token(created.board, &created.facilitator, None).await?;
    let facilitator = TestClient::connect(api.clone(), created.board, token);
    let way = [Phase::Lobby, Phase::Write, Phase::Cluster, Phase::Vote];
    let steps = way.iter().zip(&way[1..]);
    for (from, to) in steps.take_while(|(from, _)| **from != wanted.phase) {
        facilitator.ask(move_phase(*from, *to)).await?;
        if *to == Phase::Write {
            for content in notes.by_ref() {
                facilitator.ask(post(content)).await?;
            }
        }
    }
    facilitator
        .wait_for(|view| view.wall().read().note_count() == wanted.notes)
        .await?;
    let round = match wanted.phase {
        Phase::Vote => Some(open_round(&facilitator).await?),
        Phase::Lobby | Phase::Write | Phase::Cluster | Phase::Discuss | Phase::Closed => None,
    };
    let link = participants_link(&created);
    let tokens = stream::iter(0..wanted.people).map(|_| api.token(created.board, link, Some(0)));
    Ok(Board {
        id: created.board,
        notes: facilitator.view(|view| view.wall().read().notes().map(|(id, _)| id).collect()),
        round,
        link: link.to_owned(),
        tokens: tokens.buffered(AT_A_TIME).try_collect().await?,
    })
}

async fn open_round(facilitator: &TestClient) -> Result<RoundId> {
    let round = fresh::round();
    let budget = Budget {
        dots: 5,
        per_item: 3,
    };
    let open = Command::OpenRound {
        round,
        question: "What first?".into(),
        budget,
        among: Vec::new(),
    };
    facilitator.ask(open).await?;
    Ok(round)
}

/// A new note.
#[must_use]
pub fn post(content: Content) -> Command {
    Command::post_note(fresh::note(), content)
}
