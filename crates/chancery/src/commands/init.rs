//! `chancery init`: founds an installation.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use office::{
    clock::{Clock, SystemClock, machine_entropy},
    folder::{Folder, Founding, found},
};
use registry::house::Names;
use store::sql::DatabaseUrl;

/// Found an installation in an empty folder
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The data folder; it must be empty or not there
    dir: PathBuf,
    /// A security policy (XML SPIF); repeat for several. Without one, all that ship
    #[arg(long = "policy")]
    policies: Vec<PathBuf>,
    /// Where to write the key, when not to DIR.key
    #[arg(long)]
    key: Option<PathBuf>,
    /// Keep the tables in PostgreSQL (postgres://…)
    #[arg(long)]
    database: Option<String>,
    /// The name that stands in checkpoints: letters, digits, dots and hyphens
    #[arg(long, default_value = "chancery.local")]
    name: String,
    /// The zone in which days end
    #[arg(long, default_value = "Europe/Brussels")]
    zone: String,
    /// A security officer as LOGIN,NAME,NATION; twice
    #[arg(long = "officer")]
    officers: Vec<String>,
    /// The code of the first registry
    #[arg(long, default_value = "REG")]
    registry: String,
    /// Its name, English
    #[arg(long, default_value = "Central Registry")]
    registry_name: String,
    /// Its name, French
    #[arg(long, default_value = "Bureau d’ordre central")]
    registry_name_fr: String,
}

impl Init {
    /// Founds, and prints the codes that open the officers' accounts.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let mut founding = Founding::shipped(&self.name);
        founding.zone = self.zone;
        founding.registry =
            Some((self.registry, Names { en: self.registry_name, fr: self.registry_name_fr }));
        if !self.policies.is_empty() {
            founding.policies = self
                .policies
                .iter()
                .map(|p| std::fs::read_to_string(p).with_context(|| p.display().to_string()))
                .collect::<Result<_, _>>()?;
        }
        match self.officers.as_slice() {
            [] => {}
            [first, second] => founding.officers = [officer(first)?, officer(second)?],
            _ => anyhow::bail!("name two security officers: --officer LOGIN,NAME,NATION twice"),
        }
        let database = self.database.as_deref().map(DatabaseUrl::parse).transpose()?;
        let folder = Folder::at(&self.dir);
        let founded =
            found(&folder, &founding, database, self.key, SystemClock.now(), &machine_entropy()).await?;
        println!("Founded {} in {}", self.name, self.dir.display());
        println!(
            "  key          {}  (keep a copy in the safe: without it nothing can be read)",
            founded.key.display()
        );
        println!("  public key   {}  (give it to inspectors)", founded.public_key.display());
        println!("Security officers, each with a code that opens the account once, within seven days:");
        for (officer, code) in &founded.officers {
            println!("  {:<12} {:<28} {code}", officer.login, officer.name);
        }
        println!("Next: chancery serve {}", self.dir.display());
        Ok(ExitCode::SUCCESS)
    }
}

fn officer(text: &str) -> anyhow::Result<registry::person::NewPerson> {
    let mut parts = text.split(',').map(str::trim);
    let (Some(login), Some(name), Some(nation)) = (parts.next(), parts.next(), parts.next()) else {
        anyhow::bail!("an officer is LOGIN,NAME,NATION, as in moreau,\"Anne Moreau\",FRA");
    };
    Ok(registry::person::NewPerson {
        login: login.to_owned(),
        name: name.to_owned(),
        nationality: nation.to_owned(),
        language: "en".to_owned(),
        title: "Security officer".to_owned(),
        body: None,
    })
}
