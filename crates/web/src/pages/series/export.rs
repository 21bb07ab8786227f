//! The continuity report as a file for other programs: a row for each number or run of numbers.

use axum::{
    extract::{Path, Query},
    response::Response,
};

use super::{
    Asking,
    report::{counted, line_words, told, written},
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    pages::visit::Visit,
};

/// The report as comma-separated values.
pub async fn csv(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &code, &asking).await?;
    Ok(export::values(list, &name))
}

/// The same rows as a workbook.
pub async fn workbook(
    visit: Visit,
    Path(code): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &code, &asking).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, code: &str, asking: &Asking) -> Result<(String, Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let language = say.language();
    let continuous = reading.continuity(code).await?;
    let heads = [
        ("column-reference", 24.0),
        ("series-counter", 16.0),
        ("series-first", 10.0),
        ("series-last", 10.0),
        ("column-state", 22.0),
        ("series-words", 48.0),
        ("series-paper-column", 34.0),
        ("series-since", 24.0),
    ]
    .map(|(key, width)| (say.t(key), width));
    let mut rows = Vec::new();
    let lines = continuous.lines();
    for line in lines.iter().filter(|l| asking.state().is_none_or(|state| state == l.state)) {
        let papers: Vec<&str> = line.papers.iter().map(|p| p.reference.as_str()).collect();
        let cells = [
            written(line),
            counted(line.counter),
            line.first.to_string(),
            line.last.to_string(),
            say.t(&format!("series-state-{}", line.state.as_str())),
            line_words(line).to_owned(),
            papers.join("; "),
            told(line).map(|row| row.at.to_string()).unwrap_or_default(),
        ];
        rows.push(Line {
            labels: line.papers.iter().filter_map(|p| p.subject_label.clone()).collect(),
            undetermined: line.papers.iter().any(|p| p.label.is_none()),
            ..Line::plain(cells)
        });
    }
    let name = format!("continuity-{}", continuous.series.code);
    let texts = app.texts.clone();
    Ok((name, Ready { reading, texts, language, heads: heads.to_vec(), lines: Some(rows) }))
}
