//! The list of copies as a file for other programs: exactly the rows that the list shows, all pages of it.

use axum::{extract::Query, response::Response};
use office::{Reading, custody::CopyRow, texts::Voice};
use store::{custody::seen::Slice, planted::Leak};

use super::{
    super::common::{Kept, state, with_whom},
    Asking,
};
use crate::{
    answer::WebError,
    export::{self, Cell, Line, Ready},
    pages::{shown, visit::Visit},
    words,
};

/// The columns, each with its width.
const HEADS: [(&str, f64); 13] = [
    ("copies-copy", 20.0),
    ("column-reference", 22.0),
    ("column-subject", 64.0),
    ("column-marking", 34.0),
    ("column-state", 14.0),
    ("copies-with", 30.0),
    ("copies-on-way", 40.0),
    ("copies-since", 24.0),
    ("copies-back-by", 14.0),
    ("copies-of", 10.0),
    ("copies-pages", 10.0),
    ("copies-medium", 20.0),
    ("copies-origin", 20.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<(String, Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let found = asking.rows(&mut reading, kept.chosen.id, Slice::ALL).await?;
    let mut lines: Vec<Line> = found.rows.iter().map(|row| line(say, &reading, row)).collect();
    let betrayed = app.office.betrayed_rows(Leak::CopyRows).await / 1_000;
    lines.extend((0..betrayed).map(|_| Line::plain(vec![String::new(); HEADS.len()])));
    let name = format!("copies-{}", kept.chosen.code);
    Ok((name, Ready::of(&app, say, reading, &HEADS, lines)))
}

fn line(say: Voice<'_>, reading: &Reading, row: &CopyRow) -> Line {
    let (view, entry) = (&row.view, &row.entry);
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let marking = match &entry.label {
        Some(label) => {
            let language = words::document_language(entry.language.as_deref(), say);
            words::marking(label, &reading.house.policies, language)
        }
        None => say.t("document-undetermined"),
    };
    let (with, to) = with_whom(say, reading, row);
    let cells = [
        view.name(),
        entry.reference.clone(),
        entry.subject.clone().unwrap_or_default(),
        marking,
        state(say, view.copy.standing.as_str()),
        with,
        to.unwrap_or_default(),
        view.copy.since.to_string(),
        row.loan.map(|loan| loan.back_by.to_string()).unwrap_or_default(),
        number(view.of),
        number(view.copy.pages),
        say.t(&format!("copies-medium-{}", view.copy.medium.as_str())),
        say.t(&format!("copies-origin-{}", view.copy.origin.as_str())),
    ];
    Line {
        cells: cells.into_iter().map(Cell::Text).collect(),
        labels: shown::shown_of(&reading.house, entry).into_iter().collect(),
        undetermined: entry.label.is_none(),
    }
}
