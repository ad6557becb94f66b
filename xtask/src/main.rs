//! Builds, runs, tests and measures Candour: `cargo xtask`.

mod bench;
mod build;
mod demo;
mod dev;
mod page;
mod run;
mod setup;
mod soak;
mod suites;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Builds, runs, tests and measures Candour.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Build(build::Arguments),
    Run(run::Arguments),
    Dev(dev::Arguments),
    Test(test::Arguments),
    Demo(demo::Arguments),
    #[command(subcommand)]
    Bench(bench::Bench),
    Soak(soak::Arguments),
}

fn main() -> ExitCode {
    match work(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn work(arguments: Arguments) -> Result<()> {
    let workspace = Workspace::find()?;
    match arguments.task {
        Task::Build(arguments) => build::build(&workspace, &arguments),
        Task::Run(arguments) => run::run(&workspace, &arguments),
        Task::Dev(arguments) => dev::dev(&workspace, &arguments),
        Task::Test(arguments) => test::test(&workspace, &arguments),
        Task::Demo(arguments) => demo::demo(&workspace, &arguments),
        Task::Bench(bench) => bench::bench(&workspace, &bench),
        Task::Soak(arguments) => soak::soak(&workspace, &arguments),
    }
}
