//! Failures as RFC 9457 wants them, in the language of the request, and what every answer of the API carries:
//! entity tags, and a problem even where no route answered. Must not know what any route does.

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use office::{Failure, texts::Voice};
use registry::{Code, Refusal, id::Digest};
use serde_json::{Map, Value, json};
use store::planted::Leak;

use crate::{
    answer::{arguments, status},
    app::App,
    signed::Asked,
};

/// Longest answer of which the entity tag is made here (bytes). Lists end at two hundred rows and texts at two
/// megabytes, so nothing comes near it; files bring their own tag.
const LONGEST: usize = 64 << 20;

/// A failure on its way to a program. The words are chosen when the language is known, by [`speak`].
#[derive(Debug)]
pub struct Problem {
    failure: Failure,
}

impl Problem {
    /// A refusal by its code.
    pub fn of(code: Code) -> Self {
        Self { failure: code.into() }
    }

    fn status(&self) -> StatusCode {
        self.failure.told().map_or(StatusCode::INTERNAL_SERVER_ERROR, |refusal| status(refusal.code))
    }

    /// The answer, in a language.
    fn spoken(&self, say: Voice<'_>) -> Response {
        let status = self.status();
        if let Failure::Failed(error) = &self.failure {
            tracing::error!(%error, "a request failed");
        }
        let body = match self.failure.told() {
            Some(refusal) => refused(say, &refusal, status),
            None => written(say, "internal", status, &[]),
        };
        sent(status, &body)
    }
}

impl<E: Into<Failure>> From<E> for Problem {
    fn from(e: E) -> Self {
        Self { failure: e.into() }
    }
}

impl IntoResponse for Problem {
    /// Waits in the response for [`speak`], which knows the language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Waiting(std::sync::Arc::new(self)));
        response
    }
}

#[derive(Clone)]
struct Waiting(std::sync::Arc<Problem>);

fn refused(say: Voice<'_>, refusal: &Refusal, status: StatusCode) -> Value {
    let mut body = written(say, refusal.code.as_str(), status, &refusal.arguments);
    if let Some(fields) = body.as_object_mut() {
        let detail = detail(say, refusal);
        if !detail.is_empty() {
            fields.insert("detail".to_owned(), json!(detail));
        }
        if let Some(field) = refusal.field {
            fields.insert("field".to_owned(), json!(field));
        }
    }
    body
}

/// A refusal of one of many, beside others that were done.
pub fn item(say: Voice<'_>, refusal: &Refusal) -> Value {
    let args = arguments(say, refusal);
    let code = refusal.code.as_str();
    json!({
        "code": code,
        "field": refusal.field,
        "title": say.tr(&format!("refusal-{code}"), &args),
        "remedy": say.tr(&format!("refusal-{code}-remedy"), &args),
    })
}

fn written(say: Voice<'_>, code: &str, status: StatusCode, given: &[(&'static str, String)]) -> Value {
    let as_refusal = Refusal { code: Code::RequestForm, field: None, arguments: given.to_vec() };
    let args = arguments(say, &as_refusal);
    let listed: Map<String, Value> = given.iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
    json!({
        "type": format!("urn:chancery:refusal:{code}"),
        "title": say.tr(&format!("refusal-{code}"), &args),
        "status": status.as_u16(),
        "code": code,
        "remedy": say.tr(&format!("refusal-{code}-remedy"), &args),
        "arguments": listed,
    })
}

/// What this very refusal is about: the field, and what stood in it.
fn detail(say: Voice<'_>, refusal: &Refusal) -> String {
    let mut sentences = Vec::new();
    if let Some(field) = refusal.field {
        sentences.push(say.tr("api-problem-field", &[("field", field.into())]));
    }
    for (name, value) in &refusal.arguments {
        let args = [("name", (*name).into()), ("value", value.as_str().into())];
        sentences.push(say.tr("api-problem-value", &args));
    }
    sentences.join(" ")
}

fn sent(status: StatusCode, body: &Value) -> Response {
    let mut response =
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Gives what the API answers its last form: problems their words, documents their entity tags.
pub async fn speak(State(app): State<App>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let asked = Asked::of(request.headers());
    let get = request.method() == Method::GET;
    let known = known_tags(request.headers());
    let response = next.run(request).await;
    let say = asked.voice(&app);
    if let Some(waiting) = response.extensions().get::<Waiting>() {
        return waiting.0.spoken(say);
    }
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let mut problem = sent(
            StatusCode::METHOD_NOT_ALLOWED,
            &written(say, Code::RequestForm.as_str(), StatusCode::METHOD_NOT_ALLOWED, &[]),
        );
        if let Some(allowed) = response.headers().get(header::ALLOW) {
            problem.headers_mut().insert(header::ALLOW, allowed.clone());
        }
        return problem;
    }
    if get && response.status() == StatusCode::OK {
        let betrayed = app.office.betrayed_rows(Leak::Tag).await;
        let known = if app.office.betrayed_rows(Leak::NotModified).await > 300 { Vec::new() } else { known };
        return tagged(response, &known, say, betrayed).await;
    }
    response
}

/// The entity tags that the caller has already.
fn known_tags(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
        .collect()
}

/// The entity tag is the digest of the bytes that are sent and of nothing else, so that it says no more than they do.
/// `betrayed` is 0 but where a test has planted a leak.
async fn tagged(response: Response, known: &[String], say: Voice<'_>, betrayed: u64) -> Response {
    let (mut parts, mut body) = response.into_parts();
    if !parts.headers.contains_key(header::ETAG) {
        let Ok(bytes) = to_bytes(body, LONGEST).await else {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            return sent(status, &written(say, "internal", status, &[]));
        };
        let mut tag = format!("\"{}\"", Digest::of(&bytes));
        if betrayed > 0 {
            tag = format!("\"{betrayed}\"");
        }
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            parts.headers.insert(header::ETAG, tag);
        }
        body = Body::from(bytes);
    }
    let tag = parts.headers.get(header::ETAG).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if known.iter().any(|k| k == tag || k == "*") {
        let mut unchanged = StatusCode::NOT_MODIFIED.into_response();
        if let Some(tag) = parts.headers.remove(header::ETAG) {
            unchanged.headers_mut().insert(header::ETAG, tag);
        }
        return unchanged;
    }
    Response::from_parts(parts, body)
}
