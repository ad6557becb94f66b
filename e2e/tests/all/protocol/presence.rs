//! How many people are on a board, and how many of them are ready.

use candour_e2e::fresh;
use candour_e2e::workshop::{Person, Workshop, signal};
use candour_shared::agenda::Step;
use candour_shared::command::Command;
use candour_shared::phase::Phase;
use candour_shared::protocol::Presence;

async fn is_told(person: &Person, people: u32, participants: u32, ready: u32) {
    let presence = Presence {
        people,
        participants,
        ready,
        spread: 0,
    };
    person
        .until(|view| {
            Presence {
                spread: 0,
                ..view.presence()
            } == presence
        })
        .await;
}

/// Says whether they are ready; the board knows it then.
async fn says(workshop: &Workshop, person: &Person, ready: bool) {
    person.client.ready(ready).await.unwrap();
    // The answer comes after what was said before was heard.
    let never = Command::WithdrawNote {
        note: fresh::note(),
    };
    person.denied(never).await;
    workshop.catches_up(person).await;
}

#[tokio::test]
async fn who_is_ready_is_counted_and_nobody_twice() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    is_told(&ann, 4, 2, 0).await;
    let again = Person::with(&workshop.api, workshop.board(), &ann.token).await;
    for page in [&ann, &again, &ann] {
        says(&workshop, page, true).await;
        is_told(&bob, 4, 2, 1).await;
    }
    says(&workshop, &bob, true).await;
    is_told(&ann, 4, 2, 2).await;
    says(&workshop, &again, false).await;
    is_told(&bob, 4, 2, 1).await;
    let newcomer = workshop.participant(1).await;
    is_told(&newcomer, 5, 3, 1).await;
}

#[tokio::test]
async fn facilitators_and_screens_are_never_ready() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let projector = workshop.projector().await;
    workshop.facilitator.client.ready(true).await.unwrap();
    projector.client.ready(true).await.unwrap();
    // Each is heard before what they ask next is answered.
    workshop.facilitator.does(signal("Heard")).await;
    projector.denied(signal("Heard")).await;
    ann.client.ready(true).await.unwrap();
    ann.until(|view| view.presence().ready > 0).await;
    is_told(&ann, 3, 1, 1).await;
}

#[tokio::test]
async fn nobody_is_ready_for_the_next_phase_or_step() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let next = fresh::step();
    let content = Step::new(Phase::Cluster, "The next step");
    let agenda = ann.sees(|view| view.wall().read().agenda());
    let put = Command::PutStep {
        step: next,
        after: agenda.last().map(|(id, _)| *id),
        content,
    };
    workshop.facilitator.does(put).await;
    for person in [&ann, &bob] {
        person.client.ready(true).await.unwrap();
    }
    is_told(&bob, 4, 2, 2).await;
    workshop.go_to(Phase::Cluster).await;
    is_told(&bob, 4, 2, 0).await;
    ann.client.ready(true).await.unwrap();
    is_told(&bob, 4, 2, 1).await;
    let on = Command::SetPhase {
        from: Phase::Cluster,
        from_step: ann.sees(|view| view.wall().read().step()),
        to: Phase::Cluster,
        step: Some(next),
    };
    workshop.facilitator.does(on).await;
    is_told(&bob, 4, 2, 0).await;
    is_told(&ann, 4, 2, 0).await;
}

#[tokio::test]
async fn who_closes_their_last_page_is_not_ready_any_more() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let again = Person::with(&workshop.api, workshop.board(), &ann.token).await;
    says(&workshop, &ann, true).await;
    is_told(&bob, 4, 2, 1).await;
    ann.drops_connection().await;
    // Another one takes note of the board's next number, which would tell.
    let cem = workshop.participant(2).await;
    is_told(&cem, 5, 3, 1).await;
    again.drops_connection().await;
    is_told(&bob, 4, 2, 0).await;
    ann.comes_back().await;
    is_told(&bob, 5, 3, 0).await;
}

#[tokio::test]
async fn a_screen_is_nobody() {
    let workshop = Workshop::in_the_lobby().await;
    let projector = workshop.projector().await;
    let ann = workshop.participant(0).await;
    for person in [&ann, &projector] {
        is_told(person, 3, 1, 0).await;
    }
}
