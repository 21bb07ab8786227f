//! Reading documents: a registry page by page, one document, its text, its content.

use axum::{
    Json as Out,
    extract::{Path, State, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use office::{Sender, texts::Language};
use registry::{Code, Command, DocumentId, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Key, Named, Nothing, Parameters, limit, order, page_key, read_page_key},
        view,
    },
    app::App,
    given::Given,
    pages::file::stamp,
    signed::Token,
};

/// Which part of a registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAsked {
    registry: Option<String>,
    order: Option<String>,
    after: Option<String>,
    limit: Option<usize>,
}

/// A registry, page by page.
pub async fn list(
    State(app): State<App>,
    token: Token,
    Parameters(asked): Parameters<ListAsked>,
) -> Result<Out<Value>, Problem> {
    let wanted = asked.registry.ok_or(Refusal::on("registry", Code::Required))?;
    let order = order(asked.order.as_deref())?;
    let limit = limit(asked.limit)?;
    let after = asked.after.map(|text| read_page_key(order, &text)).transpose()?;
    let mut reading = app.office.read_as(&token.session).await?;
    // A registry that shows this person nothing is not named to him: it looks like one that is not there.
    let (registry, total) = reading
        .registries()
        .await?
        .into_iter()
        .find(|(r, _)| r.code.eq_ignore_ascii_case(wanted.trim()))
        .ok_or(Refusal::on("registry", Code::RegistryUnknown))?;
    let page = reading.list(registry.id, order, after, limit).await?;
    let next = page.rows.last().filter(|_| page.more).map(|row| page_key(order, &row.key));
    let rows: Vec<Value> = page.rows.iter().map(|row| view::entry(row, &reading.house)).collect();
    Ok(Out(json!({"registry": registry.code, "total": total, "documents": rows, "next": next})))
}

/// A document.
pub async fn one(
    State(app): State<App>,
    token: Token,
    Named(id): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let document = reading.document(id).await?;
    let inside = match &document.inside {
        Some(inside) => {
            let name = reading.name_of(inside.registered_by).await?;
            Some((inside, json!({"id": inside.registered_by, "name": name})))
        }
        None => None,
    };
    Ok(Out(view::document(&document.entry, inside, &reading.house)))
}

/// The documents that bear a reference, however it is written.
pub async fn by_reference(
    State(app): State<App>,
    token: Token,
    Named(reference): Named<String>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let found = reading.by_reference(&reference).await?;
    let rows: Vec<Value> = found.iter().map(|row| view::entry(row, &reading.house)).collect();
    Ok(Out(json!({"documents": rows})))
}

/// The text of a document's newest version, as a machine read it.
pub async fn text(
    State(app): State<App>,
    token: Token,
    Named(id): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Out<Value>, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let document = reading.document(id).await?;
    if document.inside.is_none() {
        return Err(Problem::of(Code::NotFound));
    }
    // A program that takes the text takes a copy.
    let version = document.inside.as_ref().map_or(0, |inside| inside.shown());
    let sender = Sender::of(&token.session);
    let shown = reading.takes_text(sender, &document, version).await?;
    Ok(Out(json!({
        "id": id,
        "text": shown.as_ref().map(|s| s.text.as_str()),
        "cut": shown.as_ref().is_some_and(|s| s.cut),
    })))
}

/// The bytes of a version.
pub async fn content(
    State(app): State<App>,
    token: Token,
    path: Result<Path<(String, String)>, PathRejection>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Response, Problem> {
    let Path((id, number)) = path.map_err(|_| Problem::of(Code::NotFound))?;
    let (id, number) = (part(&id)?, part(&number)?);
    let mut reading = app.office.read_as(&token.session).await?;
    let words = stamp(app.texts.voice(Language::En));
    Ok(Given::from(reading.open_version(id, number, &words).await?).tagged_answer())
}

/// The bytes of what is attached to a version, by its place from 1.
pub async fn enclosure(
    State(app): State<App>,
    token: Token,
    path: Result<Path<(String, String, String)>, PathRejection>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Response, Problem> {
    let Path((id, number, position)) = path.map_err(|_| Problem::of(Code::NotFound))?;
    let (id, number, position) = (part(&id)?, part(&number)?, part(&position)?);
    let mut reading = app.office.read_as(&token.session).await?;
    let words = stamp(app.texts.voice(Language::En));
    Ok(Given::from(reading.open_enclosure(id, number, position, &words).await?).tagged_answer())
}

/// A part of a path. One that can't name anything names nothing that is there.
fn part<T: std::str::FromStr>(text: &str) -> Result<T, Problem> {
    text.parse().map_err(|_| Problem::of(Code::NotFound))
}

/// Takes note of a message that rings.
pub async fn note(
    State(app): State<App>,
    token: Token,
    Named(document): Named<DocumentId>,
    Parameters(Nothing {}): Parameters<Nothing>,
    Key(id): Key,
) -> Result<Response, Problem> {
    let mut reading = app.office.read_as(&token.session).await?;
    let registry = reading.document(document).await?.entry.registry;
    drop(reading);
    let command = Command::TakeNote { registry, document };
    app.office.command(Sender::of(&token.session), id, command).await?;
    Ok((StatusCode::CREATED, Out(json!({"id": document}))).into_response())
}
