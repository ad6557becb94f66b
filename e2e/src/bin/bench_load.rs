//! Measures boards with many people on them, on Candour and on the servers people would otherwise build on.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use candour_e2e::load::candour::{CANDOUR, Candour};
use candour_e2e::load::process::{CROWD, Process, SERVER, open_many_files};
use candour_e2e::load::subject::Subject;
use candour_e2e::load::yjs::{Kind, Yjs};
use candour_e2e::load::{Figures, Plan, measure};
use clap::Parser;
use hdrhistogram::Histogram;
use tempfile::TempDir;

/// How many people there are on each board, where there are many boards.
const ON_EACH: usize = 10;

/// Measures one board with many people on it, and many boards with few: how long changes take to be acknowledged and to
/// be seen by others, what share arrives, and what the server takes for it.
#[derive(Parser)]
struct Arguments {
    /// How many people on one board, one run for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 200, 500, 1000, 2000, 5000])]
    people: Vec<usize>,
    /// How many boards with ten people each, in one more run; 0 for none.
    #[arg(long, default_value_t = 1000)]
    boards: usize,
    /// How many changes they make together in a second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// The folder with the packages of Hocuspocus and y-websocket; without it, they are left out.
    #[arg(long)]
    packages: Option<PathBuf>,
    /// The program y-sweet; without it, it is left out.
    #[arg(long)]
    y_sweet: Option<PathBuf>,
}

impl Arguments {
    /// The servers beside which Candour is measured, and where they are.
    fn peers(&self) -> Vec<(Kind, &Path)> {
        let all = [
            (Kind::Hocuspocus, &self.packages),
            (Kind::YWebsocket, &self.packages),
            (Kind::YSweet, &self.y_sweet),
        ];
        let there = all.into_iter();
        let there = there.filter_map(|(kind, at)| Some((kind, at.as_deref()?)));
        there.collect()
    }
}

// One thread: the crowd has one processor.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    open_many_files()?;
    Process::of(std::process::id()).pin(CROWD)?;
    println!(
        "{} changes/s for {} s; the server on one processor, the crowd on another; milliseconds",
        arguments.rate, arguments.seconds
    );
    let mut table = Table::begin();
    let one_board = arguments.people.iter().map(|people| (1, *people));
    let many = (arguments.boards > 0).then(|| (arguments.boards, arguments.boards * ON_EACH));
    for (boards, people) in one_board.chain(many) {
        let plan = Plan::new(boards, people, arguments.rate, arguments.seconds);
        let folder = TempDir::new()?;
        table
            .run(Candour::start(folder.path(), plan).await?, plan)
            .await?;
        for (kind, at) in arguments.peers() {
            let folder = TempDir::new()?;
            let server = Yjs::start(kind, at, folder.path(), plan).await?;
            table.run(server, plan).await?;
        }
    }
    println!("\nWhen a change is durable:");
    for (name, durability) in &table.durabilities {
        println!("{name:<22} {durability}");
    }
    ensure!(budgets(&table.runs), "over a budget");
    Ok(())
}

/// What one server did.
struct Run {
    name: String,
    plan: Plan,
    figures: Figures,
}

/// Prints what was measured beside its budget, as far as it was measured. Says whether all are kept.
fn budgets(runs: &[Run]) -> bool {
    let of = |people: usize| move |run: &&Run| run.plan.boards == 1 && run.plan.people == people;
    let ours = |people: usize| {
        let mut runs = runs.iter().filter(of(people));
        runs.find(|run| run.name == CANDOUR).map(|run| &run.figures)
    };
    let theirs = |people: usize, read: fn(&Figures) -> f64| {
        let runs = runs.iter().filter(of(people));
        let peers = runs.filter(|run| run.name != CANDOUR);
        let figures = peers.map(|run| read(&run.figures));
        figures.fold(f64::INFINITY, f64::min)
    };
    let mut kept = true;
    let mut row = |what: &str, measured: f64, budget: f64| {
        let holds = measured <= budget;
        kept &= holds;
        let verdict = if holds { "met" } else { "missed" };
        println!("{what:<52} {measured:>9.2} {budget:>9.2}  {verdict}");
    };
    println!("\n{:<52} {:>9} {:>9}", "", "measured", "budget");
    if let Some(ours) = ours(200) {
        row("200 people: acknowledged, p50, ms", p50(ours), 15.0);
        row(
            "200 people: acknowledged, p99, ms",
            p99(&ours.outcome.acknowledged),
            60.0,
        );
    }
    if let Some(ours) = ours(1000) {
        let best = theirs(1000, |figures| p99(&figures.outcome.seen));
        row(
            "1,000 people: seen by everyone, p99, ms",
            p99(&ours.outcome.seen),
            50.0,
        );
        row(
            "1,000 people: the same beside the best peer's",
            p99(&ours.outcome.seen),
            best,
        );
        let quarter = theirs(1000, per_million) / 4.0;
        row(
            "1,000 people: CPU, beside a quarter of the best's",
            per_million(ours),
            quarter,
        );
        row(
            "1,000 people: memory of a socket, KB",
            kilobytes(ours),
            20.0,
        );
    }
    if let Some(ours) = ours(5000) {
        row(
            "5,000 people: seen by everyone, p99, ms",
            p99(&ours.outcome.seen),
            150.0,
        );
        row(
            "5,000 people: not delivered, %",
            (1.0 - ours.outcome.delivered) * 100.0,
            0.0,
        );
        row(
            "5,000 people: connections lost",
            ours.outcome.dropped as f64,
            0.0,
        );
    }
    kept
}

/// The runs so far, printed as they come.
struct Table {
    runs: Vec<Run>,
    /// When a change is on the disk, by server.
    durabilities: Vec<(String, &'static str)>,
}

impl Table {
    fn begin() -> Self {
        println!(
            "{:<22} {:>6} {:>6} | {:>7} {:>7} {:>7} | {:>7} {:>7} {:>7} | {:>9} {:>7} {:>8} {:>9}",
            "",
            "boards",
            "people",
            "ack p50",
            "p99",
            "p99.9",
            "seen",
            "p99",
            "p99.9",
            "delivered",
            "lost",
            "CPU s/M",
            "KB/socket"
        );
        Self {
            runs: Vec::new(),
            durabilities: Vec::new(),
        }
    }

    /// Measures one server, prints its row, and ends it; one that gives up doesn't end the others' runs.
    async fn run(&mut self, mut subject: impl Subject, plan: Plan) -> Result<()> {
        Process::of(subject.process()).pin(SERVER)?;
        let name = subject.name();
        let label = format!("{name:<22} {:>6} {:>6} |", plan.boards, plan.people);
        match measure(&mut subject, plan).await {
            Ok(figures) => {
                println!("{label} {}", row(&figures));
                self.runs.push(Run {
                    name: name.clone(),
                    plan,
                    figures,
                });
            }
            Err(fault) => println!("{label} {fault:#}"),
        }
        // Whoever looks on sees each row as it comes; nobody may.
        let _ = std::io::stdout().flush();
        if !self.durabilities.iter().any(|(noted, _)| *noted == name) {
            self.durabilities.push((name, subject.durability()));
        }
        subject.stop().await
    }
}

fn row(figures: &Figures) -> String {
    format!(
        "{} | {} | {:>8.2}% {:>7} {:>8.2} {:>9.1}",
        times(&figures.outcome.acknowledged),
        times(&figures.outcome.seen),
        figures.outcome.delivered * 100.0,
        figures.outcome.dropped,
        per_million(figures),
        kilobytes(figures),
    )
}

fn times(histogram: &Histogram<u64>) -> String {
    if histogram.is_empty() {
        return ["-"; 3].map(|none| format!("{none:>7}")).join(" ");
    }
    let at = |quantile| format!("{:>7.1}", millis(histogram, quantile));
    [0.5, 0.99, 0.999].map(at).join(" ")
}

fn p50(figures: &Figures) -> f64 {
    millis(&figures.outcome.acknowledged, 0.5)
}

fn p99(histogram: &Histogram<u64>) -> f64 {
    millis(histogram, 0.99)
}

fn millis(histogram: &Histogram<u64>, quantile: f64) -> f64 {
    histogram.value_at_quantile(quantile) as f64 / 1000.0
}

/// Seconds of the processor for a million deliveries.
fn per_million(figures: &Figures) -> f64 {
    figures.processor.as_secs_f64() * 1e6 / figures.deliveries as f64
}

fn kilobytes(figures: &Figures) -> f64 {
    figures.memory as f64 / 1024.0
}
