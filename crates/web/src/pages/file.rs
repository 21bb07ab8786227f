//! A version, or what is attached to one, given out to a browser.

use axum::{extract::Path, response::Response};
use registry::DocumentId;
use store::planted::Leak;

use crate::{
    answer::WebError,
    given::Given,
    pages::visit::{Visit, id},
};

/// A version of a document.
pub async fn file(
    visit: Visit,
    Path((document, version)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Visit { mut reading, .. } = visit;
    let opened = reading.open_version(id::<DocumentId>(&document)?, id::<u32>(&version)?).await?;
    let mut given = Given::from(opened);
    given.size += reading.office().betrayed_rows(Leak::Length).await;
    Ok(given.answer())
}

/// What is attached to a version of a document, by its place from 1.
pub async fn enclosure(
    visit: Visit,
    Path((document, version, position)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let Visit { mut reading, .. } = visit;
    let (document, version, position) = (id::<DocumentId>(&document)?, id(&version)?, id(&position)?);
    Ok(Given::from(reading.open_enclosure(document, version, position).await?).answer())
}
