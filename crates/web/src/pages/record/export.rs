//! A disclosure record as a file for other programs.

use axum::{extract::Path, response::Response};

use super::{Subject, tables::means};
use crate::{
    answer::WebError,
    export::{self, Cell, Line, Ready},
    pages::visit::Visit,
};

/// The record as a table for other programs.
pub async fn values(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &document).await?;
    Ok(export::values(list, &name))
}

/// The same as a workbook.
pub async fn workbook(visit: Visit, Path(document): Path<String>) -> Result<Response, WebError> {
    let (name, list) = exported(visit, &document).await?;
    export::workbook(list, &name).await
}

async fn exported(visit: Visit, asked_id: &str) -> Result<(String, Ready), WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let subject = Subject::of(&mut reading, asked_id).await?;
    let heads = [
        ("record-who", 34.0),
        ("record-when", 24.0),
        ("record-version", 10.0),
        ("record-means", 30.0),
        ("record-purpose", 40.0),
    ]
    .map(|(key, width)| (say.t(key), width))
    .to_vec();
    let lines = subject
        .lines
        .iter()
        .map(|(line, name)| {
            let authority = subject.authorities.iter().find(|(a, _)| Some(a.given.id) == line.authority);
            let purpose = authority.map(|(a, _)| a.given.purpose.clone()).unwrap_or_default();
            let cells =
                [name.clone(), line.at.to_string(), line.version.to_string(), means(say, line), purpose];
            let labels = subject.view.entry.label.iter().cloned().collect();
            let undetermined = subject.view.entry.label.is_none();
            Line { cells: cells.into_iter().map(Cell::Text).collect(), labels, undetermined }
        })
        .collect();
    let language = say.language();
    let list = Ready { reading, texts: app.texts.clone(), language, heads, lines: Some(lines) };
    Ok(("record".to_owned(), list))
}
