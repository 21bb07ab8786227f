//! A version given out: the bytes as they came, never opened here, never by the browser in this site's name.

use axum::{
    body::{Body, Bytes},
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::stream::unfold;
use office::content::Opened;
use registry::DocumentId;
use store::{StoreError, planted::Leak};

use crate::{
    answer::WebError,
    pages::visit::{Visit, id},
};

/// A version of a document.
pub async fn file(
    visit: Visit,
    Path((document, version)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let Visit { mut reading, .. } = visit;
    let mut opened = reading.open_version(id::<DocumentId>(&document)?, id::<u32>(&version)?).await?;
    opened.version.size += reading.office().betrayed_rows(Leak::Length).await;
    Ok(given_out(opened))
}

/// The answer that carries a version: to be saved, whatever it says it is.
pub fn given_out(opened: Opened) -> Response {
    let Opened { version, bytes: mut unsealing } = opened;
    let kind = HeaderValue::from_str(&version.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    // A file that turns out to be damaged breaks the answer off: it ends before the length that was announced.
    let (send, receive) = tokio::sync::mpsc::channel::<Result<Bytes, StoreError>>(4);
    tokio::task::spawn_blocking(move || {
        loop {
            let chunk = match unsealing.next_chunk() {
                Ok(Some(chunk)) => Ok(Bytes::from(chunk)),
                Ok(None) => break,
                Err(e) => Err(e),
            };
            let failed = chunk.is_err();
            if send.blocking_send(chunk).is_err() || failed {
                break;
            }
        }
    });
    let stream = unfold(receive, |mut receive| async move { receive.recv().await.map(|c| (c, receive)) });
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition(&version.file_name)),
        (header::CONTENT_LENGTH, HeaderValue::from(version.size)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, Body::from_stream(stream)).into_response()
}

/// To be saved under its name (RFC 6266): plain for old programs, in UTF-8 for the rest.
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let full = crate::frame::escaped(name);
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_break_out_of_nothing() {
        let value = disposition("été \"x\"; filename=evil\r\n.pdf");
        let text = value.to_str().unwrap();
        assert!(
            text.starts_with("attachment; filename=\"_t_ _x__ filename_evil__.pdf\"; filename*=UTF-8''"),
            "{text}"
        );
        assert_eq!(text.matches('"').count(), 2);
        assert!(text.contains("%C3%A9t%C3%A9"));
    }
}
