//! `chancery import`: bulk registration.

use std::path::PathBuf;

use anyhow::Context as _;
use label::NamedLabel;
use office::{
    Office, Sender,
    import::{Ended, Source},
    map::Map,
};
use registry::{Code, Refusal};
use serde_json::json;

use crate::{Place, output::Terminal};

/// Register the files of a folder, or the items of a manifest
#[derive(Debug, clap::Args)]
pub struct Import {
    #[command(flatten)]
    pub place: Place,
    /// A file or folder; with --manifest the folder to which the manifest's paths are relative
    path: PathBuf,
    /// The registry, by its code; needed where there are several
    #[arg(long)]
    registry: Option<String>,
    /// A manifest (JSONL or CSV) …
    #[arg(long, requires = "map")]
    manifest: Option<PathBuf>,
    /// … and the map that says how its items become registrations
    #[arg(long, requires = "manifest")]
    map: Option<PathBuf>,
    /// The marking of every file, as "NATO RESTRICTED" or a label in JSON; without one: undetermined
    #[arg(long, conflicts_with = "manifest")]
    marking: Option<String>,
    /// In whose name (login); without one, in the operator's own
    #[arg(long = "as")]
    person: Option<String>,
    /// Answer in JSON, a line an item and one for the whole
    #[arg(long)]
    json: bool,
}

impl Import {
    /// Imports. Exits with 1 when an item failed.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let house = office.house().await?;
        let registry = registry_named(&house, self.registry.as_deref())?;
        let sender = match &self.person {
            Some(login) => Sender::operator_as(office.person_named(login).await?),
            None => Sender::operator_as(registry::command::OPERATOR),
        };
        let source = match (&self.manifest, &self.map) {
            (Some(manifest), Some(map)) => {
                let map = terminal.path(map);
                let text = std::fs::read_to_string(&map).with_context(|| map.display().to_string())?;
                let map = Map::parse(&text).map_err(|e| anyhow::anyhow!("{}: {e}", map.display()))?;
                Source::Manifest {
                    manifest: terminal.path(manifest),
                    root: terminal.path(&self.path),
                    map: Box::new(map),
                }
            }
            _ => {
                let label = self.marking.as_deref().map(|m| marking(m, &house.policies)).transpose()?;
                Source::Folder { path: terminal.path(&self.path), label }
            }
        };
        let as_json = self.json;
        let report = office
            .import(sender, registry, &source, |identifier, ended, done, total| {
                if as_json {
                    terminal.json(&line(identifier, ended));
                }
                terminal.progress("Importing", done, total);
            })
            .await?;
        office.catch_up().await?;
        let total = report.registered + report.already + report.failed.len() as u64;
        if as_json {
            terminal.json(&json!({
                "total": total, "registered": report.registered, "already": report.already,
                "failed": report.failed.len(), "flagged": report.flagged,
            }));
        } else {
            for (identifier, code, why) in &report.failed {
                terminal.say(format_args!("failed  {identifier}  {code}  {why}"));
            }
            for (flag, n) in &report.flagged {
                terminal.say(format_args!("flagged {n} as {flag}"));
            }
            terminal.say(format_args!(
                "{total} items: {} registered, {} already there, {} failed",
                report.registered,
                report.already,
                report.failed.len()
            ));
        }
        Ok(u8::from(!report.failed.is_empty()))
    }
}

/// The registry of a code; where there is but one, that.
pub(crate) fn registry_named(
    house: &registry::house::House,
    code: Option<&str>,
) -> anyhow::Result<registry::RegistryId> {
    let unknown = |code: &str| Refusal::on("registry", Code::RegistryUnknown).with("code", code);
    match (code, house.registries().as_slice()) {
        (Some(code), _) => Ok(house.registry_by_code(code).ok_or_else(|| unknown(code))?.id),
        (None, [one]) => Ok(one.id),
        (None, _) => Err(unknown("").into()),
    }
}

fn line(identifier: &str, ended: &Ended) -> serde_json::Value {
    match ended {
        Ended::Registered { reference } => {
            json!({"item": identifier, "ended": "registered", "reference": reference})
        }
        Ended::Already => json!({"item": identifier, "ended": "already"}),
        Ended::Failed { code, why } => {
            json!({"item": identifier, "ended": "failed", "code": code, "why": why})
        }
    }
}

/// A label in JSON, or the words of a level as they stand on paper.
fn marking(text: &str, policies: &label::Policies) -> anyhow::Result<label::Label> {
    if text.trim_start().starts_with('{') {
        let named: NamedLabel = serde_json::from_str(text)?;
        return Ok(policies.resolve(&named)?);
    }
    for policy in policies.iter() {
        if let Ok(level) = policy.level_in_words(text) {
            let bare = !text.to_uppercase().contains(&policy.name().to_uppercase());
            // A bare level name could be several policies'; a whole marking or a short code is one's own.
            if !bare || policies.iter().filter(|p| p.level_in_words(text).is_ok()).count() == 1 {
                return Ok(label::Label::plain(policy.id().clone(), level.code.clone()));
            }
        }
    }
    Err(Refusal::on("marking", Code::InvalidLabel).with("why", text).into())
}
