//! `chancery policy`: what a security policy says of labels and clearances. No installation is needed.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use label::{Clearance, Language, Policies};

/// Check a security policy, mark a label, decide access
#[derive(Debug, clap::Args)]
pub struct Policy {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Read a policy (XML SPIF) and say what is in it, and what is odd
    Check {
        /// The policy
        file: PathBuf,
    },
    /// The marking of a label (STANAG 4774 XML)
    Mark {
        /// The policy
        file: PathBuf,
        /// The label
        #[arg(long)]
        label: PathBuf,
        /// en or fr
        #[arg(long, default_value = "en")]
        lang: String,
    },
    /// Whether a clearance dominates a label; exits with 1 when it does not
    Decide {
        /// The policy
        file: PathBuf,
        /// The label
        #[arg(long)]
        label: PathBuf,
        /// The clearance
        #[arg(long)]
        clearance: PathBuf,
    },
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| file.display().to_string())
}

fn policies(file: &Path) -> anyhow::Result<Policies> {
    let policy = label::Policy::parse(&read(file)?).with_context(|| file.display().to_string())?;
    Ok(Policies::new([policy])?)
}

impl Policy {
    /// Does what is asked.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            What::Check { file } => check(&file),
            What::Mark { file, label, lang } => {
                let policies = policies(&file)?;
                let label = label::xml4774::read(&read(&label)?, &policies)?;
                let language = Language::from_tag(&lang)
                    .ok_or_else(|| anyhow::anyhow!("language {lang} is neither English nor French"))?;
                println!("{}", policies.of(&label)?.marking(&label, language)?);
                Ok(ExitCode::SUCCESS)
            }
            What::Decide { file, label, clearance } => {
                let policies = policies(&file)?;
                let label = label::xml4774::read(&read(&label)?, &policies)?;
                let clearance = Clearance::read(&read(&clearance)?, &policies)?;
                let decision = policies.of(&label)?.decide(&label, &clearance);
                if decision.is_granted() {
                    println!("granted");
                    return Ok(ExitCode::SUCCESS);
                }
                println!("denied");
                for reason in decision.reasons() {
                    println!("  {}  {reason:?}", reason.code());
                }
                Ok(ExitCode::from(1))
            }
        }
    }
}

fn check(file: &Path) -> anyhow::Result<ExitCode> {
    let policies = policies(file)?;
    for policy in policies.iter() {
        println!("{}  {}  version {}", policy.name(), policy.id(), policy.version());
        for level in policy.levels() {
            println!("  level {:<3} {}", level.hierarchy, level.name);
        }
        for set in policy.tag_sets() {
            let values: usize = set.tags.iter().map(|t| t.categories.len()).sum();
            println!("  categories {:<24} {values}", set.name);
        }
        for finding in policy.findings() {
            println!("  note: {finding:?}");
        }
    }
    println!("valid");
    Ok(ExitCode::SUCCESS)
}
