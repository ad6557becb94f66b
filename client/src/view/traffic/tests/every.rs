//! Every field that is sent or received is explained.

use super::*;

/// One of every message a page can send.
fn every_message() -> Vec<ClientMessage> {
    let item = Item::Note(NOTE);
    let (note, cluster, round) = (NOTE, CLUSTER, ROUND);
    let reason = Reason::OffTopic;
    let commands = [
        Command::PostNote {
            note,
            content: content(),
            confirmed: true,
        },
        Command::WithdrawNote { note },
        Command::PostReply {
            note,
            to: item,
            text: "So it is".into(),
            confirmed: true,
        },
        Command::SameHere { note, on: true },
        Command::FlagNote { note },
        Command::SettleFlag { note },
        Command::Move {
            moves: vec![Move { item, to: AT }],
        },
        Command::PutStep {
            step: STEP,
            after: None,
            content: step(),
        },
        Command::RemoveStep { step: STEP },
        Command::SetSpotlight { on: Some(item) },
        Command::OpenPulse {
            pulse: PULSE,
            question: "How safe is it?".into(),
        },
        Command::AnswerPulse {
            pulse: PULSE,
            answer: 4,
        },
        Command::ClosePulse { pulse: PULSE },
        Command::PutCommitment {
            commitment: COMMITMENT,
            content: commitment(),
        },
        Command::RemoveCommitment {
            commitment: COMMITMENT,
        },
        Command::SetRemark {
            on: None,
            text: "Begin with letters".into(),
        },
        Command::MakeCluster {
            cluster,
            note,
            onto: note,
        },
        Command::NameCluster {
            cluster,
            name: "Beds".into(),
        },
        Command::MergeClusters {
            from: cluster,
            into: cluster,
        },
        Command::CastDots {
            round,
            item,
            dots: 2,
        },
        Command::SetPhase {
            from: Phase::Write,
            from_step: None,
            to: Phase::Cluster,
            step: Some(STEP),
        },
        Command::Reveal { number: 1 },
        Command::SetTimer {
            timer: TIMER,
            seconds: 60,
        },
        Command::LockClusters { locked: true },
        Command::SetPreModeration { on: true },
        Command::SetDoors { closed: true },
        Command::PausePosting { paused: true },
        Command::HoldNote { note, reason },
        Command::ReleaseNotes { notes: vec![note] },
        Command::OpenRound {
            round,
            question: String::new(),
            budget: Budget::default(),
            among: Vec::new(),
        },
    ];
    let hello = Hello {
        version: 1,
        page: PageId::from_bytes([5; 16]),
        wall: Some(CURSOR),
        backstage: None,
    };
    let drag = Drag { item, at: AT };
    let commands = commands
        .into_iter()
        .map(|command| ClientMessage::Command { id: 1, command });
    let ready = true;
    let others = [
        ClientMessage::Hello { hello },
        ClientMessage::Drags { drags: vec![drag] },
        ClientMessage::Ready { ready },
    ];
    others.into_iter().chain(commands).collect()
}

fn json(value: impl Serialize) -> String {
    serde_json::to_string(&value).unwrap()
}

/// One of every value that others receive.
fn every_value() -> Vec<String> {
    let item = Item::Cluster(CLUSTER);
    let mut settings = Template::WorkingTogether.settings(Language::English);
    settings.agenda = vec![step()];
    let mut ledger = Ledger::default();
    ledger.count(Action::Held, Some(Reason::OffTopic));
    let round = Round {
        number: 1,
        question: String::new(),
        budget: Budget::default(),
        among: Vec::new(),
        totals: Some(vec![Tally { item, dots: 1 }]),
        support: vec![Support {
            item,
            organisations: vec![0],
            others: true,
        }],
    };
    let timer = Timer {
        timer: TIMER,
        started: Millis(0),
        seconds: 60,
        stopped: false,
    };
    let place = Place::In {
        cluster: CLUSTER,
        order: 1,
    };
    let cluster = Cluster {
        name: String::new(),
        at: AT,
    };
    let behind = BackstageNote {
        content: content(),
        to: Some(item),
        held: None,
    };
    let pulse = Pulse {
        number: 1,
        question: String::new(),
        outcome: Some(Outcome::Counted([0, 1, 2, 3, 4])),
    };
    let erasure = Erasure {
        on: "2026-10-01".parse().unwrap(),
        reason: Reason::OffTopic,
        generation: 2,
    };
    let header = Header {
        kind: FrameKind::Tick,
        store: Store::Wall,
        cursor: CURSOR,
        bytes: 20,
    };
    vec![
        json(settings),
        json(ledger),
        json(round),
        json(timer),
        json(place),
        json(Place::Loose(AT)),
        json(Place::Under(item)),
        json(pulse),
        json(commitment()),
        json(cluster),
        json(Note::Said(content())),
        json(Note::Held(Reason::OffTopic)),
        json(&behind),
        json(erasure),
        received_json(header, &[behind.entry(NOTE)]),
        json(ServerMessage::Presence(PRESENCE)),
        json(ServerMessage::Drags(vec![Drag { item, at: AT }])),
    ]
}

#[test]
fn every_field_that_is_sent_or_received_is_explained() {
    let sent = every_message().into_iter().map(json);
    for text in sent.chain(every_value()) {
        let verb = |field: &str| text.contains(&format!(r#""command":{{"{field}":"#));
        for field in Readable::of(&text).fields {
            let explained = meaning(&field).is_some();
            assert!(explained || verb(&field), "{field} of {text}");
        }
    }
}
