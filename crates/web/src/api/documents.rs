//! Reading documents: a registry page by page, one document, its text, its content.

use axum::{
    Json as Out,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::content::Opened;
use registry::{Code, DocumentId, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    api::{
        Problem,
        request::{Named, Nothing, Parameters, limit, order, page_key, read_page_key},
        view,
    },
    app::App,
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
    let shown = reading.text_of(&document).await?;
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
    path: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
    Parameters(Nothing {}): Parameters<Nothing>,
) -> Result<Response, Problem> {
    let Path((id, number)) = path.map_err(|_| Problem::of(Code::NotFound))?;
    let id: DocumentId = id.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let number: u32 = number.parse().map_err(|_| Problem::of(Code::NotFound))?;
    let mut reading = app.office.read_as(&token.session).await?;
    Ok(sent(reading.open_version(id, number).await?))
}

/// A version as an answer: never shown by a browser as a page, its entity tag the digest that is registered.
fn sent(opened: Opened) -> Response {
    let Opened { version, mut bytes } = opened;
    let (send, receive) = tokio::sync::mpsc::channel(2);
    // Opening sealed chunks blocks; two wait at most, so that a slow receiver holds little.
    tokio::task::spawn_blocking(move || {
        loop {
            let chunk = match bytes.next_chunk() {
                Ok(Some(chunk)) => Ok(chunk),
                Ok(None) => return,
                Err(e) => {
                    tracing::error!(error = %e, "content could not be given out");
                    Err(std::io::Error::other("damaged"))
                }
            };
            let last = chunk.is_err();
            if send.blocking_send(chunk).is_err() || last {
                return;
            }
        }
    });
    let stream = futures::stream::unfold(receive, async |mut receive| {
        receive.recv().await.map(|chunk| (chunk, receive))
    });
    let mut response = Body::from_stream(Box::pin(stream)).into_response();
    let headers = response.headers_mut();
    let given = [
        (header::CONTENT_TYPE, version.media_type.clone()),
        (header::CONTENT_LENGTH, version.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&version.file_name)),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (header::ETAG, format!("\"{}\"", version.digest)),
    ];
    for (name, value) in given {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// `attachment` with the file's name, in the form that all programs read and in the one that keeps accents
/// (RFC 6266).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", crate::frame::escaped(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_file_can_break_out_of_its_header() {
        let header = disposition("a\"; b\r\nX: é.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"a__ b__X_ _.pdf\"; filename*=UTF-8''a%22%3B%20b%0D%0AX%3A%20%C3%A9.pdf"
        );
    }
}
