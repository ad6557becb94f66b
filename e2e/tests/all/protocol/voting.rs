//! Rounds of voting, budgets and totals.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Person, Workshop};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::{Item, NoteId, RoundId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::voting::{Budget, MAX_AMONG, Tally};

#[tokio::test]
async fn totals_are_everybodys_dots_and_show_when_the_round_closes() {
    let workshop = Workshop::start().await;
    let [one, two, three] = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = Item::Cluster(ann.clusters("Letters", &[one, two]).await);
    let loose = Item::Note(three);
    let round = workshop.open_round(5, 3).await;
    ann.does(cast(round, cluster, 1)).await;
    ann.does(cast(round, loose, 2)).await;
    bob.does(cast(round, loose, 3)).await;
    for person in [&ann, &bob, &workshop.facilitator, &workshop.organiser] {
        workshop.catches_up(person).await;
        assert_eq!(person.sees(|view| totals(view, round)), None);
    }

    let facilitator = &workshop.facilitator;
    facilitator.does(Command::CloseRound { round }).await;
    let expected = [
        Tally {
            item: loose,
            dots: 5,
        },
        Tally {
            item: cluster,
            dots: 1,
        },
    ];
    for person in [&ann, &bob, facilitator] {
        person
            .until(|view| totals(view, round).is_some_and(|it| it == expected))
            .await;
        person.until(|view| view.mine().votes.is_none()).await;
    }
}

#[tokio::test]
async fn nobody_can_give_more_than_they_have() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two", "Three"]).await;
    let [one, two, three] = notes.map(Item::Note);
    let [ann] = workshop.participants().await;
    let round = workshop.open_round(5, 2).await;
    ann.does(cast(round, one, 2)).await;
    ann.does(cast(round, two, 2)).await;
    let denied = ann.denied(cast(round, three, 2)).await;
    assert_eq!(denied, Denied::OverBudget { dots: 5 });
    let denied = ann.denied(cast(round, three, 3)).await;
    assert_eq!(denied, Denied::OverItemLimit { limit: 2 });
    ann.does(cast(round, three, 1)).await;

    ann.does(cast(round, one, 0)).await;
    ann.does(cast(round, three, 2)).await;
    let mut expected = [(two, 2), (three, 2)];
    expected.sort_unstable();
    ann.until(|view| dots(view) == expected).await;
}

#[tokio::test]
async fn a_second_page_is_not_a_second_budget() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await.map(Item::Note);
    let [ann] = workshop.participants().await;
    let again = Person::with(&workshop.api, workshop.board(), &ann.token).await;
    let round = workshop.open_round(2, 2).await;
    ann.does(cast(round, one, 2)).await;
    again.until(|view| dots(view) == [(one, 2)]).await;
    let denied = again.denied(cast(round, two, 1)).await;
    assert_eq!(denied, Denied::OverBudget { dots: 2 });
}

#[tokio::test]
async fn a_dot_tells_nobody_else_anything() {
    let workshop = Workshop::start().await;
    let [one] = workshop.with_notes(["One"]).await.map(Item::Note);
    let [ann, bob] = workshop.participants().await;
    let round = workshop.open_round(5, 2).await;
    let people = [&bob, &workshop.facilitator, &workshop.organiser];
    for person in people {
        workshop.catches_up(person).await;
    }
    let before = people.map(|person| person.sees(View::frames));
    ann.does(cast(round, one, 2)).await;
    for (person, before) in people.into_iter().zip(before) {
        // Their own repeat is answered after everything that was sent until then.
        person.does(cast(round, one, 0)).await;
        let came = person.sees(View::frames) - before;
        assert_eq!(came, 1, "the answer");
    }
}

#[tokio::test]
async fn only_what_lies_on_the_board_by_itself_can_be_voted_on() {
    let workshop = Workshop::start().await;
    let [one, two, three] = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann] = workshop.participants().await;
    ann.clusters("Letters", &[one, two]).await;
    let round = workshop.open_round(5, 2).await;
    for item in [
        Item::Note(one),
        Item::Note(fresh::note()),
        Item::Cluster(fresh::cluster()),
    ] {
        let denied = ann.denied(cast(round, item, 1)).await;
        assert_eq!(denied, Denied::NoSuchItem);
    }
    ann.does(cast(round, Item::Note(three), 1)).await;
}

#[tokio::test]
async fn a_round_can_be_confined_to_what_is_tied() {
    let workshop = Workshop::start().await;
    let items = workshop.with_notes(["One", "Two", "Three"]).await;
    let [one, two, three] = items.map(Item::Note);
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    workshop.go_to(Phase::Vote).await;
    let open = |among: Vec<Item>| Command::OpenRound {
        round: fresh::round(),
        question: "Which first?".to_owned(),
        budget: Budget::default(),
        among,
    };
    let gone = Item::Note(fresh::note());
    let denied = facilitator.denied(open(vec![one, gone])).await;
    assert_eq!(denied, Denied::NoSuchItem);
    let denied = facilitator.denied(open(vec![one; MAX_AMONG + 1])).await;
    assert_eq!(denied, Denied::Full { limit: MAX_AMONG });

    facilitator.does(open(vec![three, one, three])).await;
    ann.until(|view| view.wall().read().open_round().is_some())
        .await;
    let (round, shown) = ann.sees(|view| view.wall().read().open_round()).unwrap();
    let mut among = vec![one, three];
    among.sort_unstable();
    assert_eq!(shown.among, among);
    let denied = ann.denied(cast(round, two, 1)).await;
    assert_eq!(denied, Denied::NoSuchItem);
    ann.does(cast(round, three, 1)).await;
    facilitator.does(Command::CloseRound { round }).await;
    let export = workshop
        .api
        .export(workshop.board(), &workshop.organiser.token)
        .await
        .unwrap();
    assert_eq!(export.rounds[0].among.len(), 2);
}

#[tokio::test]
async fn rounds_follow_each_other_with_fresh_budgets() {
    let workshop = Workshop::start().await;
    let [one] = workshop.with_notes(["One"]).await.map(Item::Note);
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let first = workshop.open_round(2, 2).await;
    ann.does(cast(first, one, 2)).await;
    let early = Command::OpenRound {
        round: fresh::round(),
        question: String::new(),
        budget: Budget::default(),
        among: Vec::new(),
    };
    assert_eq!(facilitator.denied(early).await, Denied::RoundOpen);
    facilitator.does(Command::CloseRound { round: first }).await;
    let late = ann.denied(cast(first, one, 1)).await;
    assert_eq!(late, Denied::RoundClosed);

    let second = workshop.open_round(1, 1).await;
    ann.until(|view| {
        view.mine()
            .votes
            .as_ref()
            .is_some_and(|it| it.round == second)
    })
    .await;
    ann.does(cast(second, one, 1)).await;
    facilitator
        .does(Command::CloseRound { round: second })
        .await;
    ann.until(|view| totals(view, second).is_some()).await;
    ann.sees(|view| {
        let rounds = view.wall().read().rounds();
        let numbers: Vec<_> = rounds.iter().map(|(id, it)| (*id, it.number)).collect();
        assert_eq!(numbers, [(first, 1), (second, 2)]);
        let dots = |round| totals(view, round).map(|it| it[0].dots);
        assert_eq!((dots(first), dots(second)), (Some(2), Some(1)));
    });
}

#[tokio::test]
async fn leaving_the_phase_vote_closes_the_round() {
    let workshop = Workshop::start().await;
    let [one] = workshop.with_notes(["One"]).await.map(Item::Note);
    let [ann] = workshop.participants().await;
    let round = workshop.open_round(5, 2).await;
    ann.does(cast(round, one, 2)).await;
    workshop.go_to(Phase::Discuss).await;
    ann.until(|view| totals(view, round).is_some_and(|it| it[0].dots == 2))
        .await;
}

#[tokio::test]
async fn dots_on_a_note_that_is_taken_off_come_back() {
    let workshop = Workshop::start().await;
    let notes: [NoteId; 2] = workshop.with_notes(["One", "Two"]).await;
    let [one, two] = notes.map(Item::Note);
    let [ann] = workshop.participants().await;
    let round = workshop.open_round(2, 2).await;
    ann.does(cast(round, one, 2)).await;
    let hold = Command::HoldNote {
        note: notes[0],
        reason: Reason::OffTopic,
    };
    workshop.facilitator.does(hold).await;
    ann.until(|view| {
        view.mine()
            .votes
            .as_ref()
            .is_some_and(|it| it.dots.is_empty())
    })
    .await;
    let denied = ann.denied(cast(round, one, 1)).await;
    assert_eq!(denied, Denied::NoSuchItem);
    ann.does(cast(round, two, 2)).await;
}

#[tokio::test]
async fn a_budget_out_of_range_is_refused() {
    let workshop = Workshop::start().await;
    workshop.go_to(Phase::Vote).await;
    for (dots, per_item, limit) in [(0, 0, 50), (51, 1, 50), (3, 4, 3)] {
        let open = Command::OpenRound {
            round: fresh::round(),
            question: String::new(),
            budget: Budget { dots, per_item },
            among: Vec::new(),
        };
        let denied = workshop.facilitator.denied(open).await;
        assert_eq!(denied, Denied::OutOfRange { limit });
    }
}

fn cast(round: RoundId, item: Item, dots: u8) -> Command {
    Command::CastDots { round, item, dots }
}

fn totals(view: &View, round: RoundId) -> Option<Vec<Tally>> {
    view.wall().read().round(round)?.totals
}

fn dots(view: &View) -> Vec<(Item, u32)> {
    let votes = view.mine().votes.iter().flat_map(|votes| &votes.dots);
    votes.map(|tally| (tally.item, tally.dots)).collect()
}
