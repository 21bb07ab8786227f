//! `chancery synth`: a large register for trials.

use std::path::PathBuf;

use anyhow::Context as _;
use office::{Office, Sender, map::Map, synth::Papers};
use registry::{
    Answer, Command, RegistryId,
    command::OPERATOR,
    house::{Names, Terms},
};

use crate::{Place, output::Terminal};

/// The registry of what is made up.
const CODE: &str = "SYNTH";

/// Fill a registry of its own with made-up papers, for trials
///
/// Each is a paper that is at hand with a date, a reference and a text of its own. They go into the registry SYNTH alone, which
/// is opened when it is not there; what is there already is passed over.
#[derive(Debug, clap::Args)]
pub struct Synth {
    /// Where.
    #[command(flatten)]
    pub place: Place,
    /// How many papers the registry is to have of them
    #[arg(long)]
    documents: u64,
    /// Make them of the papers of a manifest (JSONL) instead of those that ship …
    #[arg(long, requires = "map")]
    manifest: Option<PathBuf>,
    /// … and the map that says how its items become registrations
    #[arg(long, requires = "manifest")]
    map: Option<PathBuf>,
}

impl Synth {
    /// Makes them.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let papers = match (&self.manifest, &self.map) {
            (Some(manifest), Some(map)) => {
                let (manifest, map) = (terminal.path(manifest), terminal.path(map));
                let text = std::fs::read_to_string(&map).with_context(|| map.display().to_string())?;
                let map = Map::parse(&text).map_err(|e| anyhow::anyhow!("{}: {e}", map.display()))?;
                let root = manifest.parent().map(PathBuf::from).unwrap_or_default();
                Papers::of_manifest(&manifest, &root, map)?
            }
            _ => Papers::shipped()?,
        };
        let registry = registry(office).await?;
        let sender = Sender::operator_as(OPERATOR);
        let made = office
            .synth(sender, registry, &papers, self.documents, |done, of| {
                terminal.progress("Making up papers", done, of);
            })
            .await?;
        office.catch_up().await?;
        terminal.say(format_args!("{made} papers made up of {}, in {CODE}", papers.len()));
        Ok(0)
    }
}

async fn registry(office: &Office) -> anyhow::Result<RegistryId> {
    if let Some(registry) = office.house().await?.registry_by_code(CODE) {
        return Ok(registry.id);
    }
    let names = Names { en: "Made-up papers".to_owned(), fr: "Documents inventés".to_owned() };
    let opens = Command::OpenRegistry { code: CODE.to_owned(), terms: Terms::of(names) };
    match office.command(Sender::operator_as(OPERATOR), office.new_command(), opens).await? {
        Answer::Opened { registry } => Ok(registry),
        other => anyhow::bail!("{other:?}"),
    }
}
