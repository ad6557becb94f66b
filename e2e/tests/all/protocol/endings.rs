//! How things end for good: erased notes, deleted boards, boards whose time is over.

use std::time::Duration;

use candour_e2e::api::Api;
use candour_e2e::server::{TestServer, on_disk};
use candour_e2e::workshop::{Workshop, settings};
use candour_server::clock::Clock;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{Ending, Receipt};
use candour_shared::moderation::{Erasure, Reason};
use candour_shared::phase::Phase;
use candour_shared::protocol::{CloseReason, Store};
use candour_shared::time::Millis;

use crate::receipt::receipt_of;
use crate::refusal::refusal;

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = HOUR.saturating_mul(24);
/// The last minute of a day.
const LATE_ON_31_JANUARY_2026: Millis = Millis(1_769_903_940_000);

#[tokio::test]
async fn an_erased_note_leaves_a_receipt_that_says_nothing_about_it() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("Mrs Jones in bed four").await;
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    let reason = Reason::PatientDetail;
    facilitator.does(Command::EraseNote { note, reason }).await;
    facilitator
        .until(|view| view.backstage().read().erasures().len() == 1)
        .await;
    let erasures = facilitator.sees(|view| view.backstage().read().erasures());
    let generation = facilitator
        .sees(|view| view.cursor(Store::Wall))
        .unwrap()
        .generation;
    let on = erasures[0].on;
    let receipt = Erasure {
        on,
        reason,
        generation,
    };
    assert_eq!(erasures, [receipt]);
    let export = workshop
        .api
        .export(workshop.board(), &workshop.organiser.token);
    assert_eq!(export.await.unwrap().erasures, erasures);
}

#[tokio::test]
async fn what_facilitators_did_becomes_public_at_the_end_of_the_phase() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("Dr Smith never calls back").await;
    workshop.reveal().await;
    let reason = Reason::NamesAPerson;
    workshop
        .facilitator
        .does(Command::HoldNote { note, reason })
        .await;
    workshop.catches_up(&ann).await;
    assert_eq!(ann.sees(|view| view.wall().read().ledger().0.len()), 0);
    workshop.go_to(Phase::Cluster).await;
    ann.until(|view| view.wall().read().ledger().0.len() == 1)
        .await;
}

#[tokio::test]
async fn a_deleted_board_leaves_a_receipt_and_nothing_else() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    ann.posts("A canary in the coal mine").await;
    let (api, board) = (&workshop.api, workshop.board());
    assert_eq!(refusal(api.receipt(board).await).1, Denied::NoSuchBoard);
    let receipt = api.delete(board, &workshop.organiser.token).await.unwrap();
    assert_eq!((receipt.board, receipt.ending), (board, Ending::Deleted));
    assert_eq!(api.receipt(board).await.unwrap(), receipt);
    ann.until(|view| view.close_reason == Some(CloseReason::Deleted))
        .await;
    let folder = workshop.server.folder();
    assert!(!on_disk(folder, "canary").unwrap());
    assert!(!on_disk(folder, &settings().title).unwrap());
}

#[tokio::test]
async fn a_board_ends_on_its_day_with_people_on_it_or_not() {
    let (clock, hands) = Clock::by_hand(LATE_ON_31_JANUARY_2026);
    let server = TestServer::with(|config| config.clock = clock)
        .await
        .unwrap();
    let mut settings = settings();
    settings.privacy.keep_days = 2;
    let workshop = Workshop::on(server, &settings).await;
    let api = &workshop.api;
    assert_eq!(workshop.created.expires_on.to_string(), "2026-02-02");
    let asleep = api.create(&settings).await.unwrap().board;
    settings.privacy.keep_days = 3;
    let longer = api.create(&settings).await.unwrap();

    hands.advance(DAY);
    let token = api
        .token(longer.board, &longer.organiser, None)
        .await
        .unwrap();
    let export = api.export(longer.board, &token).await.unwrap();
    assert_eq!(export.exported_on.to_string(), "2026-02-01");
    workshop.go_to(Phase::Write).await;
    hands.advance(DAY);
    let participant = &workshop.facilitator;
    participant
        .until(|view| view.close_reason == Some(CloseReason::Deleted))
        .await;
    for board in [workshop.board(), asleep] {
        let receipt = Receipt {
            board,
            ending: Ending::Expired,
            on: "2026-02-02".parse().unwrap(),
        };
        assert_eq!(receipt_of(api, board).await, receipt);
    }
    api.export(longer.board, &token).await.unwrap();
}

#[tokio::test]
async fn a_clock_that_is_wrong_when_the_server_starts_and_is_then_set_right_ends_no_board() {
    let (clock, hands) = Clock::by_hand(LATE_ON_31_JANUARY_2026);
    let server = TestServer::with(|config| config.clock = clock)
        .await
        .unwrap();
    let api = Api::new(&server.url());
    let created = api.create(&settings()).await.unwrap();
    let mut settings = settings();
    settings.privacy.keep_days = 1;
    let brief = api.create(&settings).await.unwrap().board;
    hands.advance(400 * DAY);
    let _server = server.restart().await.unwrap();
    api.receipt(brief).await.unwrap_err();
    hands.set(LATE_ON_31_JANUARY_2026);
    api.receipt(brief).await.unwrap_err();
    hands.advance(DAY);
    receipt_of(&api, brief).await;
    let organiser = &created.organiser;
    api.token(created.board, organiser, None).await.unwrap();
}

#[tokio::test]
async fn a_board_whose_day_came_while_the_server_was_down_is_gone_when_it_is_back() {
    let (clock, hands) = Clock::by_hand(LATE_ON_31_JANUARY_2026);
    let server = TestServer::with(|config| config.clock = clock)
        .await
        .unwrap();
    let api = Api::new(&server.url());
    let board = api.create(&settings()).await.unwrap().board;
    let folder = server.folder().to_owned();
    assert!(on_disk(&folder, &settings().title).unwrap());
    hands.advance(40 * DAY);
    let server = server.restart().await.unwrap();
    // First there is some time to set a wrong clock right.
    api.receipt(board).await.unwrap_err();
    hands.advance(HOUR);
    assert_eq!(receipt_of(&api, board).await.ending, Ending::Expired);
    assert!(!on_disk(server.folder(), &settings().title).unwrap());
}
