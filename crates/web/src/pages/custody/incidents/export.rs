//! The list of incidents as a file for other programs.

use axum::{extract::Query, response::Response};

use super::{Filter, kind_words, newest, rows, state_words};
use crate::{
    answer::WebError,
    export::{self, Ready},
    pages::{
        custody::{
            common::Kept,
            lists::{Asking, line, names, whole},
        },
        visit::Visit,
    },
};

/// The columns with their widths.
const HEADS: [(&str, f64); 9] = [
    ("copies-incident", 14.0),
    ("copies-kind", 28.0),
    ("copies-many", 48.0),
    ("incident-words", 64.0),
    ("copies-opened-on", 24.0),
    ("incident-opened-by", 28.0),
    ("copies-days", 8.0),
    ("column-state", 14.0),
    ("incident-closed", 24.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "incidents"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "incidents").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let (filter, part) = (Filter::of(asking), whole(newest(asking)));
    let found = rows(&mut reading, kept.chosen.id, filter, part).await?.rows;
    let lines = found.iter().map(|row| {
        let cells = [
            row.view.incident.text(),
            kind_words(say, row.view.incident.is),
            names(&row.view.copies),
            row.view.incident.words.clone(),
            row.view.opened_at.to_string(),
            row.opened_by.clone(),
            row.days.to_string(),
            state_words(say, row),
            row.view.closed_at.map(|at| at.to_string()).unwrap_or_default(),
        ];
        line(&reading, &row.entries, cells)
    });
    let lines = Some(lines.collect());
    let heads = HEADS.map(|(key, width)| (say.t(key), width)).to_vec();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines })
}
