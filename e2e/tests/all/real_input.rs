//! A whole workshop with real notes: what comes out is what went in, and nothing besides.

use std::collections::{BTreeMap, BTreeSet};

use candour_e2e::api::{Api, secret};
use candour_e2e::client::TestClient;
use candour_e2e::demo::{Demo, Kind, PEOPLE_PER_ORGANISATION, fixture};
use candour_e2e::outcome::Outcome;
use candour_e2e::server::TestServer;
use candour_e2e::workshop::participants_link;
use candour_shared::ids::BoardId;
use candour_shared::phase::Phase;
use candour_shared::pulse::Outcome as PulseOutcome;
use serde_json::Value;

#[tokio::test]
async fn a_workshop_of_192_notes_comes_out_as_it_was_played() {
    let notes = fixture().unwrap();
    let server = TestServer::start().await.unwrap();
    let demo = Demo::open(Api::new(&server.url()), notes.clone())
        .await
        .unwrap();
    assert_eq!(demo.players.len(), 8 * PEOPLE_PER_ORGANISATION);

    demo.write().await.unwrap();
    let clients = || demo.players.iter().map(|it| &it.client).chain(demo.hosts());
    // An answer to whatever is asked now comes after everything that was sent before.
    for client in clients() {
        client.wait_for(|view| view.pending() == 0).await.unwrap();
    }
    for player in &demo.players {
        for (index, note) in notes.iter().enumerate() {
            let received = player.client.view(|view| view.ever_received(&note.text));
            assert_eq!(received, player.writes.contains(&index), "{}", note.text);
        }
    }
    for host in demo.hosts() {
        for note in &notes {
            assert!(
                !host.view(|view| view.ever_received(&note.text)),
                "{}",
                note.text
            );
        }
    }

    demo.reveal().await.unwrap();
    demo.cluster().await.unwrap();
    demo.vote().await.unwrap();
    let export = demo.close().await.unwrap();
    assert_eq!(export.phase, Phase::Closed);

    let texts: Vec<String> = export
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.notes)
        .chain(&export.loose_notes)
        .map(|note| note.text.clone().unwrap())
        .collect();
    let mut expected: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    let mut found: Vec<&str> = texts.iter().map(String::as_str).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);

    let outcome = Outcome::of(&export).unwrap();
    let mut themes: BTreeMap<String, BTreeSet<(String, String, String)>> = BTreeMap::new();
    for note in &notes {
        let category = match note.category {
            Kind::Frustration => "Frustrations",
            Kind::Pressure => "Pressures",
            Kind::Priority => "Priorities",
        };
        let aspect = capitalised(&note.aspect);
        let said = (note.text.clone(), category.to_owned(), aspect);
        themes.entry(note.theme.clone()).or_default().insert(said);
    }
    themes.insert(String::new(), BTreeSet::new());
    assert_eq!(outcome.clusters, themes);
    assert_eq!(outcome.totals, [demo.expected_totals()]);
    for client in clients() {
        assert_eq!(client.view(|view| view.faults.clone()), [""; 0]);
    }

    let replies: usize = export.clusters.iter().map(|it| it.replies.len()).sum();
    assert_eq!((replies, export.commitments.len()), (9, 3));
    assert!(export.commitments.iter().all(|it| it.who.is_some()));
    let agreed = export.clusters.iter().flat_map(|it| &it.notes);
    assert!(agreed.map(|note| note.same_here).any(|people| people > 1));
    for pulse in &export.pulses {
        let Some(PulseOutcome::Counted(counts)) = pulse.outcome else {
            panic!("{pulse:?}");
        };
        assert_eq!(counts.iter().sum::<u32>() as usize, demo.players.len());
    }
    assert_eq!(export.pulses.len(), 2);

    let json = serde_json::to_value(&export).unwrap();
    says_nothing_about_anybody(&json, &demo);
    ids_are_fresh_and_in_order(&json, demo.created.board, demo.hosts()[0]);
}

fn says_nothing_about_anybody(json: &Value, demo: &Demo) {
    let text = json.to_string();
    let links = &demo.created;
    let secrets = [
        &links.organiser,
        &links.facilitator,
        participants_link(links),
    ]
    .map(secret);
    let tokens = demo.players.iter().map(|player| player.token.as_str());
    for hidden in tokens.chain(secrets).chain([demo.organiser_token.as_str()]) {
        assert!(!hidden.is_empty() && !text.contains(hidden));
    }
    for date in ["opened_on", "exported_on"] {
        let date = json[date].as_str().unwrap();
        let shape: String = date
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        assert_eq!(shape, "0000-00-00");
    }
    each_note(json, &mut |note| {
        let keys: Vec<&String> = note.as_object().unwrap().keys().collect();
        let all = [
            "aspect",
            "category",
            "held",
            "id",
            "remark",
            "replies",
            "same_here",
            "text",
        ];
        assert_eq!(keys, all);
    });
    // A number that could be a time, or count people by organisation, is larger than any here.
    numbers(json, &mut |number| assert!(number <= 200.0, "{number}"));
}

fn ids_are_fresh_and_in_order(json: &Value, board: BoardId, organiser: &TestClient) {
    assert_ne!(json["board"], Value::from(board.to_string()));
    let live: BTreeSet<String> = organiser.view(|view| {
        let wall = view.wall().read();
        let clusters = wall.clusters().map(|(id, _)| id.to_string());
        let rounds = wall.rounds().into_iter().map(|(id, _)| id.to_string());
        let notes = wall.notes().map(|(id, _)| id.to_string());
        notes.chain(clusters).chain(rounds).collect()
    });
    let ids = |list: &Value| -> Vec<String> {
        let id = |it: &Value| it["id"].as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(id).collect()
    };
    let clusters = json["clusters"].as_array().unwrap();
    let lists = clusters
        .iter()
        .flat_map(|it| [&it["notes"], &it["replies"]]);
    for list in lists.chain([&json["clusters"], &json["loose_notes"]]) {
        let ids = ids(list);
        let bytes: Vec<[u8; 16]> = ids
            .iter()
            .map(|id| *id.parse::<BoardId>().unwrap().as_bytes())
            .collect();
        assert!(bytes.is_sorted(), "{ids:?}");
        assert!(ids.iter().all(|id| !live.contains(id)), "{ids:?}");
    }
}

fn each_note(json: &Value, check: &mut impl FnMut(&Value)) {
    let clusters = json["clusters"].as_array().unwrap();
    let lists = clusters.iter().map(|it| &it["notes"]);
    for list in lists.chain([&json["loose_notes"]]) {
        list.as_array().unwrap().iter().for_each(&mut *check);
    }
}

fn numbers(json: &Value, check: &mut impl FnMut(f64)) {
    match json {
        Value::Number(number) => check(number.as_f64().unwrap()),
        Value::Array(values) => values.iter().for_each(|value| numbers(value, check)),
        Value::Object(fields) => fields.values().for_each(|value| numbers(value, check)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
