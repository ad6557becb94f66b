//! Some of a crowd stop reading what they are sent, while changes go on for everybody else.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use candour_shared::command::{Command, Move};
use candour_shared::http::Created;
use candour_shared::ids::{Item, NoteId};
use candour_shared::layout::Point;
use candour_shared::note::Content;
use candour_shared::phase::Phase;
use candour_shared::protocol::{ClientMessage, Hello};
use futures_util::{SinkExt as _, StreamExt as _};
use hdrhistogram::Histogram;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

use super::verdict::Verdict;
use super::vitals::Vitals;
use crate::api::{Api, Socket};
use crate::changes::{changes_in, contents};
use crate::client::TestClient;
use crate::fresh;
use crate::server::ServerProcess;
use crate::view::View;
use crate::workshop::{content, move_phase, participants_link, settings};
use crate::{PATIENCE, report};

/// How many notes are moved by each change.
const NOTES: usize = 50;
/// How many changes are made in a second.
const RATE: u32 = 100;
/// How much the system keeps for somebody who doesn't read, in bytes: the less, the sooner the server has to.
const UNREAD: u32 = 4_096;
/// The most that waits in the server for one slow reader, in bytes: the bound of its outbox, and one frame more.
const OUTBOX: u64 = 4 * 1024 * 1024 + 64 * 1024;
/// What the server may take besides, in bytes: what it keeps for who comes back, and what its allocator holds.
const BESIDES: u64 = 64 * 1024 * 1024;

/// How many people do what.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    /// How many people there are.
    pub people: usize,
    /// How many of them stop reading.
    pub stalled: usize,
    /// For how many seconds changes are made.
    pub seconds: u32,
}

/// What a crowd saw, in microseconds from the time a change was to be sent.
struct Figures {
    acknowledged: Histogram<u64>,
    seen: Histogram<u64>,
    memory: u64,
}

/// A crowd that reads, and one of which some don't, on the same server one after the other.
pub async fn stall(folder: &Path, crowd: Crowd) -> Result<Verdict> {
    let server = ServerProcess::with(folder, |command| {
        command.args(["--connections-per-address", "1000000"]);
    })
    .await?;
    let api = Api::new(&server.url()).patient(PATIENCE);
    let mut verdict = Verdict::default();
    let everybody = Crowd {
        stalled: 0,
        ..crowd
    };
    let calm = run(&api, &server, everybody, &mut verdict).await?;
    let begin = Vitals::of(server.number())?.memory;
    let with = run(&api, &server, crowd, &mut verdict).await?;
    report(&format!(
        "{} people, {} changes/s, {} s; milliseconds\n{:<32} {:>8} {:>8} {:>8}",
        crowd.people, RATE, crowd.seconds, "", "p50", "p99", "max"
    ));
    let rows = [
        ("acknowledged", &calm.acknowledged, &with.acknowledged),
        ("seen by others", &calm.seen, &with.seen),
    ];
    for (name, calm, with) in rows {
        print_row(&format!("{name}, all read"), calm);
        print_row(&format!("{name}, {} don't", crowd.stalled), with);
        let ratio = |quantile| {
            with.value_at_quantile(quantile) as f64 / calm.value_at_quantile(quantile) as f64
        };
        let (half, most, all) = (ratio(0.5), ratio(0.99), ratio(1.0));
        report(&format!(
            "{:<32} {half:>8.2} {most:>8.2} {all:>8.2}",
            "  ratio"
        ));
    }
    let grown = with.memory.saturating_sub(begin);
    let bound = crowd.stalled as u64 * OUTBOX + BESIDES;
    report(&format!(
        "memory grew by {} KiB, of {} at most",
        grown / 1024,
        bound / 1024
    ));
    ensure!(grown <= bound, "the server took {grown} bytes more");
    Ok(verdict)
}

/// One board, one crowd.
async fn run(
    api: &Api,
    server: &ServerProcess,
    crowd: Crowd,
    verdict: &mut Verdict,
) -> Result<Figures> {
    let Table {
        created,
        facilitator,
        notes,
    } = Table::laid(api).await?;
    let mut unread = Vec::new();
    for _ in 0..crowd.stalled {
        unread.push(stops_reading(api, &created).await?);
    }
    let mut readers = Vec::new();
    for _ in crowd.stalled..crowd.people {
        readers.push(reads(api, &created).await?);
    }
    let people = crowd.people + 1;
    facilitator
        .wait_for(|view| view.presence().people as usize == people)
        .await?;

    let pace = Pace {
        begin: Instant::now() + Duration::from_millis(100),
        changes: RATE * crowd.seconds,
    };
    let mut reading = JoinSet::new();
    for socket in readers {
        reading.spawn(pace.follow(socket));
    }
    let mut acknowledging = JoinSet::new();
    for change in 0..pace.changes {
        sleep_until(pace.due(change)).await;
        let to = Point {
            x: change.cast_signed(),
            y: 0,
        };
        let moves = notes.iter().map(|note| Move {
            item: Item::Note(*note),
            to,
        });
        let moves = moves.collect();
        let given = facilitator.give(Command::Move { moves }).await?;
        acknowledging.spawn(async move {
            given.await?;
            anyhow::Ok(pace.late(change))
        });
    }
    let mut figures = Figures {
        acknowledged: Histogram::new(3)?,
        seen: Histogram::new(3)?,
        memory: 0,
    };
    while let Some(late) = acknowledging.join_next().await {
        figures.acknowledged.record(late??)?;
        verdict.acknowledged += 1;
    }
    figures.memory = Vitals::of(server.number())?.memory;
    while let Some(seen) = reading.join_next().await {
        let (came, seen) = seen??;
        if came < pace.changes {
            let told = format!("somebody who reads got {came} of {} changes", pace.changes);
            verdict.lost.push(told);
        }
        figures.seen.add(seen)?;
    }
    drop(unread);
    Ok(figures)
}

/// A board on which notes are put in order.
struct Table {
    created: Created,
    facilitator: TestClient,
    notes: Vec<NoteId>,
}

impl Table {
    async fn laid(api: &Api) -> Result<Self> {
        let texts = (0..NOTES).map(|number| format!("Note {number}"));
        let contents: Vec<Content> = texts.map(|text| content(&text)).collect();
        let created = api.create_with(&settings(), &contents).await?;
        let token = api.token(created.board, &created.facilitator, None).await?;
        let facilitator = TestClient::connect(api.clone(), created.board, token);
        for (from, to) in [(Phase::Lobby, Phase::Write), (Phase::Write, Phase::Cluster)] {
            facilitator.ask(move_phase(from, to)).await?;
        }
        facilitator
            .wait_for(|view| view.phase() == Phase::Cluster)
            .await?;
        let notes = facilitator.view(|view| view.wall().read().notes().map(|(id, _)| id).collect());
        Ok(Self {
            created,
            facilitator,
            notes,
        })
    }
}

/// When changes are made.
#[derive(Clone, Copy)]
struct Pace {
    begin: Instant,
    changes: u32,
}

impl Pace {
    fn due(self, change: u32) -> Instant {
        self.begin + Duration::from_secs(1) * change / RATE
    }

    /// How long ago a change was due, in microseconds.
    fn late(self, change: u32) -> u64 {
        u64::try_from(self.due(change).elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Reads until the last change has come, or no more do; how many came, and how late. Who sees a change sees
    /// what became of the earlier ones, too: several make one tick.
    async fn follow(self, mut socket: Socket) -> Result<(u32, Histogram<u64>)> {
        let (mut came, mut seen) = (0, Histogram::new(3)?);
        let end = self.due(self.changes) + PATIENCE;
        while came < self.changes {
            let Ok(Some(message)) = timeout_at(end, socket.next()).await else {
                break;
            };
            let contents = contents(message?);
            let changes = changes_in(&contents).filter(|change| *change < self.changes);
            let change = changes.max();
            let upto = change.map_or(came, |change| came.max(change + 1));
            for change in came..upto {
                seen.record(self.late(change))?;
            }
            came = upto;
        }
        Ok((came, seen))
    }
}

async fn reads(api: &Api, created: &Created) -> Result<Socket> {
    let token = joins(api, created).await?;
    let hello = View::default().hello();
    let hello = serde_json::to_string(&ClientMessage::Hello { hello })?;
    let mut socket = api.open(api.handshake(created.board, &token)?).await?;
    socket.send(Message::text(hello)).await?;
    Ok(socket)
}

async fn stops_reading(api: &Api, created: &Created) -> Result<WebSocketStream<TcpStream>> {
    let token = joins(api, created).await?;
    let handshake = api.handshake(created.board, &token)?;
    let host = handshake.uri().authority().context("no host")?.to_string();
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(UNREAD)?;
    let stream = socket.connect(host.parse()?).await?;
    let (mut socket, _) = client_async(handshake, stream).await?;
    let hello = Hello::new(fresh::page());
    let hello = serde_json::to_string(&ClientMessage::Hello { hello })?;
    socket.send(Message::text(hello)).await?;
    Ok(socket)
}

async fn joins(api: &Api, created: &Created) -> Result<String> {
    let link = participants_link(created);
    Ok(api.token(created.board, link, Some(0)).await?)
}

fn print_row(name: &str, times: &Histogram<u64>) {
    let millis = |micros: u64| micros as f64 / 1_000.0;
    report(&format!(
        "{name:<32} {:>8.2} {:>8.2} {:>8.2}",
        millis(times.value_at_quantile(0.5)),
        millis(times.value_at_quantile(0.99)),
        millis(times.max()),
    ));
}
