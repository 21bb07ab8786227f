//! The quality of the register for programs: what the report shows, and the papers behind a number.

use axum::{Json as Out, extract::State};
use office::{
    Reading,
    quality::{Figures, Grouped, completeness, profile},
};
use registry::{Code, Refusal, RegistryId, quality::Rule};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{documents::Order, quality::Counted};

use crate::{
    api::{
        Problem,
        request::{Parameters, limit, page_key, read_page_key},
        view,
    },
    app::App,
    pages::series::registers_anywhere,
    signed::Token,
};

/// Which figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresAsked {
    registry: Option<String>,
    by: Option<String>,
}

/// Which papers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PapersAsked {
    rule: Option<String>,
    registry: Option<String>,
    by: Option<String>,
    value: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// Whoever registers somewhere; the registry is one that he knows of.
async fn chosen(reading: &mut Reading, code: Option<&str>) -> Result<Option<RegistryId>, Problem> {
    if !registers_anywhere(reading) {
        return Err(Problem::of(Code::NotFound));
    }
    let Some(code) = code else { return Ok(None) };
    let known = reading.registries().await?;
    let found = known.iter().find(|(r, _)| r.code.eq_ignore_ascii_case(code)).map(|(r, _)| r.id);
    Ok(Some(found.ok_or_else(|| Refusal::on("registry", Code::RegistryUnknown))?))
}

fn grouped(by: Option<&str>) -> Result<Grouped, Problem> {
    let Some(by) = by else { return Ok(Grouped::default()) };
    Ok(Grouped::of(by).ok_or_else(|| Refusal::on("by", Code::NotOffered).with("value", by))?)
}

fn counts(rules: &[Rule], counted: &Counted) -> Vec<Value> {
    let each = rules.iter().zip(&counted.asked).zip(&counted.broken);
    each.map(|((rule, asked), broken)| json!({"rule": rule.code, "asked": asked, "broken": broken})).collect()
}

/// The figures of what the person may read.
pub async fn figures(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<FiguresAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = chosen(&mut reading, asked.registry.as_deref()).await?;
    let by = grouped(asked.by.as_deref())?;
    let (profile, all) = (profile()?, reading.quality(registry, by).await?);
    let rules: Vec<Value> = profile
        .rules
        .iter()
        .map(|rule| {
            json!({
                "code": rule.code,
                "matters": rule.matters.as_str(),
                "says": rule.en.says,
                "says_fr": rule.fr.says,
                "remedy": rule.en.remedy,
                "remedy_fr": rule.fr.remedy,
            })
        })
        .collect();
    let one = |f: &Figures| {
        let [name, name_fr] = &f.names;
        json!({
            "key": f.key,
            "name": name,
            "name_fr": name_fr,
            "papers": f.counts.documents,
            "complete": completeness(profile, &f.counts),
            "counts": counts(&profile.rules, &f.counts),
        })
    };
    let figures: Vec<Value> = all.iter().map(one).collect();
    Ok(Out(json!({"by": by.as_str(), "rules": rules, "figures": figures})))
}

/// The papers that break a rule, newest first, page by page.
pub async fn papers(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<PapersAsked>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = chosen(&mut reading, asked.registry.as_deref()).await?;
    let code = asked.rule.ok_or_else(|| Refusal::on("rule", Code::Required))?;
    let rule =
        profile()?.rule(&code).ok_or_else(|| Refusal::on("rule", Code::NotOffered).with("value", code))?;
    let by = grouped(asked.by.as_deref())?;
    let common = asked.value.as_deref().map(|value| (by, value));
    let after = asked.after.as_deref().map(|text| read_page_key(Order::Newest, text)).transpose()?;
    let page = reading.breaking(rule, registry, common, after, limit(asked.limit)?).await?;
    let next = page.rows.last().filter(|_| page.more).map(|e| page_key(Order::Newest, &e.key));
    let documents: Vec<Value> = page.rows.iter().map(|e| view::entry(e, &reading.house)).collect();
    Ok(Out(json!({"documents": documents, "next": next})))
}
