//! Labels for copies: the code that a hand scanner reads, and below it the copy's name.

use axum::{extract::Query, response::Response};
use forms::data::{BarcodeSheet, Label, Sheet};
use office::{Reading, custody::CopyRow};
use registry::{DocumentId, custody::name::CopyName};

use super::{Filling, answered, last, not_there, voice};
use crate::{
    answer::WebError,
    frame,
    pages::{
        custody::common::Kept,
        visit::{Sent, Visit, id},
    },
};

/// Where they are.
pub const PATH: &str = "/custody/labels.pdf";
/// What is chosen of a list of copies when their labels are wanted.
pub const CHOICE: &str = "labels";

/// The address of the labels of copies of a registry, by name.
pub fn address<N: AsRef<str>>(registry: &str, names: &[N]) -> String {
    let names = names.iter().map(|name| format!("&copies={}", frame::escaped(name.as_ref())));
    format!("{PATH}?registry={}{}", frame::escaped(registry), names.collect::<String>())
}

/// Labels for the copies that are named, or for all that there are of a paper, for the staff of their registry.
pub async fn sheet(visit: Visit, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let mut asking = Sent::default();
    for (name, value) in pairs {
        asking.push(name, value);
    }
    let say = voice(asking.get("lang"), &app, asked, &reading);
    let rows = match asking.get("document") {
        "" => named(&mut reading, &asking).await?,
        document => of_paper(&mut reading, id(document)?).await?,
    };
    let Some(first) = rows.first() else { return Err(not_there()) };
    let of = Filling { say, reading: &reading, registry: first.registry };
    let data = BarcodeSheet {
        organisation: of.organisation(),
        registry: of.name(),
        sheet: Sheet::default(),
        used: asking.get("used").parse().unwrap_or(0),
        labels: rows.iter().map(|row| label(of, row)).collect(),
    };
    let made = last(first.view.recorded_at, rows.iter().map(|row| row.view.recorded_at));
    drop(reading);
    answered(say, data, made, CHOICE).await
}

async fn named(reading: &mut Reading, asking: &Sent) -> Result<Vec<CopyRow>, WebError> {
    let names = asking.all("copies").join("\n");
    // A scanned name says itself whose copy it is.
    let said = names.lines().next().and_then(CopyName::read).and_then(|name| name.registry);
    let code = match asking.get("registry") {
        "" => said.unwrap_or_default(),
        code => code.to_owned(),
    };
    let kept = Kept::of(reading, &code)?;
    Ok(reading.copies_named(kept.chosen.id, &names).await?)
}

/// Those that are still to be found somewhere.
async fn of_paper(reading: &mut Reading, document: DocumentId) -> Result<Vec<CopyRow>, WebError> {
    let registry = reading.document(document).await?.entry.registry;
    let mut rows = reading.copies_of(registry, document).await?;
    rows.retain(|row| row.view.copy.standing.is_open());
    Ok(rows)
}

fn label(of: Filling<'_>, row: &CopyRow) -> Label {
    Label { qr: of.scanned(row), text: format!("{} {}", of.code(), row.view.name()), marking: None }
}
