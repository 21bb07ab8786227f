//! Search for programs: exact totals, facets, hits with snippets, page by page.

use axum::{Json as Out, extract::State};
use office::{search, texts::Language};
use registry::{Code, Refusal};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::index::Facet;

use crate::{
    api::{
        Problem,
        request::{Parameters, hit_key, read_hit_key},
        view,
    },
    app::App,
    signed::Token,
};

/// Hits when nobody says how many.
const HITS: usize = 20;

/// What is searched for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchAsked {
    #[serde(default)]
    q: String,
    registry: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

/// Searches in what the person may read.
pub async fn search(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<SearchAsked>,
) -> Result<Out<Value>, Problem> {
    let limit = match asked.limit {
        None => HITS,
        Some(n) if (1..=search::MOST).contains(&n) => n,
        Some(n) => {
            let refusal = Refusal::on("limit", Code::NotOffered).with("value", n);
            return Err(refusal.with("limit", search::MOST).into());
        }
    };
    let mut text = asked.q;
    if let Some(code) = &asked.registry {
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(Refusal::on("registry", Code::RegistryUnknown).into());
        }
        text = format!("{text} registry:{code}");
    }
    let query = search::query(&text)?;
    let after = asked.after.as_deref().map(read_hit_key).transpose()?;
    let mut reading = app.office.read_as(&token.session).await?;
    let found = reading.search(&query, limit, after.as_ref(), true).await?;
    let house = &reading.house;
    let hits: Vec<Value> = found
        .hits
        .iter()
        .map(|hit| {
            let entry = &hit.entry;
            let parts: Vec<Value> =
                hit.snippet.parts.iter().map(|(text, found)| json!({"text": text, "found": found})).collect();
            json!({
                "id": entry.document,
                "registry": view::code(entry.registry, house),
                "reference": entry.reference,
                "title": entry.subject,
                "marking": view::marking(entry.label.as_ref(), &house.policies, Language::En),
                "marking_fr": view::marking(entry.label.as_ref(), &house.policies, Language::Fr),
                "date": view::date(&entry.date),
                "snippet": hit.snippet.text(),
                "snippet_parts": parts,
            })
        })
        .collect();
    let facets = [
        ("marking", &found.facets.marking),
        ("kind", &found.facets.kind),
        ("originator", &found.facets.originator),
        ("year", &found.facets.year),
        ("registry", &found.facets.registry),
    ];
    let facets: Map<String, Value> =
        facets.into_iter().map(|(name, facet)| (name.to_owned(), counted(facet))).collect();
    Ok(Out(json!({
        "total": found.total,
        "hits": hits,
        "facets": facets,
        "next": found.next.as_ref().map(hit_key),
        "behind": found.behind,
    })))
}

fn counted(facet: &Facet) -> Value {
    facet.iter().map(|(value, count)| json!([value, count])).collect()
}
