//! The list of receipts as a file for other programs. It names copies and no subject, as a receipt does.

use axum::{extract::Query, response::Response};

use super::{Filter, rows, state_words};
use crate::{
    answer::WebError,
    export::{self, Ready},
    pages::{
        custody::{
            common::{Kept, holder},
            lists::{Asking, line, names, whole},
        },
        visit::Visit,
    },
};

/// The columns with their widths.
const HEADS: [(&str, f64); 10] = [
    ("copies-receipt", 14.0),
    ("copies-to", 34.0),
    ("copies-many", 48.0),
    ("copies-sent-on", 24.0),
    ("receipt-sender", 28.0),
    ("copies-bearer", 28.0),
    ("copies-days", 8.0),
    ("column-state", 20.0),
    ("receipt-traces", 14.0),
    ("receipt-traced-last", 24.0),
];

/// The list as comma-separated values.
pub async fn values(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    Ok(export::values(exported(visit, &asking).await?, "receipts"))
}

/// The same rows as a workbook.
pub async fn workbook(visit: Visit, Query(asking): Query<Asking>) -> Result<Response, WebError> {
    export::workbook(exported(visit, &asking).await?, "receipts").await
}

async fn exported(visit: Visit, asking: &Asking) -> Result<Ready, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let say = asked.voice_for(&app, &reading);
    let kept = Kept::of(&reading, &asking.registry)?;
    let filter = Filter::of(asking);
    let part = whole(asking.newest(filter.newest()));
    let found = rows(&mut reading, kept.chosen.id, filter, part).await?.rows;
    let lines = found.iter().map(|row| {
        let dispatch = &row.view.dispatch;
        let cells = [
            dispatch.receipt(),
            holder(say, &reading, &row.to),
            names(&row.view.copies),
            dispatch.at.to_string(),
            row.sent_by.clone(),
            dispatch.bearer.clone().unwrap_or_default(),
            row.late.map(|_| row.days.to_string()).unwrap_or_default(),
            state_words(say, row.late),
            row.view.traces.to_string(),
            row.view.traced_at.map(|at| at.to_string()).unwrap_or_default(),
        ];
        line(&reading, &row.entries, cells)
    });
    let lines = Some(lines.collect());
    let heads = HEADS.map(|(key, width)| (say.t(key), width)).to_vec();
    let (texts, language) = (app.texts.clone(), say.language());
    Ok(Ready { reading, texts, language, heads, lines })
}
