//! A code is one person's, and whoever kept a copy of it learns little by it.

use candour_e2e::api::Api;
use candour_e2e::fresh;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Person, Workshop, content, settings};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{Codes, MakeCodes};
use candour_shared::ids::{BoardId, Item};
use candour_shared::phase::Phase;
use candour_shared::settings::Admission;
use reqwest::Method;

/// A board that people come to by codes, and two browsers that came by the same one.
async fn two_browsers() -> (Workshop, [Person; 2]) {
    let mut settings = settings();
    settings.privacy.admission = Admission::Codes;
    let server = TestServer::start().await.unwrap();
    let workshop = Workshop::on(server, &settings).await;
    workshop.go_to(Phase::Write).await;
    let (api, board) = (&workshop.api, workshop.board());
    let code = format!("#{}", new_code(api, board, &workshop.organiser).await);
    let browser = || Person::joins(api, board, &code, None);
    let browsers = [browser().await, browser().await];
    (workshop, browsers)
}

/// A code for a board's first organisation.
pub(super) async fn new_code(api: &Api, board: BoardId, organiser: &Person) -> String {
    let path = format!("/api/boards/{board}/codes");
    let asked = MakeCodes {
        organisation: Some(0),
        count: 1,
    };
    let request = api
        .request(Method::POST, &path)
        .bearer_auth(&organiser.token);
    let answer = api.send(request.json(&asked)).await.unwrap();
    let Codes { mut codes, .. } = answer.json().await.unwrap();
    codes.pop().unwrap()
}

#[tokio::test]
async fn one_code_gives_one_vote_whatever_was_sealed_meanwhile() {
    let (workshop, [owner, copy]) = two_browsers().await;
    let note = owner.posts("The letter comes after the patient").await;
    let round = workshop.open_round(5, 2).await;
    for person in [&owner, &copy] {
        person
            .until(|view| view.wall().read().open_round().is_some())
            .await;
    }
    let item = Item::Note(note);
    let cast = Command::CastDots {
        round,
        item,
        dots: 2,
    };
    owner.does(cast.clone()).await;
    assert_eq!(copy.denied(cast).await, Denied::CodeSpent);
}

/// Otherwise the code would keep who flags.
#[tokio::test]
async fn to_flag_takes_no_code_and_spends_none() {
    let (workshop, [owner, copy]) = two_browsers().await;
    let note = workshop.facilitator.posts("Dr Smith never calls").await;
    workshop.reveal().await;
    let flag = Command::FlagNote { note };
    copy.does(flag.clone()).await;
    owner.posts("Mine").await;
    copy.does(flag).await;
    let agree = Command::SameHere { note, on: true };
    assert_eq!(copy.denied(agree).await, Denied::CodeSpent);
}

#[tokio::test]
async fn one_code_gives_one_answer_to_a_pulse_and_one_same_here() {
    let (workshop, [owner, copy]) = two_browsers().await;
    let note = workshop.facilitator.posts("The letter comes late").await;
    workshop.reveal().await;
    let pulse = workshop.open_pulse().await;
    let answer = Command::AnswerPulse { pulse, answer: 2 };
    let agree = Command::SameHere { note, on: true };
    for command in [answer, agree] {
        owner.does(command.clone()).await;
        assert_eq!(copy.denied(command).await, Denied::CodeSpent);
    }
}

/// Whoever gave a code out could otherwise try it every second, to learn when its owner writes.
#[tokio::test]
async fn a_code_is_not_tried_for_nothing() {
    let nothing = fresh::note();
    let edit = Command::edit_note(nothing, content("Nobody's"));
    let agree = Command::SameHere {
        note: nothing,
        on: true,
    };
    let answer = Command::AnswerPulse {
        pulse: fresh::pulse(),
        answer: 1,
    };
    for (vain, denied) in [
        (Command::WithdrawNote { note: nothing }, Denied::NotYours),
        (edit, Denied::NotYours),
        (agree, Denied::NoSuchNote),
        (answer, Denied::PulseClosed),
    ] {
        let (_workshop, [owner, copy]) = two_browsers().await;
        assert_eq!(copy.denied(vain).await, denied);
        let post = Command::post_note(fresh::note(), content("Mine"));
        assert_eq!(owner.denied(post).await, Denied::CodeSpent);
    }
}
