//! The pulse.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop, signal};
use candour_shared::checks::PROMPT_CHARS;
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::PulseId;
use candour_shared::phase::Phase;
use candour_shared::protocol::MyPulse;
use candour_shared::pulse::{Outcome, SCALE};

async fn closes(workshop: &Workshop, pulse: PulseId) {
    workshop
        .facilitator
        .does(Command::ClosePulse { pulse })
        .await;
}

async fn is_told(person: &Person, pulse: PulseId, outcome: Outcome) {
    let told = |view: &View| view.wall().read().pulse(pulse)?.outcome;
    person.until(|view| told(view) == Some(outcome)).await;
}

#[tokio::test]
async fn what_fewer_people_than_a_group_answered_is_not_told() {
    let workshop = Workshop::in_the_lobby().await;
    let people = workshop.participants::<4>().await;
    let pulse = workshop.open_pulse().await;
    for person in &people {
        person.answers(pulse, 1).await;
    }
    closes(&workshop, pulse).await;
    for person in people.iter().chain([&workshop.facilitator]) {
        is_told(person, pulse, Outcome::TooFew).await;
    }
    let export = workshop
        .api
        .export(workshop.board(), &workshop.organiser.token)
        .await
        .unwrap();
    assert_eq!(export.pulses[0].outcome, Some(Outcome::TooFew));
}

#[tokio::test]
async fn the_answers_of_a_group_are_counted_and_a_change_of_mind_once() {
    let workshop = Workshop::in_the_lobby().await;
    let people = workshop.participants::<5>().await;
    let pulse = workshop.open_pulse().await;
    people[0].answers(pulse, 1).await;
    for (person, answer) in people.iter().zip([4, 5, 5, 2, 3]) {
        person.answers(pulse, answer).await;
        person.answers(pulse, answer).await;
    }
    let again = Person::with(&workshop.api, workshop.board(), &people[4].token).await;
    again.answers(pulse, 1).await;
    closes(&workshop, pulse).await;
    for person in &people {
        is_told(person, pulse, Outcome::Counted([1, 1, 0, 1, 2])).await;
    }
}

#[tokio::test]
async fn an_answer_is_its_givers_alone() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann, bob] = workshop.participants().await;
    let pulse = workshop.open_pulse().await;
    let mine = |answer| Some(MyPulse { pulse, answer });
    for person in [&ann, &bob, &workshop.facilitator] {
        person.until(|view| view.mine().pulse == mine(None)).await;
    }
    let facilitator = &workshop.facilitator;
    for person in [&bob, facilitator] {
        workshop.catches_up(person).await;
    }
    let before = [&bob, facilitator].map(|person| person.sees(View::frames));
    ann.answers(pulse, 2).await;
    ann.until(|view| view.mine().pulse == mine(Some(2))).await;
    ann.answers(pulse, 3).await;
    let again = Person::with(&workshop.api, workshop.board(), &ann.token).await;
    again.until(|view| view.mine().pulse == mine(Some(3))).await;
    // One frame tells what was done, and the facilitator's other one answers them.
    facilitator.does(signal("Is there anything?")).await;
    bob.until(|view| view.signal() == "Is there anything?")
        .await;
    let after = [&bob, facilitator].map(|person| person.sees(View::frames));
    assert_eq!([after[0] - before[0], after[1] - before[1]], [1, 2]);
    assert_eq!(bob.sees(|view| view.mine().pulse), mine(None));
}

#[tokio::test]
async fn moving_on_closes_a_pulse() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann] = workshop.participants().await;
    let agenda = ann.sees(|view| view.wall().read().agenda());
    let mut steps = agenda.iter().filter(|(_, step)| step.phase == Phase::Lobby);
    let second = steps.nth(1).unwrap().0;
    let next_step = Command::SetPhase {
        from: Phase::Lobby,
        from_step: ann.sees(|view| view.wall().read().step()),
        to: Phase::Lobby,
        step: Some(second),
    };
    let next_phase = candour_e2e::workshop::move_phase(Phase::Lobby, Phase::Write);
    for on in [next_step, next_phase] {
        let pulse = workshop.open_pulse().await;
        ann.answers(pulse, 2).await;
        workshop.facilitator.does(on).await;
        is_told(&ann, pulse, Outcome::TooFew).await;
        ann.until(|view| view.mine().pulse.is_none()).await;
        let late = Command::AnswerPulse { pulse, answer: 5 };
        assert_eq!(ann.denied(late).await, Denied::PulseClosed);
    }
}

#[tokio::test]
async fn one_pulse_is_open_at_a_time_and_none_opens_twice() {
    let workshop = Workshop::in_the_lobby().await;
    let pulse = workshop.open_pulse().await;
    let open = |pulse| Command::OpenPulse {
        pulse,
        question: "And now?".into(),
    };
    let facilitator = &workshop.facilitator;
    let other = facilitator.denied(open(fresh::pulse())).await;
    assert_eq!(other, Denied::PulseOpen);
    facilitator.does(open(pulse)).await;
    closes(&workshop, pulse).await;
    closes(&workshop, pulse).await;
    facilitator.does(open(pulse)).await;
    is_told(facilitator, pulse, Outcome::TooFew).await;
    let next = workshop.open_pulse().await;
    let number = |id| facilitator.sees(|view| view.wall().read().pulse(id).unwrap().number);
    assert_eq!([number(pulse), number(next)], [1, 2]);
}

#[tokio::test]
async fn what_is_no_pulse_or_answer_is_refused() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann] = workshop.participants().await;
    let pulse = workshop.open_pulse().await;
    for answer in [0, SCALE + 1, u8::MAX] {
        let limit = SCALE.into();
        let denied = ann.denied(Command::AnswerPulse { pulse, answer }).await;
        assert_eq!(denied, Denied::OutOfRange { limit });
    }
    let unknown = Command::AnswerPulse {
        pulse: fresh::pulse(),
        answer: 1,
    };
    assert_eq!(ann.denied(unknown).await, Denied::PulseClosed);
    closes(&workshop, pulse).await;
    let limit = PROMPT_CHARS;
    for (question, denied) in [
        (" ".to_owned(), Denied::Empty),
        ("é".repeat(limit + 1), Denied::TooLong { limit }),
    ] {
        let pulse = fresh::pulse();
        let open = Command::OpenPulse { pulse, question };
        assert_eq!(workshop.facilitator.denied(open).await, denied);
    }
}

#[tokio::test]
async fn a_screen_answers_no_pulse() {
    let workshop = Workshop::in_the_lobby().await;
    let projector = workshop.projector().await;
    let pulse = workshop.open_pulse().await;
    let answer = Command::AnswerPulse { pulse, answer: 3 };
    assert_eq!(projector.denied(answer).await, Denied::OnlyShows);
}

#[tokio::test]
async fn ones_own_view_comes_before_the_acknowledgement() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann] = workshop.participants::<1>().await;
    let pulse = workshop.open_pulse().await;
    ann.answers(pulse, 4).await;
    ann.until(|view| view.mine().pulse.and_then(|mine| mine.answer) == Some(4))
        .await;
    let frame = |words: &'static str| {
        move |frame: &Vec<u8>| {
            let frame = String::from_utf8_lossy(frame);
            frame.contains(words)
        }
    };
    ann.sees(|view| {
        let view_at = view.received.iter().position(frame("\"answer\":4"));
        let done_at = view.received.iter().position(frame("\"done\":{\"id\""));
        assert!(
            view_at.is_some() && view_at < done_at,
            "{view_at:?} {done_at:?}"
        );
    });
}
