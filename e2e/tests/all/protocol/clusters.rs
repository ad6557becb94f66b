//! Putting notes together, and apart again.

use candour_e2e::fresh;
use candour_e2e::view::View;
use candour_e2e::workshop::{Workshop, move_cluster, move_note};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::NoteId;
use candour_shared::layout::Point;
use candour_shared::phase::Phase;
use candour_shared::wall::Place;

#[tokio::test]
async fn notes_dropped_on_each_other_make_a_group_that_everyone_sees() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    bob.until(|view| view.members(cluster) == notes).await;
    assert_eq!(
        bob.sees(|view| view.cluster_named("Letters")),
        Some(cluster)
    );
}

#[tokio::test]
async fn a_note_dropped_on_a_grouped_note_joins_that_group() {
    let workshop = Workshop::start().await;
    let [one, two, three] = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &[one, two]).await;
    let meant = fresh::cluster();
    let command = Command::MakeCluster {
        cluster: meant,
        note: three,
        onto: two,
    };
    bob.does(command).await;
    ann.until(|view| view.members(cluster) == [one, two, three])
        .await;
    assert_eq!(ann.sees(|view| view.wall().read().cluster(meant)), None);
}

#[tokio::test]
async fn a_note_moved_out_of_its_group_lies_where_it_was_put() {
    let workshop = Workshop::start().await;
    let [one, two, three] = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &[one, two, three]).await;
    let to = Point { x: -40, y: 900 };
    bob.does(move_note(two, to)).await;
    ann.until(|view| view.wall().read().place(two) == Some(Place::Loose(to)))
        .await;
    ann.until(|view| view.members(cluster) == [one, three])
        .await;
}

#[tokio::test]
async fn a_group_that_loses_all_its_notes_ends() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    for note in notes {
        let to = Point { x: 0, y: 0 };
        ann.does(move_note(note, to)).await;
    }
    bob.until(|view| view.wall().read().cluster_count() == 0)
        .await;
    let note = notes[0];
    let add = Command::AddToCluster { cluster, note };
    assert_eq!(bob.denied(add).await, Denied::NoSuchCluster);
}

#[tokio::test]
async fn a_group_can_be_renamed_and_moved() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Leters", &notes).await;
    let name = "Letters".to_owned();
    bob.does(Command::NameCluster { cluster, name }).await;
    let to = Point { x: 1_000, y: -20 };
    bob.does(move_cluster(cluster, to)).await;
    ann.until(|view| {
        let there = view.wall().read().cluster(cluster);
        there.is_some_and(|it| it.name == "Letters" && it.at == to)
    })
    .await;
}

#[tokio::test]
async fn merged_groups_keep_all_notes_and_one_name() {
    let workshop = Workshop::start().await;
    let [a, b, c, d] = workshop.with_notes(["A", "B", "C", "D"]).await;
    let [ann, bob] = workshop.participants().await;
    let from = ann.clusters("Letters", &[a, b]).await;
    let into = ann.clusters("", &[c, d]).await;
    bob.does(Command::MergeClusters { from, into }).await;
    ann.until(|view| view.members(into) == [c, d, a, b]).await;
    ann.sees(|view| {
        assert_eq!(view.cluster_named("Letters"), Some(into));
        assert_eq!(view.wall().read().cluster_count(), 1);
    });
}

#[tokio::test]
async fn a_group_taken_apart_leaves_its_notes() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two", "Three"]).await;
    let [ann, bob] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    bob.does(Command::DissolveCluster { cluster }).await;
    ann.until(|view| view.wall().read().cluster_count() == 0)
        .await;
    ann.sees(|view| {
        for note in notes {
            let place = view.wall().read().place(note);
            assert!(matches!(place, Some(Place::Loose(_))), "{place:?}");
        }
    });
}

#[tokio::test]
async fn locked_groups_are_changed_by_facilitators_only() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    facilitator
        .does(Command::LockClusters { locked: true })
        .await;
    ann.until(|view| view.wall().read().clusters_locked()).await;
    let make = |cluster| Command::MakeCluster {
        cluster,
        note: one,
        onto: two,
    };
    assert_eq!(ann.denied(make(fresh::cluster())).await, Denied::Locked);
    let cluster = fresh::cluster();
    facilitator.does(make(cluster)).await;
    let dissolve = Command::DissolveCluster { cluster };
    assert_eq!(ann.denied(dissolve.clone()).await, Denied::Locked);

    let unlock = Command::LockClusters { locked: false };
    facilitator.does(unlock).await;
    ann.does(dissolve).await;
}

#[tokio::test]
async fn what_is_voted_on_stays_what_it_is() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &notes).await;
    workshop.go_to(Phase::Vote).await;
    let phase = Phase::Vote;
    for person in [&ann, &workshop.facilitator] {
        let dissolve = Command::DissolveCluster { cluster };
        assert_eq!(person.denied(dissolve).await, Denied::WrongPhase { phase });
    }
}

#[tokio::test]
async fn everybody_at_once_ends_in_one_board() {
    let workshop = Workshop::start().await;
    let notes = workshop.with_notes(["A", "B", "C", "D", "E", "F"]).await;
    let people: [_; 6] = workshop.participants().await;
    // Each drops the next note on their own, all at the same moment.
    let drops = people.iter().enumerate().map(|(index, person)| {
        let command = Command::MakeCluster {
            cluster: fresh::cluster(),
            note: notes[(index + 1) % notes.len()],
            onto: notes[index],
        };
        person.does(command)
    });
    futures_util::future::join_all(drops).await;
    let first = &people[0];
    for person in &people {
        workshop.catches_up(person).await;
        assert_eq!(person.sees(places), first.sees(places));
    }
    assert_eq!(first.sees(places).len(), notes.len());
}

fn places(view: &View) -> Vec<(NoteId, String)> {
    let wall = view.wall().read();
    let mut places: Vec<_> = wall
        .places()
        .map(|(note, place)| (note, format!("{place:?}")))
        .collect();
    places.sort();
    places
}
