//! The HTTP API: the same doors for programs. JSON in and out, errors of one form (RFC 9457), idempotency keys, paging
//! by key, entity tags of the bytes that are sent.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use office::Failure;
use registry::{Code, Refusal};
use serde_json::json;

use crate::answer::status;

/// A failure as RFC 9457 wants it: `application/problem+json` with a stable code.
#[derive(Debug)]
pub struct Problem {
    failure: Failure,
}

impl Problem {
    /// A refusal by its code.
    pub fn of(code: Code) -> Self {
        Self { failure: code.into() }
    }
}

impl<E: Into<Failure>> From<E> for Problem {
    fn from(e: E) -> Self {
        Self { failure: e.into() }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, body) = match &self.failure {
            Failure::Refused(refusal) => (status(refusal.code), problem(refusal)),
            Failure::Failed(error) => {
                tracing::error!(%error, "a request failed");
                let body = json!({"type": "about:blank", "title": "The request could not be carried out", "status": 500, "code": "internal"});
                (StatusCode::INTERNAL_SERVER_ERROR, body)
            }
        };
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

fn problem(refusal: &Refusal) -> serde_json::Value {
    let arguments: serde_json::Map<String, serde_json::Value> =
        refusal.arguments.iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
    json!({
        "type": format!("urn:chancery:refusal:{}", refusal.code),
        "title": refusal.code.as_str().replace('-', " "),
        "status": status(refusal.code).as_u16(),
        "code": refusal.code,
        "field": refusal.field,
        "arguments": arguments,
    })
}
