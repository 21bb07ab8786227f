//! The list of certificates as a file for other programs.

use axum::{extract::Query, response::Response};

use super::{State, filter, newest, rows, signatures};
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
const HEADS: [(&str, f64); 8] = [
    ("copies-certificate", 14.0),
    ("copies-drawn-on", 24.0),
    ("destruction-drawn-by", 28.0),
    ("destruction-method", 28.0),
    ("copies-many", 48.0),
    ("copies-signatures", 48.0),
    ("column-state", 20.0),
    ("destruction-ended", 24.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "destruction"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "destruction").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let found = rows(&mut reading, kept.chosen.id, filter(asking), whole(newest(asking))).await?.rows;
    let lines = found.iter().map(|row| {
        let cells = [
            row.view.certificate.text(),
            row.view.drawn_at.to_string(),
            row.drawn_by.clone(),
            row.view.certificate.method.clone(),
            names(&row.view.copies),
            signatures(say, row).join("; "),
            State::of(&row.view).words(say),
            row.view.ended_at.map(|at| at.to_string()).unwrap_or_default(),
        ];
        line(&reading, &row.entries, cells)
    });
    let lines = Some(lines.collect());
    let heads = HEADS.map(|(key, width)| (say.t(key), width)).to_vec();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines })
}
