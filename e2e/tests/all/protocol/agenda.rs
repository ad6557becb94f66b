//! The agenda, and the step at which a workshop is.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Workshop, move_phase, settings};
use candour_shared::agenda::{MAX_STEPS, STEP_MINUTES, Step};
use candour_shared::checks::{CLUSTER_CHARS, PROMPT_CHARS};
use candour_shared::command::Command;
use candour_shared::denied::{Denied, SettingsFault, SettingsPart};
use candour_shared::ids::StepId;
use candour_shared::phase::Phase;

use crate::refusal::refusal;

fn step(phase: Phase, title: &str) -> Step {
    Step::new(phase, title)
        .asking("What gets in the way?\nWhat helps?")
        .lasting(10)
}

fn put(id: StepId, after: Option<StepId>, content: Step) -> Command {
    Command::PutStep {
        step: id,
        after,
        content,
    }
}

fn titles(view: &View) -> Vec<String> {
    let agenda = view.wall().read().agenda();
    agenda.into_iter().map(|(_, step)| step.title).collect()
}

fn current(view: &View) -> Option<String> {
    let (agenda, here) = (view.wall().read().agenda(), view.wall().read().step()?);
    let mut steps = agenda.into_iter();
    Some(steps.find(|(id, _)| *id == here)?.1.title)
}

/// A board in the lobby without an agenda.
async fn without_agenda() -> Workshop {
    let workshop = Workshop::in_the_lobby().await;
    let agenda = workshop
        .facilitator
        .sees(|view| view.wall().read().agenda());
    for (step, _) in agenda {
        workshop
            .facilitator
            .does(Command::RemoveStep { step })
            .await;
    }
    workshop
}

#[tokio::test]
async fn a_board_begins_with_the_agenda_of_its_settings() {
    let workshop = Workshop::in_the_lobby().await;
    let planned: Vec<Step> = settings().agenda;
    let agenda = workshop
        .facilitator
        .sees(|view| view.wall().read().agenda());
    let there: Vec<Step> = agenda.iter().map(|(_, step)| step.clone()).collect();
    assert_eq!(there, planned);
    let first = agenda.first().map(|(id, _)| *id);
    assert_eq!(
        workshop.facilitator.sees(|view| view.wall().read().step()),
        first
    );
}

#[tokio::test]
async fn steps_are_added_changed_moved_and_taken_out_for_everyone() {
    let workshop = without_agenda().await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let [one, two, three] = [0; 3].map(|_| fresh::step());
    facilitator
        .does(put(one, None, step(Phase::Write, "One")))
        .await;
    facilitator
        .does(put(three, Some(one), step(Phase::Vote, "Three")))
        .await;
    facilitator
        .does(put(two, Some(one), step(Phase::Cluster, "Two")))
        .await;
    ann.until(|view| titles(view) == ["One", "Two", "Three"])
        .await;

    facilitator
        .does(put(three, None, step(Phase::Write, "Three, first")))
        .await;
    ann.until(|view| titles(view) == ["Three, first", "One", "Two"])
        .await;
    facilitator.does(Command::RemoveStep { step: one }).await;
    facilitator.does(Command::RemoveStep { step: one }).await;
    ann.until(|view| titles(view) == ["Three, first", "Two"])
        .await;

    let nowhere = put(fresh::step(), Some(one), step(Phase::Write, "Nowhere"));
    assert_eq!(facilitator.denied(nowhere).await, Denied::NoSuchStep);
    let after_itself = put(two, Some(two), step(Phase::Write, "After itself"));
    assert_eq!(facilitator.denied(after_itself).await, Denied::NoSuchStep);
    let agenda = facilitator.sees(titles);
    assert_eq!(agenda, ["Three, first", "Two"]);
}

#[tokio::test]
async fn the_step_is_always_one_of_the_phase() {
    let workshop = without_agenda().await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    assert_eq!(facilitator.sees(current), None);
    let [write, more, vote] = [0; 3].map(|_| fresh::step());
    facilitator
        .does(put(write, None, step(Phase::Write, "Write")))
        .await;
    facilitator
        .does(put(vote, Some(write), step(Phase::Vote, "Vote")))
        .await;
    assert_eq!(facilitator.sees(current), None, "nothing is of the lobby");

    workshop.go_to(Phase::Write).await;
    ann.until(|view| current(view).as_deref() == Some("Write"))
        .await;
    // It moves to another phase, and with it goes the present step.
    facilitator
        .does(put(write, None, step(Phase::Cluster, "Cluster")))
        .await;
    ann.until(|view| current(view).is_none()).await;
    facilitator
        .does(put(more, None, step(Phase::Write, "Write more")))
        .await;
    ann.until(|view| current(view).as_deref() == Some("Write more"))
        .await;
    facilitator.does(Command::RemoveStep { step: more }).await;
    ann.until(|view| current(view).is_none()).await;

    for (phase, title) in [
        (Phase::Cluster, Some("Cluster")),
        (Phase::Vote, Some("Vote")),
        (Phase::Discuss, None),
    ] {
        workshop.go_to(phase).await;
        ann.until(|view| view.phase() == phase).await;
        assert_eq!(ann.sees(current).as_deref(), title);
    }
}

#[tokio::test]
async fn a_step_can_be_chosen_if_it_is_of_the_phase() {
    let workshop = without_agenda().await;
    let facilitator = &workshop.facilitator;
    let [one, two, vote] = [0; 3].map(|_| fresh::step());
    for (id, after, step) in [
        (one, None, step(Phase::Write, "One")),
        (two, Some(one), step(Phase::Write, "Two")),
        (vote, Some(two), step(Phase::Vote, "Vote")),
    ] {
        facilitator.does(put(id, after, step)).await;
    }
    let to = |from, step| Command::SetPhase {
        from,
        from_step: Some(two),
        to: Phase::Write,
        step: Some(step),
    };
    for step in [vote, fresh::step()] {
        let denied = facilitator.denied(to(Phase::Lobby, step)).await;
        assert_eq!(denied, Denied::NoSuchStep);
    }
    facilitator.does(to(Phase::Lobby, two)).await;
    assert_eq!(facilitator.sees(current).as_deref(), Some("Two"));
    facilitator.does(to(Phase::Write, one)).await;
    assert_eq!(facilitator.sees(current).as_deref(), Some("One"));
    let denied = facilitator.denied(to(Phase::Write, vote)).await;
    assert_eq!(denied, Denied::NoSuchStep);
}

#[tokio::test]
async fn a_late_repeat_of_a_move_does_not_take_the_workshop_back() {
    let workshop = without_agenda().await;
    let facilitator = &workshop.facilitator;
    let [one, two, three] = [0; 3].map(|_| fresh::step());
    for (id, after, title) in [
        (one, None, "One"),
        (two, Some(one), "Two"),
        (three, Some(two), "Three"),
    ] {
        facilitator
            .does(put(id, after, step(Phase::Write, title)))
            .await;
    }
    let came = move_phase(Phase::Lobby, Phase::Write);
    facilitator.does(came.clone()).await;
    let move_on = |from, to| Command::SetPhase {
        from: Phase::Write,
        from_step: Some(from),
        to: Phase::Write,
        step: Some(to),
    };
    facilitator.does(move_on(one, two)).await;
    facilitator.does(move_on(one, two)).await;
    let came_by_name = Command::SetPhase {
        from: Phase::Lobby,
        from_step: None,
        to: Phase::Write,
        step: Some(one),
    };
    for late in [came, came_by_name] {
        workshop.organiser.does(late).await;
        workshop.catches_up(facilitator).await;
        assert_eq!(facilitator.sees(current).as_deref(), Some("Two"));
    }
    facilitator.does(move_on(two, one)).await;
    let late = workshop.organiser.denied(move_on(one, two));
    facilitator.does(move_on(one, three)).await;
    let phase = Phase::Write;
    assert_eq!(late.await, Denied::PhaseMoved { phase });
    assert_eq!(facilitator.sees(current).as_deref(), Some("Three"));
}

#[tokio::test]
async fn a_timer_ends_with_its_step() {
    let workshop = without_agenda().await;
    let facilitator = &workshop.facilitator;
    let [one, two] = [0; 2].map(|_| fresh::step());
    facilitator
        .does(put(one, None, step(Phase::Lobby, "One")))
        .await;
    facilitator
        .does(put(two, Some(one), step(Phase::Lobby, "Two")))
        .await;
    let timer = fresh::timer();
    facilitator
        .does(Command::SetTimer { timer, seconds: 60 })
        .await;
    let on = Command::SetPhase {
        from: Phase::Lobby,
        from_step: Some(one),
        to: Phase::Lobby,
        step: Some(two),
    };
    facilitator.does(on).await;
    facilitator
        .until(|view| view.wall().read().timer().unwrap().stopped)
        .await;
}

#[tokio::test]
async fn an_agenda_has_its_limits() {
    let workshop = without_agenda().await;
    let facilitator = &workshop.facilitator;
    let ids: Vec<StepId> = (0..MAX_STEPS).map(|_| fresh::step()).collect();
    for id in &ids {
        facilitator
            .does(put(*id, None, step(Phase::Write, "A step")))
            .await;
    }
    let one_more = put(fresh::step(), None, step(Phase::Write, "One more"));
    let limit = MAX_STEPS;
    assert_eq!(facilitator.denied(one_more).await, Denied::Full { limit });
    facilitator
        .does(put(ids[0], None, step(Phase::Vote, "Changed")))
        .await;

    let titled = |title: String| Step {
        title,
        ..step(Phase::Write, "")
    };
    let mut prompted = step(Phase::Write, "Too much to ask");
    prompted.prompt = "é".repeat(PROMPT_CHARS + 1);
    let mut long = step(Phase::Write, "Too long");
    long.minutes = STEP_MINUTES + 1;
    for (step, denied) in [
        (titled(" ".into()), Denied::Empty),
        (
            titled("é".repeat(CLUSTER_CHARS + 1)),
            Denied::TooLong {
                limit: CLUSTER_CHARS,
            },
        ),
        (
            prompted,
            Denied::TooLong {
                limit: PROMPT_CHARS,
            },
        ),
        (
            long,
            Denied::OutOfRange {
                limit: STEP_MINUTES.into(),
            },
        ),
    ] {
        assert_eq!(facilitator.denied(put(ids[0], None, step)).await, denied);
    }

    let mut settings = settings();
    settings.agenda = vec![step(Phase::Write, "A step"); MAX_STEPS + 1];
    let fault = SettingsFault::TooMany {
        part: SettingsPart::Step,
        limit,
    };
    let refused = refusal(workshop.api.create(&settings).await);
    assert_eq!(refused, (400, Denied::BadSettings { fault }));
}
