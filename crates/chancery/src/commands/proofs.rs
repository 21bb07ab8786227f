//! `chancery verify`, `export`, `rebuild`: what can be proved of a register.

use std::{fs::File, io::BufReader, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use ledger::{Mode, VerifierKey, VerifyOptions, verify_export_with};

use office::Office;

use crate::{Place, output::Terminal, owner};

/// Verify the ledgers of an installation, or an export of them
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The data folder; without one, an export is verified
    #[arg(required_unless_present = "export")]
    dir: Option<PathBuf>,
    /// An export, full or proof
    #[arg(long, conflicts_with = "dir", requires = "key")]
    export: Option<PathBuf>,
    /// With --export the public key (DIR.pub); with DIR the key file, when it is not DIR.key
    #[arg(long)]
    key: Option<PathBuf>,
    /// The database, when it is not where the folder says (postgres://…)
    #[arg(long)]
    database: Option<String>,
    /// Read every sealed object through as well
    #[arg(long)]
    content: bool,
    /// Checkpoints that were kept elsewhere (`chancery checkpoint`); they show an old copy and a ledger written anew
    #[arg(long, conflicts_with = "export")]
    held: Vec<PathBuf>,
}

impl Verify {
    /// The folder to verify; none: an export.
    pub fn place(&self) -> Option<Place> {
        let dir = self.dir.clone()?;
        Some(Place { dir, key: self.key.clone(), database: self.database.clone() })
    }

    /// Verifies an export. Exits with 1 when something is wrong.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match (&self.export, &self.key) {
            (Some(export), Some(key)) => Ok(verify_file(export, key, &mut Terminal::here())?.into()),
            _ => anyhow::bail!("name a data folder, or an export with a key"),
        }
    }

    /// Verifies a folder. Exits with 1 when something is wrong.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut held = String::new();
        for file in &self.held {
            let file = terminal.path(file);
            held.push_str(&std::fs::read_to_string(&file).with_context(|| file.display().to_string())?);
            held.push('\n');
        }
        let verified = office.verify_against(&held).await?;
        let mut faults = verified.faults;
        for ledger in &verified.ledgers {
            terminal.say(format_args!("ledger {}  {} entries", ledger.origin, ledger.entries));
        }
        if self.content {
            let (read, damaged) = office.fixity().await?;
            terminal.say(format_args!("{read} sealed objects read"));
            faults.extend(damaged);
        }
        Ok(conclude(&faults, terminal))
    }
}

/// Says what is wrong, or that nothing is; the exit code of it.
pub fn conclude(faults: &[String], terminal: &mut Terminal) -> u8 {
    if faults.is_empty() {
        terminal.say("good");
        return 0;
    }
    for fault in faults {
        terminal.say(format_args!("FAULT {fault}"));
    }
    terminal.say(format_args!("{} faults", faults.len()));
    1
}

fn verify_file(export: &PathBuf, key: &PathBuf, terminal: &mut Terminal) -> anyhow::Result<u8> {
    let text = std::fs::read_to_string(key).with_context(|| key.display().to_string())?;
    let keys = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| VerifierKey::parse(l.trim()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| key.display().to_string())?;
    let file = File::open(export).with_context(|| export.display().to_string())?;
    let mut audits = std::collections::HashMap::<[u8; 16], registry::audit::Audit>::new();
    let mut rule = |header: &ledger::HeaderView<'_>, payload: Option<&[u8]>| {
        audits.entry(header.registry).or_default().entry(header, payload)
    };
    let options = VerifyOptions { keys: &keys, held: &[], rule: Some(&mut rule) };
    let report = verify_export_with(BufReader::with_capacity(1 << 20, file), options)?;
    for ledger in &report.ledgers {
        terminal.say(format_args!("ledger {}  {} entries", ledger.origin, ledger.entries));
    }
    let faults: Vec<String> = report.findings.listed().iter().map(ToString::to_string).collect();
    Ok(conclude(&faults, terminal))
}

/// Write all ledgers to a file that can be verified offline
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// The file; it must not be there
    out: PathBuf,
    /// Headers only: verifiable without a classified word
    #[arg(long)]
    proof: bool,
}

impl Export {
    /// Exports.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mode = if self.proof { Mode::Proof } else { Mode::Full };
        let written = office.export(&terminal.path(&self.out), mode).await?;
        terminal.say(format_args!("{written} entries in {}", self.out.display()));
        if !self.proof {
            terminal.say(
                "It holds everything that is registered: treat it as the highest marking in the register.",
            );
        }
        Ok(0)
    }
}

/// Sign the head of every ledger, to be kept where whoever runs this machine does not come
#[derive(Debug, clap::Args)]
pub struct Checkpoint {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// The file; it must not be there
    out: PathBuf,
}

impl Checkpoint {
    /// Signs, and writes the checkpoints: they tell how many entries each ledger has, and no word of them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let file = terminal.path(&self.out);
        let notes: Vec<String> = office.checkpoint_all().await?.into_iter().map(|(_, note)| note).collect();
        let mut out = File::options()
            .write(true)
            .create_new(true)
            .open(&file)
            .with_context(|| file.display().to_string())?;
        std::io::Write::write_all(&mut out, notes.join("\n").as_bytes())?;
        out.sync_all()?;
        terminal.say(format_args!("{} ledgers signed in {}", notes.len(), self.out.display()));
        Ok(0)
    }
}

/// Make the register anew from its ledgers
#[derive(Debug, clap::Args)]
pub struct Rebuild {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// Only compare: make it beside the live one and say what differs
    #[arg(long)]
    compare: bool,
}

impl Rebuild {
    /// Whether it puts another register in the place of the live one: never under somebody who works with it.
    pub fn replaces(&self) -> bool {
        !self.compare
    }

    /// Compares. Exits with 1 when they differ.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let mut differences = compare(office, terminal).await?;
        let (documents, differs) = office.compare_index().await?;
        terminal.say(format_args!("{documents} documents indexed"));
        differences.extend(differs);
        Ok(conclude(&differences, terminal))
    }

    /// Says what differs, and rebuilds.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut terminal = Terminal::here();
        let mut opening = self.place.opening()?;
        opening.index = false;
        let office = Office::open(opening).await.map_err(owner::stop_first)?;
        compare(&office, &mut terminal).await?;
        office.rebuild().await?;
        office.close().await;
        // The index follows the register: what it had is thrown away and read anew.
        let folder = office::folder::Folder::at(&self.place.dir);
        match std::fs::remove_dir_all(folder.index()) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let office = self.place.open().await?;
        office.catch_up().await?;
        office.close().await;
        terminal.say("rebuilt");
        Ok(ExitCode::SUCCESS)
    }
}

async fn compare(office: &Office, terminal: &mut Terminal) -> anyhow::Result<Vec<String>> {
    let (entries, differences) = office.compare_rebuilt().await?;
    terminal.say(format_args!("{entries} entries applied"));
    for difference in &differences {
        terminal.say(format_args!("DIFFERS {difference}"));
    }
    Ok(differences)
}
