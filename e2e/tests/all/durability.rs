//! Said is kept: the server's process is killed, and nothing that was acknowledged is lost or done
//! twice.

use candour_e2e::PATIENCE;
use candour_e2e::api::Api;
use candour_e2e::client::TestClient;
use candour_e2e::demo::{Demo, fixture};
use candour_e2e::fresh;
use candour_e2e::outcome::Outcome;
use candour_e2e::server::{ServerProcess, TestServer};
use candour_e2e::view::View;
use candour_e2e::workshop::{content, move_phase, participants_link, settings};
use candour_shared::command::Command;
use candour_shared::phase::Phase;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tempfile::TempDir;

/// Fewest kills for a play to say anything.
const KILLS: usize = 4;

#[tokio::test]
async fn a_note_is_there_after_a_kill_right_behind_its_acknowledgement() {
    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    let api = Api::new(&server.url()).patient(PATIENCE);
    let created = api.create(&settings()).await.unwrap();
    let client = async |link: &str| {
        let token = api.token(created.board, link, Some(0)).await.unwrap();
        TestClient::connect(api.clone(), created.board, token)
    };
    let facilitator = client(&created.facilitator).await;
    let ann = client(participants_link(&created)).await;
    let (from, to) = (Phase::Lobby, Phase::Write);
    facilitator.ask(move_phase(from, to)).await.unwrap();
    for number in 0..5 {
        let (note, content) = (fresh::note(), content(&format!("Note {number}")));
        ann.ask(Command::post_note(note, content)).await.unwrap();
        server.kill().await.unwrap();
        server.restart().await.unwrap();
    }
    facilitator
        .ask(Command::Reveal { number: 1 })
        .await
        .unwrap();
    let all = |view: &View| view.wall().read().note_count() == 5;
    ann.wait_for(all).await.unwrap();
    assert_eq!(ann.view(|view| view.welcomes), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workshop_through_kills_ends_as_one_without_any() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let calm = TestServer::start().await.unwrap();
    let expected = Demo::play(Api::new(&calm.url()), fixture().unwrap())
        .await
        .unwrap();

    let folder = TempDir::new().unwrap();
    let mut server = ServerProcess::start(folder.path()).await.unwrap();
    let api = Api::new(&server.url()).patient(PATIENCE);
    let demo = Demo::open(api, fixture().unwrap()).await.unwrap();
    let play = async {
        demo.write().await?;
        demo.reveal().await?;
        demo.cluster().await?;
        demo.vote().await?;
        demo.close().await
    };
    let mut kills = 0;
    let export = tokio::select! {
        export = play => export.unwrap(),
        () = kill_now_and_then(&mut server, &demo, seed, &mut kills) => unreachable!(),
    };
    println!("{kills} kills");
    assert!(kills >= KILLS, "only {kills} kills with seed {seed}");
    let outcome = Outcome::of(&export).unwrap();
    assert_eq!(outcome, Outcome::of(&expected).unwrap(), "seed {seed}");
    assert_eq!(outcome.totals, [demo.expected_totals()]);
    for player in &demo.players {
        assert_eq!(player.client.view(|view| view.faults.clone()), [""; 0]);
    }
    let log = server.log().unwrap();
    assert!(!log.contains("panicked"), "{log}");
}

/// Kills and restarts the server whenever some random person has got a few more things done.
async fn kill_now_and_then(server: &mut ServerProcess, demo: &Demo, seed: u64, kills: &mut usize) {
    let mut random = StdRng::seed_from_u64(seed);
    loop {
        let person = &demo.players[random.random_range(0..demo.players.len())].client;
        let more = person.view(|view| view.done) + random.random_range(1..=3);
        if person.wait_for(|view| view.done >= more).await.is_err() {
            // This person has nothing left to do; the play is about to end.
            std::future::pending::<()>().await;
        }
        server.kill().await.unwrap();
        server.restart().await.unwrap();
        *kills += 1;
    }
}
