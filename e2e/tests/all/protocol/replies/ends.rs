//! Where replies go when what they answer ends.

use candour_e2e::workshop::Person;
use candour_shared::command::Command;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::wall::Place;

use super::{Discussion, lies, place};

impl Discussion {
    /// The facilitator makes another cluster of two notes more.
    async fn another(&self) -> ClusterId {
        let facilitator = &self.workshop.facilitator;
        let notes = [self.loose, self.members[1]];
        facilitator.clusters("Phones", &notes).await
    }
}

async fn lies_loose(person: &Person, note: NoteId) {
    person
        .until(|view| matches!(place(view, note), Some(Place::Loose(_))))
        .await;
}

#[tokio::test]
async fn replies_to_a_merged_cluster_follow_it_wherever_they_are() {
    let board = Discussion::start().await;
    let workshop = &board.workshop;
    let [ann, bob] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let into = board.another().await;
    let from = Item::Cluster(board.cluster);
    let released = ann.replies(from, "Released").await;
    let held = ann.replies(from, "Held").await;
    workshop.reveal().await;
    let reason = Reason::OffTopic;
    facilitator
        .does(Command::HoldNote { note: held, reason })
        .await;
    facilitator
        .does(Command::SetPreModeration { on: true })
        .await;
    let queued = ann.replies(from, "Queued").await;
    workshop.reveal().await;
    facilitator
        .does(Command::SetPreModeration { on: false })
        .await;
    let waiting = ann.replies(from, "Waiting").await;

    facilitator
        .does(Command::MergeClusters {
            from: board.cluster,
            into,
        })
        .await;
    let to = Item::Cluster(into);
    for note in [released, held] {
        lies(&bob, note, to).await;
    }
    ann.until(|view| view.mine().notes.iter().all(|mine| mine.to == Some(to)))
        .await;
    let notes = vec![queued, held];
    facilitator.does(Command::ReleaseNotes { notes }).await;
    workshop.reveal().await;
    for note in [released, held, queued, waiting] {
        lies(&bob, note, to).await;
    }
}

#[tokio::test]
async fn replies_to_what_ends_come_onto_the_board() {
    let board = Discussion::start().await;
    let workshop = &board.workshop;
    let [ann, bob] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let to_cluster = ann.replies(Item::Cluster(board.cluster), "To it").await;
    let to_note = ann.replies(Item::Note(board.loose), "To that").await;
    workshop.reveal().await;
    let late = ann.replies(Item::Cluster(board.cluster), "Late").await;
    let cluster = board.cluster;
    facilitator.does(Command::DissolveCluster { cluster }).await;
    lies_loose(&bob, to_cluster).await;
    let reason = Reason::OffTopic;
    let erase = Command::EraseNote {
        note: board.loose,
        reason,
    };
    facilitator.does(erase).await;
    lies_loose(&bob, to_note).await;
    workshop.reveal().await;
    lies_loose(&bob, late).await;
    bob.sees(|view| {
        let places: Vec<_> = view
            .wall()
            .read()
            .places()
            .map(|(_, place)| place)
            .collect();
        for (index, place) in places.iter().enumerate() {
            assert!(!places[..index].contains(place), "{places:?}");
        }
    });
}

#[tokio::test]
async fn replies_to_an_erased_note_of_a_cluster_come_under_the_cluster() {
    let board = Discussion::start().await;
    let workshop = &board.workshop;
    let [ann] = workshop.participants().await;
    let note = ann.replies(Item::Note(board.members[0]), "To that").await;
    workshop.reveal().await;
    let reason = Reason::OffTopic;
    let erase = Command::EraseNote {
        note: board.members[0],
        reason,
    };
    workshop.facilitator.does(erase).await;
    lies(&ann, note, Item::Cluster(board.cluster)).await;
}
