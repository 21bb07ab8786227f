//! `chancery directory groups`: reads the groups of the organisation's directory and says what differs here. It changes
//! nothing: what differs is for security officers.

use std::path::PathBuf;

use office::{
    Office,
    belonging::{Difference, Kind, Report, Watched},
    texts::{Language, Texts},
};
use serde_json::{Value, json};

use crate::{Place, output::Terminal};

/// Read the groups of the organisation's directory
#[derive(Debug, clap::Args)]
pub struct Directory {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say what differs between the directory's groups and the house; changes nothing. Exit code 1: something differs
    Groups(Groups),
}

/// Says what differs.
#[derive(Debug, clap::Args)]
struct Groups {
    #[command(flatten)]
    place: Place,
    /// The settings, when they are not groups.toml in the data folder; files that they name are beside them
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Directory {
    /// The folder of the house that is compared.
    pub fn place(&self) -> Place {
        let What::Groups(groups) = &self.command;
        groups.place.clone()
    }

    /// Reads and compares.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let What::Groups(groups) = self.command;
        let watched = match &groups.settings {
            Some(file) => Watched::read(&terminal.path(file)).map_err(anyhow::Error::msg)?,
            None => {
                Watched::of_folder(office.folder().root()).map_err(anyhow::Error::msg)?.ok_or_else(|| {
                    anyhow::anyhow!(
                        "no directory is set: write groups.toml into the data folder, or name it (--settings)"
                    )
                })?
            }
        };
        let picture = office.ask_directory(&watched).await.map_err(|trouble| {
            anyhow::anyhow!("{trouble}\n  {}\n  ({})", trouble.remedy(), trouble.code())
        })?;
        let report = office.compare_directory(&watched, &picture).await?;
        if groups.json {
            terminal.json(&json(&report));
        } else {
            tell(&report, terminal)?;
        }
        let whole = report.meant.iter().all(|one| one.grant.is_some() && !one.missing);
        Ok(u8::from(!report.differences.is_empty() || !whole))
    }
}

/// What a difference is about, as it is set.
fn about(report: &Report, one: &Difference) -> String {
    let same = report.meant.iter().find(|meant| one.grant.is_some() && meant.grant == one.grant);
    same.map(|meant| meant.meaning.stands_for.words()).unwrap_or_default()
}

fn why(texts: &Texts, one: &Difference) -> String {
    let key = match one.kind {
        Kind::Doubled => "belonging-why-doubled".to_owned(),
        kind => format!("belonging-why-{}-{}", kind.as_str(), one.there.as_str()),
    };
    texts.get(Language::En, &key, &[])
}

fn tell(report: &Report, terminal: &mut Terminal) -> anyhow::Result<()> {
    let texts = Texts::new()?;
    let people = report.read.map_or(0, |(_, people)| people);
    terminal.say(format_args!("{}: {people} people", report.server));
    for one in &report.meant {
        let (there, here) = (&one.meaning.directory, one.meaning.stands_for.words());
        match (one.members, &one.grant) {
            (_, None) => terminal.say(format_args!("  {there}: there is no {here} here")),
            (None, _) => terminal.say(format_args!("  {there}: the directory shows no such group")),
            (Some(n), _) => terminal.say(format_args!("  {there} ({n}) stands for {here}")),
        }
    }
    for one in &report.differences {
        let (kind, what) = (one.kind.as_str(), about(report, one));
        terminal.say(format_args!(
            "{kind:<9} {:<16} {}{}{what}\n          {}",
            one.login,
            one.name,
            if what.is_empty() { "" } else { ": " },
            why(&texts, one)
        ));
    }
    terminal.say(format_args!("{} differences", report.differences.len()));
    Ok(())
}

fn json(report: &Report) -> Value {
    let groups = report.meant.iter().map(|one| {
        json!({
            "directory": one.meaning.directory, "stands_for": one.meaning.stands_for.words(),
            "known_here": one.grant.is_some(), "members": one.members,
        })
    });
    let differences = report.differences.iter().map(|one| {
        json!({
            "kind": one.kind.as_str(), "there": one.there.as_str(), "login": one.login, "name": one.name,
            "person": one.person.map(|id| id.to_string()), "about": about(report, one),
            "directory": one.directory, "authorisation": one.authorisation.map(|id| id.to_string()),
        })
    });
    json!({
        "server": report.server, "people": report.read.map(|(_, people)| people),
        "groups": groups.collect::<Vec<_>>(), "differences": differences.collect::<Vec<_>>(),
    })
}
