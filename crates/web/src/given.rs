//! A file given out, to a browser or a program: the bytes as they came, to be saved, never opened in this site's name.
//! Must not know who asks or whether he may.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::stream::unfold;
use office::{
    content::{Opened, OpenedEnclosure},
    tray::OpenedWaiting,
};
use registry::id::Digest;
use store::StoreError;

/// A file on its way out: a version of a document, or something attached to one.
#[derive(Debug)]
pub struct Given {
    /// As it came.
    pub file_name: String,
    /// By content.
    pub media_type: String,
    /// Length that is announced (bytes).
    pub size: u64,
    /// The digest under which it is registered.
    pub digest: Digest,
    bytes: Way,
}

impl From<Opened> for Given {
    fn from(Opened { version, bytes }: Opened) -> Self {
        let store::visible::VersionView { file_name, media_type, size, digest, .. } = version;
        Self::of(file_name, media_type, (size, digest), bytes)
    }
}

impl From<OpenedEnclosure> for Given {
    fn from(OpenedEnclosure { enclosure, bytes }: OpenedEnclosure) -> Self {
        let store::visible::EnclosureView { file_name, media_type, size, digest, .. } = enclosure;
        Self::of(file_name, media_type, (size, digest), bytes)
    }
}

impl From<OpenedWaiting> for Given {
    fn from(OpenedWaiting { file_name, media_type, size, digest, bytes }: OpenedWaiting) -> Self {
        Self { file_name, media_type, size, digest, bytes: Way::Sealed(Box::new(bytes)) }
    }
}

/// How the bytes come.
type Way = office::stamping::Bytes;

impl Given {
    /// A file with the length and the digest under which it is registered, or those of its stamped copy.
    fn of(file_name: String, media_type: String, (size, digest): (u64, Digest), bytes: Way) -> Self {
        let (size, digest) = match &bytes {
            Way::Sealed(_) => (size, digest),
            Way::Stamped(stamped) => (stamped.len() as u64, Digest::of(stamped)),
        };
        Self { file_name, media_type, size, digest, bytes }
    }

    /// The answer that carries it: to be saved, whatever it says it is.
    pub fn answer(self) -> Response {
        let Self { file_name, media_type, size, bytes, .. } = self;
        let kind = HeaderValue::from_str(&media_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, disposition(&file_name)),
            (header::CONTENT_LENGTH, HeaderValue::from(size)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
        ];
        let mut unsealing = bytes;
        // Opening sealed chunks blocks; two wait at most, so that a slow receiver holds little. A file that turns out to
        // be damaged breaks the answer off: it ends before the length that was announced.
        let (send, receive) = tokio::sync::mpsc::channel::<Result<Bytes, StoreError>>(2);
        tokio::task::spawn_blocking(move || {
            loop {
                let chunk = match unsealing.next_chunk() {
                    Ok(Some(chunk)) => Ok(Bytes::from(chunk)),
                    Ok(None) => break,
                    Err(e) => {
                        tracing::error!(error = %e, "content could not be given out");
                        Err(e)
                    }
                };
                let failed = chunk.is_err();
                if send.blocking_send(chunk).is_err() || failed {
                    break;
                }
            }
        });
        let stream = unfold(receive, |mut receive| async move { receive.recv().await.map(|c| (c, receive)) });
        (headers, Body::from_stream(stream)).into_response()
    }

    /// The same for a program: its entity tag is the digest that is registered.
    pub fn tagged_answer(self) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.digest));
        let mut response = self.answer();
        if let Ok(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
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
    fn no_name_of_a_file_can_break_out_of_its_header() {
        let header = disposition("a\"; b\r\nX: é.pdf");
        assert_eq!(
            header,
            "attachment; filename=\"a__ b__X_ _.pdf\"; filename*=UTF-8''a%22%3B%20b%0D%0AX%3A%20%C3%A9.pdf"
        );
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
