//! Screens that only show a board.

use candour_e2e::api::{Api, secret};
use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop, content, move_note, move_phase, reply, signal};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::policy::Role;
use candour_shared::protocol::{CloseReason, Drag, Store};

use crate::refusal::refusal;

#[tokio::test]
async fn a_screen_comes_in_by_its_link_without_an_organisation_even_if_the_doors_are_closed() {
    let workshop = Workshop::start().await;
    let closed = Command::SetDoors { closed: true };
    workshop.facilitator.does(closed).await;
    let link = &workshop.created.projector;
    let path = format!("/b/{}/project", workshop.board());
    assert!(link.starts_with(&path), "{link}");
    let preview = workshop.api.preview(workshop.board(), secret(link)).await;
    assert_eq!(preview.unwrap().role, Role::Projector);
    let projector = workshop.projector().await;
    assert_eq!(projector.sees(View::role), Some(Role::Projector));
}

#[tokio::test]
async fn a_screen_receives_the_wall_and_nothing_else() {
    let workshop = Workshop::start().await;
    let projector = workshop.projector().await;
    let [ann] = workshop.participants().await;
    let shown = ann.posts("Shown to everyone").await;
    workshop.reveal().await;
    projector
        .until(|view| view.shows("Shown to everyone"))
        .await;
    let on = true;
    workshop
        .facilitator
        .does(Command::SetPreModeration { on })
        .await;
    ann.posts("For facilitators first").await;
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    facilitator
        .until(|view| view.ever_received("For facilitators first"))
        .await;
    ann.does(Command::FlagNote { note: shown }).await;
    let reason = Reason::OffTopic;
    let hold = Command::HoldNote {
        note: shown,
        reason,
    };
    facilitator.does(hold).await;
    workshop.catches_up(&projector).await;
    projector.drops_connection().await;
    projector.comes_back().await;
    workshop.catches_up(&projector).await;
    projector.sees(|view| {
        assert_eq!(view.cursor(Store::Backstage), None);
        assert!(!view.ever_received("For facilitators first"));
        assert_eq!(view.backstage().read().projector_secret(), None);
        assert!(!view.shows("Shown to everyone"));
        assert_eq!(view.faults, [""; 0]);
    });
    let export = workshop.api.export(workshop.board(), &projector.token);
    assert_eq!(refusal(export.await), (403, Denied::OrganisersOnly));
}

#[tokio::test]
async fn a_screen_can_do_nothing() {
    let workshop = Workshop::start().await;
    let projector = workshop.projector().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("One").await;
    workshop.reveal().await;
    projector.until(|view| view.shows("One")).await;
    let to = Point { x: 0, y: 0 };
    let post = |note| Command::post_note(note, content("Not by a screen"));
    for command in [
        post(fresh::note()),
        // Not even what has been done already.
        post(note),
        reply(note, Item::Note(note), "Not by a screen"),
        Command::WithdrawNote { note },
        Command::SameHere { note, on: true },
        Command::FlagNote { note },
        move_note(note, to),
        move_phase(Phase::Write, Phase::Cluster),
        Command::Reveal { number: 2 },
        Command::SetSpotlight { on: None },
        signal("Not by a screen"),
    ] {
        assert_eq!(projector.denied(command).await, Denied::OnlyShows);
    }
    workshop.go_to(Phase::Cluster).await;
    let drag = Drag {
        item: Item::Note(note),
        at: to,
    };
    projector.client.drag(&[drag]).await.unwrap();
    projector.denied(signal("Heard")).await;
    let at = Point { x: 5, y: 5 };
    let drag = Drag {
        item: Item::Note(note),
        at,
    };
    workshop.facilitator.client.drag(&[drag]).await.unwrap();
    ann.until(|view| !view.drags.is_empty()).await;
    assert_eq!(ann.sees(|view| view.drags.clone()), [drag]);
}

#[tokio::test]
async fn a_replaced_link_puts_the_screens_out() {
    let workshop = Workshop::start().await;
    let projector = workshop.projector().await;
    let (api, board): (&Api, _) = (&workshop.api, workshop.board());
    let organiser = &workshop.organiser.token;
    for token in [&projector.token, &workshop.facilitator.token] {
        let replaced = api.replace_link(board, Role::Projector, token).await;
        assert_eq!(refusal(replaced), (403, Denied::OrganisersOnly));
    }
    let replaced = api.replace_link(board, Role::Projector, organiser).await;
    let link = replaced.unwrap().link;
    projector
        .until(|view| view.close_reason == Some(CloseReason::Revoked))
        .await;
    let former = api.token(board, &workshop.created.projector, None).await;
    assert_eq!(refusal(former), (401, Denied::WrongSecret));
    let new = secret(&link);
    workshop
        .facilitator
        .until(|view| view.backstage().read().projector_secret().as_deref() == Some(new))
        .await;
    let again = Person::joins(api, board, &link, None).await;
    assert_eq!(again.sees(View::role), Some(Role::Projector));
}
