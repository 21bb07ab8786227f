//! Musters as files for other programs: the list of them, and the lines of one.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use store::custody::seen::Slice;

use super::{State, kind, one::outcomes, outcome, rows};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    pages::{
        custody::{
            common::{Kept, holder, state},
            lists::{Asking, line, whole},
        },
        visit::{Visit, id},
    },
};

const HEADS: [(&str, f64); 9] = [
    ("muster-number", 14.0),
    ("muster-kind", 20.0),
    ("muster-opened", 24.0),
    ("muster-opened-by", 28.0),
    ("muster-listed", 12.0),
    ("muster-accounted", 12.0),
    ("muster-missing", 12.0),
    ("muster-closed", 24.0),
    ("column-state", 20.0),
];

const LINE_HEADS: [(&str, f64); 9] = [
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

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(listed(visit, &asking).await?, "musters"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(listed(visit, &asking).await?, "musters").await
}

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

async fn listed(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let found = rows(&mut reading, kept.chosen.id, asking, whole(asking.newest(true))).await?.rows;
    let lines = found.iter().map(|row| {
        let (accounted, all) = row.progress();
        Line::plain([
            row.view.muster.text(),
            kind(say, row),
            row.view.opened_at.to_string(),
            row.opened_by.clone(),
            all.to_string(),
            accounted.to_string(),
            row.view.tally.missing.to_string(),
            row.view.closed.map(|(at, _)| at.to_string()).unwrap_or_default(),
            State::of(row).words(say),
        ])
    });
    let lines = Some(lines.collect());
    let heads = HEADS.map(|(key, width)| (say.t(key), width)).to_vec();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines })
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
    let lines = Some(lines.collect());
    let heads = LINE_HEADS.map(|(key, width)| (say.t(key), width)).to_vec();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines })
}
