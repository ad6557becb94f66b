//! What facilitators write down of a discussion.

use std::collections::BTreeMap;

use candour_e2e::fresh;
use candour_e2e::server::on_disk;
use candour_e2e::view::View;
use candour_e2e::workshop::Workshop;
use candour_shared::checks::{NAME_CHARS, PROMPT_CHARS, REMARK_CHARS};
use candour_shared::command::Command;
use candour_shared::commitment::{Commitment, MAX_COMMITMENTS};
use candour_shared::denied::Denied;
use candour_shared::ids::{CommitmentId, Item};
use candour_shared::moderation::Reason;
use candour_shared::phase::Phase;

fn commitment(what: &str) -> Commitment {
    Commitment::new(what).by(Some(1)).until("by March")
}

fn put(commitment: CommitmentId, content: Commitment) -> Command {
    Command::PutCommitment {
        commitment,
        content,
    }
}

fn commitments(view: &View) -> Vec<Commitment> {
    view.wall().read().commitments().map(|(_, it)| it).collect()
}

fn remark(on: Option<Item>, text: &str) -> Command {
    let text = text.to_owned();
    Command::SetRemark { on, text }
}

fn remarks(view: &View) -> BTreeMap<Option<Item>, String> {
    view.wall().read().remarks().collect()
}

#[tokio::test]
async fn what_is_agreed_is_written_down_for_everyone() {
    let workshop = Workshop::start().await;
    workshop.go_to(Phase::Discuss).await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let id = fresh::commitment();
    facilitator.does(put(id, commitment("Send it"))).await;
    ann.until(|view| commitments(view) == [commitment("Send it")])
        .await;
    let mut all = commitment("  Send it on the same day ");
    all.who = None;
    all.when = String::new();
    facilitator.does(put(id, all.clone())).await;
    all.what = "Send it on the same day".into();
    ann.until(|view| commitments(view) == [all.clone()]).await;
    let remove = Command::RemoveCommitment { commitment: id };
    facilitator.does(remove.clone()).await;
    facilitator.does(remove).await;
    ann.until(|view| commitments(view).is_empty()).await;
}

#[tokio::test]
async fn only_facilitators_write_down_and_only_when_there_is_something_to_talk_about() {
    let workshop = Workshop::in_the_lobby().await;
    let [ann] = workshop.participants().await;
    let id = fresh::commitment();
    for phase in Phase::ALL {
        if phase != Phase::Lobby {
            workshop.go_to(phase).await;
        }
        for command in [put(id, commitment("Send it")), remark(None, "Heard")] {
            let denied = ann.denied(command.clone()).await;
            assert_eq!(denied, Denied::FacilitatorsOnly);
            match phase {
                Phase::Lobby | Phase::Write | Phase::Closed => {
                    let denied = workshop.facilitator.denied(command).await;
                    assert_eq!(denied, Denied::WrongPhase { phase });
                }
                Phase::Cluster | Phase::Vote | Phase::Discuss => {
                    workshop.facilitator.does(command).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_commitment_has_its_limits() {
    let workshop = Workshop::start().await;
    workshop.go_to(Phase::Discuss).await;
    let facilitator = &workshop.facilitator;
    let mut nobody = commitment("Send it");
    nobody.who = Some(3);
    let mut whenever = commitment("Send it");
    whenever.when = "é".repeat(NAME_CHARS + 1);
    for (content, denied) in [
        (commitment(" "), Denied::Empty),
        (
            commitment(&"é".repeat(PROMPT_CHARS + 1)),
            Denied::TooLong {
                limit: PROMPT_CHARS,
            },
        ),
        (whenever, Denied::TooLong { limit: NAME_CHARS }),
        (nobody, Denied::NoSuchOrganisation),
    ] {
        let command = put(fresh::commitment(), content);
        assert_eq!(facilitator.denied(command).await, denied);
    }
    let last = fresh::commitment();
    facilitator.does(put(last, commitment("Send it"))).await;
    for _ in 1..MAX_COMMITMENTS {
        let id = fresh::commitment();
        facilitator.does(put(id, commitment("Send it"))).await;
    }
    let limit = MAX_COMMITMENTS;
    let one_more = put(fresh::commitment(), commitment("One more"));
    assert_eq!(facilitator.denied(one_more).await, Denied::Full { limit });
    facilitator.does(put(last, commitment("Changed"))).await;
}

#[tokio::test]
async fn remarks_are_about_a_thing_or_the_whole_board() {
    let workshop = Workshop::start().await;
    let [one, two] = workshop.with_notes(["One", "Two"]).await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let cluster = facilitator.clusters("Letters", &[one, two]).await;
    let (on_cluster, on_note) = (Some(Item::Cluster(cluster)), Some(Item::Note(one)));
    for (on, text) in [(on_cluster, "Of it"), (on_note, "Of one"), (None, "Of all")] {
        facilitator.does(remark(on, text)).await;
    }
    let expected: BTreeMap<_, _> = [
        (on_cluster, "Of it".to_owned()),
        (on_note, "Of one".to_owned()),
        (None, "Of all".to_owned()),
    ]
    .into();
    ann.until(|view| remarks(view) == expected).await;
    facilitator.does(remark(on_note, " ")).await;
    facilitator.does(remark(None, "Of all, again")).await;
    ann.until(|view| {
        let now = remarks(view);
        now.len() == 2 && now[&None] == "Of all, again"
    })
    .await;

    let limit = REMARK_CHARS;
    for (command, denied) in [
        (
            remark(None, &"é".repeat(limit + 1)),
            Denied::TooLong { limit },
        ),
        (
            remark(Some(Item::Note(fresh::note())), "Of nothing"),
            Denied::NoSuchNote,
        ),
        (
            remark(Some(Item::Cluster(fresh::cluster())), "Of nothing"),
            Denied::NoSuchCluster,
        ),
    ] {
        assert_eq!(facilitator.denied(command).await, denied);
    }
}

#[tokio::test]
async fn what_was_said_of_a_thing_that_ends_is_kept_where_it_goes() {
    let workshop = Workshop::start().await;
    let [a, b, c, d, e] = workshop.with_notes(["A", "B", "C", "D", "E"]).await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let from = facilitator.clusters("Letters", &[a, b]).await;
    let into = facilitator.clusters("Phones", &[c, d]).await;
    for (on, text) in [
        (Some(Item::Cluster(from)), "Of letters"),
        (Some(Item::Cluster(into)), "Of phones"),
        (Some(Item::Note(e)), "Of what will be erased"),
        (None, "Of all"),
    ] {
        facilitator.does(remark(on, text)).await;
    }
    facilitator
        .does(Command::MergeClusters { from, into })
        .await;
    let joined = "Of phones\nOf letters";
    ann.until(|view| {
        let now = remarks(view);
        !now.contains_key(&Some(Item::Cluster(from)))
            && now.get(&Some(Item::Cluster(into))).map(String::as_str) == Some(joined)
    })
    .await;
    let cluster = into;
    facilitator.does(Command::DissolveCluster { cluster }).await;
    let reason = Reason::NamesAPerson;
    facilitator
        .does(Command::EraseNote { note: e, reason })
        .await;
    let expected: BTreeMap<_, _> = [(None, "Of all\nOf phones\nOf letters".to_owned())].into();
    ann.until(|view| remarks(view) == expected).await;
}

#[tokio::test]
async fn what_was_taken_back_reaches_nobody_who_comes_later() {
    let workshop = Workshop::start().await;
    workshop.go_to(Phase::Discuss).await;
    let [ann] = workshop.participants().await;
    let facilitator = &workshop.facilitator;
    let id = fresh::commitment();
    facilitator
        .does(put(id, commitment("Dr Smith will call")))
        .await;
    facilitator.does(remark(None, "Dr Smith was late")).await;
    for text in ["Dr Smith will call", "Dr Smith was late"] {
        ann.until(|view| view.ever_received(text)).await;
    }
    facilitator
        .does(Command::RemoveCommitment { commitment: id })
        .await;
    facilitator.does(remark(None, "")).await;
    let newcomer = workshop.participant(1).await;
    workshop.catches_up(&newcomer).await;
    assert!(!newcomer.sees(|view| view.ever_received("Dr Smith")));
    for text in ["Dr Smith will call", "Dr Smith was late"] {
        assert!(!on_disk(workshop.server.folder(), text).unwrap());
    }
}

#[tokio::test]
async fn joined_remarks_keep_to_the_limit() {
    let workshop = Workshop::start().await;
    let [a, b] = workshop.with_notes(["A", "B"]).await;
    let facilitator = &workshop.facilitator;
    let cluster = facilitator.clusters("Letters", &[a, b]).await;
    let long = "é".repeat(REMARK_CHARS);
    for on in [None, Some(Item::Cluster(cluster))] {
        facilitator.does(remark(on, &long)).await;
    }
    facilitator.does(Command::DissolveCluster { cluster }).await;
    let expected: BTreeMap<_, _> = [(None, long)].into();
    facilitator.until(|view| remarks(view) == expected).await;
}
