//! Who may come in as what, by cookie or by token.

use candour_e2e::api::{Api, ApiError, check, secret};
use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{
    Person, Workshop, content, move_phase, participants_link, settings, signal,
};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{BoardPreview, Join, Joined, Lookup};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{ClientMessage, Hello, MyNote, ServerMessage};
use candour_shared::voting::Budget;
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::header::SET_COOKIE;
use reqwest::{Method, StatusCode};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::http::header::{AUTHORIZATION, COOKIE, ORIGIN};

use crate::refusal::refusal;

#[tokio::test]
async fn each_link_shows_its_own_preview() {
    let workshop = Workshop::in_the_lobby().await;
    let links = &workshop.created;
    for (link, role) in [
        (participants_link(links), Role::Participant),
        (&*links.facilitator, Role::Facilitator),
        (&*links.organiser, Role::Organiser),
        (&*links.projector, Role::Projector),
    ] {
        let lookup = Lookup {
            secret: secret(link).to_owned(),
        };
        let path = format!("/api/boards/{}/preview", workshop.board());
        let request = workshop.api.request(Method::POST, &path).json(&lookup);
        let preview: BoardPreview = workshop
            .api
            .send(request)
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(preview.role, role);
        assert_eq!(preview.title, settings().title);
        assert_eq!(preview.organisations, settings().organisations);
        assert_eq!(preview.privacy, settings().privacy);
    }
}

#[tokio::test]
async fn one_browser_holds_several_roles_of_a_board() {
    let workshop = Workshop::in_the_lobby().await;
    let browser = Api::new(&workshop.server.url()).browser().unwrap();
    let me = async |role: &str| -> Result<Joined, ApiError> {
        let path = format!("/api/boards/{}/me?as={role}", workshop.board());
        let response = browser.send(browser.request(Method::GET, &path)).await?;
        Ok(check(response).await?.json().await?)
    };
    assert_eq!(refusal(me("organiser").await), (401, Denied::NotJoined));
    for (link, role) in [
        (&*workshop.created.organiser, Role::Organiser),
        (participants_link(&workshop.created), Role::Participant),
        (&*workshop.created.projector, Role::Projector),
    ] {
        let joined = browser.join(workshop.board(), &by_cookie(link)).await;
        assert_eq!(joined.unwrap(), Joined { role, token: None });
    }
    assert_eq!(me("organiser").await.unwrap().role, Role::Organiser);
    assert_eq!(me("participant").await.unwrap().role, Role::Participant);
    assert_eq!(me("projector").await.unwrap().role, Role::Projector);
    assert_eq!(refusal(me("facilitator").await), (401, Denied::NotJoined));
}

#[tokio::test]
async fn the_preview_says_whether_somebody_has_joined_with_this_browser_in_this_role() {
    let workshop = Workshop::in_the_lobby().await;
    let board = workshop.board();
    let browser = Api::new(&workshop.server.url()).browser().unwrap();
    let facilitators = secret(&workshop.created.facilitator);
    let link = participants_link(&workshop.created);
    let joined = |preview: Result<BoardPreview, ApiError>| preview.unwrap().joined;
    assert!(!joined(browser.preview(board, secret(link)).await));
    browser.join(board, &by_cookie(link)).await.unwrap();
    assert!(joined(browser.preview(board, secret(link)).await));
    assert!(
        !joined(browser.preview(board, facilitators).await),
        "in another role"
    );
    assert!(
        !joined(workshop.api.preview(board, secret(link)).await),
        "in another browser"
    );
    let leave = format!("/api/boards/{board}/me?as=participant");
    browser
        .send(browser.request(Method::DELETE, &leave))
        .await
        .unwrap();
    assert!(
        !joined(browser.preview(board, secret(link)).await),
        "it has forgotten"
    );
}

#[tokio::test]
async fn joining_again_with_the_cookie_keeps_ones_notes() {
    let workshop = Workshop::start().await;
    let browser = Api::new(&workshop.server.url()).browser().unwrap();
    let mut said = Vec::new();
    for visit in 0..2 {
        let join = by_cookie(participants_link(&workshop.created));
        let path = format!("/api/boards/{}/join", workshop.board());
        let request = browser.request(Method::POST, &path).json(&join);
        let response = browser.send(request).await.unwrap();
        let cookie = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly"), "{cookie}");
        assert!(cookie.contains("SameSite=Strict"), "{cookie}");
        let scope = format!("Path=/api/boards/{}", workshop.board());
        assert!(cookie.contains(&scope), "{cookie}");
        said.push(notes_by_cookie(&workshop, &cookie, visit).await);
    }
    assert_eq!(said[0], []);
    assert_eq!(said[1].len(), 1);
}

/// The notes that the welcome tells to a browser with this cookie; then it posts one more.
async fn notes_by_cookie(workshop: &Workshop, cookie: &str, visit: u64) -> Vec<MyNote> {
    let mut handshake = workshop.api.handshake(workshop.board(), "").unwrap();
    *handshake.uri_mut() = format!("{}?as=participant", handshake.uri())
        .parse()
        .unwrap();
    let pair = cookie.split(';').next().unwrap();
    let headers = handshake.headers_mut();
    headers.remove(AUTHORIZATION);
    headers.insert(COOKIE, pair.parse().unwrap());
    headers.insert(ORIGIN, workshop.server.url().parse().unwrap());
    let mut socket = workshop.api.open(handshake).await.unwrap();
    let hello = Hello::new(fresh::page());
    let command = Command::post_note(fresh::note(), content("By cookie"));
    let post = ClientMessage::Command { id: visit, command };
    for message in [ClientMessage::Hello { hello }, post] {
        let text = serde_json::to_string(&message).unwrap();
        socket.send(Message::text(text)).await.unwrap();
    }
    let mut notes = Vec::new();
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message.unwrap() else {
            continue;
        };
        match serde_json::from_str(&text).unwrap() {
            ServerMessage::Welcome(welcome) => {
                assert_eq!(welcome.role, Role::Participant);
                notes = welcome.mine.notes;
            }
            ServerMessage::Done { .. } => return notes,
            ServerMessage::Refused { denied, .. } => panic!("{denied}"),
            ServerMessage::Mine(_)
            | ServerMessage::Presence(_)
            | ServerMessage::Drags(_)
            | ServerMessage::StillHere => {}
        }
    }
    panic!("the post was not answered");
}

#[tokio::test]
async fn whoever_leaves_is_forgotten_by_their_browser() {
    let workshop = Workshop::in_the_lobby().await;
    let browser = Api::new(&workshop.server.url()).browser().unwrap();
    for link in [
        &*workshop.created.organiser,
        participants_link(&workshop.created),
    ] {
        let joined = browser.join(workshop.board(), &by_cookie(link)).await;
        joined.unwrap();
    }
    let me = async |method: Method, role: &str| {
        let path = format!("/api/boards/{}/me?as={role}", workshop.board());
        check(browser.send(browser.request(method, &path)).await?).await
    };
    let left = me(Method::DELETE, "participant").await.unwrap();
    assert_eq!(left.status(), StatusCode::NO_CONTENT);
    let forgotten = me(Method::GET, "participant").await;
    assert_eq!(refusal(forgotten), (401, Denied::NotJoined));
    me(Method::GET, "organiser").await.unwrap();
}

#[tokio::test]
async fn a_replaced_link_lets_nobody_in_and_whoever_is_in_stays() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let (api, board) = (&workshop.api, workshop.board());
    let organiser = &workshop.organiser.token;
    for token in [&ann.token, &workshop.facilitator.token] {
        let replaced = api.replace_link(board, Role::Participant, token).await;
        assert_eq!(refusal(replaced), (403, Denied::OrganisersOnly));
    }
    let replaced = api.replace_link(board, Role::Participant, organiser).await;
    let link = replaced.unwrap().link;
    let former = api
        .token(board, participants_link(&workshop.created), Some(0))
        .await;
    assert_eq!(refusal(former), (401, Denied::WrongSecret));
    let new = secret(&link);
    workshop
        .facilitator
        .until(|view| view.backstage().read().participant_secret().as_deref() == Some(new))
        .await;
    let bob = Person::joins(api, board, &link, Some(1)).await;
    ann.posts("Still here").await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Still here")).await;

    let replaced = api.replace_link(board, Role::Organiser, organiser).await;
    let former = api.token(board, &workshop.created.organiser, None).await;
    assert_eq!(refusal(former), (401, Denied::WrongSecret));
    let again = api.token(board, &replaced.unwrap().link, None).await;
    api.export(board, &again.unwrap()).await.unwrap();
}

#[tokio::test]
async fn only_organisers_export_and_delete() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let board = workshop.board();
    for token in [&ann.token, &workshop.facilitator.token] {
        let export = workshop.api.export(board, token).await;
        assert_eq!(refusal(export), (403, Denied::OrganisersOnly));
        let delete = workshop.api.delete(board, token).await;
        assert_eq!(refusal(delete), (403, Denied::OrganisersOnly));
    }
    let export = workshop.api.export(board, &workshop.organiser.token).await;
    assert_eq!(export.unwrap().title, settings().title);
}

#[tokio::test]
async fn participants_do_nothing_that_is_the_facilitators() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("The letter comes after the patient").await;
    let (round, timer, reason) = (fresh::round(), fresh::timer(), Reason::OffTopic);
    for command in [
        move_phase(Phase::Write, Phase::Cluster),
        Command::Reveal { number: 1 },
        signal("A step"),
        Command::RemoveStep {
            step: fresh::step(),
        },
        Command::SetSpotlight { on: None },
        Command::SettleFlag { note },
        Command::OpenPulse {
            pulse: fresh::pulse(),
            question: "How are you?".into(),
        },
        Command::ClosePulse {
            pulse: fresh::pulse(),
        },
        Command::SetRemark {
            on: None,
            text: String::new(),
        },
        Command::RemoveCommitment {
            commitment: fresh::commitment(),
        },
        Command::SetTimer { timer, seconds: 60 },
        Command::StopTimer { timer },
        Command::LockClusters { locked: true },
        Command::SetPreModeration { on: true },
        Command::HoldNote { note, reason },
        Command::ReleaseNotes { notes: vec![note] },
        Command::EraseNote { note, reason },
        Command::OpenRound {
            round,
            question: String::new(),
            budget: Budget::default(),
            among: Vec::new(),
        },
        Command::CloseRound { round },
    ] {
        assert_eq!(ann.denied(command).await, Denied::FacilitatorsOnly);
    }
    assert_eq!(ann.sees(View::phase), Phase::Write);
}

#[tokio::test]
async fn a_token_opens_its_own_board_only() {
    let [one, other] = [Workshop::start().await, Workshop::start().await];
    let second = one.api.create(&settings()).await.unwrap();
    let export = one.api.export(second.board, &one.organiser.token).await;
    assert_eq!(refusal(export), (401, Denied::NotJoined));
    let export = one.api.export(one.board(), &other.organiser.token).await;
    assert_eq!(refusal(export), (401, Denied::NotJoined));
    let joined = one.api.token(second.board, &one.created.organiser, None);
    assert_eq!(refusal(joined.await), (401, Denied::WrongSecret));
}

fn by_cookie(link: &str) -> Join {
    Join::new(secret(link).to_owned()).of(Some(0))
}
