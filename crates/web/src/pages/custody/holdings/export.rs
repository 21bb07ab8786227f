//! What the reader has as a file for other programs: what waits for his receipt first, then what he answers for.

use axum::{extract::Query, response::Response};
use office::{Reading, custody::books::BookRow, texts::Voice};
use registry::RegistryId;
use store::{custody::seen::CopyView, visible::EntryView};

use super::{Asking, View, own};
use crate::{
    answer::WebError,
    export::{self, Line, Ready},
    pages::{
        custody::{books, common, receipts::form::due},
        shown,
        visit::Visit,
    },
    words,
};

/// The columns with their widths.
const HEADS: [(&str, f64); 10] = [
    ("copies-copy", 18.0),
    ("column-reference", 24.0),
    ("column-subject", 64.0),
    ("column-marking", 34.0),
    ("column-state", 24.0),
    ("copies-since", 24.0),
    ("copies-back-by", 14.0),
    ("copies-pages", 8.0),
    ("copies-receipt", 14.0),
    ("column-registry", 28.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "holdings"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "holdings").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let own = own(&mut reading, asking).await?;
    let view = View::of(asking);
    let items = if matches!(view, View::All | View::Items) { reading.own_items().await? } else { Vec::new() };
    let mut lines = Vec::new();
    for row in own.due.iter().filter(|_| view == View::All) {
        for view in due(row) {
            let Some(entry) = row.entries.iter().find(|one| one.document == view.copy.document) else {
                continue;
            };
            let state = say.t("holdings-waits");
            lines.push(line(say, &reading, view, entry, state, row.view.dispatch.receipt(), row.registry));
        }
    }
    for row in &own.held {
        let state = common::state(say, row.view.copy.standing.as_str());
        let receipt = row.sent.as_ref().map(|sent| sent.receipt.clone()).unwrap_or_default();
        lines.push(line(say, &reading, &row.view, &row.entry, state, receipt, row.registry));
    }
    lines.extend(items.iter().map(|row| item(say, &reading, row)));
    Ok(Ready::of(&app, say, reading, &HEADS, lines))
}

/// An item of another book of a registry, by its number and what it is called.
fn item(say: Voice<'_>, reading: &Reading, row: &BookRow) -> Line {
    let item = &row.view.item;
    let cells = [
        item.text(),
        books::name(say, item.book()),
        books::told::called(say, reading, row),
        String::new(),
        books::stage_words(say, row),
        item.since.to_string(),
        String::new(),
        String::new(),
        String::new(),
        words::registry_name(reading, row.registry, say),
    ];
    let entry = row.entry.iter();
    Line {
        labels: entry.clone().filter_map(|entry| shown::shown_of(&reading.house, entry)).collect(),
        undetermined: entry.clone().any(|entry| entry.label.is_none()),
        ..Line::plain(cells)
    }
}

fn line(
    say: Voice<'_>,
    reading: &Reading,
    view: &CopyView,
    entry: &EntryView,
    state: String,
    receipt: String,
    registry: RegistryId,
) -> Line {
    let policies = &reading.house.policies;
    let language = words::document_language(entry.language.as_deref(), say);
    let cells = [
        view.name(),
        office::relations::called(entry),
        entry.subject.clone().unwrap_or_default(),
        words::Marked::of(entry.label.as_ref(), policies, say, language).text,
        state,
        view.copy.since.to_string(),
        view.copy.back_by.map(|day| day.to_string()).unwrap_or_default(),
        view.copy.pages.map(|pages| pages.to_string()).unwrap_or_default(),
        receipt,
        words::registry_name(reading, registry, say),
    ];
    Line {
        labels: shown::shown_of(&reading.house, entry).into_iter().collect(),
        undetermined: entry.label.is_none(),
        ..Line::plain(cells)
    }
}
