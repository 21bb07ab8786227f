//! A version, or what is attached to one, given out to a browser.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use office::{stamping::Stamp, texts::Voice};
use registry::DocumentId;
use store::planted::Leak;

use crate::{
    answer::{self, WebError},
    given::Given,
    pages::visit::{Visit, id},
};

/// Asked for from a page of the house or by hand. Giving out may use up a copy of an authority, so a link that somebody
/// put elsewhere leads to the document's page, where whoever followed it decides.
pub struct ByOwnLink;

impl<S: Sync> FromRequestParts<S> for ByOwnLink {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if !answer::is_foreign(&parts.headers) {
            return Ok(Self);
        }
        let page = parts.uri.path().split_once("/file/").map_or("/", |(document, _)| document);
        Err(Redirect::to(page).into_response())
    }
}

/// What a stamp says, in a language.
pub fn stamp(say: Voice<'_>) -> impl Fn(&Stamp) -> Vec<String> + Send + Sync + '_ {
    move |stamp| {
        let first = [
            ("number", stamp.number.as_str().into()),
            ("copy", stamp.copy.into()),
            ("of", stamp.of.into()),
            ("date", say.date(stamp.on).into()),
        ];
        let second = [
            ("authority", stamp.authority.as_str().into()),
            ("by", stamp.by.as_str().into()),
            ("person", stamp.person.as_str().into()),
        ];
        vec![say.tr("stamp-copy", &first), say.tr("stamp-authority", &second)]
    }
}

/// A version of a document.
pub async fn file(
    _: ByOwnLink,
    visit: Visit,
    Path((document, version)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let words = stamp(asked.voice_for(&app, &reading));
    let (document, version) = (id::<DocumentId>(&document)?, id::<u32>(&version)?);
    let opened = reading.open_version(document, version, &words).await?;
    let mut given = Given::from(opened);
    given.size += reading.office().betrayed_rows(Leak::Length).await;
    Ok(given.answer())
}

/// What is attached to a version of a document, by its place from 1.
pub async fn enclosure(
    _: ByOwnLink,
    visit: Visit,
    Path((document, version, position)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let Visit { app, asked, mut reading, .. } = visit;
    let words = stamp(asked.voice_for(&app, &reading));
    let (document, version, position) = (id::<DocumentId>(&document)?, id(&version)?, id(&position)?);
    Ok(Given::from(reading.open_enclosure(document, version, position, &words).await?).answer())
}
