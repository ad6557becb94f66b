//! Every role, every verb, every phase, on one's own board and on another: the answers are those of a
//! table that somebody wrote, see [`table`]. The table, the boards and the commands follow the enums: a new
//! role, verb or phase does not compile here, or is missed aloud, until somebody says who may do it.

mod kit;
mod requests;
mod stage;
mod table;

use candour_e2e::api::{Api, ApiError};
use candour_e2e::client::Failed;
use candour_e2e::fresh;
use candour_e2e::report;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::Person;
use candour_shared::command::{Command, Verb};
use candour_shared::denied::Denied;
use candour_shared::http::Refusal;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{ClientMessage, CloseReason, Hello, ServerMessage};
use futures_util::future::join_all;
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::StatusCode;
use tokio_tungstenite::tungstenite::{Error, Message};

use kit::Now;
use stage::Stage;
use table::{Situation, answer, answer_elsewhere};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let kinds = Situation::ALL.map(|situation| Phase::ALL.map(|phase| (phase, situation)));
    let boards = kinds.into_iter().flatten().map(|(phase, situation)| {
        let api = api.clone();
        tokio::spawn(async move {
            let stage = Stage::set(&api, phase, situation).await;
            check(&stage).await
        })
    });
    let (mut cells, mut wrong) = (0, Vec::new());
    for board in join_all(boards).await {
        let (number, of_board) = board.unwrap();
        cells += number;
        wrong.extend(of_board);
    }
    report(&format!("the matrix: {cells} cells, {} wrong", wrong.len()));
    assert_eq!(
        cells,
        Situation::ALL.len() * Phase::ALL.len() * Role::ALL.len() * Verb::ALL.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tries everything on a board: how many cells of the table that were, and what is wrong.
async fn check(stage: &Stage) -> (usize, Vec<String>) {
    let (phase, situation) = (stage.phase, stage.situation);
    let (mut cells, mut wrong) = (0, Vec::new());
    for role in Role::ALL {
        for verb in Verb::ALL {
            let command = stage.command(verb, stage.kit(role)).await;
            let before = stage.documents().await;
            let answered = ask(stage.person(role), command).await;
            let expected = answer(role, verb, phase, situation);
            let cell = format!("{role:?} {verb:?} in {phase}, {situation:?}");
            if answered != expected {
                wrong.push(format!("{cell}: {answered:?} instead of {expected:?}"));
            }
            if answered.is_err() && stage.documents().await != before {
                wrong.push(format!("{cell}: refused, but something changed"));
            }
            cells += 1;
        }
    }
    (cells, wrong)
}

async fn ask(person: &Person, command: Command) -> Result<(), Denied> {
    match person.client.ask(command).await {
        Ok(()) => Ok(()),
        Err(Failed::Denied(denied)) => Err(denied),
        Err(failed) => panic!("{failed}"),
    }
}

/// The things of another board are not there, and nothing happens to them.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_reaches_another_boards_things_by_any_verb_in_any_phase() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let usual = Situation::Usual;
    let other = &Stage::set(&api, Phase::Vote, usual).await;
    let own = join_all(Phase::ALL.map(|phase| Stage::set(&api, phase, usual))).await;
    let round = other.round_for(Verb::CastDots).await;
    let pulse = other.pulse_for(Verb::AnswerPulse).await;
    let before = other.documents().await;
    let tries = own.iter().map(|stage| async move {
        for role in Role::ALL {
            for verb in Verb::ALL {
                let Some(expected) = answer_elsewhere(verb) else {
                    continue;
                };
                let now = Now {
                    phase: stage.phase,
                    situation: usual,
                    round,
                    pulse,
                    number: 1,
                };
                let command = other.kit(role).command(verb, &now);
                let answered = ask(stage.person(role), command).await.unwrap_err();
                // What the role may not do at all is refused for that.
                let may = answer(role, verb, stage.phase, usual);
                let expected = may.err().unwrap_or(expected);
                assert_eq!(answered, expected, "{role:?} {verb:?} in {}", stage.phase);
            }
        }
    });
    join_all(tries).await;
    assert!(other.documents().await == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_joined_a_board_gets_no_connection_in_any_phase() {
    let server = TestServer::start().await.unwrap();
    let api = Api::new(&server.url());
    let usual = Situation::Usual;
    let boards = &join_all(Phase::ALL.map(|phase| Stage::set(&api, phase, usual))).await;
    let nobody = fresh_token();
    for (index, board) in boards.iter().enumerate() {
        let other = &boards[(index + 1) % boards.len()];
        let strangers = Role::ALL.map(|role| other.person(role).token.clone());
        let never_joined = [nobody.clone(), String::new(), "no token".to_owned()];
        for token in strangers.iter().chain(&never_joined) {
            let handshake = api.handshake(board.created.board, token).unwrap();
            let refused = api.open(handshake).await.map_err(handshake_refused);
            assert_eq!(refused.err(), Some(not_joined()), "in {}", board.phase);
        }
    }
}

/// Whose link was replaced is out at once: what they still send is done by nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_facilitator_does_nothing_by_any_verb_in_any_phase() {
    let server = TestServer::start().await.unwrap();
    let api = &Api::new(&server.url());
    let tries = Phase::ALL.map(|phase| async move {
        let stage = Stage::set(api, phase, Situation::Usual).await;
        let (board, link) = (stage.created.board, &stage.created.facilitator);
        let token = api.token(board, link, None).await.unwrap();
        let mut socket = api
            .open(api.handshake(board, &token).unwrap())
            .await
            .unwrap();
        let hello = Hello::new(fresh::page());
        let mut says = vec![ClientMessage::Hello { hello }];
        for verb in Verb::ALL {
            let kit = stage.kit(Role::Facilitator);
            let (id, command) = (0, stage.command(verb, kit).await);
            says.push(ClientMessage::Command { id, command });
        }
        let text = |message: &ClientMessage| Message::text(serde_json::to_string(message).unwrap());
        socket.send(text(&says[0])).await.unwrap();
        let Some(Ok(Message::Text(_))) = socket.next().await else {
            panic!("no welcome");
        };
        let organiser = &stage.organiser.token;
        api.replace_link(board, Role::Facilitator, organiser)
            .await
            .unwrap();
        let before = stage.documents().await;
        for message in &says[1..] {
            socket.send(text(message)).await.unwrap();
        }
        let mut code = None;
        while let Some(Ok(message)) = socket.next().await {
            match message {
                Message::Close(frame) => code = frame.map(|frame| frame.code.into()),
                Message::Text(text) => {
                    let said: ServerMessage = serde_json::from_str(&text).unwrap();
                    assert!(!matches!(said, ServerMessage::Done { .. }), "{text}");
                }
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
        assert_eq!(code, Some(CloseReason::Revoked.code()));
        assert!(
            stage.documents().await == before,
            "something was done in {phase}"
        );
        let again = api.open(api.handshake(board, &token).unwrap()).await;
        assert_eq!(again.map_err(handshake_refused).err(), Some(not_joined()));
    });
    join_all(tries).await;
}

fn not_joined() -> (StatusCode, Denied) {
    (StatusCode::UNAUTHORIZED, Denied::NotJoined)
}

/// A token that nobody was given.
fn fresh_token() -> String {
    let [one, other] = [fresh::note(), fresh::note()].map(|id| id.to_string());
    format!("{}A", &format!("{one}{other}")[..42])
}

/// Why a handshake failed.
fn handshake_refused(fault: ApiError) -> (StatusCode, Denied) {
    let ApiError::NoSocket(fault) = fault else {
        panic!("{fault}");
    };
    let Error::Http(response) = *fault else {
        panic!("{fault}");
    };
    let refusal: Refusal = serde_json::from_slice(response.body().as_ref().unwrap()).unwrap();
    (response.status(), refusal.denied)
}
