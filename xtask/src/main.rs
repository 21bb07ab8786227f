//! The project's own tasks: one subcommand, one module. Knows cargo and the machine; knows nothing of registers.

mod bench;
mod browser;
mod contract;
mod fuzz;
mod install;
mod postgres;
mod prove;
mod steps;
mod test;
mod workplace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What became of a task, as the exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything asked for was done, or the closing table says what was left out and why.
    Passed,
    /// Something was done and was wrong.
    Failed,
    /// There is nothing yet to run under that name.
    NotThereYet,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Passed => Self::SUCCESS,
            Outcome::Failed => Self::from(1),
            Outcome::NotThereYet => Self::from(2),
        }
    }
}

/// The project's own tasks.
///
/// Exit codes: 0 good, 1 something failed, 2 nothing there yet to run.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check there is, in order, and close with a table of what each took.
    ///
    /// Example: cargo xtask test --quick
    Test {
        /// Install nothing and open no browser: formatting, lints and tests only (five minutes when warm).
        #[arg(long)]
        quick: bool,
    },
    /// Prove one of the properties that the house stands on, on every engine there is.
    ///
    /// Example: cargo xtask prove interference --small
    Prove {
        /// `all`, or one of the subjects that a wrong name lists.
        subject: String,
        /// The size that the test command takes; without it, the size that the figures are stated for.
        #[arg(long)]
        small: bool,
    },
    /// Measure, in the release profile, and print the figures.
    ///
    /// Example: cargo xtask bench search
    Bench {
        /// One of the subjects that a wrong name lists.
        subject: String,
        /// Handed to the benchmark as they are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Visit every page of the demo in a real browser, as everybody, in both languages; the test command visits each as some.
    ///
    /// Example: cargo xtask browser --pictures target/pictures
    Browser {
        /// Where the pictures go (light, dark and print of each page); a temporary folder without it.
        #[arg(long)]
        pictures: Option<std::path::PathBuf>,
        /// Visit only the pages whose name contains this.
        #[arg(long)]
        only: Option<String>,
        /// Only check the checks, against pages that are wrong on purpose; builds nothing.
        #[arg(long)]
        self_check: bool,
    },
    /// Ask the demo's API whatever its description allows, and hold the answers to it.
    ///
    /// Example: cargo xtask contract --seconds 300
    Contract {
        /// How long each person asks.
        #[arg(long, default_value_t = contract::SECONDS)]
        seconds: u32,
    },
    /// Feed every parser of foreign bytes with what a fuzzer thinks of, one target after the other.
    ///
    /// Example: cargo xtask fuzz label --seconds 60
    Fuzz {
        /// One target; all of them without it.
        target: Option<String>,
        /// How long each runs.
        #[arg(long, default_value_t = fuzz::SECONDS)]
        seconds: u32,
    },
    /// Start a PostgreSQL of one's own in a temporary folder, run a command with its address, stop and remove it.
    ///
    /// Example: cargo xtask postgres -- cargo test -p store
    Postgres {
        /// The command and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let done = workplace::Workplace::find().and_then(|place| match line.task {
        Task::Test { quick } => test::run(&place, quick),
        Task::Prove { subject, small } => prove::run(&place, &subject, small),
        Task::Bench { subject, arguments } => bench::run(&place, &subject, &arguments),
        Task::Browser { pictures, only, self_check } => {
            browser::run(&place, &browser::Wish { pictures, only, self_check, some: false })
        }
        Task::Contract { seconds } => contract::run(&place, seconds),
        Task::Fuzz { target, seconds } => fuzz::run(&place, target.as_deref(), seconds),
        Task::Postgres { command } => postgres::run_with(&place, &command),
    });
    match done {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            Outcome::Failed.into()
        }
    }
}
