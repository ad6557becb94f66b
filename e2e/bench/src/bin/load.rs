//! Measures boards with many people on them, on Candour and on the servers people would otherwise build on, and shows
//! every budget beside what was measured.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use candour_bench::budgets::Budgets;
use candour_bench::candour::{CANDOUR, Candour};
use candour_bench::cold::{self, Cold};
use candour_bench::machine::{CROWD, SERVER, open_many_files};
use candour_bench::scenario::Scenario;
use candour_bench::storm;
use candour_bench::subject::Subject;
use candour_bench::yjs::{Kind, Yjs};
use candour_bench::{Figures, Plan, measure, millis};
use candour_e2e::process::Process;
use candour_e2e::server::storage;
use clap::Parser;
use hdrhistogram::Histogram;

/// How many people there are on each board, where there are many boards.
const ON_EACH: usize = 10;
/// How many people write, and how many vote.
const ACTIVE: usize = 200;

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
    /// How many people on one board of a server that does TLS, one run for each number.
    #[arg(long, value_delimiter = ',', default_values_t = [1000, 5000])]
    encrypted: Vec<usize>,
    /// What people do on one board, and nothing else is measured; without it, they sort notes, and in two more runs 200
    /// write and vote.
    #[arg(long)]
    scenario: Option<Scenario>,
    /// How many changes they make together in a second.
    #[arg(long, default_value_t = 100)]
    rate: u32,
    /// For how many seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// How many people come at once, as `bench storm` measures it; 0 for none.
    #[arg(long, default_value_t = 5000)]
    storm: usize,
    /// How many boards are opened at once, as `bench cold` measures it; 0 for none.
    #[arg(long, default_value_t = 1000)]
    cold: usize,
    /// The folder with the packages of Hocuspocus and y-websocket; without it, they are left out.
    #[arg(long)]
    packages: Option<PathBuf>,
    /// The program y-sweet; without it, it is left out.
    #[arg(long)]
    y_sweet: Option<PathBuf>,
}

impl Arguments {
    /// What is measured, in this order.
    fn plans(&self) -> Vec<Plan> {
        let plan = |scenario, boards, people| Plan {
            scenario,
            encrypted: false,
            boards,
            people,
            rate: self.rate,
            seconds: self.seconds,
        };
        let on_one_board = |scenario| {
            self.people
                .iter()
                .map(move |people| plan(scenario, 1, *people))
        };
        if let Some(scenario) = self.scenario {
            return on_one_board(scenario).collect();
        }
        let mut plans: Vec<Plan> = on_one_board(Scenario::Cluster).collect();
        if self.boards > 0 {
            let people = self.boards * ON_EACH;
            plans.push(plan(Scenario::Cluster, self.boards, people));
        }
        plans.extend(self.encrypted.iter().map(|people| Plan {
            encrypted: true,
            ..plan(Scenario::Cluster, 1, *people)
        }));
        plans.extend([Scenario::Write, Scenario::Vote].map(|scenario| plan(scenario, 1, ACTIVE)));
        plans
    }

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
    Process::this().pin(CROWD)?;
    println!(
        "{} changes/s for {} s; the server on one processor, the crowd on another; milliseconds",
        arguments.rate, arguments.seconds
    );
    let mut table = Table::begin();
    for plan in arguments.plans() {
        let place = storage(None)?;
        table
            .run(Candour::start(place.path(), plan).await?, plan)
            .await?;
        // Only Candour has phases, or does TLS itself.
        if plan.scenario != Scenario::Cluster || plan.encrypted {
            continue;
        }
        for (kind, at) in arguments.peers() {
            let place = storage(None)?;
            let server = Yjs::start(kind, at, place.path(), plan).await?;
            table.run(server, plan).await?;
        }
    }
    println!("\nWhen a change is durable:");
    for (name, durability) in &table.durabilities {
        println!("{name:<22} {durability}");
    }
    println!();
    let storms = match (arguments.storm, arguments.scenario) {
        (0, _) | (_, Some(_)) => None,
        (people, None) => Some(storm::Table::measure(people, storm::NOTES).await?),
    };
    println!();
    let cold = match (arguments.cold, arguments.scenario) {
        (0, _) | (_, Some(_)) => None,
        (boards, None) => Some(Cold::measure(boards, cold::NOTES).await?),
    };
    if let Some(cold) = &cold {
        cold.print();
    }
    let kept = budgets(&table.runs, storms.as_ref(), cold.as_ref());
    ensure!(kept, "over a budget");
    ensure!(
        !table.gave_up,
        "{CANDOUR} could not be measured in every run"
    );
    Ok(())
}

/// What one server did.
struct Run {
    name: String,
    plan: Plan,
    figures: Figures,
}

/// The runs so far, printed as they come.
struct Table {
    runs: Vec<Run>,
    /// Whether a run of Candour failed.
    gave_up: bool,
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
            gave_up: false,
            durabilities: Vec::new(),
        }
    }

    /// Measures one server, prints its row, and ends it; one that gives up doesn't end the others' runs.
    async fn run(&mut self, mut subject: impl Subject, plan: Plan) -> Result<()> {
        Process::of(subject.process()).pin(SERVER)?;
        let name = subject.name();
        let mut label = name.clone();
        if plan.scenario != Scenario::Cluster {
            label += &format!(", {}", plan.scenario);
        }
        if plan.encrypted {
            label += ", TLS";
        }
        let label = format!("{label:<22} {:>6} {:>6} |", plan.boards, plan.people);
        match measure(&mut subject, plan).await {
            Ok(figures) => {
                println!("{label} {}", row(&figures));
                self.runs.push(Run {
                    name: name.clone(),
                    plan,
                    figures,
                });
            }
            Err(fault) => {
                println!("{label} {fault:#}");
                self.gave_up |= name == CANDOUR;
            }
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
    let delivered = figures.outcome.delivered;
    format!(
        "{} | {} | {:>9} {:>7} {:>8} {:>9.1}",
        times(&figures.outcome.acknowledged),
        times(&figures.outcome.seen),
        or_none(delivered.map(|share| format!("{:.2}%", share * 100.0))),
        figures.outcome.dropped,
        or_none(figures.per_million().map(|seconds| format!("{seconds:.2}"))),
        figures.kilobytes(),
    )
}

fn or_none(figure: Option<String>) -> String {
    figure.unwrap_or_else(|| "-".to_owned())
}

fn times(histogram: &Histogram<u64>) -> String {
    if histogram.is_empty() {
        return ["-"; 3].map(|none| format!("{none:>7}")).join(" ");
    }
    let at = |quantile| format!("{:>7.1}", millis(histogram, quantile));
    [0.5, 0.99, 0.999].map(at).join(" ")
}

/// Prints what was measured beside its budget. Says whether all are kept.
fn budgets(runs: &[Run], storms: Option<&storm::Table>, cold: Option<&Cold>) -> bool {
    let on_one_board = |scenario: Scenario, people: usize| {
        let on = move |run: &&Run| {
            let plan = run.plan;
            !plan.encrypted
                && plan.boards == 1
                && plan.scenario == scenario
                && plan.people == people
        };
        runs.iter().filter(on)
    };
    let ours = |scenario, people| {
        let mut runs = on_one_board(scenario, people);
        runs.find(|run| run.name == CANDOUR).map(|run| &run.figures)
    };
    // The best of the peers, with 1,000 people.
    let theirs = |read: fn(&Figures) -> Option<f64>| {
        let runs = on_one_board(Scenario::Cluster, 1000);
        let peers = runs.filter(|run| run.name != CANDOUR);
        let figures = peers.filter_map(|run| read(&run.figures));
        figures.min_by(f64::total_cmp)
    };
    let seen = |figures: &Figures| Some(millis(&figures.outcome.seen, 0.99));
    let mut table = Budgets::begin();
    for scenario in [Scenario::Write, Scenario::Cluster, Scenario::Vote] {
        let figures = ours(scenario, ACTIVE);
        for (quantile, name, budget) in [(0.5, "p50", 15.0), (0.99, "p99", 60.0)] {
            let acknowledged =
                figures.map(|figures| millis(&figures.outcome.acknowledged, quantile));
            let what = format!("{ACTIVE} people, {scenario}: acknowledged, {name}, ms");
            table.at_most(&what, acknowledged, Some(budget));
        }
    }
    let thousand = ours(Scenario::Cluster, 1000);
    let what = "1,000 people: seen by everyone, p99, ms";
    table.at_most(what, thousand.and_then(seen), Some(50.0));
    let what = "  beside the best peer's";
    table.at_most(what, thousand.and_then(seen), theirs(seen));
    let most = ours(Scenario::Cluster, 5000);
    let what = "5,000 people: seen by everyone, p99, ms";
    table.at_most(what, most.and_then(seen), Some(150.0));
    let missing = most.and_then(|figures| Some((1.0 - figures.outcome.delivered?) * 100.0));
    table.at_most("  not delivered, %", missing, Some(0.0));
    let lost = most.map(|figures| figures.outcome.dropped as f64);
    table.at_most("  connections lost", lost, Some(0.0));
    let what = "1,000 people: CPU s/M, beside a quarter of the best's";
    let quarter = theirs(Figures::per_million).map(|best| best / 4.0);
    table.at_most(what, thousand.and_then(Figures::per_million), quarter);
    let what = "1,000 people: memory of a socket, KB";
    table.at_most(what, thousand.map(Figures::kilobytes), Some(20.0));
    match storms {
        Some(storms) => storms.budgets(&mut table),
        None => table.elsewhere(
            "5,000 people dropped at once: in sync",
            "cargo xtask bench storm",
        ),
    }
    match cold {
        Some(cold) => cold.budgets(&mut table),
        None => table.elsewhere(
            "1,000 boards opened cold after a crash",
            "cargo xtask bench cold",
        ),
    }
    table.elsewhere("the page: what it loads", "cargo xtask bench size");
    table.elsewhere("the page: 2,000 notes, usable", "cargo xtask bench page");
    table.elsewhere(
        "the page: 2,000 notes, dragged and panned",
        "cargo xtask bench page",
    );
    table.kept()
}
