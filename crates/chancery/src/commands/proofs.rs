//! `chancery verify`, `export`, `rebuild`: what can be proved of a register.

use std::{fs::File, io::BufReader, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use ledger::{Mode, VerifierKey, VerifyOptions, verify_export_with};

use crate::Place;

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
}

impl Verify {
    /// Verifies. Exits with 1 when something is wrong.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match (&self.export, &self.key, &self.dir) {
            (Some(export), Some(key), _) => verify_file(export, key),
            (_, _, Some(dir)) => {
                let place =
                    Place { dir: dir.clone(), key: self.key.clone(), database: self.database.clone() };
                self.verify_folder(&place).await
            }
            _ => anyhow::bail!("name a data folder, or an export with a key"),
        }
    }

    async fn verify_folder(&self, place: &Place) -> anyhow::Result<ExitCode> {
        let office = place.open().await?;
        let verified = office.verify().await?;
        let mut faults = verified.faults;
        for ledger in &verified.ledgers {
            println!("ledger {}  {} entries", ledger.origin, ledger.entries);
        }
        if self.content {
            let (read, damaged) = office.fixity().await?;
            println!("{read} sealed objects read");
            faults.extend(damaged);
        }
        office.close().await;
        Ok(conclude(&faults))
    }
}

fn conclude(faults: &[String]) -> ExitCode {
    if faults.is_empty() {
        println!("good");
        return ExitCode::SUCCESS;
    }
    for fault in faults {
        println!("FAULT {fault}");
    }
    println!("{} faults", faults.len());
    ExitCode::from(1)
}

fn verify_file(export: &PathBuf, key: &PathBuf) -> anyhow::Result<ExitCode> {
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
        println!("ledger {}  {} entries", ledger.origin, ledger.entries);
    }
    let faults: Vec<String> = report.findings.listed().iter().map(ToString::to_string).collect();
    Ok(conclude(&faults))
}

/// Write all ledgers to a file that can be verified offline
#[derive(Debug, clap::Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// The file; it must not be there
    out: PathBuf,
    /// Headers only: verifiable without a classified word
    #[arg(long)]
    proof: bool,
}

impl Export {
    /// Exports.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let office = self.place.open().await?;
        let mode = if self.proof { Mode::Proof } else { Mode::Full };
        let written = office.export(&self.out, mode).await?;
        office.close().await;
        println!("{written} entries in {}", self.out.display());
        if !self.proof {
            println!(
                "It holds everything that is registered: treat it as the highest marking in the register."
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Make the register anew from its ledgers
#[derive(Debug, clap::Args)]
pub struct Rebuild {
    #[command(flatten)]
    place: Place,
    /// Only compare: make it beside the live one and say what differs
    #[arg(long)]
    compare: bool,
}

impl Rebuild {
    /// Rebuilds, or compares. Exits with 1 when they differ.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut opening = self.place.opening()?;
        opening.index = false;
        let office = office::Office::open(opening).await?;
        let (entries, differences) = office.compare_rebuilt().await?;
        println!("{entries} entries applied");
        for difference in &differences {
            println!("DIFFERS {difference}");
        }
        if self.compare {
            office.close().await;
            return Ok(conclude(&differences));
        }
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
        println!("rebuilt");
        Ok(ExitCode::SUCCESS)
    }
}
