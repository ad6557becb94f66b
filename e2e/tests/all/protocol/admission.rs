//! How people get in: by a shared link, by single-use codes, through doors that can be closed.

use candour_e2e::api::secret;
use candour_e2e::fresh;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::{Person, Workshop, content, participants_link, settings};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::http::{Codes, MakeCodes};
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::CloseReason;
use candour_shared::settings::{Admission, Settings};
use candour_shared::voting::Budget;

use crate::refusal::refusal;

/// A board that people come to by codes, while they write.
async fn with_codes() -> Workshop {
    let mut settings: Settings = settings();
    settings.privacy.admission = Admission::Codes;
    let server = TestServer::start().await.unwrap();
    let workshop = Workshop::on(server, &settings).await;
    workshop.go_to(Phase::Write).await;
    workshop
}

async fn codes(workshop: &Workshop, count: u16) -> Codes {
    let asked = MakeCodes {
        organisation: Some(1),
        count,
    };
    let token = &workshop.organiser.token;
    let made = workshop.api.make_codes(workshop.board(), &asked, token);
    made.await.unwrap()
}

async fn comes_by(workshop: &Workshop, code: &str) -> Person {
    let link = format!("#{code}");
    Person::joins(&workshop.api, workshop.board(), &link, None).await
}

fn post() -> Command {
    Command::post_note(fresh::note(), content("Whose?"))
}

#[tokio::test]
async fn a_code_lets_one_in_for_its_organisation() {
    let workshop = with_codes().await;
    assert_eq!(workshop.created.participant, None);
    let made = codes(&workshop, 3).await;
    assert_eq!(made.codes.len(), 3);
    let (api, board) = (&workshop.api, workshop.board());
    let preview = api.preview(board, &made.codes[0]).await.unwrap();
    assert_eq!(
        (preview.role, preview.organisation),
        (Role::Participant, Some(1))
    );
    // As somebody types it from paper.
    let typed = made.codes[0].to_lowercase().replace('-', " ");
    comes_by(&workshop, &typed).await.posts("By code").await;
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    facilitator.until(|view| view.shows("By code")).await;
    facilitator
        .until(|view| {
            view.backstage()
                .read()
                .batch(made.batch)
                .is_some_and(|it| it.count == 3)
        })
        .await;
    let unknown = api.preview(board, "00000-00000-00000-00000").await;
    assert_eq!(refusal(unknown).1, Denied::WrongSecret);
}

#[tokio::test]
async fn opening_a_code_spends_nothing_and_the_first_contribution_does() {
    let workshop = with_codes().await;
    let made = codes(&workshop, 1).await;
    let code = &made.codes[0];
    let scanner = comes_by(&workshop, code).await;
    let owner = comes_by(&workshop, code).await;
    let note = owner.posts("Mine").await;
    assert_eq!(scanner.denied(post()).await, Denied::CodeSpent);
    // Nobody can find out whether a code is spent by looking.
    workshop.api.preview(workshop.board(), code).await.unwrap();
    let third = comes_by(&workshop, code).await;
    assert_eq!(third.denied(post()).await, Denied::CodeSpent);
    owner.edits(note, "Mine, rewritten").await;
    workshop.reveal().await;
    for onlooker in [&scanner, &third] {
        onlooker.until(|view| view.shows("Mine, rewritten")).await;
    }
}

#[tokio::test]
async fn a_withdrawn_code_lets_nobody_new_in() {
    let workshop = with_codes().await;
    let made = codes(&workshop, 2).await;
    let ann = comes_by(&workshop, &made.codes[0]).await;
    let (api, board) = (&workshop.api, workshop.board());
    let organiser = &workshop.organiser.token;
    for _ in 0..2 {
        api.withdraw_codes(board, made.batch, organiser)
            .await
            .unwrap();
    }
    ann.posts("Was in already").await;
    for code in &made.codes {
        assert_eq!(
            refusal(api.preview(board, code).await).1,
            Denied::WrongSecret
        );
        let link = format!("#{code}");
        assert_eq!(
            refusal(api.token(board, &link, None).await).1,
            Denied::WrongSecret
        );
    }
}

#[tokio::test]
async fn codes_and_shared_link_do_not_mix_and_only_organisers_make_codes() {
    let [by_codes, by_link] = [with_codes().await, Workshop::start().await];
    let asked = MakeCodes {
        organisation: Some(0),
        count: 1,
    };
    let made = |workshop: &Workshop, token: &str| {
        let (api, board, asked, token) = (
            workshop.api.clone(),
            workshop.board(),
            asked.clone(),
            token.to_owned(),
        );
        async move { refusal(api.make_codes(board, &asked, &token).await).1 }
    };
    assert_eq!(
        made(&by_link, &by_link.organiser.token).await,
        Denied::WrongAdmission
    );
    assert_eq!(
        made(&by_codes, &by_codes.facilitator.token).await,
        Denied::OrganisersOnly
    );
    let (api, board) = (&by_codes.api, by_codes.board());
    let organiser = &by_codes.organiser.token;
    let link = api.replace_link(board, Role::Participant, organiser).await;
    assert_eq!(refusal(link).1, Denied::WrongAdmission);
    for (count, organisation) in [(0, Some(0)), (501, Some(0))] {
        let asked = MakeCodes {
            organisation,
            count,
        };
        let made = api.make_codes(board, &asked, organiser).await;
        assert!(matches!(refusal(made).1, Denied::OutOfRange { .. }));
    }
    for organisation in [None, Some(99)] {
        let asked = MakeCodes {
            organisation,
            count: 1,
        };
        let made = api.make_codes(board, &asked, organiser).await;
        assert_eq!(refusal(made).1, Denied::NoSuchOrganisation);
    }
}

#[tokio::test]
async fn closed_doors_keep_newcomers_out_and_let_everybody_else_come_back() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let (api, board) = (&workshop.api, workshop.board());
    let link = participants_link(&workshop.created);
    facilitator.does(Command::SetDoors { closed: true }).await;
    assert_eq!(
        refusal(api.token(board, link, Some(0)).await).1,
        Denied::DoorsClosed
    );
    ann.drops_connection().await;
    ann.comes_back().await;
    ann.posts("Still in").await;
    // A facilitator who is late must be able to help.
    api.token(board, &workshop.created.facilitator, None)
        .await
        .unwrap();
    facilitator.does(Command::SetDoors { closed: false }).await;
    workshop.participant(0).await.posts("In at last").await;
}

#[tokio::test]
async fn replacing_a_link_puts_those_out_who_came_by_it_and_what_they_asked_for_undone() {
    let workshop = Workshop::start().await;
    let (api, board) = (&workshop.api, workshop.board());
    let organiser = &workshop.organiser;
    let facilitator = &workshop.facilitator;
    let replaced = api
        .replace_link(board, Role::Facilitator, &organiser.token)
        .await;
    facilitator
        .until(|view| view.close_reason == Some(CloseReason::Revoked))
        .await;
    let handshake = api.handshake(board, &facilitator.token).unwrap();
    assert!(api.open(handshake).await.is_err());
    let former = api
        .preview(board, secret(&workshop.created.facilitator))
        .await;
    assert_eq!(refusal(former).1, Denied::WrongSecret);
    let new = Person::joins(api, board, &replaced.unwrap().link, None).await;
    new.does(Command::PausePosting { paused: true }).await;

    // An organiser who replaces the organisers' link stays in; other organisers are out.
    let other = Person::joins(api, board, &workshop.created.organiser, None).await;
    let replaced = api
        .replace_link(board, Role::Organiser, &organiser.token)
        .await;
    other
        .until(|view| view.close_reason == Some(CloseReason::Revoked))
        .await;
    assert_eq!(
        refusal(api.export(board, &other.token).await).1,
        Denied::NotJoined
    );
    assert_eq!(
        refusal(api.delete(board, &other.token).await).1,
        Denied::NotJoined
    );
    api.export(board, &organiser.token).await.unwrap();
    api.preview(board, secret(&replaced.unwrap().link))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_vote_spends_a_code_too() {
    let workshop = with_codes().await;
    let made = codes(&workshop, 2).await;
    let [ann, bob] = [
        comes_by(&workshop, &made.codes[0]).await,
        comes_by(&workshop, &made.codes[1]).await,
    ];
    let note = ann.posts("To vote on").await;
    workshop.go_to(Phase::Vote).await;
    let twin = comes_by(&workshop, &made.codes[1]).await;
    let round = fresh::round();
    let open = Command::OpenRound {
        round,
        question: String::new(),
        budget: Budget::default(),
        among: Vec::new(),
    };
    workshop.facilitator.does(open).await;
    let cast = Command::CastDots {
        round,
        item: candour_shared::ids::Item::Note(note),
        dots: 1,
    };
    bob.until(|view| view.wall().read().round(round).is_some())
        .await;
    bob.does(cast.clone()).await;
    assert_eq!(twin.denied(cast).await, Denied::CodeSpent);
}
