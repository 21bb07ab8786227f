//! The lists of the in-tray as files for other programs.

use axum::{extract::Query, response::Response};
use office::{
    Reading,
    texts::Voice,
    tray::{Dismissed, Item},
};

use super::{
    Asking, dismissed, trays, waiting,
    words::{called, file_name, origin, precedence_words, reason},
};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    pages::visit::Visit,
    words,
};

/// The columns of what waits, each with its width.
const WAITING: [(&str, f64); 10] = [
    ("column-subject", 64.0),
    ("tray-sender", 34.0),
    ("tray-arrived", 24.0),
    ("column-marking", 30.0),
    ("form-precedence", 14.0),
    ("tray-attached", 12.0),
    ("tray-origin", 24.0),
    ("document-file", 30.0),
    ("form-direction", 14.0),
    ("column-registry", 28.0),
];
/// The columns of what was dismissed.
const DISMISSED: [(&str, f64); 6] = [
    ("tray-why", 24.0),
    ("tray-words", 40.0),
    ("tray-origin", 24.0),
    ("tray-by", 24.0),
    ("tray-when", 24.0),
    ("column-registry", 28.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "in-tray"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "in-tray").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let trays = trays(&mut reading, asking).await?;
    let (heads, lines): (&[(&str, f64)], Vec<Line>) = if asking.dismissed() {
        let rows = dismissed(&mut reading, &trays, asking).await?;
        (&DISMISSED, rows.iter().map(|(one, by)| dismissed_line(say, &reading, one, by)).collect())
    } else {
        let items = waiting(&mut reading, &trays, asking).await?;
        (&WAITING, items.iter().map(|item| waiting_line(say, &reading, item)).collect())
    };
    let heads = heads.iter().map(|(key, width)| (say.t(key), *width)).collect();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines: Some(lines) })
}

fn dismissed_line(say: Voice<'_>, reading: &Reading, one: &Dismissed, by: &str) -> Line {
    Line::plain([
        reason(say, &one.reason),
        one.words.clone().unwrap_or_default(),
        one.origin.clone().unwrap_or_default(),
        by.to_owned(),
        one.at.to_string(),
        words::registry_name(reading, one.registry, say),
    ])
}

fn waiting_line(say: Voice<'_>, reading: &Reading, item: &Item) -> Line {
    let policies = &reading.house.policies;
    let label = item.head.marking.as_ref().filter(|label| policies.of(label).is_ok());
    let marking = label.map(|l| words::marking(l, policies, say.language()));
    let line = Line::plain([
        called(say, item),
        item.sender().to_owned(),
        item.arrived.to_string(),
        marking.unwrap_or_default(),
        item.head.precedence.as_deref().map(|word| precedence_words(say, word)).unwrap_or_default(),
        item.content.as_ref().map_or(0, |c| c.enclosures.len()).to_string(),
        origin(say, item),
        file_name(item).to_owned(),
        say.t(&format!("kind-{}", item.direction.as_str())),
        words::registry_name(reading, item.registry, say),
    ]);
    Line { labels: label.cloned().into_iter().collect(), undetermined: true, ..line }
}
