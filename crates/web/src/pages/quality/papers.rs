//! The papers that break a rule of quality, on a page and as files: from here one corrects.

use axum::{extract::Query, response::Response};
use maud::{Markup, html};
use office::{Reading, quality::profile};
use registry::{Code, quality::Rule};
use store::visible::{EntryView, Page, PageKey};

use super::{Asking, PATH, chosen, common, matters};
use crate::{
    answer::WebError,
    export::{self, Ready},
    frame::{self, Sheet},
    look::{Cell, Column, Crumb, Empty, Paging, Row, Section, Table, crumbs, heading, table},
    pages::{
        columns::{self, Col},
        register::{key, key_text},
        shown,
        visit::Visit,
    },
};

/// Where the papers behind a number are.
pub const PAPERS: &str = "/quality/papers";
/// Rows of a page.
const PAGE: usize = 50;
/// Rows that a file reads at once.
const CHUNK: usize = 500;

/// The rule that is asked about.
fn rule(asking: &Asking) -> Result<&'static Rule, WebError> {
    profile()?.rule(&asking.rule).ok_or_else(|| WebError::page(Code::NotFound))
}

async fn part(
    reading: &mut Reading,
    asking: &Asking,
    after: Option<PageKey>,
    limit: usize,
) -> Result<Page<EntryView>, WebError> {
    let (_, registry) = chosen(reading, asking).await?;
    let common = asking.value.as_deref().map(|value| (asking.by(), value));
    Ok(reading.breaking(rule(asking)?, registry, common, after, limit).await?)
}

/// The columns of the papers behind a number.
const COLS: [Col; 6] = [Col::Subject, Col::Number, Col::Marking, Col::Date, Col::Originator, Col::Registry];

/// The papers that break a rule.
pub async fn page(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let Visit { app, signed, asked, path, mut reading } = visit;
    let say = asked.voice_for(&app, &reading);
    let after = key(&asking.after);
    let page = part(&mut reading, &asking, after, PAGE).await?;
    let rule = rule(&asking)?;
    let said = rule.said(say.language().tag());
    let heads: Vec<String> = COLS.iter().map(|col| say.t(col.title())).chain([String::new()]).collect();
    let columns: Vec<Column<'_>> = COLS
        .iter()
        .map(|col| col.cell(&COLS))
        .chain([Cell::Short])
        .zip(&heads)
        .map(|(cell, head)| Column { head, cell, sort: None })
        .collect();
    let beside = columns::Beside::new();
    let correct = say.t("quality-correct");
    let rows: Vec<Row<'_>> = page
        .rows
        .iter()
        .map(|entry| {
            let may = reading.viewer().registers(entry.registry);
            let mut cells: Vec<Markup> =
                COLS.iter().map(|col| columns::cell(say, &reading, *col, &COLS, entry, &beside)).collect();
            cells.push(html! {
                @if may {
                    a href={ (shown::address(entry)) "/correct" } {
                        (correct) span.unseen { (say.t("colon")) " " (entry.reference) }
                    }
                }
            });
            Row { value: None, name: &entry.reference, strong: false, cells }
        })
        .collect();
    let here = asking.papers(PAPERS, &rule.code, asking.value.as_deref());
    let next = page.rows.last().filter(|_| page.more).map(|e| format!("{here}&after={}", key_text(e.key)));
    let file =
        |ending: &str| asking.papers(&format!("{PAPERS}.{ending}"), &rule.code, asking.value.as_deref());
    let (values, workbook) = (file("csv"), file("xlsx"));
    let exports = [("CSV", values.as_str()), ("XLSX", workbook.as_str())];
    let labels: Vec<_> = page.rows.iter().filter_map(|e| shown::shown_of(&reading.house, e)).collect();
    let (all, none, would) = (say.t("quality-title"), say.t("quality-kept"), say.t("quality-kept-would"));
    let back = Asking { value: None, ..asking.clone() }.with(PATH, "", "");
    let body = html! {
        (crumbs(say, &[Crumb { label: &all, href: &back }]))
        (heading(&said.says, &html! {
            (matters(say, rule.matters, true)) p { (said.remedy) }
            @if let Some(value) = &asking.value {
                p.quiet { (say.t(&format!("quality-by-{}", asking.by().as_str()))) (say.t("colon")) " " (common(say, value, asking.by())) }
            }
        }))
        (table(say, &Table {
            caption: &said.says,
            columns: &columns,
            rows: &rows,
            many: None,
            paging: Paging { previous: after.map(|_| here.as_str()), next: next.as_deref(), shown: "" },
            exports: if rows.is_empty() { &[] } else { &exports },
            empty: Empty { title: &none, would: &would, begin: None },
        }))
    };
    let sheet = Sheet {
        shown: labels.iter().collect(),
        undetermined: shown::any_undetermined(page.rows.iter().map(|e| &**e)),
        ..Sheet::plain(&said.says, &path, Some(Section::Quality), body)
    };
    Ok(frame::page(say, &reading, &signed.form_token, sheet))
}

/// The papers that break a rule as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "quality-papers"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "quality-papers").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let page = part(&mut reading, asking, after, CHUNK).await?;
        after = page.rows.last().map(|e| e.key);
        lines.extend(columns::lines(say, &mut reading, &COLS, &page.rows).await?);
        if !page.more || after.is_none() || lines.len() >= export::MOST_ROWS {
            break;
        }
    }
    let (heads, language) = (columns::heads(say, &COLS), say.language());
    Ok(Ready { reading, texts: app.texts.clone(), language, heads, lines: Some(lines) })
}
