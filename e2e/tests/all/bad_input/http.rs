//! Over HTTP.

use candour_e2e::api::{check, secret};
use candour_e2e::workshop::{Workshop, participants_link, settings};
use candour_shared::denied::{Denied, SettingsFault, SettingsPart};
use candour_shared::http::Join;
use candour_shared::ids::BoardId;
use reqwest::Method;

use crate::refusal::refusal;

async fn refused(workshop: &Workshop, method: Method, path: &str, body: &str) -> (u16, Denied) {
    let request = workshop.api.request(method, path).body(body.to_owned());
    let response = workshop.api.send(request).await.unwrap();
    refusal(check(response).await)
}

#[tokio::test]
async fn a_body_that_is_not_what_was_asked_for_is_refused() {
    let workshop = Workshop::in_the_lobby().await;
    let join = format!("/api/boards/{}/join", workshop.board());
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    for path in ["/api/boards", &join] {
        for body in [
            "",
            "{",
            "{}",
            r#"{"secret":7}"#,
            r#"{"friend":true}"#,
            &nested,
        ] {
            let (status, denied) = refused(&workshop, Method::POST, path, body).await;
            assert_eq!(status, 400, "{body:.40}");
            assert!(matches!(denied, Denied::Malformed { .. }), "{denied:?}");
        }
        let large = "x".repeat(1_000_000);
        let (status, denied) = refused(&workshop, Method::POST, path, &large).await;
        assert_eq!(status, 413);
        assert!(matches!(denied, Denied::TooLarge { .. }), "{denied:?}");
    }
}

#[tokio::test]
async fn a_board_with_bad_settings_is_refused_with_what_is_wrong() {
    let workshop = Workshop::in_the_lobby().await;
    let mut untitled = settings();
    untitled.title = " ".into();
    let mut categories = settings();
    categories.categories.clear();
    let mut twice = settings();
    twice.organisations = vec!["GP".into(), "gp".into()];
    let mut alone = settings();
    alone.privacy.min_group = 1;
    for (settings, wrong) in [
        (
            untitled,
            SettingsFault::Empty {
                part: SettingsPart::Title,
            },
        ),
        (categories, SettingsFault::NoCategory),
        (
            twice,
            SettingsFault::Twice {
                part: SettingsPart::Organisation,
                name: "gp".into(),
            },
        ),
        (alone, SettingsFault::GroupTooSmall),
    ] {
        let (status, denied) = refusal(workshop.api.create(&settings).await);
        assert_eq!(status, 400);
        assert_eq!(denied, Denied::BadSettings { fault: wrong });
    }
}

#[tokio::test]
async fn wrong_links_and_organisations_are_refused() {
    let workshop = Workshop::in_the_lobby().await;
    let board = workshop.board();
    let right = secret(participants_link(&workshop.created)).to_owned();
    let join = |secret: &str, organisation| Join::new(secret).of(organisation).with_token();
    let mut almost = right.clone();
    let last = if almost.pop() == Some('A') { 'E' } else { 'A' };
    almost.push(last);
    for secret in ["", "guess", &almost] {
        let joined = workshop.api.join(board, &join(secret, Some(0))).await;
        assert_eq!(refusal(joined), (401, Denied::WrongSecret));
    }
    for organisation in [None, Some(3), Some(255)] {
        let joined = workshop.api.join(board, &join(&right, organisation)).await;
        assert_eq!(refusal(joined), (422, Denied::NoSuchOrganisation));
    }
    let nowhere = BoardId::from_bytes([9; 16]);
    let joined = workshop.api.join(nowhere, &join(&right, Some(0))).await;
    assert_eq!(refusal(joined), (404, Denied::NoSuchBoard));
}

#[tokio::test]
async fn there_is_nothing_at_other_addresses() {
    let workshop = Workshop::in_the_lobby().await;
    for path in ["/api", "/api/board", "/elsewhere", "/assets/none.js"] {
        let (status, denied) = refused(&workshop, Method::GET, path, "").await;
        assert_eq!((status, denied), (404, Denied::NoSuchPage), "{path}");
    }
    for path in ["/api/boards/7/export.json", "/api/boards/%00/me"] {
        let (status, denied) = refused(&workshop, Method::GET, path, "").await;
        assert_eq!((status, denied), (404, Denied::NoSuchBoard), "{path}");
    }
}

#[tokio::test]
async fn a_stranger_learns_nothing_about_a_board() {
    let workshop = Workshop::in_the_lobby().await;
    let board = workshop.board();
    for (method, name) in [
        (Method::GET, "/export.json"),
        (Method::GET, "/me"),
        (Method::DELETE, ""),
    ] {
        let path = format!("/api/boards/{board}{name}");
        let answer = refused(&workshop, method, &path, "").await;
        assert_eq!(answer, (401, Denied::NotJoined));
    }
}
