//! Plays a whole workshop over real connections and saves its export.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use candour_e2e::PATIENCE;
use candour_e2e::api::Api;
use candour_e2e::demo::{Demo, fixture, parse};
use candour_e2e::server::TestServer;
use candour_shared::export::BoardExport;
use clap::Parser;

/// Plays a whole workshop over real connections and saves its export.
#[derive(Parser)]
struct Arguments {
    /// The notes, as JSON; without it, those of the tests.
    #[arg(long)]
    notes: Option<PathBuf>,
    /// Where the board's export goes.
    #[arg(long)]
    export: PathBuf,
    /// The address of a running server, `http://host:port`; without it, one is started for the play.
    #[arg(long)]
    server: Option<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let notes = match &arguments.notes {
        Some(path) => {
            let json = fs::read_to_string(path);
            parse(&json.with_context(|| format!("{} can't be read", path.display()))?)?
        }
        None => fixture()?,
    };
    let export = match &arguments.server {
        Some(url) => Demo::play(Api::new(url), notes).await?,
        None => {
            let server = TestServer::start().await?;
            let api = Api::new(&server.url()).patient(PATIENCE);
            let export = Demo::play(api, notes).await?;
            server.stop().await?;
            export
        }
    };
    fs::write(&arguments.export, serde_json::to_string_pretty(&export)?)
        .with_context(|| format!("{} can't be written", arguments.export.display()))?;
    summarise(&export);
    println!("The export is in {}.", arguments.export.display());
    Ok(())
}

fn summarise(export: &BoardExport) {
    let clustered: usize = export.clusters.iter().map(|it| it.notes.len()).sum();
    println!(
        "{}: {} notes in {} groups, {} by themselves, {} organisations",
        export.title,
        clustered,
        export.clusters.len(),
        export.loose_notes.len(),
        export.organisations.len(),
    );
    for round in &export.rounds {
        println!("Round {}: {}", round.number, round.question);
        for tally in round.totals.iter().flatten() {
            let name = export
                .clusters
                .iter()
                .find(|cluster| tally.item == candour_shared::ids::Item::Cluster(cluster.id))
                .map_or("a note", |cluster| &cluster.name);
            println!("{:>5} {name}", tally.dots);
        }
    }
}
