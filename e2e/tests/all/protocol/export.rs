//! What an organiser takes away of all this.

use std::collections::BTreeSet;

use candour_e2e::fresh;
use candour_e2e::workshop::Workshop;
use candour_shared::command::Command;
use candour_shared::commitment::Commitment;
use candour_shared::export::{BoardExport, ExportedCommitment};
use candour_shared::ids::{Item, NoteId};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;
use candour_shared::pulse::Outcome;

async fn export(workshop: &Workshop) -> BoardExport {
    let token = &workshop.organiser.token;
    let taken = workshop.api.export(workshop.board(), token).await;
    taken.unwrap()
}

/// Every note's id, replies included.
fn ids(export: &BoardExport) -> Vec<NoteId> {
    let clustered = export.clusters.iter().flat_map(|cluster| &cluster.notes);
    let notes: Vec<_> = clustered.chain(&export.loose_notes).collect();
    let replies = notes.iter().flat_map(|note| &note.replies);
    let of_clusters = export.clusters.iter().flat_map(|cluster| &cluster.replies);
    let replies = replies.chain(of_clusters).map(|reply| reply.id);
    notes.iter().map(|note| note.id).chain(replies).collect()
}

#[tokio::test]
async fn everything_that_was_said_is_taken_away() {
    let workshop = Workshop::start().await;
    let [ann, bob, cem] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let one = ann.posts("One").await;
    let two = ann.posts("Two").await;
    let three = ann.posts("Three").await;
    let pulse = workshop.open_pulse().await;
    for person in [&ann, &bob, &cem, facilitator, &workshop.organiser] {
        person.answers(pulse, 4).await;
    }
    workshop.reveal().await;
    for person in [&bob, &cem] {
        person.agrees(one).await;
    }
    bob.agrees(three).await;
    workshop.go_to(Phase::Cluster).await;
    let cluster = facilitator.clusters("Letters", &[one, two]).await;
    workshop.go_to(Phase::Discuss).await;
    for (on, text) in [
        (Some(Item::Cluster(cluster)), "Of letters"),
        (Some(Item::Note(three)), "Of three"),
        (None, "Of all"),
    ] {
        let text = text.to_owned();
        facilitator.does(Command::SetRemark { on, text }).await;
    }
    ann.replies(Item::Cluster(cluster), "To letters").await;
    bob.replies(Item::Note(three), "To three").await;
    let held = cem.replies(Item::Note(three), "Dr Smith").await;
    workshop.reveal().await;
    let reason = Reason::NamesAPerson;
    facilitator
        .does(Command::HoldNote { note: held, reason })
        .await;
    cem.replies(Item::Note(three), "Not yet seen").await;
    for (what, who) in [("Send it", Some(1)), ("Answer", None)] {
        let content = Commitment::new(what).by(who).until("by March");
        facilitator
            .does(Command::PutCommitment {
                commitment: fresh::commitment(),
                content,
            })
            .await;
    }

    let taken = export(&workshop).await;
    let agenda = facilitator.sees(|view| view.wall().read().agenda());
    let steps: Vec<_> = agenda.into_iter().map(|(_, step)| step).collect();
    assert_eq!(taken.agenda, steps);
    assert_eq!(taken.pulses.len(), 1);
    let outcome = Outcome::Counted([0, 0, 0, 5, 0]);
    assert_eq!(taken.pulses[0].outcome, Some(outcome));
    assert_eq!(taken.remark, "Of all");
    let commitment = |what: &str, who: Option<&str>| ExportedCommitment {
        what: what.into(),
        who: who.map(str::to_owned),
        when: "by March".into(),
    };
    assert_eq!(
        taken.commitments,
        [
            commitment("Answer", None),
            commitment("Send it", Some("Ambulance"))
        ]
    );
    let [letters] = &taken.clusters[..] else {
        panic!("{taken:?}");
    };
    assert_eq!(letters.remark, "Of letters");
    assert_eq!(letters.replies[0].text.as_deref(), Some("To letters"));
    let same_here = |text: &str| {
        let mut notes = letters.notes.iter();
        notes
            .find(|note| note.text.as_deref() == Some(text))
            .unwrap()
            .same_here
    };
    assert_eq!([same_here("One"), same_here("Two")], [2, 0]);
    let [loose] = &taken.loose_notes[..] else {
        panic!("{taken:?}");
    };
    assert_eq!((loose.same_here, &*loose.remark), (1, "Of three"));
    let replies: BTreeSet<_> = loose
        .replies
        .iter()
        .map(|reply| (reply.text.as_deref(), reply.held))
        .collect();
    let expected = [(Some("To three"), None), (None, Some(reason))];
    assert_eq!(replies, expected.into());

    let json = serde_json::to_string(&taken).unwrap();
    for private in ["Dr Smith", "Not yet seen"] {
        assert!(!json.contains(private), "{private}");
    }
}

#[tokio::test]
async fn two_exports_have_no_id_in_common_and_an_order_of_their_own() {
    let workshop = Workshop::start().await;
    let [note] = workshop.with_notes(["One"]).await;
    let [ann, bob] = workshop.participants().await;
    workshop.go_to(Phase::Discuss).await;
    let mut written = Vec::new();
    for number in 0..10 {
        for (name, person) in [("Ann", &ann), ("Bob", &bob)] {
            let text = format!("{name}'s reply {number}");
            person.replies(Item::Note(note), &text).await;
            written.push(text);
        }
    }
    workshop.reveal().await;
    let exports = [export(&workshop).await, export(&workshop).await];
    let [one, other] = exports.each_ref().map(ids);
    assert_eq!(one.len(), 21);
    assert!(one.iter().all(|id| !other.contains(id)));
    let orders = exports.each_ref().map(|export| {
        let replies = export.loose_notes[0].replies.iter();
        replies
            .map(|reply| reply.text.clone().unwrap())
            .collect::<Vec<_>>()
    });
    // Any one order comes about by chance once in 20! exports.
    assert_ne!(orders[0], written);
    assert_ne!(orders[0], orders[1]);
    for export in &exports {
        let replies = export.loose_notes[0].replies.iter();
        assert!(replies.map(|reply| reply.id).is_sorted());
    }
}
