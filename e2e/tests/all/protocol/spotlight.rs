//! The spotlight.

use candour_e2e::fresh;
use candour_e2e::workshop::{Person, Workshop};
use candour_shared::command::Command;
use candour_shared::denied::Denied;
use candour_shared::ids::Item;
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;

async fn lights(workshop: &Workshop, on: Option<Item>) {
    workshop
        .facilitator
        .does(Command::SetSpotlight { on })
        .await;
}

async fn sees(person: &Person, on: Option<Item>) {
    person
        .until(|view| view.wall().read().spotlight() == on)
        .await;
}

#[tokio::test]
async fn everyone_is_brought_to_a_thing_and_let_go_again() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let cluster = ann.clusters("Letters", &[one, two]).await;
    for item in [Item::Cluster(cluster), Item::Note(one)] {
        lights(&workshop, Some(item)).await;
        sees(&ann, Some(item)).await;
    }
    lights(&workshop, None).await;
    sees(&ann, None).await;

    let (note, nowhere) = (fresh::note(), fresh::cluster());
    for (on, denied) in [
        (Item::Note(note), Denied::NoSuchNote),
        (Item::Cluster(nowhere), Denied::NoSuchCluster),
    ] {
        let on = Some(on);
        let refused = workshop.facilitator.denied(Command::SetSpotlight { on });
        assert_eq!(refused.await, denied);
    }
}

#[tokio::test]
async fn the_spotlight_ends_with_the_phase() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["One"]).await;
    let [ann] = workshop.participants().await;
    lights(&workshop, Some(Item::Note(note))).await;
    sees(&ann, Some(Item::Note(note))).await;
    workshop.go_to(Phase::Vote).await;
    sees(&ann, None).await;
}

#[tokio::test]
async fn the_spotlight_ends_with_its_thing() {
    let workshop = Workshop::start().await;
    let [a, b, c, d, e] = workshop.with_notes(["A", "B", "C", "D", "E"]).await;
    let [ann] = workshop.participants().await;
    let merged = ann.clusters("Merged", &[a, b]).await;
    let dissolved = ann.clusters("Dissolved", &[c, d]).await;
    let reason = Reason::OffTopic;
    for (item, ends) in [
        (Item::Note(e), Command::EraseNote { note: e, reason }),
        (
            Item::Cluster(merged),
            Command::MergeClusters {
                from: merged,
                into: dissolved,
            },
        ),
        (
            Item::Cluster(dissolved),
            Command::DissolveCluster { cluster: dissolved },
        ),
    ] {
        lights(&workshop, Some(item)).await;
        sees(&ann, Some(item)).await;
        workshop.facilitator.does(ends).await;
        sees(&ann, None).await;
    }
}
