//! The one binary: every subcommand of Chancery.
//!
//! Exit codes: 0 done; 1 done in part, or something found wrong; 2 not done: refused, or asked in a wrong way.

mod commands;
mod output;
mod owner;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use commands::person::{Person, What};
use output::Terminal;

/// The working system of a headquarters registry.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, propagate_version = true, max_term_width = 110)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a living headquarters of invented people and papers
    ///
    /// Example: chancery demo
    Demo(commands::demo::Demo),
    /// Found an installation in an empty folder
    ///
    /// Example: chancery init /srv/registry
    Init(commands::init::Init),
    /// Serve an installation to browsers and programs
    ///
    /// Example: chancery serve /srv/registry --listen 127.0.0.1:8420
    Serve(commands::serve::Serve),
    /// Register the files of a folder, or the items of a manifest
    ///
    /// Example: chancery import /srv/registry mail/ --registry REG --as clerk
    Import(commands::import::Import),
    /// Take over a register of old from its workbook, or say what would happen
    ///
    /// Example: chancery import-register /srv/registry old.xlsx --registry REG --dry-run
    ImportRegister(commands::import_register::ImportRegister),
    /// Search as a person
    ///
    /// Example: chancery search /srv/registry '"host nation" after:2024' --as clerk
    Search(commands::search::Search),
    /// Show a document by any of its references
    ///
    /// Example: chancery show /srv/registry REG-2026-17 --as clerk
    Show(commands::show::Show),
    /// Say which numbered copies somebody has, or a registry
    ///
    /// Example: chancery holdings /srv/registry --as clerk --registry REG --csv
    Holdings(commands::custody::Holdings),
    /// List the receipts that are due
    ///
    /// Example: chancery receipts /srv/registry --as clerk --late
    Receipts(commands::custody::Receipts),
    /// List the certificates of destruction that wait for a signature; to sign is never the operator's
    ///
    /// Example: chancery destroy /srv/registry --as clerk --registry REG
    Destroy(commands::custody::Destroy),
    /// List another book of a registry: distributions, instructions, packages, journeys, correspondents, routes, appointments, equipment or transfers
    ///
    /// Example: chancery books /srv/registry packages --as clerk --all
    Books(commands::books::Books),
    /// List the musters of a registry, or count one from what is scanned
    ///
    /// Example: chancery muster /srv/registry --as clerk --count M-0001/2026 < scanned.txt
    Muster(commands::muster::Muster),
    /// Add and list persons; propose and confirm what they are authorised to
    ///
    /// Example: chancery person add /srv/registry --login clerk --name "A Clerk" --nationality BEL
    Person(Person),
    /// Read the groups of the organisation's directory, and say what differs here
    ///
    /// Example: chancery directory groups /srv/registry --settings groups.toml
    Directory(commands::directory::Directory),
    /// Check a security policy, mark a label, decide access
    ///
    /// Example: chancery policy mark nato.xml --label label.xml --lang fr
    Policy(commands::policy::Policy),
    /// Verify the ledgers of an installation, or an export of them
    ///
    /// Example: chancery verify --export ledger.export --key registry.pub
    Verify(commands::proofs::Verify),
    /// Sign the head of every ledger, to be kept elsewhere
    ///
    /// Example: chancery checkpoint /srv/registry heads.txt
    Checkpoint(commands::proofs::Checkpoint),
    /// Write all ledgers to a file that can be verified offline
    ///
    /// Example: chancery export /srv/registry ledger.export --proof
    Export(commands::proofs::Export),
    /// Take a backup while everybody works
    ///
    /// Example: chancery backup /srv/registry /backup/monday --keys /safe/keys.db
    Backup(commands::backup::Backup),
    /// Put a backup back in an empty folder, and verify it
    ///
    /// Example: chancery restore /backup/monday /srv/again --key /safe/registry.key --keys /safe/keys.db
    Restore(commands::backup::Restore),
    /// Make the register anew from its ledgers
    ///
    /// Example: chancery rebuild /srv/registry --compare
    Rebuild(commands::proofs::Rebuild),
    /// Fill a registry of its own with made-up papers, for trials
    ///
    /// Example: chancery synth /srv/trial --documents 100000
    Synth(commands::synth::Synth),
    /// Say what is missing on this machine, and what that costs
    ///
    /// Example: chancery doctor /srv/registry
    Doctor(commands::doctor::Doctor),
    /// The limited child that reads foreign bytes
    #[command(hide = true)]
    Read,
}

fn main() -> ExitCode {
    // The reader's child gives up everything before it looks at a byte: before arguments, before any thread.
    if std::env::args_os().nth(1).is_some_and(|first| first == "read") {
        return reader::child::main();
    }
    // What is written is its owner's alone: tables, index and exports say what the register holds.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("CHANCERY_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("chancery: {e}");
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(run(arguments.command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", output::complaint(&error));
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(it) => it.run().await,
        Command::Init(it) => it.run().await,
        Command::Serve(it) => it.run().await,
        Command::Policy(it) => it.run(),
        Command::Doctor(it) => it.run().await,
        Command::Person(Person { command: What::Clear(it) }) => it.run(),
        Command::Person(Person { command: What::Confirm(it) }) => it.run(),
        Command::Verify(it) if it.place().is_none() => it.run(),
        Command::Rebuild(it) if it.replaces() => it.run().await,
        Command::Restore(it) => it.run().await,
        Command::Read => Ok(reader::child::main()),
        errand => owner::run(errand).await,
    }
}

impl Command {
    /// The folder whose open office the command needs; none: it needs none, or needs the folder for itself.
    fn errand(&self) -> Option<Place> {
        match self {
            Command::Import(it) => Some(it.place.clone()),
            Command::ImportRegister(it) => Some(it.place.clone()),
            Command::Search(it) => Some(it.place.clone()),
            Command::Show(it) => Some(it.place.clone()),
            Command::Holdings(it) => Some(it.place().clone()),
            Command::Receipts(it) => Some(it.place().clone()),
            Command::Destroy(it) => Some(it.place().clone()),
            Command::Books(it) => Some(it.place().clone()),
            Command::Muster(it) => Some(it.place().clone()),
            Command::Person(Person { command: What::Add(it) }) => Some(it.place.clone()),
            Command::Person(Person { command: What::List(it) }) => Some(it.place.clone()),
            Command::Directory(it) => Some(it.place()),
            Command::Verify(it) => it.place(),
            Command::Checkpoint(it) => Some(it.place.clone()),
            Command::Export(it) => Some(it.place.clone()),
            Command::Backup(it) => Some(it.place.clone()),
            Command::Synth(it) => Some(it.place.clone()),
            Command::Rebuild(it) => (!it.replaces()).then(|| it.place.clone()),
            _ => None,
        }
    }

    /// Whether it reads lines from whoever gave it.
    fn listens(&self) -> bool {
        matches!(self, Command::Muster(it) if it.counts())
    }

    /// Does an errand on an open office, for this terminal. Answers the exit code.
    async fn on(self, office: &office::Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        match self {
            Command::Import(it) => it.on(office, terminal).await,
            Command::ImportRegister(it) => it.on(office, terminal).await,
            Command::Search(it) => it.on(office, terminal).await,
            Command::Show(it) => it.on(office, terminal).await,
            Command::Holdings(it) => it.on(office, terminal).await,
            Command::Receipts(it) => it.on(office, terminal).await,
            Command::Destroy(it) => it.on(office, terminal).await,
            Command::Books(it) => it.on(office, terminal).await,
            Command::Muster(it) => it.on(office, terminal).await,
            Command::Person(Person { command: What::Add(it) }) => it.on(office, terminal).await,
            Command::Person(Person { command: What::List(it) }) => it.on(office, terminal).await,
            Command::Directory(it) => it.on(office, terminal).await,
            Command::Verify(it) => it.on(office, terminal).await,
            Command::Checkpoint(it) => it.on(office, terminal).await,
            Command::Export(it) => it.on(office, terminal).await,
            Command::Backup(it) => it.on(office, terminal).await,
            Command::Synth(it) => it.on(office, terminal).await,
            Command::Rebuild(it) => it.on(office, terminal).await,
            _ => anyhow::bail!("this command does not work on an open folder"),
        }
    }
}

/// Where an installation is and how it is opened: the same for every subcommand.
#[derive(Debug, Clone, clap::Args)]
struct Place {
    /// The data folder
    dir: PathBuf,
    /// The key file, when it is not DIR.key
    #[arg(long)]
    key: Option<PathBuf>,
    /// The database, when it is not where the folder says (postgres://…)
    #[arg(long)]
    database: Option<String>,
}

impl Place {
    fn opening(&self) -> anyhow::Result<office::Opening> {
        let folder = office::folder::Folder::at(&self.dir);
        let database = self.database.as_deref().map(store::sql::DatabaseUrl::parse).transpose()?;
        Ok(office::Opening {
            key: self.key.clone(),
            database,
            reader: std::env::current_exe().ok(),
            ..office::Opening::of(folder)
        })
    }

    async fn open(&self) -> anyhow::Result<office::Office> {
        Ok(office::Office::open(self.opening()?).await?)
    }
}
