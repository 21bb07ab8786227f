//! `chancery search`: finds what a person may read.

use label::Language;
use office::Office;
use serde_json::{Value, json};

use crate::{Place, output::Terminal};

/// Search as a person
#[derive(Debug, clap::Args)]
pub struct Search {
    #[command(flatten)]
    pub place: Place,
    /// Words, "a phrase", -not, from: to: marking: before: after: ref: kind: year: registry:
    query: String,
    /// As whom (login)
    #[arg(long = "as")]
    person: String,
    /// Most hits to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Search {
    /// Searches once the index has all.
    pub async fn on(self, office: &Office, terminal: &mut Terminal) -> anyhow::Result<u8> {
        let query = office::search::query(&self.query)?;
        office.catch_up().await?;
        let person = office.person_named(&self.person).await?;
        let mut reading = office.read_as(person).await?;
        let found = reading.search(&query, self.limit, None, true).await?;
        let policies = &reading.house.policies;
        let mut hits = Vec::new();
        for hit in &found.hits {
            let entry = &hit.entry;
            let marking = entry
                .label
                .as_ref()
                .and_then(|l| policies.of(l).and_then(|p| p.marking(l, Language::English)).ok());
            let date = entry.date.iso().or_else(|| entry.date.written.clone());
            hits.push((entry.reference.clone(), entry.subject.clone(), marking, date, hit.snippet.text()));
        }
        if self.json {
            let facet = |counts: &[(String, u64)]| -> Value {
                counts.iter().map(|(name, n)| json!([name, n])).collect()
            };
            let facets = &found.facets;
            terminal.json(&json!({
                "total": found.total,
                "hits": hits.iter().map(|(reference, title, marking, date, snippet)| json!({
                    "reference": reference, "title": title, "marking": marking, "date": date, "snippet": snippet,
                })).collect::<Vec<_>>(),
                "facets": {
                    "marking": facet(&facets.marking), "kind": facet(&facets.kind),
                    "originator": facet(&facets.originator), "year": facet(&facets.year),
                    "registry": facet(&facets.registry),
                },
            }));
        } else {
            terminal.say(format_args!("{} found", found.total));
            for (reference, title, marking, date, snippet) in hits {
                terminal.say(format_args!(
                    "\n{reference}  {}  {}\n  {}\n  {snippet}",
                    marking.unwrap_or_else(|| "marking undetermined".to_owned()),
                    date.unwrap_or_default(),
                    title.unwrap_or_default(),
                ));
            }
        }
        Ok(0)
    }
}
