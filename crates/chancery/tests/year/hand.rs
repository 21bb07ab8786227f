//! Somebody of the house who works through the interface for programs.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::browser::{PHRASE, World};

/// Numbers of which no two are alike, for the keys of commands.
static KEYS: AtomicU64 = AtomicU64::new(1);

/// A key that no command has.
pub fn key() -> String {
    format!("{:032x}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// A program with somebody's token.
#[derive(Clone)]
pub struct Hand {
    router: Router,
    token: Arc<str>,
}

impl Hand {
    pub async fn of(world: &World, login: &str) -> Hand {
        let mut hand = Hand { router: world.router.clone(), token: "".into() };
        let body = json!({"login": login, "password": PHRASE, "name": "a year"});
        let (status, answer) = hand.post("/api/v1/sign-in", &key(), &body).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        hand.token = answer["token"].as_str().unwrap().into();
        hand
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let (mut parts, body) = request.into_parts();
        if !self.token.is_empty() {
            let bearer = format!("Bearer {}", self.token).parse().unwrap();
            parts.headers.insert(header::AUTHORIZATION, bearer);
        }
        let answer = self.router.clone().oneshot(Request::from_parts(parts, body)).await.unwrap();
        let status = answer.status();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let said = serde_json::from_slice(&bytes);
        (status, said.unwrap_or_else(|e| panic!("{status} {e}: {}", String::from_utf8_lossy(&bytes))))
    }

    /// What there is to read.
    pub async fn get(&self, path: &str) -> Value {
        let request = Request::get(format!("/api/v1/{path}")).body(Body::empty()).unwrap();
        let (status, answer) = self.send(request).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    async fn post(&self, path: &str, key: &str, body: &Value) -> (StatusCode, Value) {
        self.bring(path, key, "application/json", body.to_string().into_bytes()).await
    }

    async fn bring(&self, path: &str, key: &str, kind: &str, body: Vec<u8>) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header("idempotency-key", key)
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// Changes something that is not of copies.
    pub async fn changes(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.post(&format!("/api/v1/{path}"), &key(), body).await;
        assert!(status.is_success(), "{path}: {status} {answer}");
        answer
    }

    /// An act on copies of a registry under a key, whatever comes of it.
    pub async fn tries(&self, code: &str, key: &str, act: &Value) -> (StatusCode, Value) {
        self.post(&format!("/api/v1/registries/{code}/copy-acts"), key, act).await
    }

    /// An act on copies of a registry that is done.
    pub async fn does(&self, code: &str, act: &Value) -> Value {
        let (status, answer) = self.tries(code, &key(), act).await;
        assert_eq!(status, StatusCode::CREATED, "{act}: {answer}");
        answer
    }

    /// Registers a paper: its identifier.
    pub async fn registers(&self, entry: &Value, text: Option<&str>) -> String {
        let (status, answer) = match text {
            None => self.post("/api/v1/documents", &key(), entry).await,
            Some(text) => {
                let code = entry["registry"].as_str().unwrap();
                let path = format!("/api/v1/registries/{code}/documents");
                let body = format!(
                    "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\nContent-Type: application/json\r\n\r\n{entry}\r\n\
                     --edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"paper.txt\"\r\n\r\n{text}\r\n--edge--\r\n"
                );
                self.bring(&path, &key(), "multipart/form-data; boundary=edge", body.into_bytes()).await
            }
        };
        assert_eq!(status, StatusCode::CREATED, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// All rows of a list, page by page.
    pub async fn all(&self, path: &str, rows: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut next = format!("{path}&limit=200");
        loop {
            let page = self.get(&next).await;
            all.extend(page[rows].as_array().unwrap_or_else(|| panic!("{page}")).iter().cloned());
            match page["next"].as_str() {
                Some(after) => next = format!("{path}&limit=200&after={after}"),
                None => {
                    assert_eq!(page["total"], all.len(), "{path}");
                    return all;
                }
            }
        }
    }
}
