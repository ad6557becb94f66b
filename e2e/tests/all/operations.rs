//! What whoever runs a server does with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::database::execute;
use candour_e2e::fresh;
use candour_e2e::server::{ServerProcess, TestServer, candour};
use candour_e2e::workshop::{content, move_phase, participants_link, settings};
use candour_server::clock::Clock;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::Created;
use candour_shared::ids::NoteId;
use candour_shared::phase::Phase;
use candour_shared::time::Millis;
use data_encoding::HEXLOWER;
use tempfile::TempDir;

use crate::hardening::wire::ask;
use crate::receipt::receipt_of;
use crate::refusal::refusal;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Somebody who writes, and who lets them.
struct Writing {
    api: Api,
    created: Created,
    facilitator: TestClient,
    ann: TestClient,
    /// Ann's.
    token: String,
}

impl Writing {
    async fn on(server: &ServerProcess) -> Self {
        let api = Api::new(&server.url());
        let created = api.create(&settings()).await.unwrap();
        let client = async |link: &str| {
            let token = api.token(created.board, link, Some(0)).await.unwrap();
            let client = TestClient::connect(api.clone(), created.board, token.clone());
            (token, client)
        };
        let (_, facilitator) = client(&created.facilitator).await;
        let (token, ann) = client(participants_link(&created)).await;
        let write = move_phase(Phase::Lobby, Phase::Write);
        facilitator.ask(write).await.unwrap();
        Self {
            api,
            created,
            facilitator,
            ann,
            token,
        }
    }

    async fn post(&self, text: &str) -> NoteId {
        let (note, content) = (fresh::note(), content(text));
        let post = Command::post_note(note, content);
        self.ann.ask(post).await.unwrap();
        note
    }
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(both).unwrap()
}

fn database(folder: &Path) -> PathBuf {
    folder.join("boards.db")
}

/// The server's key goes another way than its backups.
fn carry_key(from: &Path, to: &Path) {
    let key = "boards.db.key";
    fs::copy(from.join(key), to.join(key)).unwrap();
}

#[tokio::test]
async fn a_server_says_under_any_name_that_it_lives_and_is_ready() {
    let server = TestServer::start().await.unwrap();
    for path in ["/healthz", "/readyz"] {
        let get = format!("GET {path}");
        let answer = ask(server.address(), &get, &["Host: 10.1.2.3"], "").await;
        assert_eq!((answer.status, answer.text().as_str()), (200, "ok\n"));
    }
}

#[tokio::test]
async fn a_backup_made_while_people_write_comes_back_with_all_that_was_saved_before_it() {
    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    let writing = Writing::on(&server).await;
    let before = writing.post("Before the backup").await;
    let backup = folder.path().join("backup.db");
    let to = backup.to_str().unwrap();
    let output = candour(folder.path(), &["backup", to]).await.unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let after = writing.post("After the backup").await;
    let there = |note| writing.ann.view(|view| view.state_of(note).is_some());
    assert!(there(before) && there(after));
    server.stop().await.unwrap();

    let restored = TempDir::new().unwrap();
    let output = candour(restored.path(), &["restore", to]).await.unwrap();
    assert!(output.status.success(), "{}", said(&output));
    carry_key(folder.path(), restored.path());
    let server = ServerProcess::start(restored.path()).await.unwrap();
    let (api, board) = (Api::new(&server.url()), writing.created.board);
    let ann = TestClient::connect(api, board, writing.token);
    let edit = Command::edit_note(before, content("Still mine"));
    ann.ask(edit).await.unwrap();
    let there = |note| ann.view(|view| view.state_of(note).is_some());
    assert_eq!((there(before), there(after)), (true, false));
}

#[tokio::test]
async fn a_restored_database_is_not_served_without_its_key() {
    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    Writing::on(&server).await;
    let backup = folder.path().join("backup.db");
    let to = backup.to_str().unwrap();
    candour(folder.path(), &["backup", to]).await.unwrap();
    server.stop().await.unwrap();
    let restored = TempDir::new().unwrap();
    candour(restored.path(), &["restore", to]).await.unwrap();
    let refused = ServerProcess::start(restored.path()).await.err().unwrap();
    assert!(refused.to_string().contains("is missing"), "{refused:#}");
}

#[tokio::test]
async fn a_damaged_board_says_so_and_leaves_the_others_alone() {
    let folder = TempDir::new().unwrap();
    let for_programs = ServerProcess::with(folder.path(), |command| {
        command.args(["--log-format", "json"]);
    });
    let mut server = for_programs.await.unwrap();
    let damaged = Writing::on(&server).await;
    let whole = Writing::on(&server).await;
    let note = whole.post("Unharmed").await;
    server.stop().await.unwrap();
    let board = damaged.created.board;
    let hex = HEXLOWER.encode(board.as_bytes());
    let damage = format!("UPDATE snapshots SET body = zeroblob(99) WHERE board = x'{hex}'");
    execute(&database(folder.path()), damage).await.unwrap();

    let output = candour(folder.path(), &["check"]).await.unwrap();
    assert!(!output.status.success());
    let text = said(&output);
    assert!(text.contains("Boards that are whole: 1\n"), "{text}");
    assert!(
        text.contains(&format!("Board {board} is damaged: ")),
        "{text}"
    );

    server.restart().await.unwrap();
    let secret = participants_link(&damaged.created);
    let refused = damaged.api.token(board, secret, Some(0)).await;
    assert_eq!(refusal(refused), (500, Denied::Damaged));
    let log = server.log().unwrap();
    let lines = log.lines().map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<serde_json::Value> = lines.collect();
    let said = |line: &serde_json::Value| line["message"] == "a board can't be opened";
    assert!(lines.iter().any(said), "{log}");
    whole
        .facilitator
        .ask(Command::Reveal { number: 1 })
        .await
        .unwrap();
    let shown = whole
        .ann
        .wait_for(|view| view.wall().read().note(note).is_some());
    shown.await.unwrap();
}

#[tokio::test]
async fn a_board_that_the_database_cant_read_is_named_and_the_others_are_backed_up() {
    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    let [damaged, _whole] = [Writing::on(&server).await, Writing::on(&server).await];
    server.stop().await.unwrap();
    let board = damaged.created.board;
    let hex = HEXLOWER.encode(board.as_bytes());
    let damage = format!("UPDATE snapshots SET sequence = 'none' WHERE board = x'{hex}'");
    execute(&database(folder.path()), damage).await.unwrap();

    let copied = TempDir::new().unwrap();
    let copy = database(copied.path());
    let to = copy.to_str().unwrap();
    for command in [&["check"][..], &["backup", to]] {
        let output = candour(folder.path(), command).await.unwrap();
        assert!(!output.status.success());
        let text = said(&output);
        assert!(text.contains("Boards that are whole: 1\n"), "{text}");
        let named = format!("board {board} can't be read: ");
        assert!(text.contains(&named), "{text}");
    }
    let output = candour(copied.path(), &["check"]).await.unwrap();
    assert_eq!(said(&output), "Boards that are whole: 1\n");
}

#[tokio::test]
async fn a_board_is_not_deleted_because_the_date_beside_it_is_damaged() {
    let (clock, hands) = Clock::by_hand(Millis(0));
    let server = TestServer::with(|config| config.clock = clock)
        .await
        .unwrap();
    let api = Api::new(&server.url());
    let created = api.create(&settings()).await.unwrap();
    let mut settings = settings();
    let mut due = Vec::new();
    for days in 1..3 {
        settings.privacy.keep_days = days;
        due.push(api.create(&settings).await.unwrap().board);
    }
    let damage = "UPDATE snapshots SET expires_on = '0970-01-02'".to_owned();
    execute(&database(server.folder()), damage).await.unwrap();

    let output = candour(server.folder(), &["check"]).await.unwrap();
    assert!(!output.status.success());
    let text = said(&output);
    let damaged = format!("Board {} is damaged: ", created.board);
    assert!(text.contains(&damaged), "{text}");

    // After the second day every board was found once at least.
    for board in due {
        hands.advance(DAY);
        receipt_of(&api, board).await;
    }
    let organiser = &created.organiser;
    api.token(created.board, organiser, None).await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    Writing::on(&server).await;
    server.stop().await.unwrap();
    let database = database(folder.path());
    let newer = "PRAGMA user_version = 99".to_owned();
    execute(&database, newer).await.unwrap();
    let before = fs::read(&database).unwrap();
    let refused = server.restart().await.unwrap_err().to_string();
    assert!(refused.contains("use a newer program"), "{refused}");
    assert_eq!(fs::read(&database).unwrap(), before);
}
