//! What is let out of a board that can't be read any more, and what is left of one whose time is over.

use std::fs;
use std::path::Path;
use std::time::Duration;

use candour_e2e::database::execute;
use candour_e2e::server::{ServerProcess, TestServer};
use candour_e2e::workshop::{move_phase, participants_link, settings};
use candour_server::clock::Clock;
use candour_shared::denied::Denied;
use candour_shared::http::{Created, Ending, Fault, Join, Refusal};
use candour_shared::phase::Phase;
use candour_shared::protocol::CloseReason;
use candour_shared::settings::KEEP_DAYS;
use candour_shared::time::Millis;
use reqwest::{Method, Response, StatusCode};
use tempfile::TempDir;

use super::guests::{Account, Guest, Ticket};
use super::play::{ANN, FAY, makes};
use super::table::{Canary, Moment};
use super::watch::{Catch, Part, Source, Watch, files};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A board with one note, and its author.
struct Board {
    watch: Watch,
    created: Created,
    ann: Guest,
    text: String,
}

impl Board {
    async fn at(url: &str) -> Self {
        let mut watch = Watch::new();
        let [fay, ann] = [FAY, ANN].map(|who| Account::new(url, who, &mut watch));
        let created = makes(&fay.api, &mut watch, &settings()).await;
        let ticket = |link, part| Ticket {
            board: created.board,
            link,
            part,
        };
        let facilitator = ticket(&created.facilitator, Part::Moderator);
        let fay = Guest::joins(fay, &mut watch, facilitator).await;
        let participant = ticket(participants_link(&created), Part::Participant);
        let ann = Guest::joins(ann, &mut watch, participant).await;
        let (from, to) = (Phase::Lobby, Phase::Write);
        fay.person.does(move_phase(from, to)).await;
        let text = watch.for_new_text(Canary::Plain, ANN);
        ann.person.posts(&text).await;
        ann.person.until(|view| view.mine().notes.len() == 1).await;
        // What was let out while the board was well is not looked for here.
        ann.catch();
        Self {
            watch,
            created,
            ann,
            text,
        }
    }

    /// Nothing of the board may be in what was let out.
    fn nothing_is_in(&self, catch: &[Catch]) {
        let complaints = self.watch.complaints(Moment::Stopped, catch);
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    }
}

/// What a server answers and logs whose database was spoilt while it was away.
struct Spoilt {
    folder: TempDir,
    server: ServerProcess,
    board: Board,
}

impl Spoilt {
    /// It, and what it answered.
    async fn by(spoil: impl AsyncFnOnce(&Path, &Board)) -> (Self, Vec<Response>) {
        let folder = TempDir::new().unwrap();
        let mut server = ServerProcess::start(folder.path()).await.unwrap();
        let board = Board::at(&server.url()).await;
        server.stop().await.unwrap();
        spoil(folder.path(), &board).await;
        server.restart().await.unwrap();
        let ann = &board.ann;
        let path = |end: &str| format!("/api/boards/{}{end}", board.created.board);
        let (api, token) = (&ann.account.api, &ann.person.token);
        let join = Join::new(token.clone()).of(Some(0)).with_token();
        let mut answers = Vec::new();
        for request in [
            api.request(Method::GET, &path("/me")).bearer_auth(token),
            api.request(Method::GET, &path("/live")).bearer_auth(token),
            api.request(Method::POST, &path("/join")).json(&join),
        ] {
            let response = api.send(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            answers.push(response);
        }
        let spoilt = Self {
            folder,
            server,
            board,
        };
        (spoilt, answers)
    }

    fn nothing_of_the_board_is_told_or_logged(&self) {
        let mut catch = self.board.ann.catch();
        catch.extend(
            files(self.folder.path())
                .into_iter()
                .filter(|it| it.source == Source::Log),
        );
        self.board.nothing_is_in(&catch);
    }
}

#[tokio::test]
async fn a_fault_is_told_and_logged_by_its_number_without_what_was_asked() {
    let (spoilt, answers) = Spoilt::by(async |folder, _| {
        let without = "ALTER TABLE snapshots RENAME TO elsewhere".to_owned();
        execute(&folder.join("boards.db"), without).await.unwrap();
    })
    .await;
    let log = spoilt.server.log().unwrap();
    for answer in answers {
        let fault = answer.json::<Fault>().await.unwrap().fault;
        assert!(log.contains(&fault), "{log}");
    }
    spoilt.nothing_of_the_board_is_told_or_logged();
}

#[tokio::test]
async fn a_damaged_board_is_told_and_logged_without_what_is_on_it() {
    let (spoilt, answers) = Spoilt::by(async |folder, board| damage(folder, &board.text)).await;
    for answer in answers {
        let refusal: Refusal = answer.json().await.unwrap();
        assert_eq!(refusal.denied, Denied::Damaged);
    }
    spoilt.nothing_of_the_board_is_told_or_logged();
}

#[tokio::test]
async fn nothing_but_a_receipt_is_left_of_a_board_whose_time_is_over() {
    let (clock, hands) = Clock::by_hand(Millis(0));
    let server = TestServer::with(|config| config.clock = clock)
        .await
        .unwrap();
    let board = Board::at(&server.url()).await;
    let ann = &board.ann;
    hands.advance(u32::from(KEEP_DAYS) * DAY);
    ann.person
        .until(|view| view.close_reason == Some(CloseReason::Deleted))
        .await;
    let receipt = ann.account.api.receipt(board.created.board).await.unwrap();
    assert_eq!(receipt.ending, Ending::Expired);
    let mut catch = ann.catch();
    catch.extend(files(server.folder()));
    board.nothing_is_in(&catch);
}

/// Overwrites a text wherever it is stored, as a failing disk might.
fn damage(folder: &Path, text: &str) {
    let database = folder.join("boards.db");
    let mut bytes = fs::read(&database).unwrap();
    let word = text.split('"').nth(1).unwrap().as_bytes();
    let places: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(word))
        .collect();
    assert!(!places.is_empty(), "the text is not stored");
    for at in places {
        bytes[at..at + word.len()].fill(b'?');
    }
    fs::write(database, bytes).unwrap();
}
