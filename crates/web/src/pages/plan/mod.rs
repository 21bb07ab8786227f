//! The file plan of a registry as a tree, and as a table for other programs.

pub mod file;
pub mod form;

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Reading, filing::Plan, texts::Voice};
use registry::{Code, FileId, filing::FileKind, house::Registry};
use serde::Deserialize;
use store::{Visible, filing::PlanFile};

use crate::{
    answer::WebError,
    frame::{self, Sheet},
    look::{Button, Empty, Facet, Section, Tone, chip, empty, heading, heading_with_acts, pills},
    pages::{
        shown,
        visit::{Visit, done},
    },
};

/// What is asked of the plan.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asking {
    registry: String,
    done: String,
}

/// The registries that the reader is let into, with the one whose plan is asked for: where nothing is said one's own, else the first.
async fn chosen(
    reading: &mut Reading,
    asking: &Asking,
) -> Result<(Vec<(Registry, u64)>, Option<Registry>), WebError> {
    let known = reading.registries().await?;
    let code = asking.registry.trim();
    let registry = match code {
        "" => {
            let own = known.iter().find(|(r, _)| reading.viewer().registers(r.id));
            own.or_else(|| known.first()).map(|(r, _)| r.clone())
        }
        code => {
            let named = known.iter().map(|(r, _)| r).find(|r| r.code.eq_ignore_ascii_case(code)).cloned();
            Some(named.ok_or_else(|| WebError::page(Code::NotFound))?)
        }
    };
    Ok((known, registry))
}

/// The name of a file in the language of the page.
pub fn name<'a>(say: Voice<'_>, file: &'a PlanFile) -> &'a str {
    file.state.file.names.in_language(say.language().tag())
}

/// A file as it is called: its code and its name.
pub fn called(say: Voice<'_>, file: &PlanFile) -> String {
    format!("{} {}", file.state.file.code, name(say, file))
}

/// The address of a file.
pub fn address(file: FileId) -> String {
    format!("/files/{file}")
}

/// What is particular about a file, in a word or two each.
pub fn chips(say: Voice<'_>, reading: &Reading, file: &PlanFile) -> Markup {
    let state = &file.state;
    html! {
        @if state.file.is == FileKind::Dossier { " " (chip(Tone::Plain, &say.t("plan-dossier"))) }
        @if state.closed_on.is_some() { " " (chip(Tone::Plain, &say.t("plan-closed"))) }
        @if let Some(rule) = &state.file.access {
            " " (shown::label(say, &reading.house, rule.content.as_ref(), say.language()))
        }
    }
}

/// The labels of the files that a page names.
pub fn labels<'a>(files: impl IntoIterator<Item = &'a Visible<PlanFile>>) -> Vec<&'a label::Label> {
    files.into_iter().filter_map(|f| f.state.file.access.as_ref()?.content.as_ref()).collect()
}

/// The plan.
pub async fn plan(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let (known, registry) = chosen(&mut reading, &asking).await?;
    let plan = match &registry {
        Some(registry) => reading.plan(registry.id).await?,
        None => Plan::default(),
    };
    let title = say.t("rail-files");
    let open = say.t("plan-open");
    let keeps = registry.as_ref().is_some_and(|r| reading.viewer().registers(r.id));
    let form = registry.as_ref().map(|r| format!("/files/new?registry={}", r.code)).unwrap_or_default();
    let acts = if keeps { vec![Button::plain(&open).to(&form).key("o")] } else { Vec::new() };
    let total = u64::try_from(plan.files.len()).unwrap_or(0);
    let beneath = html! { p { (say.tr("plan-total", &[("n", total.into())])) } };
    let head =
        if acts.is_empty() { heading(&title, &beneath) } else { heading_with_acts(&title, &beneath, &acts) };
    let body = html! {
        (head)
        (registries(say, &known, registry.as_ref()))
        (tree(say, &reading, &plan, keeps, &form))
        @if let Some(registry) = registry.as_ref().filter(|_| !plan.files.is_empty()) {
            nav.paging aria-label=(say.t("paging-label")) {
                span.quiet {}
                span.exports {
                    span.quiet { (say.t("table-export")) } " "
                    a href={ "/files.csv?registry=" (registry.code) } download { "CSV" } " "
                    a href={ "/files.xlsx?registry=" (registry.code) } download { "XLSX" }
                }
            }
        }
    };
    let sheet = Sheet {
        shown: labels(&plan.files),
        notices: done(say, &asking.done),
        ..Sheet::plain(&title, &path, Some(Section::Files), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

fn registries(say: Voice<'_>, known: &[(Registry, u64)], chosen: Option<&Registry>) -> Markup {
    if known.len() < 2 {
        return html! {};
    }
    let views: Vec<(String, String, bool)> = known
        .iter()
        .map(|(registry, _)| {
            let name = registry.names.in_language(say.language().tag()).to_owned();
            let on = chosen.is_some_and(|c| c.id == registry.id);
            (name, format!("/files?registry={}", registry.code), on)
        })
        .collect();
    let values: Vec<Facet<'_>> = views
        .iter()
        .map(|(label, href, on)| Facet { label, marking: None, count: None, href, on: *on })
        .collect();
    pills(&say.t("column-registry"), &values, say)
}

fn tree(say: Voice<'_>, reading: &Reading, plan: &Plan, keeps: bool, form: &str) -> Markup {
    if plan.files.is_empty() {
        let (title, would, begin) =
            (say.t("plan-empty"), say.t("plan-empty-would"), say.t("plan-open-first"));
        let begin = keeps.then(|| Button::main(&begin).to(form));
        return html! { div.card.list { (empty(&Empty { title: &title, would: &would, begin })) } };
    }
    html! { div.card.plan { (level(say, reading, plan, &plan.files, 0)) } }
}

/// The files of a level, each with what stands below it folded up; the first level is open.
fn level(
    say: Voice<'_>,
    reading: &Reading,
    plan: &Plan,
    files: &[Visible<PlanFile>],
    depth: usize,
) -> Markup {
    // Each file is followed by those below it.
    let starts = files.iter().enumerate().filter(|(_, f)| f.depth == depth).map(|(at, _)| at);
    html! {
        ul.tree {
            @for at in starts {
                @let rest = files.get(at..).unwrap_or_default();
                @if let Some(file) = rest.first() {
                    @let end = rest.iter().skip(1).take_while(|f| f.depth > depth).count() + 1;
                    @let below = rest.get(1..end).unwrap_or_default();
                    li {
                        (line(say, reading, plan, file))
                        @if !below.is_empty() {
                            @let n = u64::try_from(below.len()).unwrap_or(0);
                            details open[depth == 0] {
                                summary { (say.tr("plan-below", &[("n", n.into())])) }
                                (level(say, reading, plan, below, depth + 1))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(say: Voice<'_>, reading: &Reading, plan: &Plan, file: &Visible<PlanFile>) -> Markup {
    let id = file.state.file.id;
    let all = plan.documents_below(id);
    html! {
        div.file {
            code { (file.state.file.code) } " "
            a.lead href=(address(id)) { (name(say, file)) }
            (chips(say, reading, file))
            " " span.quiet { (say.tr("plan-documents", &[("n", all.into())])) }
            @if let Some(owner) = &file.state.file.owner { div.quiet { (owner) } }
        }
    }
}

/// The plan as a table for other programs.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    Ok(crate::export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    crate::export::workbook(list, &name).await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<(String, crate::export::Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let (_, registry) = chosen(&mut reading, asking).await?;
    let plan = match &registry {
        Some(registry) => reading.plan(registry.id).await?,
        None => Plan::default(),
    };
    let heads = [
        ("plan-code", 14.0),
        ("plan-name", 48.0),
        ("plan-kind", 14.0),
        ("plan-owner", 28.0),
        ("plan-place", 28.0),
        ("plan-opened-on", 14.0),
        ("plan-closed-on", 14.0),
        ("column-marking", 34.0),
        ("plan-count", 12.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec();
    let mut rows = Vec::new();
    for file in &plan.files {
        let (state, text) = (&file.state, |given: &Option<String>| given.clone().unwrap_or_default());
        let label = state.file.access.as_ref().and_then(|rule| rule.content.as_ref());
        let cells = [
            state.file.code.clone(),
            name(say, file).to_owned(),
            kind(say, state.file.is),
            text(&state.file.owner),
            text(&state.file.place),
            state.opened_on.to_string(),
            state.closed_on.map(|d| d.to_string()).unwrap_or_default(),
            label
                .map(|l| crate::words::marking(l, &reading.house.policies, say.language()))
                .unwrap_or_default(),
            file.documents.to_string(),
        ];
        let labels = label.into_iter().cloned().collect();
        rows.push(crate::export::Line { labels, ..crate::export::Line::plain(cells) });
    }
    let name = registry.map_or("files".to_owned(), |r| format!("files-{}", r.code));
    let (texts, language, lines) = (app.texts.clone(), say.language(), Some(rows));
    Ok((name, crate::export::Ready { reading, texts, language, heads, lines }))
}

/// What a file is, in words.
pub fn kind(say: Voice<'_>, is: FileKind) -> String {
    say.t(&format!("plan-is-{}", is.as_str()))
}
