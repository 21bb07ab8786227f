//! The lines of a muster as a file for other programs.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use store::custody::seen::Slice;

use super::{one::outcomes, outcome};
use crate::{
    answer::WebError,
    export::{self, Ready},
    pages::{
        custody::{
            common::{holder, state},
            lists::{Asking, line},
        },
        visit::{Visit, id},
    },
};

const HEADS: [(&str, f64); 9] = [
    ("copies-copy", 20.0),
    ("column-reference", 28.0),
    ("copies-pages", 8.0),
    ("copies-with", 28.0),
    ("column-state", 16.0),
    ("muster-outcome", 16.0),
    ("muster-sighted-at", 24.0),
    ("muster-sighted-who", 28.0),
    ("muster-counted-pages", 12.0),
];

/// The lines of a muster as comma-separated values.
pub async fn line_values(
    visit: Visit,
    Path(muster): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    Ok(export::values(lines(visit, &muster, &asking).await?, "muster"))
}

/// The same rows as a workbook.
pub async fn line_workbook(
    visit: Visit,
    Path(muster): Path<String>,
    Query(asking): Query<Asking>,
) -> Result<Response, WebError> {
    export::workbook(lines(visit, &muster, &asking).await?, "muster").await
}

async fn lines(visit: Visit, muster: &str, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let row = reading.muster(id(muster)?).await?;
    let found = reading.muster_lines(&row, &outcomes(asking), Slice::ALL).await?.rows;
    let lines = found.iter().map(|one| {
        let view = &one.row.view;
        let (at, who, pages) = match &one.sighted {
            None => (String::new(), String::new(), String::new()),
            Some((at, who, pages)) => {
                (at.to_string(), who.clone(), pages.map(|n| n.to_string()).unwrap_or_default())
            }
        };
        let cells = [
            view.name(),
            office::relations::called(&one.row.entry).to_owned(),
            view.copy.pages.map(|n| n.to_string()).unwrap_or_default(),
            holder(say, &reading, &one.row.holder),
            state(say, view.copy.standing.as_str()),
            outcome(say, one.outcome),
            at,
            who,
            pages,
        ];
        line(&reading, std::iter::once(&one.row.entry), cells)
    });
    let lines = lines.collect();
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}
