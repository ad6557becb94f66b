use std::num::NonZeroU32;
use std::time::Duration;

use candour_shared::settings::Admission;
use candour_shared::templates::Template;
use candour_shared::text::Language;

use super::*;
use crate::board::{Engine, LinkSecrets, Opening, encode};
use crate::keys::{Secret, SecretHash};
use crate::limits::{Limiter, Limits};
use crate::log::{Disk, Log};
use crate::metrics::Metrics;

const BOARD: BoardId = BoardId::from_bytes([1; 16]);
const ROOM: NonZeroU32 = NonZeroU32::MIN;

struct Stage {
    disk: Disk,
    hub: Arc<Hub>,
    participant: SecretHash,
}

async fn hub_with_a_board(idle: Duration) -> Stage {
    let random = &mut Random::seeded(1);
    let disk = Disk::new(1);
    let log = Log::simulated(&disk, Metrics::default());
    let key = ServerKey::random(random);
    let limits = Limits {
        returns_per_second: NonZeroU32::MIN,
        ..Limits::default()
    };
    let env = Environment {
        log,
        clock: Clock::System,
        random: Random::seeded(2),
        metrics: Metrics::default(),
        idle,
        limiter: Limiter::new(limits, random),
    };
    let hub = Hub::new(env, key, ROOM);
    let secrets = LinkSecrets::random(Admission::SharedLink, random);
    let participant = secrets.links().participant.unwrap();
    let mut settings = Template::Blank.settings(Language::English);
    settings.title = "A board".into();
    let opening = Opening {
        settings,
        secrets,
        notes: Vec::new(),
        today: "2026-01-31".parse().unwrap(),
        expires_on: "9999-12-31".parse().unwrap(),
    };
    let body = encode(&Engine::open(&opening, random)).unwrap();
    let board = StoredBoard::new(body, opening.expires_on);
    hub.create(BOARD, board).await.unwrap();
    Stage {
        disk,
        hub,
        participant,
    }
}

impl Stage {
    /// Somebody new joins.
    async fn join(&self, seed: u64) -> Result<Joined, HubError> {
        let token = Secret::random(&mut Random::seeded(seed)).hash();
        let joining = Joining::new(self.participant, token);
        self.hub.join(BOARD, &joining).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_board_is_loaded_once_however_many_ask_at_the_same_moment() {
    let Stage { hub, .. } = hub_with_a_board(Duration::from_secs(60)).await;
    let askers: Vec<_> = (0..100)
        .map(|_| {
            let hub = Arc::clone(&hub);
            tokio::spawn(async move { hub.board(BOARD).await.unwrap() })
        })
        .collect();
    let mut boards = Vec::new();
    for asker in askers {
        boards.push(asker.await.unwrap());
    }
    assert_eq!(boards.len(), 100);
    assert!(boards.iter().all(|board| board.is(&boards[0])));
}

#[tokio::test]
async fn an_idle_board_leaves_memory_and_comes_back_when_somebody_asks() {
    let Stage { hub, .. } = hub_with_a_board(Duration::from_millis(20)).await;
    let board = hub.board(BOARD).await.unwrap();
    board.ended().await;
    let again = hub.board(BOARD).await.unwrap();
    assert!(!again.has_ended());
}

#[tokio::test(start_paused = true)]
async fn a_board_for_which_there_is_no_room_is_refused_until_another_leaves() {
    let Stage { hub, .. } = hub_with_a_board(Duration::from_secs(60)).await;
    let board = hub.board(BOARD).await.unwrap();
    let other = BoardId::from_bytes([2; 16]);
    let refused = hub.board(other).await;
    assert!(matches!(refused, Err(HubError::Denied(Denied::Busy))));
    assert!(hub.board(BOARD).await.is_ok());
    board.ended().await;
    let unknown = hub.board(other).await;
    assert!(matches!(
        unknown,
        Err(HubError::Denied(Denied::NoSuchBoard))
    ));
}

#[tokio::test]
async fn asking_for_unknown_boards_leaves_nothing_behind() {
    let Stage { hub, .. } = hub_with_a_board(Duration::from_secs(60)).await;
    let unknown = BoardId::from_bytes([2; 16]);
    assert!(matches!(
        hub.board(unknown).await,
        Err(HubError::Denied(Denied::NoSuchBoard))
    ));
    assert!(hub.boards.is_empty());
}

#[tokio::test(start_paused = true)]
async fn while_the_disk_is_full_changes_are_refused_and_what_is_there_is_told() {
    let stage = hub_with_a_board(Duration::from_secs(60)).await;
    stage.join(1).await.unwrap();
    let board = stage.hub.board(BOARD).await.unwrap();
    stage.disk.set_full(true);
    for seed in 2..4 {
        let refused = stage.join(seed).await;
        assert!(matches!(
            refused,
            Err(HubError::Denied(Denied::Unavailable))
        ));
        let preview = board.preview(stage.participant).await.unwrap();
        assert_eq!(preview.unwrap().title, "A board");
    }
    stage.disk.set_full(false);
    // Still for a moment, so that nothing overtakes what was refused.
    let refused = stage.join(4).await;
    assert!(matches!(
        refused,
        Err(HubError::Denied(Denied::Unavailable))
    ));
    tokio::time::sleep(Duration::from_secs(1)).await;
    stage.join(5).await.unwrap();
    assert!(!board.has_ended());
    let member = |seed| board.member(Secret::random(&mut Random::seeded(seed)).hash());
    let mut members = Vec::new();
    for seed in 1..6 {
        members.push(member(seed).await.unwrap().is_some());
    }
    assert_eq!(members, [true, false, false, false, true]);
}

#[tokio::test(start_paused = true)]
async fn a_board_whose_failed_write_is_on_disk_is_loaded_again_with_it() {
    let stage = hub_with_a_board(Duration::from_secs(60)).await;
    let board = stage.hub.board(BOARD).await.unwrap();
    stage.disk.lose_next_answer();
    let refused = stage.join(1).await;
    assert!(matches!(
        refused,
        Err(HubError::Denied(Denied::Unavailable))
    ));
    board.ended().await;
    let again = stage.hub.board(BOARD).await.unwrap();
    let member = again.member(Secret::random(&mut Random::seeded(1)).hash());
    assert!(member.await.unwrap().is_some());
}
