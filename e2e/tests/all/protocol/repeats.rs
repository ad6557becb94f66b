//! Every command, sent twice: the second is acknowledged and changes nothing.

use candour_e2e::fresh;
use candour_e2e::workshop::{
    Person, Workshop, content, move_cluster, move_note, move_phase, reply,
};
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::ids::Item;
use candour_shared::layout::Point;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::voting::Budget;

/// Does something, lets everything else catch up, and does it again.
async fn twice(workshop: &Workshop, person: &Person, command: Command) {
    person.does(command.clone()).await;
    workshop.catches_up(person).await;
    workshop.catches_up(&workshop.facilitator).await;
    let before = person.sees(|view| (view.changes.len(), view.wall().state()));
    person.does(command.clone()).await;
    let after = person.sees(|view| (view.changes.len(), view.wall().state()));
    assert!(before == after, "{command:?} did something again");
}

#[tokio::test]
async fn writing_twice_is_writing_once() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = fresh::note();
    let post = Command::post_note(note, content("Said once"));
    twice(&workshop, &ann, post.clone()).await;
    let edit = Command::edit_note(note, content("Said once, better"));
    twice(&workshop, &ann, edit).await;
    twice(
        &workshop,
        &workshop.facilitator,
        Command::Reveal { number: 1 },
    )
    .await;
    bob.until(|view| view.shows("Said once, better")).await;

    // The answer to the first post was lost, and the phase moved on since.
    workshop.go_to(Phase::Cluster).await;
    ann.does(post.clone()).await;
    workshop.go_to(Phase::Write).await;
    ann.does(post).await;
    workshop.reveal().await;
    workshop.catches_up(&bob).await;
    bob.sees(|view| {
        assert!(view.shows("Said once, better"));
        assert_eq!(view.wall().read().note_count(), 1);
    });
}

#[tokio::test]
async fn a_late_repeat_of_a_reveal_does_not_reveal_what_was_written_since() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    ann.posts("Said before the reveal").await;
    let reveal = Command::Reveal { number: 1 };
    workshop.facilitator.does(reveal.clone()).await;
    ann.posts("Said after the reveal").await;
    workshop.facilitator.does(reveal).await;
    workshop.catches_up(&bob).await;
    bob.sees(|view| {
        assert!(view.shows("Said before the reveal"));
        assert!(!view.ever_received("Said after the reveal"));
    });
}

#[tokio::test]
async fn taking_back_twice_is_taking_back_once() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let private = ann.posts("Never shown").await;
    twice(&workshop, &ann, Command::WithdrawNote { note: private }).await;
    let released = ann.posts("Shown for a while").await;
    workshop.reveal().await;
    bob.until(|view| view.shows("Shown for a while")).await;
    let withdraw = Command::WithdrawNote { note: released };
    twice(&workshop, &ann, withdraw.clone()).await;
    workshop.reveal().await;
    bob.until(|view| !view.shows("Shown for a while")).await;
    ann.does(withdraw).await;
}

#[tokio::test]
async fn clustering_twice_is_clustering_once() {
    let workshop = Workshop::start().await;
    let [a, b, c, d] = workshop.with_notes(["A", "B", "C", "D"]).await;
    let [ann] = workshop.participants().await;
    let (cluster, other) = (fresh::cluster(), fresh::cluster());
    let to = Point { x: 4_000, y: 4_000 };
    for command in [
        Command::MakeCluster {
            cluster,
            note: b,
            onto: a,
        },
        Command::AddToCluster { cluster, note: c },
        Command::NameCluster {
            cluster,
            name: "Letters".into(),
        },
        move_cluster(cluster, to),
        move_note(c, to),
        Command::MakeCluster {
            cluster: other,
            note: d,
            onto: c,
        },
        Command::MergeClusters {
            from: other,
            into: cluster,
        },
        // Late: the cluster has ended since.
        Command::MakeCluster {
            cluster: other,
            note: d,
            onto: c,
        },
        Command::DissolveCluster { cluster },
    ] {
        twice(&workshop, &ann, command).await;
    }
    assert_eq!(ann.sees(|view| view.wall().read().cluster_count()), 0);
}

#[tokio::test]
async fn voting_twice_is_voting_once() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["One"]).await;
    let [ann] = workshop.participants().await;
    workshop.go_to(Phase::Vote).await;
    let facilitator = &workshop.facilitator;
    let round = fresh::round();
    let open = Command::OpenRound {
        round,
        question: String::new(),
        budget: Budget::default(),
        among: Vec::new(),
    };
    twice(&workshop, facilitator, open.clone()).await;
    let cast = Command::CastDots {
        round,
        item: Item::Note(note),
        dots: 2,
    };
    twice(&workshop, &ann, cast).await;
    twice(&workshop, facilitator, Command::CloseRound { round }).await;
    facilitator.does(open).await;
    let totals = facilitator.sees(|view| view.wall().read().round(round).unwrap().totals);
    assert_eq!(totals.unwrap()[0].dots, 2);
}

#[tokio::test]
async fn talking_twice_is_talking_once() {
    let workshop = Workshop::start().await;
    let [ann, bob] = workshop.participants().await;
    let note = ann.posts("One").await;
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    for on in [true, false, true] {
        twice(&workshop, &bob, Command::SameHere { note, on }).await;
    }
    twice(&workshop, facilitator, Command::Reveal { number: 2 }).await;
    assert_eq!(
        facilitator.sees(|view| view.wall().read().same_here(note)),
        1
    );
    twice(&workshop, &bob, Command::FlagNote { note }).await;
    twice(&workshop, facilitator, Command::SettleFlag { note }).await;
    twice(&workshop, &bob, Command::FlagNote { note }).await;

    let pulse = fresh::pulse();
    let question = "How safe is it to be candid here?".to_owned();
    let open = Command::OpenPulse { pulse, question };
    twice(&workshop, facilitator, open.clone()).await;
    twice(&workshop, &bob, Command::AnswerPulse { pulse, answer: 4 }).await;
    twice(&workshop, facilitator, Command::ClosePulse { pulse }).await;
    twice(&workshop, facilitator, open).await;

    twice(
        &workshop,
        facilitator,
        move_phase(Phase::Write, Phase::Discuss),
    )
    .await;
    let on = Some(Item::Note(note));
    let (answer, commitment) = (fresh::note(), fresh::commitment());
    let post = reply(answer, Item::Note(note), "So it is");
    twice(&workshop, &bob, post.clone()).await;
    twice(&workshop, facilitator, Command::Reveal { number: 4 }).await;
    twice(&workshop, &bob, post).await;
    let content = Commitment::new("Send it");
    for command in [
        Command::PutCommitment {
            commitment,
            content,
        },
        Command::SetRemark {
            on,
            text: "Heard".into(),
        },
        Command::SetSpotlight { on },
        Command::RemoveCommitment { commitment },
        Command::SetSpotlight { on: None },
    ] {
        twice(&workshop, facilitator, command).await;
    }
    let notes = facilitator.sees(|view| view.wall().read().note_count());
    assert_eq!(notes, 2);
}

#[tokio::test]
async fn facilitating_twice_is_facilitating_once() {
    let workshop = Workshop::start().await;
    let [ann] = workshop.participants().await;
    let note = ann.posts("One").await;
    workshop.reveal().await;
    let facilitator = &workshop.facilitator;
    let (timer, reason) = (fresh::timer(), Reason::OffTopic);
    for command in [
        Command::SetTimer { timer, seconds: 60 },
        Command::StopTimer { timer },
        Command::LockClusters { locked: true },
        Command::SetPreModeration { on: true },
        Command::HoldNote { note, reason },
        Command::ReleaseNotes { notes: vec![note] },
        Command::EraseNote { note, reason },
        move_phase(Phase::Write, Phase::Cluster),
    ] {
        twice(&workshop, facilitator, command).await;
    }
    let lines = facilitator.sees(|view| view.backstage().read().ledger().0);
    assert!(lines.iter().all(|line| line.count == 1), "{lines:?}");
}
